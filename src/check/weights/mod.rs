//! Checks of weights.

pub(super) mod plan_sum;
