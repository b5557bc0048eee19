//! What there is to say of a sheet of the city-wide workbook.

use rust_xlsxwriter::Color;

use super::Input;
use crate::finding::{Severity, Wording};
use crate::source::CellRange;
use crate::workbook::{self, Sheet, Style, color};

/// A sheet.
pub(super) struct Tab {
    /// Its name: at most 31 letters, none that a sheet's name may not have.
    pub name: Wording,
    /// What is on it, for the contents.
    pub about: Wording,
    /// What it is for.
    pub purpose: Purpose,
    /// Fills it. Gives the cells of its table if it has one alone: formulas may call it by the sheet's name.
    pub fill: Fill,
}

/// Fills a sheet.
type Fill = fn(Input<'_>, &mut Sheet<'_>) -> Filled;

/// The cells of a sheet's table, if it has one alone.
pub(super) type Filled = workbook::Result<Option<CellRange>>;

impl Tab {
    pub(super) const fn new(name: Wording, about: Wording, purpose: Purpose, fill: Fill) -> Self {
        Self { name, about, purpose, fill }
    }
}

/// What a sheet is for; its tab shows it by its colour.
pub(super) enum Purpose {
    /// To be read.
    Reading,
    /// What is to be done.
    ToDo,
    /// To make something else from.
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
