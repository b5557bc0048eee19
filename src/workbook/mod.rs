//! The kit for the workbooks that planbook writes.
//!
//! Each column of a [`Columns`] list gives heading, width and cell content; a [`Table`] writes one line per
//! item. Other cells are put on a [`Sheet`] one by one. A [`Book`] holds the sheets and sets the document
//! properties.
//!
//! Plan text is always written as text, so it never becomes a formula.

mod book;
mod cell;
pub mod link;
mod names;
pub mod pages;
pub mod range;
mod result;
mod sheet;
mod style;
mod table;
pub mod text;

pub use book::{About, Book};
pub use cell::{Cell, Formula, as_number, number_in};
pub use names::{SheetNames, defined_name, sheet_name};
pub use result::Result;
pub use rust_xlsxwriter::XlsxError;
pub use sheet::Sheet;
pub use style::{CellFormat, CellStyle, Formats, SeverityColours, Style, TEXT_SIZE, color, number_pattern};
pub use table::{Columns, Table, Total};

#[cfg(test)]
mod tests;
