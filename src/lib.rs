//! planbook reads the performance-plan workbooks of a city's departments, consolidates them into one
//! cascade, checks what must agree and writes what the planning office hands out.
//!
//! ```no_run
//! use std::path::Path;
//!
//! use planbook::build::BuildOptions;
//!
//! let (dir, out) = (Path::new("examples/seoul-2009"), Path::new("output"));
//! let built = planbook::build(dir, out, &BuildOptions::default(), &|_| {})?;
//! assert_eq!(built.run.city.year, 2009);
//! assert!(built.outcomes.iter().all(|outcome| outcome.result.is_ok()));
//! # Ok::<(), planbook::build::BuildError>(())
//! ```

pub mod build;
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

pub use build::build;
