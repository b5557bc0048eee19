//! The kit for the workbooks that planbook writes.
//!
//! A sheet is filled from lists of [`Columns`]: heading, width and what stands in a column stand side by side, and a
//! [`Table`] writes a line for each of its items. What has no column of its own goes into a [`Sheet`] as a [`Cell`]. A [`Book`]
//! holds the sheets and says the same of itself in every output.
//!
//! Text from the plans is only ever written as text, so that no cell of theirs becomes a formula.

mod book;
mod cell;
pub mod link;
mod names;
pub mod pages;
pub mod range;
mod sheet;
mod style;
mod table;
pub mod text;

pub use book::{About, Book};
pub use cell::{Cell, Formula, as_number, number_in};
pub use names::{SheetNames, defined_name, sheet_name};
pub use rust_xlsxwriter::XlsxError;
pub use sheet::Sheet;
pub use style::{CellFormat, CellStyle, Formats, SeverityColours, Style, TEXT_SIZE, color, number_pattern};
pub use table::{Columns, Table, Total};

/// What writing comes to. It fails at the limits of a sheet: more rows or columns than Excel has, a name that it does not take.
pub type Result<T = ()> = std::result::Result<T, XlsxError>;

#[cfg(test)]
mod tests;
