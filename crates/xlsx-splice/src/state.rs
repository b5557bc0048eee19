//! What an added sheet keeps so that everything can be taken off again, exactly.
//!
//! It is kept in hidden cells of that sheet, as JSON behind the signature's prefix. As long as no other program has written
//! the workbook since, every change is undone to the byte. After that the marks are known by their colours and the notes
//! by their first line: see `strip`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::annotation::Rgb;
use crate::error::Error;
use crate::package::Package;
use crate::part::Undo;
use crate::records::crc32;
use crate::signature::Signature;

/// What was done to a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Changes to parts, in the order in which they were made.
    pub changes: Vec<(String, Vec<Undo>)>,
    /// Parts that were added.
    pub added: Vec<String>,
    /// Checksum and length of each changed part as it was left.
    pub sums: Vec<(String, u32, usize)>,
    /// Fills that cells had before they were marked: what the last bits of a mark's colour count.
    pub fills: Vec<String>,
    /// The colours of the marks.
    pub marks: Vec<Rgb>,
    /// What the notes say, to distinguish text that somebody else added to a note.
    #[serde(default)]
    pub notes: BTreeSet<NoteDigest>,
}

/// Identifies a note's text, ignoring white space: how many characters it has, and their CRC-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct NoteDigest(pub usize, pub u32);

impl NoteDigest {
    /// The digest of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let characters: String = text.chars().filter(|c| is_significant(*c)).collect();
        Self(characters.chars().count(), crc32(characters.as_bytes()))
    }
}

/// Programs change white space, line ends and what XML cannot hold.
pub(crate) fn is_significant(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

impl State {
    /// What was done to `package` so far.
    pub(crate) fn of(package: &Package<'_>) -> Result<Self, Error> {
        let changes = package.changes();
        let mut sums = Vec::with_capacity(changes.changed.len());
        for name in changes.changed {
            let content = package.read(&name)?;
            sums.push((name, crc32(&content), content.len()));
        }
        Ok(State { changes: package.undo_log().to_vec(), added: changes.added, sums, ..State::default() })
    }

    /// The text that is kept, in pieces of at most `limit` characters.
    pub(crate) fn chunks(&self, signature: Signature, limit: usize) -> Vec<String> {
        let json = serde_json::to_string(self).unwrap_or_default();
        let text: Vec<char> = signature.state_prefix().chars().chain(json.chars()).collect();
        text.chunks(limit).map(|chunk| chunk.iter().collect()).collect()
    }

    /// Reads what was kept from its pieces.
    pub(crate) fn read(signature: Signature, chunks: &[String]) -> Option<Self> {
        serde_json::from_str(chunks.concat().strip_prefix(&signature.state_prefix())?).ok()
    }
}
