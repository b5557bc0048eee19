//! Labels of places in the book, for links. Plans count from 1, rows from 0, as in `data/indicators.json`.

use crate::consolidate::RowId;

/// A plan's title.
pub(super) fn plan(plan: usize) -> String {
    format!("plan-{}", plan + 1)
}

/// A KPI's row.
pub(super) fn row(id: RowId) -> String {
    format!("kpi-{}-{}", id.plan + 1, id.row)
}

/// The notes below a plan's table.
pub(super) fn notes(plan: usize) -> String {
    format!("notes-{}", plan + 1)
}
