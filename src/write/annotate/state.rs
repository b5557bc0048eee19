//! What is left in a returned workbook so that everything can be taken off again, exactly.
//!
//! It stands in hidden cells of the review sheet. As long as no other program has written the workbook since, every
//! change is undone to the byte. After that the marks are known by their colours and the notes by their
//! first line: see `strip`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::part::Undo;
use crate::finding::ReviewForm;

/// How what is kept begins; the number is that of its form.
pub(super) const SIGN: &str = ReviewForm::SIGN;

/// What was done to a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    /// Changes to parts, in the order in which they were made.
    pub changes: Vec<(String, Vec<Undo>)>,
    /// Parts that were added.
    pub added: Vec<String>,
    /// Checksum and length of each changed part as it was left.
    pub sums: Vec<(String, u32, usize)>,
    /// Fills that cells had before they were marked: what the last bits of a mark's colour count.
    pub fills: Vec<String>,
    /// The colours of the marks.
    pub marks: [String; 3],
    /// What the notes say, as [`Print`]s: what a department wrote below ours in the same note is told by that.
    #[serde(default)]
    pub notes: BTreeSet<Print>,
}

/// By what a text is known again, its blanks and line ends aside: how many letters it has, and their checksum.
pub(super) type Print = (usize, u32);

/// The print of `text`.
pub(super) fn print(text: &str) -> Print {
    let letters: String = text.chars().filter(|c| is_letter(*c)).collect();
    (letters.chars().count(), super::package::crc(letters.as_bytes()))
}

/// Programs change blanks, line ends and what XML cannot hold.
pub(super) fn is_letter(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

impl State {
    /// The text that is kept, in pieces of at most `limit` characters.
    pub(super) fn chunks(&self, limit: usize) -> Vec<String> {
        let json = serde_json::to_string(self).unwrap_or_default();
        let letters: Vec<char> = SIGN.chars().chain(json.chars()).collect();
        letters.chunks(limit).map(|chunk| chunk.iter().collect()).collect()
    }

    /// Reads what was kept back from its pieces.
    pub(super) fn read(chunks: &[String]) -> Option<Self> {
        serde_json::from_str(chunks.concat().strip_prefix(SIGN)?).ok()
    }
}
