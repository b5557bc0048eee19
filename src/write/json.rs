//! JSON as the outputs write it.

use std::io::{self, Write};

use serde::Serialize;

/// Writes a JSON array with one record per line: compact, and easy to compare between runs.
pub(super) fn lines<T: Serialize>(out: &mut impl Write, records: impl Iterator<Item = T>) -> io::Result<()> {
    let mut before: &[u8] = b"[\n";
    let mut empty = true;
    for record in records {
        out.write_all(before)?;
        serde_json::to_writer(&mut *out, &record)?;
        before = b",\n";
        empty = false;
    }
    out.write_all(if empty { b"[]\n" } else { b"\n]\n" })
}

/// Writes one JSON document with an indent of two spaces.
pub(super) fn document<T: Serialize>(out: &mut impl Write, value: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
