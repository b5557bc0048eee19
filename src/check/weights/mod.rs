//! Checks of weights.

pub(super) mod no_weight;
pub(super) mod perspective_sum;
pub(super) mod plan_sum;
