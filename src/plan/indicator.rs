//! A KPI row: the KPI, its values by year, unit, weight and initiatives, and its citation of the parent's
//! plan.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Initiatives, PeriodValue, Perspective, Text, Unit, Value, Weight};

/// One KPI row of a plan. Merged cells are filled down.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// The row's sheet; a plan may continue on a second sheet.
    pub sheet: Arc<str>,
    /// The perspective and its printed weight.
    pub perspective: Perspective,
    /// Cited: the parent's objective.
    #[serde(rename = "parent_goal")]
    pub parent_objective: Text,
    /// Cited: the parent's KPI.
    pub parent_kpi: Text,
    /// Cited: the parent's target of the plan year.
    pub parent_target: Value,
    /// The plan's own objective.
    #[serde(rename = "goal")]
    pub objective: Text,
    /// The KPI.
    pub kpi: Text,
    /// One value for each of the plan's years, in order.
    pub values: Vec<Value>,
    /// The unit of the values.
    pub unit: Unit,
    /// The weight, in percent of the plan.
    pub weight: Weight,
    /// The initiatives that serve this KPI.
    pub initiatives: Initiatives,
    /// Who is responsible for it.
    pub owner: Text,
    /// The number or id of the KPI.
    pub number: Text,
    /// What kind of KPI it is: common or own; input, process, output or outcome; quantitative or qualitative.
    pub indicator_type: Text,
    /// Whether higher or lower is better.
    pub polarity: Text,
    /// What the KPI measures.
    pub definition: Text,
    /// How the value is calculated.
    pub formula: Text,
    /// Where the value comes from.
    pub data_source: Text,
    /// How often the value is measured.
    pub frequency: Text,
    /// Why the target is what it is.
    pub rationale: Text,
    /// The budget of the initiatives that serve the KPI.
    pub budget: Text,
    /// Other remarks.
    pub remark: Text,
    /// The levels of objectives above [`Indicator::objective`], the highest first.
    pub levels: Vec<Level>,
    /// Values of other periods and kinds than those of the plan's years.
    pub periods: Vec<PeriodValue>,
    /// Columns that the form has beyond these.
    pub extra: Vec<Extra>,
}

/// A level of objectives above the plan's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// What the form calls the level (`전략목표`, `Outcome`); empty if it does not say.
    pub name: Arc<str>,
    /// The objective.
    pub text: Text,
}

/// A cell of a column that planbook keeps but does not interpret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// The column's heading.
    pub heading: Arc<str>,
    /// The cell.
    pub text: Text,
}
