//! References to cells and ranges (ECMA-376 Part 1, 18.18.62). Zero-based inside, shown as `A1`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

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

/// A text that is not a cell reference of the form `A1` inside `A1:XFD1048576`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no cell reference (expected letters and a row, as in B7)")]
pub struct BadCellRef(pub String);

/// The zero-based column for letters such as `A` or `XFD`.
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
}
