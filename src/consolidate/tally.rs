//! Counting votes.

use std::hash::Hash;

use foldhash::HashMap;

/// Counts votes per candidate and keeps the order of first mention.
pub(super) struct Votes<T> {
    votes: Vec<(T, usize)>,
    positions: HashMap<T, usize>,
}

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self { votes: Vec::new(), positions: HashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Votes<T> {
    /// One vote for `candidate`.
    pub(super) fn add(&mut self, candidate: T) {
        let position = *self.positions.entry(candidate.clone()).or_insert_with(|| {
            self.votes.push((candidate, 0));
            self.votes.len() - 1
        });
        self.votes[position].1 += 1;
    }

    /// The candidate with the most votes; the first named if tied.
    pub(super) fn winner(self) -> Option<T> {
        // `max_by_key` returns the last maximum, hence the reversal.
        self.votes.into_iter().rev().max_by_key(|&(_, votes)| votes).map(|(candidate, _)| candidate)
    }
}

impl<T: Clone + Eq + Hash> FromIterator<T> for Votes<T> {
    fn from_iter<I: IntoIterator<Item = T>>(candidates: I) -> Self {
        let mut tally = Self::default();
        for candidate in candidates {
            tally.add(candidate);
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_votes_win_and_the_first_among_equals() {
        assert_eq!(Votes::from_iter(["b", "a", "a"]).winner(), Some("a"));
        assert_eq!(Votes::from_iter(["b", "a", "c", "a", "b"]).winner(), Some("b"));
        assert_eq!(Votes::<i32>::default().winner(), None);
    }
}
