//! Which column of the scorecard's table holds what.

use crate::plan::Plan;
use crate::source::CellRef;

/// The rows above the body.
pub(super) const TITLE: u32 = 0;
pub(super) const NOTE: u32 = 1;
/// The hidden row of marks.
pub(super) const MARKS: u32 = 2;
/// The header's first and last row.
pub(super) const HEAD: (u32, u32) = (3, 5);
/// The body's first row.
pub(super) const BODY: u32 = 6;

/// The columns, from left to right.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub perspective: u16,
    pub goal: u16,
    pub kpi: u16,
    pub unit: u16,
    pub weight: u16,
    /// One for each of the plan's years.
    pub years: Vec<u16>,
    pub trend: u16,
    pub change: u16,
    pub result: u16,
    pub achievement: u16,
    pub score: u16,
    pub grade: u16,
    pub how: u16,
    /// The parent's objective, KPI and target; none where the plan has no such columns.
    pub parent: Option<[u16; 3]>,
    pub code: u16,
    pub findings: u16,
    /// The hidden column of marks.
    pub key: u16,
}

impl Columns {
    /// The columns for `plan`.
    pub fn of(plan: &Plan) -> Self {
        let mut next = 0u16;
        let mut take = || {
            next += 1;
            next - 1
        };
        let cites = plan.rows.iter().any(|row| {
            let cells = [row.parent_goal.cell, row.parent_kpi.cell, row.parent_target.text.cell];
            cells.iter().any(Option::is_some)
        });
        Self {
            perspective: take(),
            goal: take(),
            kpi: take(),
            unit: take(),
            weight: take(),
            years: plan.years.iter().map(|_| take()).collect(),
            trend: take(),
            change: take(),
            result: take(),
            achievement: take(),
            score: take(),
            grade: take(),
            how: take(),
            parent: (cites || !plan.parent_label.is_empty()).then(|| [take(), take(), take()]),
            code: take(),
            findings: take(),
            key: take(),
        }
    }
}

/// A cell as formulas name it.
pub(super) fn cell(row: u32, col: u16) -> String {
    CellRef::new(row, col).to_string()
}

/// A column's cells from `first` to `last` as formulas name them.
pub(super) fn range(first: u32, last: u32, col: u16) -> String {
    format!("{}:{}", cell(first, col), cell(last, col))
}
