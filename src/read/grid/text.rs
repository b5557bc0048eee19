//! The text of a cell, and where it comes from.

use std::sync::Arc;

/// The origin of a cell's text. Not every format tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) enum Origin {
    /// Unknown.
    #[default]
    Any,
    /// The result of a formula.
    Formula,
    /// A number stored as text, which formulas do not treat as a number.
    NumberAsText,
}

/// The text that a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct Shown {
    /// One line, trimmed, never empty.
    pub text: Arc<str>,
    /// Whether its % comes from the number format rather than from the author.
    pub percent: bool,
    /// Its origin, as far as the format tells.
    pub origin: Origin,
}

/// A text on one line, with flags for damaged characters.
#[derive(Clone, Debug)]
pub(in crate::read) struct CellText {
    pub text: Arc<str>,
    /// Characters that no workbook can hold were removed.
    pub(super) dropped: bool,
    /// Characters were already lost and are U+FFFD.
    pub(super) lost: bool,
}
