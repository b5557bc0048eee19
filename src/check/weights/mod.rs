//! Checks of weights.

pub(super) mod no_weight;
pub(super) mod perspective_sum;
pub(super) mod plan_sum;

use crate::plan::{Indicator, Plan};

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
