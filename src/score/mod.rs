//! From results to achievement, score and grade.
//!
//! Each rule in `rules` is one expression (`formula`), evaluated here and printed as a formula on the
//! scorecards, so a recalculated workbook and `planbook score` give the same figures.

mod edit;
mod entry;
mod evaluate;
pub mod formula;
mod ids;
mod measure;
mod report;
mod result;
pub mod rules;
mod untaken;

pub use edit::{EditedField, IgnoredEdit};
pub use entry::{Conflict, Entered, Entries, Entry, ForeignScorecard, ManualAchievement};
pub use evaluate::{
    CityScore, PerspectiveScore, PlanScore, RowScore, Tally, evaluate, groups, row_score, tally,
};
pub use ids::{RowIds, RowKey};
pub use measure::{ManualReason, Measure, TargetBasis, TargetRule, last_actual, measure_with};
pub use report::ScoreReport;
pub use result::Doubt;
pub use untaken::{Asked, Other, Untaken, is_scorecard};

#[cfg(test)]
mod tests;
