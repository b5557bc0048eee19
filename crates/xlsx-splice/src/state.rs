//! The state kept on an added sheet, from which all additions can be removed exactly.
//!
//! It is kept in hidden cells of that sheet, as JSON after the signature's prefix. As long as no other
//! program has written the workbook, every change is undone to the byte. After that, marks are identified by
//! their colours and notes by their first line: see `strip`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::annotation::Rgb;
use crate::error::Error;
use crate::package::Package;
use crate::part::Undo;
use crate::records::crc32;
use crate::signature::Signature;

/// The changes made to a workbook.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct State {
    /// Changes to parts, in order.
    pub changes: Vec<(String, Vec<Undo>)>,
    /// Added parts.
    pub added: Vec<String>,
    /// Checksum and length of each changed part after the change.
    pub sums: Vec<(String, u32, usize)>,
    /// Previous fills of marked cells, to which the last bits of a mark's colour refer.
    pub fills: Vec<String>,
    /// The colours of the marks.
    pub marks: Vec<Rgb>,
    /// Digests of the notes, to distinguish text that somebody else added.
    #[serde(default)]
    pub notes: BTreeSet<NoteDigest>,
}

/// Identifies a note's text, ignoring white space: its number of characters and their CRC-32.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct NoteDigest(pub usize, pub u32);

impl NoteDigest {
    /// The digest of `text`.
    pub(crate) fn of(text: &str) -> Self {
        let characters: String = text.chars().filter(|c| is_significant(*c)).collect();
        Self(characters.chars().count(), crc32(characters.as_bytes()))
    }
}

/// Whether programs preserve `c`, unlike white space, line ends and characters that are invalid in XML.
pub(crate) fn is_significant(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

impl State {
    /// The changes made to `package` so far.
    pub(crate) fn of(package: &Package<'_>) -> Result<Self, Error> {
        let changes = package.changes();
        let mut sums = Vec::with_capacity(changes.changed.len());
        for name in changes.changed {
            let content = package.read(&name)?;
            sums.push((name, crc32(&content), content.len()));
        }
        Ok(State { changes: package.undo_log().to_vec(), added: changes.added, sums, ..State::default() })
    }

    /// The stored text in pieces of at most `limit` characters.
    pub(crate) fn chunks(&self, signature: Signature, limit: usize) -> Vec<String> {
        let json = serde_json::to_string(self).unwrap_or_default();
        let text: Vec<char> = signature.state_prefix().chars().chain(json.chars()).collect();
        text.chunks(limit).map(|chunk| chunk.iter().collect()).collect()
    }

    /// Reads the state from its pieces.
    pub(crate) fn read(signature: Signature, chunks: &[String]) -> Option<Self> {
        serde_json::from_str(chunks.concat().strip_prefix(&signature.state_prefix())?).ok()
    }
}
