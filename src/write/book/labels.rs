//! Labels of places in the book, for links. Plans count from 1, rows from 0, as in `data/indicators.json`.

use crate::consolidate::RowId;
use crate::plan::PlanId;

/// A plan's title.
pub(super) fn plan(plan: PlanId) -> String {
    format!("plan-{}", plan.number())
}

/// A KPI's row.
pub(super) fn row(id: RowId) -> String {
    format!("kpi-{}-{}", id.plan.number(), id.row)
}

/// The notes below a plan's table.
pub(super) fn notes(plan: PlanId) -> String {
    format!("notes-{}", plan.number())
}
