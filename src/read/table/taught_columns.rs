//! The columns of tables whose form planbook.toml knows: what is taught goes before what the words say.

use std::collections::BTreeMap;

use super::columns::{PeriodAt, TableColumns, YearAt};
use super::header::Header;
use super::paths::HeaderRows;
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
    for table in words.forms.tables(grid) {
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
    let tables = words.forms.tables(grid).into_iter().filter(|table| !table.form.is_plan);
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
    let paths = paths(grid, &|_, text| words.label(text), block);
    Header {
        block,
        body: block.bottom + 1,
        columns: TableColumns::default(),
        parent: None,
        own: None,
        taught: None,
        perspective: None,
        confidence: BTreeMap::new(),
        sure: 1.0,
        headings: paths.iter().map(|path| (path.col, path.joined())).collect(),
        printed: paths.iter().filter_map(|path| Some((path.col, path.cells.last()?.1.clone()))).collect(),
        unknown: Vec::new(),
        misspelt: Vec::new(),
        unread: Vec::new(),
    }
}

/// The header with the roles that planbook.toml gives its columns.
fn corrected(grid: &Grid, mut header: Header, table: &TaughtTable, plan_year: Option<i32>) -> Header {
    header.taught = Some(table.form.name.clone());
    header.sure = 1.0;
    header.block.top = header.block.top.min(table.rows.top);
    header.block.bottom = header.block.bottom.max(table.rows.bottom);
    header.body = header.body.max(header.block.bottom + 1);
    let paths = paths(grid, &|_, _| None, header.block);
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
        self.columns.forget(col);
        self.confidence.remove(&col);
        self.unknown.retain(|(cell, _)| cell.col != col);
        self.misspelt.retain(|(cell, ..)| cell.col != col);
        self.unread.retain(|(cell, ..)| cell.col != col);
    }
}

impl TableColumns {
    fn forget(&mut self, col: u16) {
        self.periods.retain(|period| period.col != col);
        self.levels.retain(|other| *other != col);
        self.extra.retain(|other| *other != col);
        self.organisation = self.organisation.filter(|(other, _)| *other != col);
        for place in [&mut self.parent_organisation, &mut self.period, &mut self.value_kind] {
            *place = place.filter(|other| *other != col);
        }
    }

    /// Gives a column the role that planbook.toml says; returns why it cannot be read, if so.
    fn teach(&mut self, path: &HeadingPath, role: FormRole, plan_year: Option<i32>) -> Option<UnreadReason> {
        let col = path.col;
        match role {
            FormRole::Column(field) => self.single.set(field, Some(col)),
            FormRole::Organisation => self.organisation = Some((col, false)),
            FormRole::ParentOrganisation => self.parent_organisation = Some(col),
            FormRole::Level => {
                self.levels.push(col);
                self.levels.sort_unstable();
            }
            FormRole::Period => self.period = Some(col),
            FormRole::KindOfValue => self.value_kind = Some(col),
            FormRole::Extra => self.extra.push(col),
            FormRole::Value(value) => return self.teach_value(path, value, plan_year),
            // Not to be read, as the office says.
            FormRole::Aside => {}
        }
        None
    }

    fn teach_value(
        &mut self,
        path: &HeadingPath,
        value: ValueRole,
        plan_year: Option<i32>,
    ) -> Option<UnreadReason> {
        let label = path.cells.last().map_or_else(String::new, |(_, text, _)| text.clone());
        let year_kind = match value.kind {
            Some(ValueKind::Actual) => Some(YearKind::Actual),
            Some(ValueKind::Target) => Some(YearKind::Target),
            _ => None,
        };
        let is_plain = !matches!(value.kind, Some(ValueKind::Baseline | ValueKind::Forecast));
        if let (Some(year), None, true) = (value.year, value.part, is_plain) {
            if self.years.iter().any(|other| other.year == year && other.kind == year_kind) {
                return Some(UnreadReason::AnotherOfYear(year));
            }
            if self.years.iter().all(|other| other.year != year) {
                self.years.push(YearAt { col: path.col, year, label, group: String::new(), kind: year_kind });
                return None;
            }
        }
        let kind = value.kind.unwrap_or(ValueKind::Actual);
        let year = value.year.or(plan_year.filter(|_| kind != ValueKind::Baseline));
        self.periods.push(PeriodAt { col: path.col, year, distance: 0, part: value.part, kind, label });
        None
    }
}
