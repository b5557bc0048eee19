//! Joins the tables of one plan: a table that goes on under a second header or on a second sheet.

use super::Table;
use crate::plan::Plan;
use crate::read::outcome::{Contents, Remark};
use crate::text::names::plain_key;

/// What tells whether a table goes on where a plan stops, made once each: a workbook may have thousands.
struct Keys {
    years: Vec<i32>,
    own: String,
    parent: String,
    org: String,
    weight: f64,
}

/// Files the tables as plans, in order, continued ones with the plan they continue. A table without a single row is a form
/// nobody filled in: what was noticed about it concerns no plan.
pub(super) fn join(tables: Vec<Table>, contents: &mut Contents) {
    let mut keys: Vec<Keys> = Vec::new();
    for Table { plan, remarks, titled } in tables {
        let index = file(plan, titled, contents, &mut keys);
        let remarks = remarks.into_iter().map(|remark| Remark { plan: index, ..remark });
        contents.remarks.extend(remarks);
    }
}

/// Files the plan of a table; gives its position, none for a table without rows.
fn file(next: Plan, titled: bool, contents: &mut Contents, keys: &mut Vec<Keys>) -> Option<usize> {
    if next.rows.is_empty() {
        return None;
    }
    let own = Keys::of(&next);
    let continued = (0..contents.plans.len())
        .rev()
        .find(|&index| continues((&contents.plans[index], &keys[index]), (&next, &own, titled)));
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

/// Whether `table` goes on where `plan` stops.
///
/// On the same sheet, a header without a title of its own that repeats the names of the one before continues it. Elsewhere,
/// and under a repeated title, the weights tell: halves of one plan sum to no more than 100 together, while two
/// versions of a plan sum to 100 each.
fn continues((plan, keys): (&Plan, &Keys), (table, next, titled): (&Plan, &Keys, bool)) -> bool {
    if keys.years != next.years {
        return false;
    }
    if !titled && plan.sheet == table.sheet {
        return keys.own == next.own && keys.parent == next.parent;
    }
    let same_org = keys.org == next.org || says_continued(&keys.org, &next.org);
    same_org && keys.weight + next.weight <= 100.5
}

/// `… (계속)`, `… (2/2)` after the name of the plan before.
fn says_continued(before: &str, after: &str) -> bool {
    after.strip_prefix(before).is_some_and(|rest| {
        rest.contains("계속") || rest.contains("continued") || rest.chars().all(|c| c.is_ascii_digit())
    })
}

impl Keys {
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
