//! Findings counted by severity.

use crate::finding::{Code, Finding, Severity};
use crate::workbook::{Cell, CellStyle, Columns};

/// The severities in the order of the counts.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

/// Findings counted by severity.
#[derive(Default)]
pub(super) struct FindingTally {
    /// The open findings, by severity.
    counts: [usize; 3],
    /// The waived findings.
    waived: usize,
    /// The index of the first finding.
    pub(super) first: Option<usize>,
    /// The severity of the finding that the weights do not sum to 100, if there is one.
    pub(super) weights: Option<Severity>,
}

impl FindingTally {
    pub(super) fn add(&mut self, index: usize, finding: &Finding) {
        self.first.get_or_insert(index);
        if finding.waived.is_some() {
            self.waived += 1;
        } else {
            self.counts[finding.severity as usize] += 1;
            if finding.rule == Code::W101 {
                self.weights = Some(finding.severity);
            }
        }
    }
}

/// Appends to `columns` one for each severity and one for waived findings, all with sums.
pub(super) fn counted<'a, R: 'a>(
    mut columns: Columns<'a, R>,
    width: f64,
    tally: fn(&R) -> &FindingTally,
) -> Columns<'a, R> {
    let headings = [("오류", "Errors"), ("경고", "Warnings"), ("참고", "Info")];
    for (heading, severity) in headings.into_iter().zip(SEVERITIES) {
        let count = move |line: &R| tally(line).counts[severity as usize];
        let cell = move |line: &R| Cell::count_or_blank(count(line), CellStyle::Severity(severity));
        columns = columns.column(heading, width, cell).summed();
    }
    let waived = move |line: &R| Cell::count_or_blank(tally(line).waived, CellStyle::Muted);
    columns.column(("유예됨", "Waived"), width, waived).summed()
}
