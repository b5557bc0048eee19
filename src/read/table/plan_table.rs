//! A table read as a plan.

use crate::plan::Plan;
use crate::read::outcome::{Remark, TableForm};

/// A table that may continue another one.
pub(super) struct PlanTable {
    pub plan: Plan,
    pub remarks: Vec<Remark>,
    /// Whether it has its own title.
    pub titled: bool,
    /// How it was understood; none for a further plan of the same table.
    pub form: Option<TableForm>,
}
