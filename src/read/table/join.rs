//! Joins tables of one plan that continue under a second header or on a second sheet.

use super::plan_table::PlanTable;
use crate::plan::Plan;
use crate::read::outcome::{Contents, Remark, RemarkKind};
use crate::text::names::plain_key;

/// The data that decides whether a table continues a plan, computed once per plan: a workbook may have
/// thousands.
struct ContinuationKeys {
    years: Vec<i32>,
    own: String,
    parent: String,
    org: String,
    weight: f64,
}

/// A plan, or a table that may continue one, with its keys.
#[derive(Clone, Copy)]
struct TablePart<'a> {
    plan: &'a Plan,
    keys: &'a ContinuationKeys,
}

/// Adds the tables to `contents` as plans, in order, joining continued ones. A table without rows is a blank
/// form: its remarks belong to no plan.
pub(super) fn join(tables: Vec<PlanTable>, contents: &mut Contents) {
    let mut keys: Vec<ContinuationKeys> = Vec::new();
    for PlanTable { plan, remarks, titled, .. } in tables {
        let known = keys.len();
        let index = file(plan, titled, contents, &mut keys);
        // A table that continues a plan is that of the plan's organisation.
        let is_named = index.is_some_and(|index| index < known);
        let asks = |remark: &Remark| matches!(remark.kind, RemarkKind::Organisation { .. });
        let remarks = remarks.into_iter().filter(|remark| !(is_named && asks(remark)));
        let remarks = remarks.map(|remark| Remark { plan: index, ..remark });
        contents.remarks.extend(remarks);
    }
}

/// Adds the plan of a table; returns its position, none for a table without rows.
fn file(
    next: Plan,
    titled: bool,
    contents: &mut Contents,
    keys: &mut Vec<ContinuationKeys>,
) -> Option<usize> {
    if next.rows.is_empty() {
        return None;
    }
    let own = ContinuationKeys::of(&next);
    let part = TablePart { plan: &next, keys: &own };
    let continued = (0..contents.plans.len()).rev().find(|&index| {
        continues(TablePart { plan: &contents.plans[index], keys: &keys[index] }, part, titled)
    });
    let Some(index) = continued else {
        contents.plans.push(next);
        keys.push(own);
        return Some(contents.plans.len() - 1);
    };
    let plan = &mut contents.plans[index];
    plan.rows.extend(next.rows);
    plan.footnotes.extend(next.footnotes);
    keys[index].weight += own.weight;
    Some(index)
}

/// Whether `next` continues `before`; `titled`: whether `next` has its own title.
///
/// On the same sheet, a header without its own title that repeats the previous names continues the plan.
/// Elsewhere, or under a repeated title, the weights decide: the parts of one plan sum to at most 100
/// together, two versions of a plan to 100 each.
fn continues(before: TablePart<'_>, next: TablePart<'_>, titled: bool) -> bool {
    let (keys, next_keys) = (before.keys, next.keys);
    if keys.years != next_keys.years {
        return false;
    }
    if !titled && before.plan.sheet == next.plan.sheet {
        return keys.own == next_keys.own && keys.parent == next_keys.parent;
    }
    let same_org = keys.org == next_keys.org || says_continued(&keys.org, &next_keys.org);
    same_org && keys.weight + next_keys.weight <= 100.5
}

/// Whether `after` is `before` with a suffix such as `… (계속)` or `… (2/2)`.
fn says_continued(before: &str, after: &str) -> bool {
    after.strip_prefix(before).is_some_and(|rest| {
        rest.contains("계속") || rest.contains("continued") || rest.chars().all(|c| c.is_ascii_digit())
    })
}

impl ContinuationKeys {
    fn of(plan: &Plan) -> Self {
        Self {
            years: plan.years.iter().map(|column| column.year).collect(),
            own: plain_key(&plan.own_label.text),
            parent: plain_key(&plan.parent_label.text),
            org: plain_key(&plan.org),
            weight: plan.rows.iter().filter_map(|row| row.weight.percent).sum(),
        }
    }
}
