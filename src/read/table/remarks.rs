//! Remarks about a table: missing and unread columns, hidden rows and columns.

use super::header::{Header, TableColumns};
use super::vocabulary::Vocabulary;
use crate::plan::{Field, Group, Indicator, Presence};
use crate::read::grid::{Grid, Shown};
use crate::read::outcome::{Remark, RemarkKind, UnreadReason};
use crate::source::{CellRange, CellRef};

/// How many rows of a sheet without a table are searched for headings.
const SEARCHED_ROWS: usize = 500;
/// A longer text is no heading, in characters.
const LONG_TEXT: usize = 60;
/// How many texts of a row are reported.
const MAX_TEXTS: usize = 12;

/// Missing required columns. The parent's columns are required only if one of them exists: the city's own
/// plan has none.
pub(super) fn missing_columns(grid: &Grid, words: &Vocabulary, header: &Header) -> Option<Remark> {
    let columns = &header.columns;
    let has_parent = Group::Parent.fields().any(|field| columns.col(field).is_some());
    let is_missed = |field: &Field| match field.column() {
        None => columns.years.is_empty(),
        Some(column) => {
            column.presence == Presence::Required
                && (column.group != Group::Parent || has_parent)
                && columns.col(*field).is_none()
        }
    };
    // Report all years as one column.
    let name = |field: Field| field.column().map_or("year", |column| column.id).to_owned();
    let mut missing: Vec<String> = Field::of_table([0]).filter(is_missed).map(name).collect();
    missing.extend(header.misspelt.iter().map(|(_, _, role)| role.field_name()));
    if missing.is_empty() {
        return None;
    }
    let unknown = header.unknown.iter().filter_map(|(cell, text)| Some((*cell, text, words.near(text)?)));
    let misspelt = header.misspelt.iter().map(|(cell, text, role)| (*cell, text, *role));
    let near: Vec<(CellRef, String, String)> = misspelt
        .chain(unknown)
        .filter(|(_, _, role)| missing.contains(&role.field_name()))
        .map(|(cell, text, role)| (cell, text.clone(), role.field_name()))
        .collect();
    missing.sort_by_key(|name| near.iter().all(|(_, _, meant)| meant != name));
    Some(Remark {
        sheet: grid.name.clone(),
        // Point to the heading that was probably meant.
        cell: Some(
            near.first().map_or(
                CellRef::new(header.block.top, columns.left().unwrap_or_default()),
                |(cell, _, _)| *cell,
            ),
        ),
        plan: None,
        kind: RemarkKind::MissingColumns {
            missing,
            found: header.printed.values().cloned().collect(),
            near: near.into_iter().map(|(_, text, meant)| (text, meant)).collect(),
        },
    })
}

/// Non-empty columns that are not read.
pub(super) fn unread(grid: &Grid, header: &Header) -> Vec<Remark> {
    let remark = |(cell, heading, reason): &(CellRef, String, UnreadReason)| Remark {
        sheet: grid.name.clone(),
        cell: Some(*cell),
        plan: None,
        kind: RemarkKind::UnreadColumn { heading: heading.clone(), reason: *reason },
    };
    // Misspelt headings are reported with the missing columns.
    let near = |cell: CellRef| header.misspelt.iter().any(|(other, ..)| *other == cell);
    header.unread.iter().filter(|(cell, ..)| !near(*cell)).map(remark).collect()
}

/// The column of who is in charge, if the organisation is named elsewhere.
pub(super) fn in_charge(grid: &Grid, header: &Header) -> Option<Remark> {
    let (col, _) = header.columns.organisation?;
    let heading = header.printed.get(&col)?.clone();
    let kind = RemarkKind::UnreadColumn { heading, reason: UnreadReason::Aside };
    let cell = CellRef::new(header.block.bottom, col);
    Some(Remark { sheet: grid.name.clone(), cell: Some(cell), plan: None, kind })
}

