//! The remarks on a workbook, in its cells and on the review sheet.

use std::collections::BTreeMap;
use std::sync::Arc;

use xlsx_splice::{Annotation, Mark};

use super::form::ReviewSheet;
use super::palette::Palette;
use crate::source::CellRef;

/// The remarks on a workbook.
#[derive(Clone, Debug, Default)]
pub struct Remarks {
    /// Marks by sheet and cell, with fills by severity.
    pub marks: BTreeMap<Arc<str>, BTreeMap<CellRef, Mark>>,
    /// The review sheet; none for a workbook without findings.
    pub review: Option<ReviewSheet>,
    /// The colours.
    pub palette: Palette,
}

impl Remarks {
    /// The annotation to add to a workbook.
    pub fn annotation(self) -> Annotation {
        let Self { marks, review, palette } = self;
        let sheet = review.map(|review| review.laid_out(&palette));
        Annotation { marks, fills: palette.marks.to_vec(), sheet }
    }
}
