//! Checks of targets and of the series of years.

pub(super) mod decimals;
pub(super) mod doubtful_polarity;
pub(super) mod growth;
pub(super) mod missing;
pub(super) mod no_value;
pub(super) mod not_a_share;
pub(super) mod running_total;
pub(super) mod scale;
pub(super) mod worse;
