//! Why a document could not be set or exported.

use crate::diagnostics::TypstError;
use crate::rescue::Panicked;
use crate::world::InvalidName;

/// A document could not be set or exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// A file name is not a valid Typst path.
    #[error(transparent)]
    InvalidName(#[from] InvalidName),
    /// The caller failed to make the files that depend on page numbers.
    #[error("the files with page numbers could not be made: {0}")]
    Numbering(String),
    /// There is an error in the Typst files.
    #[error("{error}")]
    Typst {
        /// Indices of the sections with an error, in order; `error` is the first one's. Empty for an export.
        sections: Vec<usize>,
        /// The error.
        error: Box<TypstError>,
    },
    /// These standards cannot be combined.
    #[error("these PDF standards do not go together: {0}")]
    Standards(String),
    /// A library panicked. [`Concessions`](crate::Concessions) offers a way to continue.
    #[error("a library panicked: {}", .0.reason)]
    Panicked(Panicked),
}
