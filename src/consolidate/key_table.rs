//! Keys of names, computed once per spelling and shared by all rows.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use crate::text::{NameKey, Names};

/// Caches keys: a city repeats a few thousand names in every plan.
pub(super) struct KeyTable {
    names: Names,
    by_text: HashMap<Arc<str>, NameKey>,
    keys: HashSet<NameKey>,
}

impl KeyTable {
    /// An empty cache over `names`.
    pub(super) fn new(names: Names) -> Self {
        Self { names, by_text: HashMap::default(), keys: HashSet::default() }
    }

    /// The key of `text`.
    pub(super) fn key(&mut self, text: &Arc<str>) -> NameKey {
        if let Some(key) = self.by_text.get(text) {
            return key.clone();
        }
        let folded = self.names.key(text);
        let key = match self.keys.get(&folded) {
            Some(known) => known.clone(),
            None => {
                self.keys.insert(folded.clone());
                folded
            }
        };
        self.by_text.insert(text.clone(), key.clone());
        key
    }

    /// The name of `key` as planbook.toml writes it, if it does.
    pub(super) fn declared(&self, key: &NameKey) -> Option<&Arc<str>> {
        self.names.declared(key)
    }

    /// The underlying [`Names`].
    pub(super) fn into_names(self) -> Names {
        self.names
    }
}

/// The part of a name before its trailing brackets, if it has such.
pub(super) fn before_brackets(name: &str) -> Option<&str> {
    let name = name.trim();
    let at = name.find(['(', '（', '['])?;
    (name.ends_with([')', '）', ']']) && at > 0).then(|| name[..at].trim())
}
