//! The description of a sheet of the city-wide workbook.

use rust_xlsxwriter::Color;

use super::Input;
use crate::finding::{Severity, Wording};
use crate::source::CellRange;
use crate::workbook::{self, Sheet, Style, color};

/// A sheet.
pub(super) struct Tab {
    /// Its name: at most 31 characters, all valid in a sheet name.
    pub name: Wording,
    /// Its content, for the list of contents.
    pub about: Wording,
    /// Its purpose.
    pub purpose: Purpose,
    /// Fills it. Returns the cells of its table if it has exactly one: formulas may refer to it by the
    /// sheet's name.
    pub fill: Fill,
}

/// Fills a sheet.
type Fill = fn(Input<'_>, &mut Sheet<'_>) -> Filled;

/// The cells of a sheet's table, if it has exactly one.
pub(super) type Filled = workbook::Result<Option<CellRange>>;

impl Tab {
    pub(super) const fn new(name: Wording, about: Wording, purpose: Purpose, fill: Fill) -> Self {
        Self { name, about, purpose, fill }
    }
}

/// The purpose of a sheet, shown by the colour of its tab.
pub(super) enum Purpose {
    /// To be read.
    Reading,
    /// Work to do.
    ToDo,
    /// Data to process further.
    Data,
}

impl Purpose {
    pub(super) fn colour(&self, style: &Style) -> Color {
        color(match self {
            Self::Reading => style.accent,
            Self::ToDo => style.severity(Severity::Warning).mark,
            Self::Data => style.line,
        })
    }
}
