//! Lists: tables with a row for each KPI.

use std::sync::Arc;

use super::body::{self, Extent};
use super::header::find;
use super::lines::{self, LevelStack};
use super::plan_table::PlanTable;
use super::title;
use super::vocabulary::Vocabulary;
use crate::read::grid::Grid;

/// Every table of a sheet, from top to bottom.
pub(super) fn tables(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Vec<PlanTable> {
    let headers = find::headers(grid, words, file);
    let mut tables = Vec::with_capacity(headers.len());
    let mut floor = 0;
    let mut levels = LevelStack::default();
    for (index, header) in headers.iter().enumerate() {
        let title = title::above(grid, words, header, floor);
        let end = headers.get(index + 1).map(|next| {
            let below = header.block.bottom + 1;
            let labels = || find::labels_above(grid, words, below, next.block);
            title::above(grid, words, next, below).map_or_else(labels, |title| title.row)
        });
        lines::above(grid, words, floor, header.block.top, &header.columns, &mut levels);
        let extent = Extent { floor, end, levels: levels.clone() };
        tables.extend(body::read(file, grid, words, header, title, extent));
        floor = header.block.bottom + 1;
    }
    tables
}
