//! Headings interpreted once: the same words stand in every table, and several steps of the reading ask for each.

use std::cell::RefCell;

use foldhash::HashMap;

use super::{Label, Vocabulary};

/// The most texts that are remembered; then all are forgotten.
const MOST: usize = 8192;
/// The longest heading, in bytes.
const LONGEST: usize = 160;
/// The longest heading, in letters.
const MOST_LETTERS: usize = 60;

/// What has been found out about texts.
#[derive(Default)]
pub(super) struct KnownHeadings {
    labels: RefCell<HashMap<Box<str>, Option<Label>>>,
    kpis: RefCell<HashMap<Box<str>, bool>>,
}

impl Vocabulary {
    /// The meaning of a heading, if `text` is one.
    pub(in crate::read::table) fn label(&self, text: &str) -> Option<Label> {
        // A plain number is a heading only if it is a year.
        if !may_be_heading(text) {
            return None;
        }
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%')) && text.len() != 4 {
            return None;
        }
        once(&self.known.labels, text, || self.read_label(text))
    }

    /// Whether a cell is the heading of a KPI column.
    pub(in crate::read::table) fn is_kpi(&self, text: &str) -> bool {
        let initial = text.chars().find(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase());
        let possible = initial
            .is_some_and(|c| !c.is_ascii() && !('가'..='힣').contains(&c) || self.kpi_initials.contains(&c));
        // Shorter than `label`, because every cell of every sheet is asked.
        possible && text.len() <= 120 && once(&self.known.kpis, text, || self.reads_kpi(text))
    }
}

/// Whether a text is short enough for a heading.
pub(super) fn may_be_heading(text: &str) -> bool {
    text.len() <= LONGEST && text.chars().count() <= MOST_LETTERS
}

/// What is known of `text`, else what `read` finds.
fn once<T: Copy>(known: &RefCell<HashMap<Box<str>, T>>, text: &str, read: impl FnOnce() -> T) -> T {
    if let Some(found) = known.borrow().get(text) {
        return *found;
    }
    let found = read();
    let mut known = known.borrow_mut();
    if known.len() >= MOST {
        known.clear();
    }
    known.insert(text.into(), found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;

    #[test]
    fn a_heading_asked_for_again_means_the_same_and_not_too_many_are_remembered() {
        let config = Config::default();
        let words = Vocabulary::of(&config.labels, &config.forms);
        for text in ["성과지표", "2026년 목표", "목표", "Measure"] {
            assert_eq!(words.label(text), words.read_label(text), "{text}");
            assert_eq!(words.label(text), words.label(text), "{text}");
            assert_eq!(words.is_kpi(text), words.is_kpi(text), "{text}");
        }
        assert!((0..3 * MOST).all(|number| words.label(&format!("낱말 {number}")).is_none()));
        assert!(words.known.labels.borrow().len() <= MOST);
    }
}
