//! The sheet the book is printed on, in points. The templates get these lengths, so that Typst sets exactly
//! what was fitted here.

use serde::Serialize;

use crate::project::BookSettings;

/// Distance of a cell's text from the rules to its left and right.
pub(super) const INSET_X: f64 = 3.0;
/// Distance of a cell's text from the rules above and below.
pub(super) const INSET_Y: f64 = 2.0;
/// Space between two lines of a cell, in em.
pub(super) const LEADING: f64 = 0.25;

/// A sheet of paper and its margins.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PaperSheet {
    paper_width: f64,
    paper_height: f64,
    /// The margin at the binding.
    inside: f64,
    outside: f64,
    top: f64,
    bottom: f64,
    /// How far colours extend beyond the trimmed edge.
    bleed: f64,
    inset_x: f64,
    inset_y: f64,
    leading: f64,
}

impl PaperSheet {
    /// Returns the paper and margins that planbook.toml asks for.
    pub(super) fn of(book: &BookSettings) -> Self {
        let mm = |length: f64| length * 72.0 / 25.4;
        let (paper, margins) = (book.paper, book.margins);
        Self {
            paper_width: mm(paper.width),
            paper_height: mm(paper.height),
            inside: mm(margins.inside),
            outside: mm(margins.outside),
            top: mm(margins.top),
            bottom: mm(margins.bottom),
            bleed: 0.0,
            inset_x: INSET_X,
            inset_y: INSET_Y,
            leading: LEADING,
        }
    }

    /// The sheet if planbook.toml asks for nothing.
    #[cfg(test)]
    pub(super) fn a4_landscape() -> Self {
        Self::of(&BookSettings::default())
    }

    /// Returns the same sheet with a bleed.
    pub(super) fn with_bleed(self, mm: f64) -> Self {
        Self { bleed: mm * 72.0 / 25.4, ..self }
    }

    /// Width and height of the paper.
    pub(super) fn paper(&self) -> (f64, f64) {
        (self.paper_width, self.paper_height)
    }

    /// Width between the margins.
    pub(super) fn width(&self) -> f64 {
        self.paper_width - self.inside - self.outside
    }

    /// Width of one of `columns` columns with `gutter` between them.
    pub(super) fn column_width(&self, columns: usize, gutter: f64) -> f64 {
        (self.width() + gutter) / columns as f64 - gutter
    }

    /// The top margin.
    pub(super) fn top(&self) -> f64 {
        self.top
    }

    /// Height between the margins.
    pub(super) fn height(&self) -> f64 {
        self.paper_height - self.top - self.bottom
    }
}
