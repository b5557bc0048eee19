//! `data/findings.json`: the findings, most severe first, then in book order.

use std::io::{self, Write};

use schemars::{JsonSchema, Schema, schema_for};
use serde::Serialize;

use crate::finding::{Answer, Finding, Lang, Severity};
use crate::source::Place;
use crate::write::json::lines;

#[derive(Serialize, JsonSchema)]
struct FindingRecord<'a> {
    rule: &'a str,
    severity: Severity,
    org: Option<&'a str>,
    row: Option<usize>,
    field: String,
    message: String,
    expected: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compared_with: Option<&'a str>,
    actual: Option<&'a str>,
    hint: Option<String>,
    at: At<'a>,
    related: Vec<RelatedAt<'a>>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<&'a str>,
    answer: Option<&'a Answer>,
}

#[derive(Serialize, JsonSchema)]
struct RelatedAt<'a> {
    org: &'a str,
    #[serde(flatten)]
    at: At<'a>,
}

#[derive(Serialize, JsonSchema)]
struct At<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

impl<'a> At<'a> {
    fn new(place: &'a Place) -> Self {
        Self {
            file: &place.file,
            sheet: place.sheet.as_deref(),
            cell: place.cell.map(|cell| cell.to_string()),
        }
    }
}

/// The JSON Schema of the file.
pub fn schema() -> Schema {
    schema_for!(Vec<FindingRecord<'_>>)
}

/// Writes `findings` in the given order and language.
///
/// # Errors
/// When `out` fails.
pub fn write(findings: &[Finding], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    lines(out, findings.iter().map(|finding| record(finding, lang)))
}

fn record(finding: &Finding, lang: Lang) -> FindingRecord<'_> {
    FindingRecord {
        rule: finding.rule.as_str(),
        severity: finding.severity,
        org: finding.org.as_deref(),
        row: finding.row,
        field: finding.field.to_string(),
        message: finding.message.text(lang),
        expected: finding.expected.as_deref(),
        compared_with: finding.compared_with.as_deref(),
        actual: finding.found.as_deref(),
        hint: finding.hint.as_ref().map(|hint| hint.text(lang)),
        at: At::new(&finding.at),
        related: finding
            .related
            .iter()
            .map(|related| RelatedAt { org: &related.org, at: At::new(&related.at) })
            .collect(),
        id: &finding.id,
        waived: finding.waived.as_deref(),
        answer: finding.answer.as_ref(),
    }
}
