//! The findings in SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), for code hosts and editors.
//!
//! SARIF locations are lines and columns of text files, so a cell is given as a logical location
//! (`sheet!cell`) and at the beginning of the message, which every viewer shows.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::Serializer;
use serde_json::{Value, json};

use crate::check::explain;
use crate::finding::{Code, Finding, Lang, Severity};
use crate::source::Place;
use crate::text::uri_path;
use crate::write::json::document;

/// The base that file names are relative to: the plan-year folder.
const BASE: &str = "PLANFOLDER";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<'a> {
    tool: Value,
    language: &'static str,
    original_uri_base_ids: Value,
    results: SarifResults<'a>,
}

struct SarifResults<'a> {
    findings: &'a [Finding],
    lang: Lang,
}

impl Serialize for SarifResults<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.findings.iter().map(|finding| result(finding, self.lang)))
    }
}

/// Writes `findings` as one run, in `lang`.
///
/// # Errors
/// When `out` fails.
pub fn write(findings: &[Finding], lang: Lang, out: &mut impl Write) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL.iter().map(|&code| rule(code, lang)).collect();
    let driver = json!({ "name": "planbook", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let base = lang.pick("계획 연도 폴더", "the plan-year folder");
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [SarifRun {
            tool: json!({ "driver": driver }),
            language: lang.pick("ko", "en"),
            original_uri_base_ids: json!({ BASE: { "description": { "text": base } } }),
            results: SarifResults { findings, lang },
        }],
    };
    document(out, &log)
}

/// A reporting descriptor (SARIF 3.49).
fn rule(code: Code, lang: Lang) -> Value {
    let explanation = explain(code, lang);
    let summary = explanation.text.split("\n\n").next().unwrap_or_default();
    json!({
        "id": code.as_str(),
        "name": explanation.title,
        "shortDescription": { "text": explanation.title },
        "fullDescription": { "text": summary },
        "help": { "text": explanation.text, "markdown": explanation.text },
        "defaultConfiguration": { "level": level(code.default_severity()) },
    })
}

/// A result (SARIF 3.27).
fn result(finding: &Finding, lang: Lang) -> Value {
    let mut text = finding.message.text(lang);
    if let Some(name) = cell_name(&finding.at) {
        text = format!("{name}: {text}");
    }
    if let Some(hint) = &finding.hint {
        text = format!("{text}\n{}", hint.text(lang));
    }
    let related: Vec<Value> = finding
        .related
        .iter()
        .enumerate()
        .map(|(id, related)| {
            let mut location = location(&related.at);
            location["id"] = json!(id);
            location["message"] = json!({ "text": related.org });
            location
        })
        .collect();
    let mut result = json!({
        "ruleId": finding.rule.as_str(),
        "ruleIndex": Code::ALL.iter().position(|&code| code == finding.rule),
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(&finding.at)],
        "relatedLocations": related,
        "partialFingerprints": { "planbookId/v1": finding.id },
        "properties": {
            "org": finding.org,
            "row": finding.row,
            "field": finding.field.to_string(),
            "expected": finding.expected,
            "compared_with": finding.compared_with,
            "actual": finding.found,
        },
    });
    if let Some(reason) = &finding.waived {
        result["suppressions"] = json!([{ "kind": "external", "justification": reason }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A location (SARIF 3.28).
fn location(place: &Place) -> Value {
    let uri = uri_path(&place.file);
    let mut location =
        json!({ "physicalLocation": { "artifactLocation": { "uri": uri, "uriBaseId": BASE } } });
    if let Some(name) = cell_name(place) {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name }]);
    }
    location
}

/// `sheet!cell`, or the known part of it.
fn cell_name(place: &Place) -> Option<String> {
    match (&place.sheet, place.cell) {
        (Some(sheet), Some(cell)) => Some(format!("{sheet}!{cell}")),
        (Some(sheet), None) => Some(sheet.to_string()),
        (None, cell) => cell.map(|cell| cell.to_string()),
    }
}
