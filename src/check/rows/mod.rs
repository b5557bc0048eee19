//! Checks of KPI rows and of the codes of initiatives.

pub(super) mod code_gap;
pub(super) mod code_in_footnote;
pub(super) mod malformed_code;
pub(super) mod shared_code;
pub(super) mod twin_kpi;
