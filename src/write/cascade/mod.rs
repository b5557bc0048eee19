//! `cascade.xlsx`: the whole city in one workbook. Each sheet has a source file here and an entry in `TABS` (`workbook`).

mod alignment;
mod chain;
mod codes;
mod common;
mod findings;
mod kpis;
mod loose;
mod organisations;
mod overview;
mod rollups;
mod tab;
mod tally;
mod targets;
mod values;
mod workbook;
mod writer;

pub use workbook::{WorkbookError, workbook};
pub use writer::CascadeWriter;

#[cfg(test)]
mod tests;
