//! What a book leaves out because a library panicked at it.

use std::collections::BTreeSet;

use typst_press::Concessions;

use super::pages::Chunk;
use crate::plan::PlanId;
use crate::project::BookPart;

/// What a book leaves out so that it can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conceded {
    /// Letters of a plan or part that could not be set with them. Others are printed instead, everywhere in
    /// the book.
    pub letters: BTreeSet<char>,
    /// Positions, among the city's plans, of those that could not be set. A page in their place says so.
    pub plans: BTreeSet<PlanId>,
    /// The same for parts.
    pub parts: BTreeSet<BookPart>,
}

impl Conceded {
    /// Translates `concessions` of a book of `chunks`.
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

    /// Whether the book leaves nothing out.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.plans.is_empty() && self.parts.is_empty()
    }
}
