//! The house style of all outputs: fonts, colours, and the cell formats of workbooks.
//!
//! `[style]` in planbook.toml overrides these defaults; all writers use [`Style`] and [`Formats`].

mod cells;
mod format;
mod house;

pub use cells::{CellStyle, Formats};
pub use format::{CellFormat, number_pattern};
pub use house::{SeverityColours, Style, TEXT_SIZE, color};

#[cfg(test)]
mod tests;
