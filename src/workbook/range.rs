//! Cell and range references for formulas and links.

use std::ops::RangeInclusive;

use crate::source::{CellRange, CellRef, column_letters};

/// Which parts of a reference are absolute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// Nothing: `B7`.
    Nothing,
    /// The column: `$B7`.
    Column,
    /// The row: `B$7`.
    Row,
    /// Both: `$B$7`.
    Both,
}

/// The reference of a cell.
pub fn cell(at: CellRef, fixed: Fixed) -> String {
    let sign = |by: Fixed| if fixed == by || fixed == Fixed::Both { "$" } else { "" };
    format!("{}{}{}{}", sign(Fixed::Column), column_letters(at.col), sign(Fixed::Row), at.row + 1)
}

/// The reference of a range, with both corners even for a single cell.
pub fn range(area: CellRange, fixed: Fixed) -> String {
    format!("{}:{}", cell(area.first, fixed), cell(area.last, fixed))
}

/// The cells of a column.
pub fn in_column(col: u16, rows: &RangeInclusive<u32>) -> CellRange {
    area(rows, col..=col)
}

/// The cells of a row.
pub fn in_row(row: u32, cols: RangeInclusive<u16>) -> CellRange {
    area(&(row..=row), cols)
}

/// The cells in these rows and columns.
pub fn area(rows: &RangeInclusive<u32>, cols: RangeInclusive<u16>) -> CellRange {
    CellRange::new(CellRef::new(*rows.start(), *cols.start()), CellRef::new(*rows.end(), *cols.end()))
}

/// The absolute reference of cells in a column.
pub fn cells(col: u16, rows: &RangeInclusive<u32>) -> String {
    range(in_column(col, rows), Fixed::Nothing)
}

/// `reference` qualified with its sheet.
pub fn on_sheet(sheet: &str, reference: &str) -> String {
    format!("'{}'!{reference}", sheet.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_as_formulas_write_them() {
        let at = CellRef::new(6, 27);
        let names = [Fixed::Nothing, Fixed::Column, Fixed::Row, Fixed::Both].map(|fixed| cell(at, fixed));
        assert_eq!(names, ["AB7", "$AB7", "AB$7", "$AB$7"]);
        assert_eq!(range(CellRange::new(at, at), Fixed::Both), "$AB$7:$AB$7");
        assert_eq!(on_sheet("실'국", &cells(1, &(3..=8))), "'실''국'!B4:B9");
    }
}
