//! `report.html`: one page for the planning officer to read first, which needs only a browser.
//!
//! Rust computes all figures, texts and charts; the templates in `templates/report` lay them out. The page
//! contains the findings as data, and its script shows a few at a time, so that a page of 20,000 findings
//! stays usable.
//!
//! The page loads nothing. It runs only its own script and style, whose hashes are in its content security
//! policy. Texts from plans cannot become markup: the templates escape them, or the script inserts them as
//! plain text.

mod board;
mod cascade;
mod chart;
mod checks;
mod common;
mod findings;
mod look;
mod summary;
#[cfg(test)]
mod tests;
mod words;
mod writer;

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::templates::{Set, TemplateError, Templates};
use crate::check::FindingIndex;
use crate::consolidate::Context;
use crate::finding::{Finding, Lang, Severity};
use crate::ledger::Board;
use crate::measure::scale::show;
use crate::source::escape_controls;
use crate::text::uri_path;
use crate::workbook::Style;
pub use writer::ReportWriter;

/// The report's file name in the output folder.
pub const FILE: &str = "report.html";

/// The templates of the report.
pub static TEMPLATES: Set = Set {
    folder: "templates/report",
    files: &[
        ("report.hbs", include_str!("../../../templates/report/report.hbs")),
        ("summary.hbs", include_str!("../../../templates/report/summary.hbs")),
        ("board.hbs", include_str!("../../../templates/report/board.hbs")),
        ("findings.hbs", include_str!("../../../templates/report/findings.hbs")),
        ("cascade.hbs", include_str!("../../../templates/report/cascade.hbs")),
        ("branch.hbs", include_str!("../../../templates/report/branch.hbs")),
        ("line.hbs", include_str!("../../../templates/report/line.hbs")),
        ("mark.hbs", include_str!("../../../templates/report/mark.hbs")),
        ("common.hbs", include_str!("../../../templates/report/common.hbs")),
        ("checks.hbs", include_str!("../../../templates/report/checks.hbs")),
        ("report.css", include_str!("../../../templates/report/report.css")),
        ("report.js", include_str!("../../../templates/report/report.js")),
    ],
    html: true,
};

/// The main template, which includes the others.
const MAIN: &str = "report";

/// The input of the report.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The city and planbook.toml.
    pub context: Context<'a>,
    /// All findings.
    pub findings: &'a FindingIndex<'a>,
    /// The submission board.
    pub board: &'a Board,
    /// The language of the page.
    pub lang: Lang,
    /// The path of the plan-year folder relative to the page, with `/` as separator. Without it, files are
    /// named but not linked.
    pub links_base: Option<&'a str>,
}

impl Input<'_> {
    /// The link to a workbook of the plan-year folder. None if its name cannot be written in a link.
    fn href(&self, file: &str) -> Option<String> {
        let path = format!("{}/{file}", self.links_base?.trim_end_matches('/'));
        if path.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        Some(uri_path(&path))
    }
}

/// The data for the templates.
#[derive(Serialize)]
struct Page {
    lang: &'static str,
    title: String,
    city: String,
    year: String,
    words: BTreeMap<&'static str, &'static str>,
    /// The content security policy.
    policy: String,
    style: String,
    script: String,
    summary: summary::Summary,
    board: board::BoardData,
    findings: findings::FindingsData,
    cascade: cascade::CascadeData,
    common: Vec<common::KpiData>,
    checks: Vec<checks::CheckData>,
    /// The data for the script, as JSON that is safe in HTML.
    data: String,
}

/// The page, deterministic for the same input.
///
/// # Errors
/// When a template of the plan-year folder uses an unknown name.
pub fn page(input: &Input<'_>, templates: &Templates) -> Result<String, TemplateError> {
    let (city, lang) = (input.context.city, input.lang);
    let style =
        format!("{}\n{}", look::variables(&Style::of(input.context.config)), templates.text("report.css"));
    let script = templates.text("report.js").to_owned();
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(&script),
        hash(&style)
    );
    let name = escape_controls(&city.name);
    let plan_year = crate::write::words::plan_year(city.year, lang);
    let page = Page {
        lang: lang.pick("ko", "en"),
        title: lang.pick(
            format!("{name} {plan_year}성과관리계획 점검 보고서"),
            format!("{name}: report on the performance plans{plan_year}"),
        ),
        city: name,
        year: if city.year == 0 { String::new() } else { city.year.to_string() },
        words: words::of(lang),
        policy,
        style,
        script,
        summary: summary::Summary::new(input),
        board: board::BoardData::new(input),
        findings: findings::FindingsData::new(input),
        cascade: cascade::CascadeData::new(input),
        common: common::all(input),
        checks: checks::all(input),
        data: findings::json(input),
    };
    templates.render(MAIN, &page)
}

/// The SHA-256 of a script or style in the notation of a content security policy (W3C, CSP Level 3, 2.3.1).
fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// A count as displayed.
fn count(number: usize) -> String {
    // No count exceeds the 53 bits that a float represents exactly.
    #[allow(clippy::cast_precision_loss)]
    show(number as f64)
}

/// A count as displayed, blank for 0.
fn count_or_blank(number: usize) -> String {
    if number == 0 { String::new() } else { count(number) }
}

/// The number of findings by severity, most severe first.
fn by_severity<'a>(findings: impl Iterator<Item = &'a Finding>) -> [usize; 3] {
    let mut counts = [0; 3];
    for finding in findings {
        counts[rank(finding.severity)] += 1;
    }
    counts
}

/// 0 for errors, 1 for warnings, 2 for infos.
fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// The severities, most severe first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
