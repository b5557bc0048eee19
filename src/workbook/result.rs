//! The result of writing a workbook.

use rust_xlsxwriter::XlsxError;

/// The result of writing. It fails at Excel's limits: too many rows or columns, or an invalid name.
pub type Result<T = ()> = std::result::Result<T, XlsxError>;
