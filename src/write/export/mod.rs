//! Data for other programs: `data/*.json`, `data/indicators.csv` and SARIF. `docs/data.md` describes them.
//!
//! Records are written one by one, so memory does not grow with the city beyond its plans.

pub mod cascade_json;
pub mod findings_json;
pub mod indicators_csv;
pub mod indicators_json;
pub mod sarif;
mod writer;

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::plan::{Plan, Value};
pub use writer::DataWriter;

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
fn document<T: Serialize>(out: &mut impl Write, value: &T) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Values by year, in the order of their columns: `{"2008": "38,978", "2009": "35,000"}`.
struct ByYear<'a> {
    plan: &'a Plan,
    values: &'a [Value],
}

impl Serialize for ByYear<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (column, value) in self.plan.years.iter().zip(self.values) {
            map.serialize_entry(&column.year.to_string(), &value.text.text)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
