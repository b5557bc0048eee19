//! Sheets as shown, for callers that need the cells: rewriting a workbook, and comparing a returned workbook
//! with the original.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::grid::Grid;
use crate::source::{CellRange, CellRef};

/// A sheet as shown on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainSheet {
    /// The tab's name.
    pub name: Arc<str>,
    /// Whether the tab is hidden; its cells are not read then.
    pub hidden: bool,
    /// The texts as shown, by row and column.
    pub cells: Vec<(CellRef, Arc<str>)>,
    /// Merged ranges.
    pub merges: Vec<CellRange>,
    /// Hidden rows.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns.
    pub hidden_columns: Vec<CellRange>,
}

impl PlainSheet {
    /// Converts a grid.
    pub(super) fn of(grid: Grid) -> Self {
        let rows = grid.rows_from(0);
        let cells = rows
            .flat_map(|(row, cells)| {
                cells.iter().map(move |(col, shown)| (CellRef::new(row, *col), shown.text.clone()))
            })
            .collect();
        Self {
            name: grid.name.clone(),
            hidden: grid.hidden,
            cells,
            merges: grid.merged_ranges(),
            hidden_rows: grid.hidden_rows,
            hidden_columns: grid.hidden_columns,
        }
    }
}
