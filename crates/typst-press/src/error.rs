//! Why a document could not be set or exported.

use crate::diagnostics::TypstError;
use crate::rescue::Panicked;
use crate::world::InvalidName;

/// A document could not be set or exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// A file's name is no path that Typst can have.
    #[error(transparent)]
    InvalidName(#[from] InvalidName),
    /// The caller could not make the files that depend on page numbers.
    #[error("the files with page numbers could not be made: {0}")]
    Numbering(String),
    /// There is an error in the Typst files.
    #[error("{error}")]
    Typst {
        /// Positions of the sections that have an error, in order: what is told is the first one's. None in an export.
        sections: Vec<usize>,
        /// The error.
        error: Box<TypstError>,
    },
    /// These standards do not go together.
    #[error("these PDF standards do not go together: {0}")]
    Standards(String),
    /// A library panicked. See [`Concessions`](crate::Concessions) for a way to go on.
    #[error("a library panicked: {}", .0.reason)]
    Panicked(Panicked),
}
