//! The page: its data, rendered by the templates.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::input::ReportInput;
use super::{board, cascade, checks, common, findings, look, summary, words};
use crate::source::escape_controls;
use crate::workbook::Style;
use crate::write::templates::{Set, TemplateError, Templates};
use crate::write::words::plan_year;

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

/// The data for the templates.
#[derive(Serialize)]
struct ReportPage {
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
    common: Vec<common::KpiComparison>,
    checks: Vec<checks::CheckData>,
    /// The data for the script, as JSON that is safe in HTML.
    data: String,
}

/// The page, deterministic for the same input.
///
/// # Errors
/// When a template of the plan-year folder uses an unknown name.
pub fn page(input: &ReportInput<'_>, templates: &Templates) -> Result<String, TemplateError> {
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
    let year = plan_year(city.year, lang);
    let page = ReportPage {
        lang: lang.pick("ko", "en"),
        title: lang.pick(
            format!("{name} {year}성과관리계획 점검 보고서"),
            format!("{name}: report on the performance plans{year}"),
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
pub(super) fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
