//! Outputs: one folder each, and one module that puts files on the disk.
//!
//! Writers read the consolidated city and the findings. They decide no severity and read no cell again.

pub mod alignment;
pub mod annotate;
#[cfg(feature = "book")]
pub mod book;
pub mod branches;
pub mod cascade;
pub mod diff;
pub mod export;
pub mod files;
mod finding_cells;
pub mod form;
pub mod report;
pub mod returned;
pub mod scorecard;
pub mod templates;
pub mod words;
