//! The model: a plan, its perspectives, objectives, indicators, values, units and weights.
//!
//! Every item keeps the text as shown, its cell, and the meaning planbook read from it. No I/O happens here.

mod beside;
mod cells;
mod field;
mod id;
mod indicator;
pub mod initiative;
mod performance_plan;
mod period;
mod perspective;
mod printed;
mod text;
pub mod unit;
pub mod value;
mod weight;
mod year;

pub use beside::{Beside, Period};
pub use field::{ByColumn, COLUMNS, Column, Content, Field, Group, Labels, Name, Presence};
pub use id::{PlanId, RowId};
pub use indicator::{Extra, Indicator, Level};
pub use initiative::{Initiatives, MalformedCode};
pub use performance_plan::{Footnote, Plan};
pub use period::{PeriodValue, ValueKind, YearPart};
pub use perspective::Perspective;
pub use printed::Printed;
pub use text::Text;
pub use unit::Unit;
pub use value::{Meaning, Value};
pub use weight::Weight;
pub use year::{YearColumn, YearKind};
