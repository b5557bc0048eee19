//! Collect: the plans of all workbooks, in book order.

use std::mem;

use crate::plan::Plan;
use crate::read::Submission;

/// The plans taken out of their workbooks.
pub(super) struct Collected {
    /// By file name, emptied of their plans.
    pub(super) submissions: Vec<Submission>,
    /// By file name, then sheet, then place.
    pub(super) plans: Vec<Plan>,
    /// For each submission, the position of its first plan.
    pub(super) offsets: Vec<usize>,
}

/// Sorts the workbooks by file name and moves their plans into one list. A reader delivers the plans of a
/// workbook by sheet and place, so this is book order.
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
    use crate::project::Config;
    use crate::testing::{city, plan};

    #[test]
    fn plans_stand_by_file_name_then_as_read() {
        let plans = [
            plan("나국", "가나시").file("2.xlsx"),
            plan("다과", "나국").file("2.xlsx"),
            plan("가국", "가나시").file("1.xlsx"),
        ];
        let city = city(plans, &Config::default());
        let orgs: Vec<&str> = city.plans.iter().map(|plan| &*plan.org).collect();
        assert_eq!(orgs, ["가국", "나국", "다과"]);
        assert_eq!(city.plan_offsets, [0, 1]);
        assert_eq!(city.plan_of(1, 1), 2);
    }
}
