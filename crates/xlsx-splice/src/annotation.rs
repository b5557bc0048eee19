//! What is to be added to a workbook, and what was: plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cell::{CellRange, CellRef};

/// A colour: red, green, blue. Shown as six hexadecimal digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb(pub [u8; 3]);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "{red:02X}{green:02X}{blue:02X}")
    }
}

impl From<Rgb> for String {
    fn from(rgb: Rgb) -> Self {
        rgb.to_string()
    }
}

impl TryFrom<String> for Rgb {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let [_, red, green, blue] = u32::from_str_radix(&text, 16)?.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

/// What is to be added to a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Marks by sheet and cell. Sheets that the workbook lacks are listed in [`Annotated::missing_sheets`].
    pub marks: BTreeMap<Arc<str>, BTreeMap<CellRef, Mark>>,
    /// The colours of the marks, the most important first. Their last three bits are used: see [`Mark::fill`].
    pub fills: Vec<Rgb>,
    /// A sheet to add behind all others. It also keeps what it takes to take everything off again: without one, the
    /// additions are there for good.
    pub sheet: Option<AddedSheet>,
}

/// A mark on a cell. Marks on cells inside a merged range belong to its top left cell: their notes are joined by a blank
/// line, and the most important colour counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The fill that the cell gets, as an index of [`Annotation::fills`]; everything else of its format stays. The last
    /// three bits of each of the colour's parts are set to say which fill the cell had before, so that it can be given
    /// back even after another program has written the workbook.
    pub fill: Option<usize>,
    /// A note (a legacy comment). The text of a note that is already there is kept, and this is appended to it.
    pub note: Option<String>,
}

/// A sheet to be added: a table with something above it. It is printed on A4 in landscape, as wide as the page, with page
/// numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedSheet {
    /// Its name, at most 31 characters; the signature is appended where another sheet has it.
    pub name: String,
    /// The colour of its tab.
    pub tab: Rgb,
    /// The widths of its visible columns, in characters. All columns behind them are hidden.
    pub columns: Vec<f64>,
    /// The table with its row of headings: it gets a filter, and its headings stay in sight and on every page.
    pub table: CellRange,
    /// The rows that hold something, from 0. In row 0 the cells behind the visible columns are not to be used: the
    /// state is kept there.
    pub rows: BTreeMap<u32, AddedRow>,
    /// Merged ranges.
    pub merges: Vec<CellRange>,
    /// Cells in which a value is to be chosen from a list.
    pub choices: Vec<Choices>,
    /// Its formats.
    pub formats: Formats,
}

/// A row of an added sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedRow {
    /// Its height in points.
    pub height: f64,
    /// Its cells from column A on.
    pub cells: Vec<AddedCell>,
}

/// A cell of an added sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddedCell {
    /// Its text, always taken as text; cut after 32,000 characters.
    pub text: String,
    /// Its format, as an index of [`Formats::cells`]; the workbook's default format without one.
    pub format: Option<usize>,
    /// The sheet and cell it leads to. Links beyond [`MAX_LINKS`](crate::MAX_LINKS) are left out.
    pub link: Option<(Arc<str>, CellRef)>,
}

/// A list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// The cells it is offered in.
    pub range: CellRange,
    /// What can be chosen; no value may contain a comma, and Excel takes 255 characters in all.
    pub values: Vec<String>,
}

/// The formats of an added sheet, in the manner of a style sheet (ECMA-376 Part 1, 18.8): cell formats name fonts and
/// borders by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formats {
    /// Fonts; their typeface is the workbook's own.
    pub fonts: Vec<Font>,
    /// Borders: a thin line of this colour on all sides, or none.
    pub borders: Vec<Option<Rgb>>,
    /// Cell formats.
    pub cells: Vec<CellFormat>,
}

/// A font.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Font {
    /// Its size in points.
    pub size: u16,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is underlined.
    pub underline: bool,
    /// Its colour; automatic without one.
    pub color: Option<Rgb>,
}

/// A cell format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellFormat {
    /// An index of [`Formats::fonts`].
    pub font: usize,
    /// The fill.
    pub fill: Option<Rgb>,
    /// An index of [`Formats::borders`].
    pub border: usize,
    /// Whether text is centred between left and right.
    pub centered: bool,
    /// Whether text is aligned to the top of the cell, else to its middle.
    pub top: bool,
    /// Whether text is wrapped.
    pub wrapped: bool,
}

/// A workbook with what was added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// The package.
    pub bytes: Vec<u8>,
    /// Cells that got a note, by sheet.
    pub noted: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Cells that got their fill and no note, by sheet: none was asked for, or the cell has a threaded comment, which
    /// a note would hide.
    pub marked_only: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Marks meant for a cell inside a merged range, by sheet: that cell, and the top left one that got them.
    pub merged: BTreeMap<Arc<str>, BTreeMap<CellRef, CellRef>>,
    /// Sheets that marks were meant for and that are not there.
    pub missing_sheets: Vec<Arc<str>>,
    /// Parts that changed.
    pub changed: Vec<String>,
    /// Parts that are new.
    pub added: Vec<String>,
}
