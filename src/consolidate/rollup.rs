//! Roll up: sums the children's values for common KPIs that roll up by sum.

use super::organise::PlanTree;
use super::{CommonMatrix, RollUpSum, RowId};
use crate::plan::{Indicator, Meaning, Plan, PlanId, Value};
use crate::project::config::RollUpRule;

/// Sums over the direct children, for every year of the parent.
pub(super) fn roll_up(plans: &[Plan], tree: &PlanTree, common: &[CommonMatrix]) -> Vec<RollUpSum> {
    let mut sums = Vec::new();
    let summed = common.iter().enumerate().filter(|(_, matrix)| matrix.rule.rollup == RollUpRule::Sum);
    for (position, matrix) in summed {
        for parents in matrix.rows.chunk_by(|a, b| a.plan == b.plan) {
            // If the parent has the KPI twice, its first row counts.
            let parent = parents[0];
            let part = |&child: &PlanId| part_of(child, parent, &matrix.rows, plans);
            let children: Vec<RowId> = tree.children[parent.plan].iter().filter_map(part).collect();
            if children.is_empty() {
                continue;
            }
            let row = &plans[parent.plan].rows[parent.row];
            for (column, value) in plans[parent.plan].years.iter().zip(&row.values) {
                sums.push(RollUpSum {
                    common: position,
                    parent,
                    year: column.year,
                    value: number(value, row, row),
                    children: children.clone(),
                    sum: sum(plans, &children, column.year, row),
                });
            }
        }
    }
    sums
}

/// The row of `rows` (in book order) by which `child` contributes to the parent's row. If the child has the
/// KPI twice, a row that repeats the parent's values is the parent's KPI handed down; the other one is the
/// child's own.
fn part_of(child: PlanId, parent: RowId, rows: &[RowId], plans: &[Plan]) -> Option<RowId> {
    let from = rows.partition_point(|row| row.plan < child);
    let own = || rows[from..].iter().copied().take_while(|row| row.plan == child);
    let row = |id: RowId| &plans[id.plan].rows[id.row];
    let texts = |id: RowId| row(id).values.iter().map(|value| &value.text.text);
    own().find(|&id| texts(id).ne(texts(parent))).or_else(|| own().next())
}

/// The sum of the children's values of `year` in the parent's unit. None if one of them is not a number, or
/// if none has any.
fn sum(plans: &[Plan], children: &[RowId], year: i32, parent: &Indicator) -> Option<f64> {
    let mut sum = None;
    for id in children {
        let plan = &plans[id.plan];
        let row = &plan.rows[id.row];
        let Some(value) = plan.year_index(year).and_then(|index| row.values.get(index)) else { continue };
        if !matches!(value.meaning, Meaning::Empty | Meaning::NotApplicable) {
            sum = Some(sum.unwrap_or(0.0) + number(value, row, parent)?);
        }
    }
    sum
}

/// The plain number of `value`, a value of `row`, converted to the unit of `unit_of`.
fn number(value: &Value, row: &Indicator, unit_of: &Indicator) -> Option<f64> {
    let Meaning::Number(number) = &value.meaning else { return None };
    Some(number.in_base(&row.unit) / unit_of.unit.scale)
}

#[cfg(test)]
mod tests;
