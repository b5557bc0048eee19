//! Collect: moves the plans of all workbooks into one list in book order.

use std::collections::BTreeSet;
use std::mem;

use super::key_table::KeyTable;
use crate::plan::Plan;
use crate::read::{Contents, Submission};
use crate::text::NameKey;

/// The plans taken out of their workbooks.
pub(super) struct Collected {
    /// The workbooks by file name, without their plans.
    pub(super) submissions: Vec<Submission>,
    /// The plans by file name, then sheet, then position.
    pub(super) plans: Vec<Plan>,
    /// For each submission, the position of its first plan.
    pub(super) offsets: Vec<usize>,
}

/// Removes the plans of planbook's scorecards that lie beside the workbook they were made from. A scorecard
/// without that workbook is kept: it is the only copy.
pub(super) fn leave_out_copies(submissions: &mut [Submission], names: &mut KeyTable) {
    if !submissions.iter().any(|submission| submission.outcome.as_ref().is_ok_and(Contents::is_scorecard)) {
        return;
    }
    let sent = submissions.iter().filter_map(|submission| submission.outcome.as_ref().ok());
    let sent = sent.filter(|contents| !contents.is_scorecard()).flat_map(|contents| &contents.plans);
    let sent: BTreeSet<NameKey> = sent.map(|plan| names.key(&plan.org)).collect();
    for contents in submissions.iter_mut().filter_map(|submission| submission.outcome.as_mut().ok()) {
        if contents.is_scorecard() && contents.plans.iter().all(|plan| sent.contains(&names.key(&plan.org))) {
            contents.plans.clear();
            contents.remarks.clear();
        }
    }
}

/// Sorts the workbooks by file name and moves their plans into one list. Readers return the plans of a
/// workbook by sheet and position, so this is book order.
pub(super) fn collect(mut submissions: Vec<Submission>) -> Collected {
    submissions.sort_by(|a, b| a.file.cmp(&b.file));
    let mut plans = Vec::new();
    let mut offsets = Vec::with_capacity(submissions.len());
    for submission in &mut submissions {
        offsets.push(plans.len());
        if let Ok(contents) = &mut submission.outcome {
            plans.extend(mem::take(&mut contents.plans));
        }
    }
    Collected { submissions, plans, offsets }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::plan::PlanId;
    use crate::project::Config;
    use crate::read::WorkbookKind;
    use crate::testing::{city, plan, submissions};

    #[test]
    fn a_scorecard_beside_its_workbook_is_ignored_and_one_in_its_place_is_read() {
        let orgs = |submissions: Vec<Submission>| -> Vec<String> {
            consolidate(submissions, &Config::default())
                .plans
                .iter()
                .map(|plan| plan.org.to_string())
                .collect()
        };
        let both = || {
            let mut both = submissions([
                plan("교통국", "가나시").file("1.xlsx"),
                plan("교통국", "가나시").file("2.xlsx"),
            ]);
            both[1].outcome.as_mut().unwrap().kind = WorkbookKind::Scorecard(Vec::new());
            both
        };
        assert_eq!(orgs(both()), ["교통국"]);
        assert_eq!(orgs(both().split_off(1)), ["교통국"]);
    }

    #[test]
    fn plans_are_ordered_by_file_name_then_as_read() {
        let plans = [
            plan("나국", "가나시").file("2.xlsx"),
            plan("다과", "나국").file("2.xlsx"),
            plan("가국", "가나시").file("1.xlsx"),
        ];
        let city = city(plans, &Config::default());
        let orgs: Vec<&str> = city.plans.iter().map(|plan| &*plan.org).collect();
        assert_eq!(orgs, ["가국", "나국", "다과"]);
        assert_eq!(city.plan_offsets, [0, 1]);
        assert_eq!(city.plan_of(1, 1), PlanId::at(2));
    }
}
