//! Where a value came from: workbook, sheet, cell and range, as types.
//!
//! Positions are kept zero-based and shown the way spreadsheets show them (`A1`), so that no other
//! room of the house handles bare pairs of numbers.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The last row a worksheet can have, zero-based (ECMA-376 Part 1, 18.3.1.73: 1,048,576 rows).
pub const LAST_ROW: u32 = 1_048_575;
/// The last column a worksheet can have, zero-based (`XFD`).
pub const LAST_COLUMN: u16 = 16_383;

/// One cell of a sheet. Rows and columns count from 0; shown as `A1`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CellRef {
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub col: u16,
}

impl CellRef {
    /// The cell in `row` and `col`, both from 0.
    pub const fn new(row: u32, col: u16) -> Self {
        Self { row, col }
    }
}

/// The letters of a column counted from 0: 0 is `A`, 26 is `AA`.
pub fn column_letters(col: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(col) + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

/// A text that is no cell reference of the form `A1` inside `A1:XFD1048576`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no cell reference (expected letters and a row, as in B7)")]
pub struct BadCellRef(pub String);

/// Zero-based column of letters such as `A` or `XFD`.
pub fn parse_column(letters: &str) -> Option<u16> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut col = 0u32;
    for byte in letters.bytes() {
        if !byte.is_ascii_alphabetic() {
            return None;
        }
        col = col * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
    }
    u16::try_from(col - 1).ok().filter(|&col| col <= LAST_COLUMN)
}

impl FromStr for CellRef {
    type Err = BadCellRef;

    fn from_str(text: &str) -> Result<Self, BadCellRef> {
        let bad = || BadCellRef(text.chars().take(40).collect());
        let plain = if text.contains('$') { Cow::Owned(text.replace('$', "")) } else { Cow::Borrowed(text) };
        let split = plain.find(|c: char| c.is_ascii_digit()).ok_or_else(bad)?;
        let (letters, digits) = plain.split_at(split);
        let col = parse_column(letters).ok_or_else(bad)?;
        let row: u32 = digits.parse().map_err(|_| bad())?;
        if row == 0 || row > LAST_ROW + 1 {
            return Err(bad());
        }
        Ok(Self::new(row - 1, col))
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CellRange {
    /// Top left corner.
    pub first: CellRef,
    /// Bottom right corner.
    pub last: CellRef,
}

impl CellRange {
    /// The range between two corners given in any order.
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef::new(a.row.min(b.row), a.col.min(b.col)),
            last: CellRef::new(a.row.max(b.row), a.col.max(b.col)),
        }
    }

    /// Whether `cell` lies inside.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }

    /// Whether it spans more than one row.
    pub fn is_vertical(&self) -> bool {
        self.last.row > self.first.row
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}:{}", self.first, self.last)
        }
    }
}

impl FromStr for CellRange {
    type Err = BadCellRef;

    fn from_str(text: &str) -> Result<Self, BadCellRef> {
        match text.split_once(':') {
            Some((a, b)) => Ok(Self::new(a.parse()?, b.parse()?)),
            None => text.parse().map(|cell| Self::new(cell, cell)),
        }
    }
}

/// The place that a finding points at: a file, and inside it perhaps a sheet and a cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path of the workbook relative to the plan-year folder, with `/` between its parts.
    pub file: Arc<str>,
    /// Sheet, as its tab reads.
    pub sheet: Option<Arc<str>>,
    /// Cell on that sheet.
    pub cell: Option<CellRef>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: None, cell: None }
    }

    /// A whole sheet.
    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: None }
    }

    /// One cell.
    pub fn cell(file: &Arc<str>, sheet: &Arc<str>, cell: CellRef) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: Some(cell) }
    }
}

/// `file sheet!cell`, control characters made visible so that a name cannot steer the terminal.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", visible(&self.file))?;
        match (&self.sheet, self.cell) {
            (Some(sheet), Some(cell)) => write!(f, " {}!{cell}", visible(sheet)),
            (Some(sheet), None) => write!(f, " {}", visible(sheet)),
            (None, Some(cell)) => write!(f, " {cell}"),
            (None, None) => Ok(()),
        }
    }
}

/// `text` with every character shown as an escape that cannot be seen, ends the line or turns text around.
///
/// File and sheet names come from outside; a newline or an escape sequence in them must not reach a
/// terminal, a log or a table raw, and two names that look alike must be told apart.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// Whether a character cannot be seen, or changes how others are shown: controls, letters without width, directions, fillers
/// of Hangul, tags.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A text without the letters that XML cannot hold (XML 1.0, 2.2), written as such or as workbooks write them (`_xFFFE_`):
/// left in, they would spoil every file that is written with them. White space stays, whatever it is.
pub fn writable(text: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(text);
    // What is left may be an escape again.
    while kept.contains(is_unwritable) || escapes(&kept).next().is_some() {
        let (mut rest, mut done) = (String::with_capacity(kept.len()), 0);
        for escape in escapes(&kept) {
            rest.push_str(&kept[done..escape.start]);
            done = escape.end;
        }
        rest.push_str(&kept[done..]);
        rest.retain(|c| !is_unwritable(c));
        kept = Cow::Owned(rest);
    }
    kept
}

fn is_unwritable(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}') || c < ' ' && !c.is_whitespace()
}

/// Where escapes of letters that XML cannot hold stand in a text.
fn escapes(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    text.match_indices("_x").filter_map(|(at, _)| {
        let escape = text.get(at..at + 7)?;
        let code = escape.strip_suffix('_').and_then(|escape| u32::from_str_radix(&escape[2..], 16).ok())?;
        let is_letter = matches!(code, 0x9 | 0xa | 0xd) || code >= 0x20;
        (!is_letter || matches!(code, 0xfffe | 0xffff) || (0xd800..0xe000).contains(&code))
            .then_some(at..at + 7)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back_as_written() {
        for (row, col) in [(0, 0), (6, 25), (9, 26), (LAST_ROW, LAST_COLUMN), (99, 701), (99, 702)] {
            let cell = CellRef::new(row, col);
            assert_eq!(cell.to_string().parse::<CellRef>(), Ok(cell));
        }
        assert_eq!(CellRef::new(LAST_ROW, LAST_COLUMN).to_string(), "XFD1048576");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "A", "7", "A0", "XFE1", "A1048577", "A1B", "가1", "A99999999999"] {
            assert!(text.parse::<CellRef>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_newline_in_a_name_does_not_reach_the_terminal() {
        let place = Place::file(&Arc::from("a\n\u{1b}[31mb.xlsx"));
        assert_eq!(place.to_string(), "a\\u{a}\\u{1b}[31mb.xlsx");
    }

    #[test]
    fn letters_that_cannot_be_seen_or_turn_text_around_are_shown() {
        for c in "\u{e0041}\u{200b}\u{200d}\u{2028}\u{2029}\u{202e}\u{2060}\u{2069}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{7f}\u{9b}\u{ad}".chars() {
            let shown = visible(&format!("가{c}나"));
            assert_eq!(shown, format!("가{}나", c.escape_unicode()));
        }
        assert_eq!(visible("성과계획 (2차)_최종.xlsx ㎢"), "성과계획 (2차)_최종.xlsx ㎢");
    }
}
