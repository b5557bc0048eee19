//! What a book does without where a library stops at its text.

use std::collections::BTreeSet;

use typst_press::Concessions;

use super::pages::Chunk;
use crate::project::BookPart;

/// What a book does without, so that it can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conceded {
    /// Letters that stand in a plan or part that could not be set with them. Something else is printed, everywhere in the book.
    pub letters: BTreeSet<char>,
    /// Positions among the city's plans of those in whose place a page says that they could not be set.
    pub plans: BTreeSet<usize>,
    /// Likewise parts.
    pub parts: BTreeSet<BookPart>,
}

impl Conceded {
    /// What `concessions` come to in a book of `chunks`.
    pub(super) fn of(concessions: &Concessions, chunks: &[Chunk]) -> Self {
        let mut conceded = Self { letters: concessions.letters.clone(), ..Self::default() };
        for chunk in chunks.iter().filter(|chunk| concessions.sections.contains(&chunk.label)) {
            match chunk.plan {
                Some(plan) => conceded.plans.insert(plan),
                None => conceded.parts.insert(chunk.part),
            };
        }
        conceded
    }

    /// Whether the book is as it should be.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.plans.is_empty() && self.parts.is_empty()
    }
}
