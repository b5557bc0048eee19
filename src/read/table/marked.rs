//! Reads the table of a scorecard, whose columns are identified by marks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::body::{self, Extent};
use super::columns::{PeriodAt, TableColumns, YearAt};
use super::header::Header;
use super::paths::HeaderRows;
use super::plan_table::PlanTable;
use super::title;
use super::vocabulary::Vocabulary;
use crate::plan::{ByColumn, Field, ValueKind, YearKind};
use crate::read::grid::Grid;
use crate::read::grid::ScorecardMarks;
use crate::source::CellRef;

/// The table on a marked sheet.
pub(super) fn table(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Option<Vec<PlanTable>> {
    let marks = grid.marks.as_ref()?;
    let (top, bottom) = marks.header;
    let columns = columns(grid, marks);
    let own = name(grid, marks, columns.col(Field::Kpi));
    let parents = [Field::ParentKpi, Field::ParentObjective, Field::ParentTarget];
    let parent = name(grid, marks, parents.into_iter().find_map(|field| columns.col(field)));
    // The marks have the names as the form had them; a level without a name has a heading all the same.
    let heading = |col: u16, mark: &str| {
        let named = mark.strip_prefix("level ").or_else(|| mark.strip_prefix("kept "));
        named.map(str::to_owned).or_else(|| Some(leaf(grid, marks, col)?.1))
    };
    let printed: BTreeMap<u16, String> =
        marks.columns.iter().filter_map(|(&col, mark)| Some((col, heading(col, mark)?))).collect();
    let header = Header {
        block: HeaderRows { top, bottom },
        body: bottom + 1,
        columns,
        parent,
        own,
        perspective: None,
        confidence: BTreeMap::new(),
        sure: 1.0,
        headings: BTreeMap::new(),
        taught: None,
        printed,
        unknown: Vec::new(),
        misspelt: Vec::new(),
        unread: Vec::new(),
    };
    let title = title::above(grid, words, &header, 0).filter(|_| marks.titled);
    Some(body::read(file, grid, words, &header, title, Extent::default()))
}

/// The name above the group of columns that contains `col`.
fn name(grid: &Grid, marks: &ScorecardMarks, col: Option<u16>) -> Option<(CellRef, String)> {
    let (cell, shown) = grid.shown(CellRef::new(marks.header.0, col?))?;
    (leaf(grid, marks, col?)?.0 != cell).then(|| (cell, shown.text.to_string()))
}

/// The lowest heading above `col`.
fn leaf(grid: &Grid, marks: &ScorecardMarks, col: u16) -> Option<(CellRef, String)> {
    let (top, bottom) = marks.header;
    let mut rows = (top..=bottom).rev();
    rows.find_map(|row| grid.shown(CellRef::new(row, col)))
        .map(|(cell, shown)| (cell, shown.text.to_string()))
}

fn columns(grid: &Grid, marks: &ScorecardMarks) -> TableColumns {
    let col = |field: Field| {
        let name = field.to_string();
        marks.columns.iter().find(|(_, mark)| **mark == name).map(|(col, _)| *col)
    };
    let mut columns =
        TableColumns { single: ByColumn::of(|column| col(column.field)), ..TableColumns::default() };
    let rest = |prefix: &'static str| {
        let of_prefix =
            move |(&col, mark): (&u16, &String)| Some((col, mark.strip_prefix(prefix)?.to_owned()));
        marks.columns.iter().filter_map(of_prefix)
    };
    columns.levels = rest("level ").map(|(col, _)| col).collect();
    columns.extra = rest("kept ").map(|(col, _)| col).collect();
    columns.periods = rest("period ").filter_map(|(col, mark)| period(grid, marks, col, &mark)).collect();
    columns.years = marks.columns.iter().filter_map(|(&col, mark)| year(grid, marks, col, mark)).collect();
    columns
}

/// A column marked `period 2026/0/Q1/target`.
fn period(grid: &Grid, marks: &ScorecardMarks, col: u16, mark: &str) -> Option<PeriodAt> {
    let mut pieces = mark.split('/');
    let (year, distance, part, kind) = (pieces.next()?, pieces.next()?, pieces.next()?, pieces.next()?);
    Some(PeriodAt {
        col,
        year: year.parse().ok(),
        distance: distance.parse().ok()?,
        part: part.parse().ok(),
        kind: ValueKind::ALL.into_iter().find(|known| known.name() == kind)?,
        label: leaf(grid, marks, col)?.1,
    })
}

/// A column marked `2009 target`. Its headings are the year, above it the group, and on top the
/// organisation's name.
fn year(grid: &Grid, marks: &ScorecardMarks, col: u16, mark: &str) -> Option<YearAt> {
    let (year, kind) = mark.split_once(' ').unwrap_or((mark, ""));
    let (cell, label) = leaf(grid, marks, col)?;
    let group = (marks.header.0 + 1..cell.row).rev().find_map(|row| grid.shown(CellRef::new(row, col)));
    let group = group.filter(|(at, _)| at.row > marks.header.0);
    Some(YearAt {
        col,
        year: year.parse().ok()?,
        label,
        group: group.map_or_else(String::new, |(_, shown)| shown.text.to_string()),
        kind: match kind {
            "actual" => Some(YearKind::Actual),
            "target" => Some(YearKind::Target),
            _ => None,
        },
    })
}
