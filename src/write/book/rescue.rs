//! What is done where a library stops (panics): right-to-left text, odd combinations of letters, damaged fonts.
//!
//! A plan or a part that cannot be set never costs the book. Its unusual letters are left out first; where that does not
//! help, or it has none, a page in its place says so. Each step sets the book again, and what has not changed is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use typst::text::is_default_ignorable;
use unicode_normalization::char::is_combining_mark;

use super::pages::Chunk;
use crate::project::BookPart;

/// What `work` comes to, or what was said when a library stopped in it.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|said| {
        let text = said.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| said.downcast_ref::<String>().cloned()).unwrap_or_default()
    })
}

/// Chunks that a library stopped at.
#[derive(Debug)]
pub(super) struct Stopped {
    /// Their positions in the book.
    pub chunks: Vec<usize>,
    /// What was said.
    pub reason: String,
}

/// What a book does without, so that it can be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concessions {
    /// Letters that stand in a plan or part that could not be set with them. Something else is printed, everywhere in the book.
    pub letters: BTreeSet<char>,
    /// Positions among the city's plans of those in whose place a page says that they could not be set.
    pub plans: BTreeSet<usize>,
    /// Likewise parts.
    pub parts: BTreeSet<BookPart>,
}

impl Concessions {
    /// Whether the book is as it should be.
    pub fn is_empty(&self) -> bool {
        self.letters.is_empty() && self.plans.is_empty() && self.parts.is_empty()
    }

    /// Gives up something of each chunk that was stopped at; `text` is what is set in it. False where there is nothing left
    /// to give up.
    pub(super) fn make<'c>(&mut self, stopped: impl IntoIterator<Item = (&'c Chunk, String)>) -> bool {
        let before = self.clone();
        for (chunk, text) in stopped {
            let unusual: BTreeSet<char> = text.chars().filter(|&c| is_unusual(c)).collect();
            if !unusual.is_subset(&before.letters) {
                self.letters.extend(unusual);
            } else if let Some(plan) = chunk.plan {
                self.plans.insert(plan);
            } else {
                self.parts.insert(chunk.part);
            }
        }
        *self != before
    }

    /// Whether a page that says so stands in the place of `chunk`.
    pub(super) fn covers(&self, chunk: &Chunk) -> bool {
        chunk.plan.map_or_else(|| self.parts.contains(&chunk.part), |plan| self.plans.contains(&plan))
    }
}

/// What is printed in the place of a letter: another, or nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Replaced(BTreeMap<char, Option<char>>);

impl Replaced {
    /// `substitute` in the place of each of `letters`; nothing in the place of those that are not seen anyway.
    pub(super) fn new(letters: impl IntoIterator<Item = char>, substitute: char) -> Self {
        let seen = |c: char| !is_default_ignorable(c) && !is_combining_mark(c);
        Self(letters.into_iter().map(|c| (c, seen(c).then_some(substitute))).collect())
    }

    /// Whether all is printed as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is printed for `letter`.
    pub(super) fn of(&self, letter: char) -> Option<char> {
        self.0.get(&letter).copied().unwrap_or(Some(letter))
    }

    /// `text` as it is printed.
    pub(super) fn text(&self, text: &str) -> String {
        text.chars().filter_map(|c| self.of(c)).collect()
    }
}

/// Scripts whose letters stand side by side from left to right, one for one, as typesetters and fonts know them best:
/// Latin, Greek, Cyrillic, punctuation and signs, Chinese, Japanese, Korean.
const USUAL: [(char, char); 17] = [
    ('\0', '\u{ac}'),
    ('\u{ae}', '\u{2ff}'),
    ('\u{370}', '\u{482}'),
    ('\u{48a}', '\u{52f}'),
    ('\u{1e00}', '\u{1fff}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{202f}', '\u{205f}'),
    ('\u{2070}', '\u{20cf}'),
    ('\u{2100}', '\u{2bff}'),
    ('\u{2e80}', '\u{3029}'),
    ('\u{3030}', '\u{3098}'),
    ('\u{309b}', '\u{a4cf}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe6f}'),
    ('\u{ff01}', '\u{ffe6}'),
];

fn is_unusual(c: char) -> bool {
    !USUAL.iter().any(|&(first, last)| (first..=last).contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(plan: Option<usize>) -> Chunk {
        Chunk {
            part: if plan.is_some() { BookPart::Plans } else { BookPart::KpiIndex },
            plan,
            org: None,
            label: String::new(),
            recto: false,
            pages: 1,
            spots: Vec::new(),
        }
    }

    #[test]
    fn what_a_library_says_when_it_stops_is_kept() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(
            caught(|| -> u8 { panic!("end byte index {} is out of bounds", 9) }),
            Err("end byte index 9 is out of bounds".to_owned())
        );
    }

    #[test]
    fn unusual_letters_are_given_up_before_the_plan_and_nothing_twice() {
        let mut made = Concessions::default();
        assert!(made.make([(&chunk(Some(3)), "가 א 나".to_owned()), (&chunk(Some(4)), "א".to_owned())]));
        assert_eq!((made.letters.iter().collect::<String>().as_str(), made.plans.len()), ("א", 0));
        let both = [(&chunk(Some(3)), "가 א 나".to_owned()), (&chunk(None), "다".to_owned())];
        assert!(made.make(both));
        assert!(made.covers(&chunk(Some(3))) && made.covers(&chunk(None)) && !made.covers(&chunk(Some(2))));
        assert!(!made.make([(&chunk(Some(3)), "가 א 나".to_owned())]), "nothing is left to give up");
    }

    #[test]
    fn marks_and_invisible_letters_are_left_out_and_others_replaced() {
        let replaced = Replaced::new("א\u{5b0}\u{202e}".chars(), '〓');
        assert_eq!(replaced.text("가א\u{5b0}\u{202e}b"), "가〓b");
        assert!(
            !is_unusual('가')
                && !is_unusual('㎡')
                && !is_unusual('²')
                && is_unusual('ع')
                && is_unusual('😀')
                && is_unusual('ᄀ')
        );
    }
}
