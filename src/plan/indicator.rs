//! A KPI row: what is measured, its values by year, its unit, weight and initiatives, and what it
//! cites of the parent's plan.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Initiatives, Perspective, Text, Unit, Value, Weight, YearColumn};
use crate::source::CellRef;

/// One KPI row of a plan. Merged cells are filled down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// The sheet the row stands on; a plan may go on on a second sheet.
    pub sheet: Arc<str>,
    /// The perspective and its printed weight.
    pub perspective: Perspective,
    /// Cited: the parent's objective.
    pub parent_goal: Text,
    /// Cited: the parent's KPI.
    pub parent_kpi: Text,
    /// Cited: the parent's target of the plan year.
    pub parent_target: Value,
    /// The plan's own objective.
    pub goal: Text,
    /// The KPI.
    pub kpi: Text,
    /// One value for each of the plan's years, in their order.
    pub values: Vec<Value>,
    /// The unit of the values.
    pub unit: Unit,
    /// The weight, in percent of the plan.
    pub weight: Weight,
    /// The initiatives that serve this KPI.
    pub initiatives: Initiatives,
}

impl Indicator {
    /// The cell of `field`; the KPI's cell where the table has no such column.
    pub fn cell(&self, field: Field, years: &[YearColumn]) -> CellRef {
        self.cell_of(field, years).or(self.kpi.cell).unwrap_or_default()
    }

    /// The cell of `field`, if the table has such a column.
    pub fn cell_of(&self, field: Field, years: &[YearColumn]) -> Option<CellRef> {
        match field {
            Field::Perspective => self.perspective.text.cell,
            Field::ParentGoal => self.parent_goal.cell,
            Field::ParentKpi => self.parent_kpi.cell,
            Field::ParentTarget => self.parent_target.text.cell,
            Field::Goal => self.goal.cell,
            Field::Kpi | Field::File => self.kpi.cell,
            Field::Year(year) => years
                .iter()
                .position(|column| column.year == year)
                .and_then(|index| self.values.get(index))
                .and_then(|value| value.text.cell),
            Field::Unit => self.unit.text.cell,
            Field::Weight => self.weight.text.cell,
            Field::Code => self.initiatives.text.cell,
        }
    }
}

/// A column of the plan table, as findings and exports name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// 관점.
    Perspective,
    /// The parent's objective.
    ParentGoal,
    /// The parent's KPI.
    ParentKpi,
    /// The parent's target.
    ParentTarget,
    /// Own objective.
    Goal,
    /// KPI.
    Kpi,
    /// The value of a year.
    Year(i32),
    /// Unit.
    Unit,
    /// Weight.
    Weight,
    /// Initiative code.
    Code,
    /// The workbook as a whole.
    File,
}

/// The fixed name used in `data/*.json`; a year is its number.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Field::Perspective => "perspective",
            Field::ParentGoal => "parent_goal",
            Field::ParentKpi => "parent_kpi",
            Field::ParentTarget => "parent_target",
            Field::Goal => "goal",
            Field::Kpi => "kpi",
            Field::Year(year) => return write!(f, "{year}"),
            Field::Unit => "unit",
            Field::Weight => "weight",
            Field::Code => "code",
            Field::File => "file",
        };
        f.write_str(name)
    }
}
