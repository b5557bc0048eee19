//! Finds columns of a table that are not read, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::header::{HeaderRows, TableColumns};
use super::paths::HeadingPath;
use super::vocabulary::{Role, is_reference};
use crate::read::grid::Grid;
use crate::read::outcome::UnreadReason;
use crate::source::CellRef;

/// How many rows below a header are searched for content of a column.
const SEARCHED_ROWS: usize = 200;

/// Columns with a heading and content that are not read.
pub(super) fn unread_columns(
    grid: &Grid,
    block: HeaderRows,
    paths: &[HeadingPath],
    columns: &TableColumns,
    periods: &BTreeMap<u16, UnreadReason>,
) -> Vec<(CellRef, String, UnreadReason)> {
    let read: BTreeSet<u16> = columns.all().chain(columns.organisation.map(|(col, _)| col)).collect();
    let has_content = |col: u16| {
        let below = grid.rows_from(block.bottom + 1).take(SEARCHED_ROWS);
        below.into_iter().any(|(_, cells)| cells.iter().any(|(other, _)| *other == col))
    };
    // A heading marked as reference in brackets is meant to be ignored.
    let is_reference = |path: &HeadingPath| path.cells.iter().any(|(_, text, _)| is_reference(text));
    let unread =
        paths.iter().filter(|path| !read.contains(&path.col) && !is_reference(path) && has_content(path.col));
    unread
        .filter_map(|path| {
            let (cell, text, label) = path.cells.last()?;
            let reason = match label.and_then(|label| label.role) {
                _ if periods.contains_key(&path.col) => periods[&path.col],
                Some(Role::Actual | Role::Target | Role::Baseline) => UnreadReason::NoYear,
                Some(Role::Aside | Role::Organisation | Role::InCharge) => UnreadReason::Aside,
                _ => UnreadReason::Unknown,
            };
            Some((*cell, text.clone(), reason))
        })
        .collect()
}
