//! `scorecards/`: a workbook for each plan, in which the department enters the year's results.
//!
//! Sheets: the plan's table with results, achievement and score; a summary with charts; the common KPIs beside the
//! city's; the findings; settings and a short guide. [`crate::read`] recognises it by its hidden marks.

mod columns;
mod common;
mod fate;
mod findings;
mod formulas;
mod input;
mod notices;
mod numbers;
mod places;
mod settings;
mod summary;
mod table;
mod words;
mod workbooks;
mod writer;

pub use fate::{Fate, Why, fate};
pub use workbooks::{FOLDER, Scorecard, ScorecardError, names, workbooks};
pub use writer::ScorecardsWriter;
