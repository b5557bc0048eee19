//! Figures that several outputs and checks share, each computed by one rule: comparable values of a common
//! KPI and their spread, the last actual, what is a percentage.

pub mod comparison;
pub mod objectives;
pub mod outliers;
pub mod scale;
mod series;
mod spread;

pub use comparison::Comparison;
pub use series::{is_percent, last_actual};
pub use spread::Spread;
