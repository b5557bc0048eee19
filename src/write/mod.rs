//! Outputs: one folder each.
//!
//! Writers read the consolidated city and the findings. They decide no severity and read no cell again.

pub mod alignment;
#[cfg(feature = "book")]
pub mod book;
pub mod branches;
pub mod cascade;
pub mod diff;
pub mod export;
mod finding_cells;
pub mod form;
pub mod report;
pub mod returned;
pub mod scorecard;
pub mod templates;
pub mod words;
