//! Headings interpreted once: the same words stand in every table, and several steps of the reading ask for each.

use std::cell::RefCell;

use foldhash::HashMap;

use crate::read::table::role::Label;

/// The most texts that are remembered; then all are forgotten.
const MOST: usize = 8192;
/// The longest heading, in bytes.
const LONGEST: usize = 160;
/// The longest heading, in letters.
const MOST_LETTERS: usize = 60;

/// What has been found out about texts.
#[derive(Default)]
pub(super) struct KnownHeadings {
    pub(super) labels: RefCell<HashMap<Box<str>, Option<Label>>>,
    pub(super) kpis: RefCell<HashMap<Box<str>, bool>>,
}

/// Whether a text is short enough for a heading.
pub(super) fn may_be_heading(text: &str) -> bool {
    text.len() <= LONGEST && text.chars().count() <= MOST_LETTERS
}

/// What is known of `text`, else what `read` finds.
pub(super) fn once<T: Copy>(
    known: &RefCell<HashMap<Box<str>, T>>,
    text: &str,
    read: impl FnOnce() -> T,
) -> T {
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
