//! The years of a plan's table.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Whether a year's values are actuals or targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum YearKind {
    /// 실적치: actual.
    Actual,
    /// 목표치: target.
    Target,
}

/// One year of a plan's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearColumn {
    /// The year.
    pub year: i32,
    /// The heading as printed (`2009년`).
    pub label: Arc<str>,
    /// The group heading above it as printed (`실적치`), empty if there is none.
    pub group: Arc<str>,
    /// The kind by the headings. `None` if one heading covers both actuals and targets; consolidation then
    /// decides by the plan year.
    pub kind: Option<YearKind>,
}
