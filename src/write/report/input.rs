//! What the report is made from, and how it shows counts.

use crate::check::FindingIndex;
use crate::consolidate::Context;
use crate::finding::{Finding, Lang, Severity};
use crate::ledger::Board;
use crate::measure::scale::show;
use crate::text::uri_path;

/// The input of the report.
#[derive(Clone, Copy, Debug)]
pub struct ReportInput<'a> {
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

impl ReportInput<'_> {
    /// The link to a workbook of the plan-year folder. None if its name cannot be written in a link.
    pub(super) fn href(&self, file: &str) -> Option<String> {
        let path = format!("{}/{file}", self.links_base?.trim_end_matches('/'));
        if path.contains(char::REPLACEMENT_CHARACTER) {
            return None;
        }
        Some(uri_path(&path))
    }
}

/// A count as displayed.
pub(super) fn count(number: usize) -> String {
    // No count exceeds the 53 bits that a float represents exactly.
    #[allow(clippy::cast_precision_loss)]
    show(number as f64)
}

/// A count as displayed, blank for 0.
pub(super) fn count_or_blank(number: usize) -> String {
    if number == 0 { String::new() } else { count(number) }
}

/// The number of findings by severity, most severe first.
pub(super) fn by_severity<'a>(findings: impl Iterator<Item = &'a Finding>) -> [usize; 3] {
    let mut counts = [0; 3];
    for finding in findings {
        counts[rank(finding.severity)] += 1;
    }
    counts
}

/// 0 for errors, 1 for warnings, 2 for infos.
pub(super) fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// The severities, most severe first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
