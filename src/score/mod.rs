//! From results to achievement, score and grade.
//!
//! What stands here is what the formulas of the scorecards say, so that a workbook recalculated by its user and
//! `planbook score` come to the same figures: [`Aim::reached`] beside `write::scorecard::formulas`.

mod entry;
mod evaluate;
mod ids;
mod measure;
mod result;

pub use entry::{Conflict, Elsewhere, Entered, Entries, Entry};
pub use evaluate::{
    CityScore, PerspectiveScore, PlanScore, RowScore, Tally, evaluate, groups, row_score, tally,
};
pub use ids::{RowIds, RowKey};
pub use measure::{Aim, Basis, ByHand, Measure, last_actual, measure_with};
pub use result::Doubt;

#[cfg(test)]
mod tests;
