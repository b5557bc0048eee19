//! Finds columns of a table that are not read, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::TableColumns;
use super::paths::HeaderRows;
use super::paths::HeadingPath;
use super::vocabulary::is_reference;
use crate::read::grid::Grid;
use crate::read::outcome::UnreadReason;
use crate::source::CellRef;

/// How many rows below a header are searched for content of a column.
const SEARCHED_ROWS: usize = 200;

/// Takes the columns with a heading and content that have no field as extra ones, and returns those that are
/// not read at all: heading's cell, heading, reason.
pub(super) fn settle(
    grid: &Grid,
    block: HeaderRows,
    paths: &[HeadingPath],
    columns: &mut TableColumns,
    periods: &BTreeMap<u16, UnreadReason>,
) -> Vec<(CellRef, String, UnreadReason)> {
    let read: BTreeSet<u16> = columns.read().collect();
    let below = grid.rows_from(block.bottom + 1).take(SEARCHED_ROWS);
    let filled: BTreeSet<u16> = below.flat_map(|(_, cells)| cells.iter().map(|(col, _)| *col)).collect();
    // A heading marked as reference in brackets is meant to be ignored.
    let is_reference = |path: &HeadingPath| path.cells.iter().any(|(_, text, _)| is_reference(text));
    let open: Vec<&HeadingPath> = paths
        .iter()
        .filter(|path| !read.contains(&path.col) && filled.contains(&path.col) && !is_reference(path))
        .collect();
    let (unread, extra): (Vec<&HeadingPath>, Vec<&HeadingPath>) =
        open.into_iter().partition(|path| periods.contains_key(&path.col));
    columns.extra = extra.iter().map(|path| path.col).collect();
    let reason = |path: &HeadingPath| {
        let (cell, text, _) = path.cells.last()?;
        Some((*cell, text.clone(), *periods.get(&path.col)?))
    };
    unread.into_iter().filter_map(reason).collect()
}
