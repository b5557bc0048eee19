//! Joins the tables of one plan: a table that goes on under a second header or on a second sheet.

use super::Table;
use crate::plan::Plan;
use crate::project::names::plain_key;
use crate::read::Remark;
use crate::read::outcome::Contents;

/// Files the tables as plans, in order, continued ones with the plan they continue. A table without a single row is a form
/// nobody filled in: what was noticed about it concerns no plan.
pub(super) fn join(tables: Vec<Table>, contents: &mut Contents) {
    for Table { plan, remarks, titled } in tables {
        let index = if plan.rows.is_empty() {
            None
        } else if let Some(index) = contents.plans.iter().rposition(|before| continues(before, &plan, titled))
        {
            let before = &mut contents.plans[index];
            before.rows.extend(plan.rows);
            before.footnotes.extend(plan.footnotes);
            Some(index)
        } else {
            contents.plans.push(plan);
            Some(contents.plans.len() - 1)
        };
        contents.remarks.extend(remarks.into_iter().map(|remark| Remark { plan: index, ..remark }));
    }
}

/// Whether `next` goes on where `plan` stops; `titled` says whether it has a title of its own.
///
/// On the same sheet, a header without a title of its own that repeats the names of the one before continues it. Elsewhere,
/// and under a repeated title, the weights tell: halves of one plan sum to no more than 100 together, while two
/// versions of a plan sum to 100 each.
fn continues(plan: &Plan, next: &Plan, titled: bool) -> bool {
    let years = |plan: &Plan| plan.years.iter().map(|column| column.year).collect::<Vec<_>>();
    if years(plan) != years(next) {
        return false;
    }
    let same_names = plain_key(&plan.own_label.text) == plain_key(&next.own_label.text)
        && plain_key(&plan.parent_label.text) == plain_key(&next.parent_label.text);
    let same_sheet = plan.sheet == next.sheet;
    if same_sheet && !titled {
        return same_names;
    }
    let same_org = plain_key(&plan.org) == plain_key(&next.org) || says_continued(plan, next);
    same_org && weight(plan) + weight(next) <= 100.5
}

/// `… (계속)`, `… (2/2)` after the name of the plan before.
fn says_continued(plan: &Plan, next: &Plan) -> bool {
    let (before, after) = (plain_key(&plan.org), plain_key(&next.org));
    after.strip_prefix(&before).is_some_and(|rest| {
        rest.contains("계속") || rest.contains("continued") || rest.chars().all(|c| c.is_ascii_digit())
    })
}

fn weight(plan: &Plan) -> f64 {
    plan.rows.iter().filter_map(|row| row.weight.percent).sum()
}
