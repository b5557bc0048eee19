//! Figures that several outputs and checks tell, one rule each: which values of a common KPI compare and how they lie, what
//! was reached last, what is a percentage.

pub mod comparison;
pub mod objectives;
pub mod outliers;
pub mod scale;
mod series;
mod spread;

pub use comparison::Comparison;
pub use series::{is_percent, last_actual};
pub use spread::Spread;
