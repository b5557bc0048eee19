//! Data for other programs: `data/*.json`, `data/indicators.csv` and SARIF. `docs/data.md` describes them.
//!
//! Records are written one by one, so memory does not grow with the city beyond its plans.

pub mod cascade_json;
pub mod findings_json;
pub mod indicators_csv;
pub mod indicators_json;
pub mod sarif;

use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::consolidate::Context;
use crate::files::{Output, WriteError};
use crate::finding::{Finding, Lang};
use crate::plan::{Plan, Value};

/// Writes all data files into `data/` and returns their paths.
///
/// # Errors
/// When a file cannot be written.
pub fn write(
    context: &Context<'_>,
    findings: &[Finding],
    lang: Lang,
    output: &Output,
) -> Result<Vec<PathBuf>, WriteError> {
    Ok(vec![
        output.write("data/indicators.json", |out| indicators_json::write(context, out))?,
        output.write("data/indicators.csv", |out| indicators_csv::write(context, out))?,
        output.write("data/findings.json", |out| findings_json::write(findings, lang, out))?,
        output.write("data/cascade.json", |out| cascade_json::write(context, out))?,
    ])
}

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
