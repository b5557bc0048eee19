//! The columns of tables whose form planbook.toml knows: what is taught goes before what the words say.

use super::header::{Header, HeaderRows, TableColumns, YearAt};
use super::paths::{HeadingPath, group_of, paths};
use super::taught::TaughtTable;
use super::vocabulary::Vocabulary;
use crate::plan::{COLUMNS, Field, ValueKind, YearKind};
use crate::project::forms::{FormRole, ValueRole};
use crate::read::grid::Grid;
use crate::read::outcome::{FormColumn, TableForm, TableShape, UnreadReason};
use crate::source::{CellRange, CellRef};

/// The headers of a sheet, with those of taught forms as planbook.toml says: corrected, added, or left out where
/// the table is no plan. `found` are those found by their words, `plan_year` the year stated on the sheet.
pub(super) fn settle(
    grid: &Grid,
    words: &Vocabulary,
    plan_year: Option<i32>,
    mut found: Vec<Header>,
) -> Vec<Header> {
    for table in words.taught.tables(grid) {
        let is_same = |header: &Header| overlap(header.block, table.rows);
        let known = found.iter().position(is_same).map(|at| found.remove(at));
        found.retain(|header| !is_same(header));
        if table.form.is_plan {
            let header = known.unwrap_or_else(|| bare(grid, words, table.rows));
            found.push(corrected(grid, header, &table, plan_year));
        }
    }
    found.sort_by_key(|header| header.block.top);
    found
}

/// The tables that planbook.toml says are no plans.
pub(super) fn passed_over(grid: &Grid, words: &Vocabulary) -> Vec<TableForm> {
    let tables = words.taught.tables(grid).into_iter().filter(|table| !table.form.is_plan);
    tables.map(|table| form(grid, &table)).collect()
}

fn form(grid: &Grid, table: &TaughtTable) -> TableForm {
    let cell = |col: u16| CellRef::new(table.rows.bottom, col);
    let column = |(col, heading): &(u16, String)| FormColumn {
        cell: cell(*col),
        heading: heading.as_str().into(),
        role: FormRole::Aside.to_string(),
        confidence: 100,
    };
    let left = table.headings.first().map_or(0, |(col, _)| *col);
    let right = table.headings.last().map_or(left, |(col, _)| *col);
    TableForm {
        sheet: grid.name.clone(),
        headings: CellRange::new(CellRef::new(table.rows.top, left), cell(right)),
        shape: table.form.shape.unwrap_or(TableShape::List),
        columns: table.headings.iter().map(column).collect(),
        confidence: 100,
        taught: Some(table.form.name.clone()),
        rows: 0,
    }
}

fn overlap(one: HeaderRows, other: HeaderRows) -> bool {
    one.top <= other.bottom && other.top <= one.bottom
}

/// A header without columns, for headings that no word tells.
fn bare(grid: &Grid, words: &Vocabulary, block: HeaderRows) -> Header {
    let paths = paths(grid, &|text| words.label(text), block);
    Header {
        block,
        body: block.bottom + 1,
        columns: TableColumns::default(),
        parent: None,
        own: None,
        taught: None,
        printed: paths.iter().filter_map(|path| Some((path.col, path.cells.last()?.1.clone()))).collect(),
        unknown: Vec::new(),
        misspelt: Vec::new(),
        unread: Vec::new(),
    }
}

/// The header with the roles that planbook.toml gives its columns.
fn corrected(grid: &Grid, mut header: Header, table: &TaughtTable, plan_year: Option<i32>) -> Header {
    header.taught = Some(table.form.name.clone());
    header.block.top = header.block.top.min(table.rows.top);
    header.block.bottom = header.block.bottom.max(table.rows.bottom);
    header.body = header.body.max(header.block.bottom + 1);
    let paths = paths(grid, &|_| None, header.block);
    for (col, _) in table.roles() {
        header.forget(col);
    }
    for (col, role) in table.roles() {
        let Some(path) = paths.iter().find(|path| path.col == col) else { continue };
        if let Some(reason) = header.columns.teach(path, role, plan_year)
            && let Some((cell, text, _)) = path.cells.last()
        {
            header.unread.push((*cell, text.clone(), reason));
        }
    }
    header.columns.years.sort_by_key(|year| year.col);
    if header.own.is_none() {
        header.own = header.columns.col(Field::Kpi).and_then(|col| group_of(&paths, col));
    }
    header
}

impl Header {
    /// Takes back what was found about a column.
    fn forget(&mut self, col: u16) {
        for column in &COLUMNS {
            if self.columns.col(column.field) == Some(col) {
                self.columns.single.set(column.field, None);
            }
        }
        self.columns.years.retain(|year| year.col != col);
        self.columns.organisation = self.columns.organisation.filter(|(other, _)| *other != col);
        self.unknown.retain(|(cell, _)| cell.col != col);
        self.misspelt.retain(|(cell, ..)| cell.col != col);
        self.unread.retain(|(cell, ..)| cell.col != col);
    }
}

impl TableColumns {
    /// Gives a column the role that planbook.toml says; returns why it cannot be read, if so.
    fn teach(&mut self, path: &HeadingPath, role: FormRole, plan_year: Option<i32>) -> Option<UnreadReason> {
        match role {
            FormRole::Column(field) => self.single.set(field, Some(path.col)),
            FormRole::Organisation => self.organisation = Some((path.col, false)),
            FormRole::Value(ValueRole { part: Some(_), .. }) => return Some(UnreadReason::PartOfYear),
            FormRole::Value(value) => return self.teach_year(path, value, plan_year),
            // Not to be read, as the office says.
            FormRole::Aside => {}
            _ => return Some(UnreadReason::Unknown),
        }
        None
    }

    fn teach_year(
        &mut self,
        path: &HeadingPath,
        value: ValueRole,
        plan_year: Option<i32>,
    ) -> Option<UnreadReason> {
        let kind = match value.kind {
            Some(ValueKind::Actual) => Some(YearKind::Actual),
            Some(ValueKind::Target) => Some(YearKind::Target),
            Some(ValueKind::Baseline | ValueKind::Forecast) => return Some(UnreadReason::Unknown),
            None => None,
        };
        let is_target = kind == Some(YearKind::Target);
        let Some(year) = value.year.or(plan_year.filter(|_| is_target)) else {
            return Some(UnreadReason::NoYear);
        };
        if self.years.iter().any(|other| other.year == year) {
            return Some(UnreadReason::AnotherOfYear(year));
        }
        let label = path.cells.last().map_or_else(String::new, |(_, text, _)| text.clone());
        self.years.push(YearAt { col: path.col, year, label, group: String::new(), kind });
        None
    }
}
