//! Checks of weights.

pub(super) mod no_weight;
pub(super) mod perspective_sum;
pub(super) mod plan_sum;

use crate::plan::Plan;

/// The sum of the weights that are numbers.
fn sum(plan: &Plan) -> f64 {
    plan.rows.iter().filter_map(|row| row.weight.percent).sum()
}

/// Whether the weights seem to be parts of 1 (0.3 for 30): they sum to 1, and none of them is the whole.
fn are_fractions(plan: &Plan) -> bool {
    (sum(plan) - 1.0).abs() <= 1e-6
        && plan.rows.iter().filter_map(|row| row.weight.percent).all(|weight| (0.0..1.0).contains(&weight))
}
