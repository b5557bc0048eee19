//! A part as text in any encoding, and positional edits of it.

use std::ops::Range;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use serde::{Deserialize, Serialize};

use crate::encoding::encoding_of;
use crate::error::Error;

/// A part's text and the data needed to write it back unchanged.
pub(crate) struct Part {
    /// The text without its byte order mark.
    pub text: String,
    encoding: PartEncoding,
    mark: bool,
}

#[derive(Clone, Copy)]
enum PartEncoding {
    Utf16 { big: bool },
    Other(&'static Encoding),
}

impl Part {
    /// Decodes the part `name`. Refuses a part that would not encode to the same bytes again.
    pub(crate) fn decode(name: &str, bytes: &[u8]) -> Result<Self, Error> {
        let (encoding, mark) = encoding_of(bytes);
        let (text, malformed) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let form = match encoding {
            e if e == UTF_16LE => PartEncoding::Utf16 { big: false },
            e if e == UTF_16BE => PartEncoding::Utf16 { big: true },
            other => PartEncoding::Other(other),
        };
        let part = Self { text: text.into_owned(), encoding: form, mark: mark > 0 };
        // Valid UTF-8 encodes to itself.
        if malformed || (encoding != UTF_8 && part.encode(&part.text) != bytes) {
            return Err(Error::corrupt(name, encoding.name()));
        }
        if part.text.contains("<!DOCTYPE") {
            return Err(Error::Doctype(name.to_owned()));
        }
        Ok(part)
    }

    /// `text` in the part's encoding. Characters it lacks become character references.
    pub(crate) fn encode(&self, text: &str) -> Vec<u8> {
        match self.encoding {
            PartEncoding::Utf16 { big } => {
                let mark = self.mark.then_some(0xfeff);
                let units = mark.into_iter().chain(text.encode_utf16());
                units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
            }
            PartEncoding::Other(encoding) => {
                let mark: &[u8] = if self.mark { &[0xef, 0xbb, 0xbf] } else { &[] };
                [mark, &encoding.encode(text).0].concat()
            }
        }
    }
}

/// Edits of a text: replaced ranges, which must not overlap.
#[derive(Default)]
pub(crate) struct Edits {
    list: Vec<(Range<usize>, String)>,
}

impl Edits {
    /// Inserts `text` before the byte `at`. Several insertions at one position keep their order.
    pub(crate) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.list.push((at..at, text.into()));
    }

    /// Replaces `range` by `text`.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.list.push((range, text.into()));
    }

    /// Whether there is nothing to change.
    pub(crate) fn is_nothing(&self) -> bool {
        self.list.is_empty()
    }

    /// `text` with all edits, and how to undo them; `None` where two overlap.
    pub(crate) fn apply(mut self, text: &str) -> Option<(String, Vec<Undo>)> {
        self.list.sort_by_key(|(range, _)| (range.start, range.end));
        let more: usize = self.list.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + more);
        let mut undo: Vec<Undo> = Vec::with_capacity(self.list.len());
        let mut done = 0;
        for (range, new) in self.list {
            out.push_str(text.get(done..range.start)?);
            let old = text.get(range.clone())?;
            undo.push(Undo(out.len(), new.len(), old.to_owned()));
            out.push_str(&new);
            done = range.end;
        }
        out.push_str(text.get(done..)?);
        Some((out, undo))
    }
}

/// How to undo one edit: its position and length in the edited text, in bytes, and the text it replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Undo(pub usize, pub usize, pub String);

/// `text` as it was before the changes.
pub(crate) fn undo(text: &str, changes: &[Undo]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Undo(at, length, old) in changes {
        out.push_str(text.get(done..*at)?);
        out.push_str(old);
        done = at.checked_add(*length)?;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}
