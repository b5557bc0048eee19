//! `report.html`: one page for the planning officer to read first, which needs only a browser.
//!
//! Rust computes all figures, texts and charts; the templates in `templates/report` lay them out. The page
//! contains the findings as data, and its script shows a few at a time, so that a page of 20,000 findings
//! stays usable.
//!
//! The page loads nothing. It runs only its own script and style, whose hashes are in its content security
//! policy. Texts from plans cannot become markup: the templates escape them, or the script inserts them as
//! plain text.

mod board;
mod cascade;
mod chart;
mod checks;
mod common;
mod findings;
mod input;
mod look;
mod page;
mod summary;
#[cfg(test)]
mod tests;
mod words;
mod writer;

pub use input::ReportInput;
pub use page::{FILE, TEMPLATES, page};
pub use writer::ReportWriter;
