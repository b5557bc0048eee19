//! Pairs elements with the same key on both sides.

use std::collections::VecDeque;
use std::hash::Hash;

use foldhash::HashMap;

/// The unpaired elements of either side, in order, and the pairs so far.
pub(super) struct Unpaired {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
    pub pairs: Vec<(usize, usize)>,
}

impl Unpaired {
    /// Starts with `old` and `new` elements, none paired.
    pub(super) fn new(old: usize, new: usize) -> Self {
        Self { old: (0..old).collect(), new: (0..new).collect(), pairs: Vec::new() }
    }

    /// Pairs elements with equal keys, in order if several share one. Elements without a key stay unpaired.
    pub(super) fn pair_by_key<K: Eq + Hash>(
        &mut self,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::default();
        for &new in &self.new {
            if let Some(key) = new_key(new) {
                waiting.entry(key).or_default().push_back(new);
            }
        }
        let mut found = Vec::new();
        for &old in &self.old {
            let partner = old_key(old).and_then(|key| waiting.get_mut(&key)?.pop_front());
            found.extend(partner.map(|new| (old, new)));
        }
        self.add_pairs(found);
    }

    /// Adds the pairs `found`.
    pub(super) fn add_pairs(&mut self, found: Vec<(usize, usize)>) {
        let mut olds: Vec<usize> = found.iter().map(|pair| pair.0).collect();
        let mut news: Vec<usize> = found.iter().map(|pair| pair.1).collect();
        olds.sort_unstable();
        news.sort_unstable();
        self.old.retain(|old| olds.binary_search(old).is_err());
        self.new.retain(|new| news.binary_search(new).is_err());
        self.pairs.extend(found);
    }
}
