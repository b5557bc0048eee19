//! Records how a table was understood.

use super::header::{Header, TableColumns};
use super::paths::{HeadingPath, paths};
use super::taught::joined;
use crate::plan::{COLUMNS, YearKind};
use crate::read::grid::Grid;
use crate::read::outcome::{FormColumn, TableForm, TableShape};
use crate::source::{CellRange, CellRef};

/// What the table below `header` was taken for. `rows`: the number of KPI rows read from it.
pub(super) fn describe(grid: &Grid, header: &Header, rows: usize) -> TableForm {
    let cell = |col: u16| CellRef::new(header.block.bottom, col);
    let column = |path: &HeadingPath| FormColumn {
        cell: cell(path.col),
        heading: joined(path).into(),
        role: role(&header.columns, path.col),
        confidence: 100,
    };
    let left = header.printed.keys().next().copied().unwrap_or_default();
    let right = header.printed.keys().next_back().copied().unwrap_or_default();
    TableForm {
        sheet: grid.name.clone(),
        headings: CellRange::new(CellRef::new(header.block.top, left), cell(right)),
        shape: TableShape::List,
        columns: paths(grid, &|_| None, header.block).iter().map(column).collect(),
        confidence: 100,
        taught: header.taught.clone(),
        rows,
    }
}

/// The role of a column, as in [`FormColumn::role`].
fn role(columns: &TableColumns, col: u16) -> String {
    let field = COLUMNS.iter().find(|column| columns.col(column.field) == Some(col));
    let year = columns.years.iter().find(|year| year.col == col).map(|year| {
        let kind = match year.kind {
            Some(YearKind::Actual) => "actual",
            Some(YearKind::Target) => "target",
            None => "value",
        };
        format!("{kind} {}", year.year)
    });
    let organisation = columns.organisation.filter(|(at, _)| *at == col).map(|_| "org".to_owned());
    field.map(|column| column.id.to_owned()).or(year).or(organisation).unwrap_or_else(|| "aside".to_owned())
}
