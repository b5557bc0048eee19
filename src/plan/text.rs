//! Text as shown, and its cell.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::CellRef;

/// Text as shown, and its cell.
///
/// For a merged cell, or a blank one that continues the cell above, these are the text and cell of the
/// origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text: one line, trimmed, empty if the cell is.
    pub text: Arc<str>,
    /// The cell; none if the table lacks the column.
    pub cell: Option<CellRef>,
}

impl Text {
    /// The text of `cell`.
    pub fn new(text: impl Into<Arc<str>>, cell: CellRef) -> Self {
        Self { text: text.into(), cell: Some(cell) }
    }

    /// The text of a missing column: no text, no cell.
    pub fn absent() -> Self {
        Self { text: Arc::from(""), cell: None }
    }

    /// Whether nothing is written here.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::absent()
    }
}
