//! The additions to a workbook, requested and made, as plain data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::cell::{CellRange, CellRef};

/// A colour: red, green, blue. Displayed as six hexadecimal digits.
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

/// The additions requested for a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// Marks by sheet and cell. Sheets that the workbook lacks are listed in [`Annotated::missing_sheets`].
    pub marks: BTreeMap<Arc<str>, BTreeMap<CellRef, Mark>>,
    /// The colours of the marks, the most important first. Their last three bits are used: see [`Mark::fill`].
    pub fills: Vec<Rgb>,
    /// A sheet to add after all others. It also keeps the state that removing the additions needs: without
    /// it, they are permanent.
    pub sheet: Option<AddedSheet>,
}

/// A mark on a cell. Marks on cells inside a merged range belong to its top left cell: their notes are joined by a blank
/// line, and the most important colour counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The fill of the cell, as an index of [`Annotation::fills`]; the rest of its format is kept. The last
    /// three bits of each colour component encode the cell's previous fill, so that it can be restored even
    /// after another program has written the workbook.
    pub fill: Option<usize>,
    /// A note (a legacy comment). It is appended to an existing note's text.
    pub note: Option<String>,
}

/// A sheet to be added: a table with something above it. It prints on A4 landscape, one page wide, with page
/// numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedSheet {
    /// Its name, at most 31 characters; the signature is appended where another sheet has it.
    pub name: String,
    /// The colour of its tab.
    pub tab: Rgb,
    /// The widths of its visible columns, in characters. All columns after them are hidden.
    pub columns: Vec<f64>,
    /// The table with its heading row: it gets a filter, and its headings are frozen and repeated on every
    /// page.
    pub table: CellRange,
    /// The rows with content, from 0. In row 0 the cells after the visible columns are reserved for the
    /// state.
    pub rows: BTreeMap<u32, AddedRow>,
    /// Merged ranges.
    pub merges: Vec<CellRange>,
    /// Cells with a drop-down list.
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
    /// The target sheet and cell. Links beyond [`MAX_LINKS`](crate::MAX_LINKS) are omitted.
    pub link: Option<(Arc<str>, CellRef)>,
}

/// A drop-down list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Its cells.
    pub range: CellRange,
    /// Its values; no value may contain a comma, and Excel takes 255 characters in all.
    pub values: Vec<String>,
}

/// The formats of an added sheet, structured like a style sheet (ECMA-376 Part 1, 18.8): cell formats refer
/// to fonts and borders by index.
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

/// A workbook with its additions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// The package.
    pub bytes: Vec<u8>,
    /// Cells that got a note, by sheet.
    pub noted: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Cells that got a fill but no note, by sheet: none was requested, or the cell has a threaded comment,
    /// which a note would hide.
    pub marked_only: BTreeMap<Arc<str>, BTreeSet<CellRef>>,
    /// Marks for a cell inside a merged range, by sheet: that cell, and the top left one that got them.
    pub merged: BTreeMap<Arc<str>, BTreeMap<CellRef, CellRef>>,
    /// Sheets with requested marks that do not exist.
    pub missing_sheets: Vec<Arc<str>>,
    /// Parts that changed.
    pub changed: Vec<String>,
    /// Parts that are new.
    pub added: Vec<String>,
}
