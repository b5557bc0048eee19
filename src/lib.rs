//! planbook reads the performance-plan workbooks of a city's departments, consolidates them into one
//! cascade, checks what must agree and writes what the planning office hands out.

pub mod check;
pub mod consolidate;
pub mod diff;
pub mod files;
pub mod finding;
pub mod ledger;
pub mod measure;
pub mod pipeline;
pub mod plan;
pub mod project;
pub mod read;
pub mod score;
pub mod source;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod workbook;
pub mod write;
