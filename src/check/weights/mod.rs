//! Checks of weights.

mod custom;
pub(super) mod no_weight;
pub(super) mod perspective_sum;
pub(super) mod plan_sum;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::consolidate::City;
use crate::plan::{Field, Indicator, Plan, PlanId};
use crate::project::config::WeightScope;

/// Rows whose weights belong together.
struct WeightGroup<'c> {
    /// The key of the perspective or objective; empty for a whole plan.
    key: Cow<'c, str>,
    /// Its rows, in order.
    rows: Vec<usize>,
}

/// The groups of a plan, in order. An unnamed perspective or objective is identified by its cell.
fn groups(city: &City, plan: PlanId, per: WeightScope) -> Vec<WeightGroup<'_>> {
    let field = match per {
        WeightScope::Plan => {
            let rows = (0..city.plans[plan].rows.len()).collect();
            return vec![WeightGroup { key: "".into(), rows }];
        }
        WeightScope::Perspective => Field::Perspective,
        WeightScope::Objective => Field::Objective,
    };
    let mut position: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
    let mut groups: Vec<WeightGroup<'_>> = Vec::new();
    let Plan { rows, years, .. } = &city.plans[plan];
    for (index, (row, keys)) in rows.iter().zip(&city.nodes[plan].row_keys).enumerate() {
        let key = if per == WeightScope::Perspective { &keys.perspective } else { &keys.objective };
        let mut key = Cow::Borrowed(key.as_str());
        if key.is_empty() {
            key = row.cell_of(field, years).map(|cell| cell.to_string()).unwrap_or_default().into();
        }
        let at = *position.entry(key.clone()).or_insert(groups.len());
        if at == groups.len() {
            groups.push(WeightGroup { key, rows: Vec::new() });
        }
        groups[at].rows.push(index);
    }
    groups
}

/// Whether the plan's table has weights.
fn has_weights(plan: &Plan) -> bool {
    plan.rows.iter().any(|row| row.weight.text.cell.is_some())
}

/// The sum of the numeric weights of `rows`.
fn sum_of(plan: &Plan, rows: &[usize]) -> f64 {
    rows.iter().filter_map(|&row| plan.rows[row].weight.percent).sum()
}

/// The sum of the numeric weights.
fn sum(plan: &Plan) -> f64 {
    plan.rows.iter().filter_map(|row| row.weight.percent).sum()
}

/// Whether the weights seem to be fractions (0.3 for 30): they sum to 1, and none of them is 1.
fn are_fractions(plan: &Plan) -> bool {
    (sum(plan) - 1.0).abs() <= 1e-6
        && plan.rows.iter().filter_map(|row| row.weight.percent).all(|weight| (0.0..1.0).contains(&weight))
}

/// Whether a row lacks a weight. A row merged with the one above has it there.
fn lacks_weight(plan: &Plan, row: usize) -> bool {
    let weight = &plan.rows[row].weight;
    weight.percent.is_none() && !weight.shared
}

/// The possible rounding error of a sum of weights with decimals: half a unit of the last place each. 33.33 ×
/// 3 cannot be nearer to 100. Whole weights are chosen, not rounded.
fn rounding<'p>(rows: impl Iterator<Item = &'p Indicator>) -> f64 {
    let half_unit = |row: &Indicator| {
        let decimals = row.weight.text.text.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
        if decimals == 0 { 0.0 } else { 0.5 * 0.1_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX)) }
    };
    rows.filter(|row| row.weight.percent.is_some()).map(half_unit).sum()
}