/// A table without readable rows.
pub(super) fn no_rows(grid: &Grid, header: &Header) -> Remark {
    let first = header.columns.left().unwrap_or_default();
    let headings = header.printed.values().cloned().collect();
    let cell = Some(CellRef::new(header.block.top, first));
    Remark { sheet: grid.name.clone(), cell, plan: None, kind: RemarkKind::NoRows(headings) }
}

/// The row of a sheet without a table that is most like headings: the one with the most words of headings, else
/// the first one with several short texts.
pub(super) fn near_header(grid: &Grid, words: &Vocabulary) -> Option<Remark> {
    let is_known = |text: &str| words.label(text).is_some();
    let known = |cells: &[(u16, Shown)]| cells.iter().filter(|(_, shown)| is_known(&shown.text)).count();
    let short = |cells: &[(u16, Shown)]| {
        let is_text = |text: &str| text.chars().any(char::is_alphabetic) && text.chars().count() <= LONG_TEXT;
        cells.iter().filter(|(_, shown)| is_text(&shown.text)).count()
    };
    let rows = || grid.rows_from(0).take(SEARCHED_ROWS);
    let by_words = rows()
        .filter(|(_, cells)| known(cells) >= 2)
        .max_by_key(|&(row, cells)| (known(cells), std::cmp::Reverse(row)));
    let by_texts = || {
        let most = rows().map(|(_, cells)| short(cells).min(MAX_TEXTS)).max().filter(|&most| most >= 2)?;
        rows().find(|(_, cells)| short(cells).min(MAX_TEXTS) * 2 > most && short(cells) >= 2)
    };
    let (row, cells) = by_words.or_else(by_texts)?;
    let texts = |wanted: bool| -> Vec<String> {
        let texts = cells.iter().map(|(_, shown)| shown.text.to_string());
        let texts = texts.filter(|text| text.chars().count() <= LONG_TEXT && is_known(text) == wanted);
        texts.take(MAX_TEXTS).collect()
    };
    let kind = RemarkKind::NearHeader { known: texts(true), unknown: texts(false) };
    let cell = cells.first().map(|(col, _)| CellRef::new(row, *col));
    Some(Remark { sheet: grid.name.clone(), cell, plan: None, kind })
}

/// A table that does not name its organisation.
pub(super) fn organisation(grid: &Grid, header: &Header, by_file: bool) -> Remark {
    let first = header.columns.left().unwrap_or_default();
    let cell = Some(CellRef::new(header.block.top, first));
    Remark { sheet: grid.name.clone(), cell, plan: None, kind: RemarkKind::Organisation { by_file } }
}

/// Hidden rows and columns of the plan, which are read all the same.
pub(super) fn hidden(grid: &Grid, columns: &TableColumns, rows: &[Indicator]) -> Vec<Remark> {
    let in_plan: Vec<u32> = rows
        .iter()
        .filter_map(|row| row.kpi.cell.map(|cell| cell.row))
        .filter(|row| grid.hidden_rows.binary_search(row).is_ok())
        .collect();
    let mut remarks = Vec::new();
    let remark =
        |cell: CellRef, kind| Remark { sheet: grid.name.clone(), cell: Some(cell), plan: None, kind };
    if let Some(&first) = in_plan.first() {
        let mut ranges: Vec<CellRange> = Vec::new();
        for row in in_plan {
            match ranges.last_mut() {
                Some(last) if last.last.row + 1 >= row => last.last.row = row,
                _ => ranges.push(CellRange::new(CellRef::new(row, 0), CellRef::new(row, 0))),
            }
        }
        remarks
            .push(remark(CellRef::new(first, columns.left().unwrap_or(0)), RemarkKind::HiddenRows(ranges)));
    }
    let hidden_columns: Vec<CellRange> = grid
        .hidden_columns
        .iter()
        .filter(|range| columns.all().any(|col| (range.first.col..=range.last.col).contains(&col)))
        .copied()
        .collect();
    if let (Some(first), false) = (hidden_columns.first(), rows.is_empty()) {
        remarks.push(remark(first.first, RemarkKind::HiddenColumns(hidden_columns.clone())));
    }
    remarks
}
