//! The headings above each column of a table, from the top row of its header to the bottom row.

use super::role::{Label, Role};
use super::words::WORDS;
use crate::plan::{ValueKind, YearKind, YearPart};
use crate::read::grid::Grid;
use crate::source::CellRef;

/// A function that returns the meaning of a heading, given its cell and text.
pub(super) type ReadHeading<'a> = &'a dyn Fn(CellRef, &str) -> Option<Label>;

/// The headings above one column, from top to bottom.
pub(super) struct HeadingPath {
    pub col: u16,
    /// Cell, text and meaning, each heading once.
    pub cells: Vec<(CellRef, String, Option<Label>)>,
}

/// The headings above each column. An unmerged group name also covers the blank cells to its right, as long
/// as these have headings below.
pub(super) fn paths(grid: &Grid, label: ReadHeading<'_>, block: HeaderRows) -> Vec<HeadingPath> {
    let last = (block.top..=block.bottom)
        .flat_map(|row| grid.row(row).last().map(|(col, _)| *col))
        .max()
        .unwrap_or(0);
    let last = (block.top..=block.bottom)
        .filter_map(|row| grid.merged(CellRef::new(row, last)).map(|merge| merge.last.col))
        .max()
        .unwrap_or(last)
        .max(last)
        .min(last.saturating_add(64));
    let first = (block.top..=block.bottom)
        .filter_map(|row| grid.row(row).first().map(|(col, _)| *col))
        .min()
        .unwrap_or(0);
    let has_below = |row: u32, col: u16| {
        (row + 1..=block.bottom).any(|below| grid.own(CellRef::new(below, col)).is_some())
    };
    let mut paths: Vec<HeadingPath> =
        (first..=last).map(|col| HeadingPath { col, cells: Vec::new() }).collect();
    for row in block.top..=block.bottom {
        let mut carried: Option<CellRef> = None;
        for path in &mut paths {
            let cell = CellRef::new(row, path.col);
            let found = grid.shown(cell).map(|(at, _)| at);
            let at = match found {
                Some(at) => {
                    carried = has_below(row, at.col).then_some(at);
                    Some(at)
                }
                None if grid.merged(cell).is_some() => None,
                None => carried.filter(|_| row < block.bottom && has_below(row, path.col)),
            };
            if let Some(at) = at
                && path.cells.last().is_none_or(|(last, _, _)| *last != at)
                && let Some(shown) = grid.own(at)
            {
                let own = label(at, &shown.text).or_else(|| path.part_by_number(&shown.text));
                path.cells.push((at, shown.text.to_string(), own));
            }
        }
    }
    paths.retain(|path| !path.cells.is_empty());
    paths
}

impl HeadingPath {
    /// A bare number below a heading of parts of a year.
    fn part_by_number(&self, text: &str) -> Option<Label> {
        let (_, above, _) = self.cells.last()?;
        let part = WORDS.periods.part_below(above, text)?;
        Some(Label { part: Some(part), ..Label::default() })
    }

    /// The lowest recognised heading.
    pub(super) fn leaf(&self) -> Option<Label> {
        self.cells.iter().rev().find_map(|(_, _, label)| *label)
    }

    /// The year, and the heading that contains it.
    pub(super) fn year(&self) -> Option<(i32, &str)> {
        self.cells
            .iter()
            .rev()
            .find_map(|(_, text, label)| label.and_then(|l| l.year).map(|y| (y, text.as_str())))
            .filter(|_| !self.leaf().is_some_and(|leaf| leaf.is_described()))
    }

    /// The headings from top to bottom in one text.
    pub(super) fn joined(&self) -> String {
        let texts: Vec<&str> = self.cells.iter().map(|(_, text, _)| text.as_str()).collect();
        texts.join(" / ")
    }

    /// The part of a year that a heading names.
    pub(super) fn part(&self) -> Option<YearPart> {
        self.cells.iter().rev().find_map(|(.., label)| label.as_ref()?.part)
    }

    /// The distance from the plan year that a heading names.
    pub(super) fn distance(&self) -> Option<i32> {
        self.cells.iter().rev().find_map(|(.., label)| label.as_ref()?.distance)
    }

    /// What the values are, by the headings.
    pub(super) fn value_kind(&self) -> Option<ValueKind> {
        self.cells.iter().rev().find_map(|(.., label)| match label.as_ref()?.role? {
            Role::Actual => Some(ValueKind::Actual),
            Role::Target => Some(ValueKind::Target),
            Role::Baseline => Some(ValueKind::Baseline),
            Role::Forecast => Some(ValueKind::Forecast),
            _ => None,
        })
    }

    /// Whether the lowest heading has this role.
    pub(super) fn is_lowest(&self, role: Role) -> bool {
        self.cells.last().and_then(|(.., label)| label.as_ref()?.role) == Some(role)
    }

    /// The heading 실적치 or 목표치 of a year's column: cell, text and kind.
    pub(super) fn kind(&self) -> Option<(CellRef, &str, YearKind)> {
        self.cells.iter().rev().find_map(|(cell, text, label)| match label.and_then(|l| l.role) {
            Some(Role::Actual) => Some((*cell, text.as_str(), YearKind::Actual)),
            Some(Role::Target) => Some((*cell, text.as_str(), YearKind::Target)),
            _ => None,
        })
    }
}

/// The name above a column: the topmost unrecognised heading.
pub(super) fn group_of(paths: &[HeadingPath], col: u16) -> Option<(CellRef, String)> {
    let path = paths.iter().find(|path| path.col == col)?;
    let (last, above) = path.cells.split_last()?;
    let named = above.iter().find(|(_, _, label)| label.is_none())?;
    (named.0 != last.0).then(|| (named.0, named.1.clone()))
}

/// The rows of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderRows {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
}
