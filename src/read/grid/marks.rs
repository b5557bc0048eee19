//! The layout of a table that the marks of a scorecard state.

use std::collections::BTreeMap;

/// The layout of a sheet's table, from its marks.
#[derive(Clone, Debug)]
pub(in crate::read) struct ScorecardMarks {
    /// First and last row of the header.
    pub header: (u32, u32),
    /// The content of each plan column, by the names of `Field`; years as `2009 target`.
    pub columns: BTreeMap<u16, String>,
    /// Whether the first line is the plan's title.
    pub titled: bool,
}
