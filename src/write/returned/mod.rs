//! `returned/`: every department's workbook, returned with its findings.
//!
//! A finding with a cell becomes a note and a fill on that cell. The review sheet lists all findings, with
//! cells to answer in. A workbook without findings is returned byte for byte. Where remarks cannot be
//! inserted without loss, the original is returned unchanged, with a review workbook beside it: the same
//! cells, with the remarks.

mod form;
mod give_back;
mod leftovers;
mod letter;
mod names;
mod note;
mod notices;
mod original;
mod palette;
mod receipt;
mod refusal;
mod remarks;
mod returnable;
mod review;
mod substitute;
#[cfg(test)]
mod tests;
mod writer;

pub use form::{ColumnKind, ReviewColumn, ReviewRow, ReviewSheet};
pub use letter::LETTERS;
pub use names::{FOLDER, RECEIPTS};
pub use original::SIGNATURE;
pub use palette::Palette;
pub use remarks::Remarks;
pub use writer::{NewRound, ReturnedWriter};
