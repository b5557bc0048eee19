//! The kit for the workbooks that planbook writes.

pub mod pages;
mod sheet;
mod style;

pub use sheet::*;
pub use style::*;
