//! Why nothing could be set or exported.

use std::path::PathBuf;

use crate::diagnostics::TypstError;
use crate::rescue::Panicked;

/// No fonts to set anything in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The folder that was asked for cannot be opened.
    #[error("the font folder {} cannot be opened", .0.display())]
    NoFolder(PathBuf),
    /// No font found shows the script.
    #[error("no font was found that shows `{sample}`")]
    NoFont {
        /// Letters of the script.
        sample: &'static str,
    },
}

/// A document could not be set or exported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PressError {
    /// A file's name is no path that Typst can have.
    #[error("`{0}` is not a valid file name")]
    InvalidName(String),
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
