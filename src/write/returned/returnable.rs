//! What is returned: the workbooks, and the findings of each.

use crate::check::FindingIndex;
use crate::consolidate::City;
use crate::finding::{Action, Finding};
use crate::read::{ReadError, Submission};

/// The workbooks to return, as they were found. Excludes those whose problem only the office can solve, on
/// its own computer.
pub(super) fn to_return(city: &City) -> impl Iterator<Item = &Submission> {
    let all = city.workbooks();
    all.filter(|submission| !submission.outcome.as_ref().is_err_and(ReadError::is_for_the_office))
}

/// The findings of a workbook that are not waived.
pub(super) fn open<'a>(findings: &FindingIndex<'a>, file: &str) -> Vec<&'a Finding> {
    findings.of_workbook(file).iter().copied().filter(|finding| finding.waived.is_none()).collect()
}

/// The number of a workbook's findings that the department disagreed with and the office waived.
pub(super) fn accepted(findings: &FindingIndex<'_>, file: &str) -> usize {
    let disagreed =
        |finding: &Finding| finding.answer.as_ref().is_some_and(|answer| answer.action == Action::Disagree);
    let own = findings.of_workbook(file).iter();
    own.filter(|finding| finding.waived.is_some() && disagreed(finding)).count()
}
