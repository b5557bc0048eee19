//! The colours of the remarks.

use xlsx_splice::Rgb;

use crate::finding::Severity;
use crate::workbook::Style;

/// The colours of the remarks.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Headings of the review sheet.
    pub(super) head: Rgb,
    /// Text on `head`.
    pub(super) on_head: Rgb,
    /// Cells to fill in.
    pub(super) answer: Rgb,
    /// Marks by severity: error, warning, info.
    pub(super) marks: [Rgb; 3],
}

impl Default for Palette {
    fn default() -> Self {
        Self::of(&Style::default())
    }
}

impl Palette {
    /// The colours of the house style.
    pub fn of(style: &Style) -> Self {
        let marks = [Severity::Error, Severity::Warning, Severity::Info];
        Self {
            head: Rgb(style.accent),
            on_head: Rgb(style.on_accent),
            answer: Rgb(style.answer),
            marks: marks.map(|severity| Rgb(style.severity(severity).mark)),
        }
    }
}
