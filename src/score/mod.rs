//! From results to achievement, score and grade.
//!
//! The rules stand in `rules`, each as one calculation (`formula`) that is evaluated here and printed as a formula on the
//! scorecards. So a workbook recalculated by its user and `planbook score` come to the same figures.

mod edit;
mod entry;
mod evaluate;
pub mod formula;
mod ids;
mod measure;
mod report;
mod result;
pub mod rules;

pub use edit::{Edit, Edited};
pub use entry::{Conflict, Elsewhere, Entered, Entries, Entry, Given};
pub use evaluate::{
    CityScore, PerspectiveScore, PlanScore, RowScore, Tally, evaluate, groups, row_score, tally,
};
pub use ids::{RowIds, RowKey};
pub use measure::{ManualReason, Measure, TargetBasis, TargetRule, last_actual, measure_with};
pub use report::{Other, Report, Untaken};
pub use result::Doubt;

#[cfg(test)]
mod tests;
