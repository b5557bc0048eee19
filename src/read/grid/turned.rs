//! A sheet with its rows and columns exchanged.

use super::Grid;
use crate::source::{CellRange, CellRef};

/// The most rows and columns of a sheet that is turned.
const MAX_SIDE: u32 = 400;

/// The cell with row and column exchanged.
pub(in crate::read) fn turn(cell: CellRef) -> CellRef {
    CellRef::new(u32::from(cell.col), u16::try_from(cell.row).unwrap_or(u16::MAX))
}

impl Grid {
    /// The sheet with rows and columns exchanged; none if it is too large to be a table with a column for each
    /// KPI.
    pub(in crate::read) fn turned(&self) -> Option<Grid> {
        let last_row = self.rows.keys().next_back().copied()?;
        let last_col = self.rows.values().filter_map(|cells| cells.last()).map(|(col, _)| *col).max()?;
        if last_row > MAX_SIDE || u32::from(last_col) > MAX_SIDE {
            return None;
        }
        let mut turned = Grid::new(&self.name, self.hidden);
        for (&row, cells) in &self.rows {
            for (col, shown) in cells {
                let cell = turn(CellRef::new(row, *col));
                turned.rows.entry(cell.row).or_default().push((cell.col, shown.clone()));
            }
        }
        for merge in self.merged_ranges() {
            turned.merge(CellRange::new(turn(merge.first), turn(merge.last))).ok()?;
        }
        turned.unresolved = self.unresolved.iter().map(|&cell| turn(cell)).collect();
        Some(turned.finish())
    }
}
