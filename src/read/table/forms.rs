//! Records how a table was understood.

use std::collections::BTreeMap;

use super::columns::{PeriodAt, TableColumns, YearAt};
use super::header::Header;
use crate::plan::{COLUMNS, ValueKind, YearKind};
use crate::read::grid::Grid;
use crate::read::outcome::{FormColumn, TableForm, TableShape};
use crate::source::{CellRange, CellRef};

/// What the table below `header` was taken for. `rows`: the number of KPI rows read from it.
pub(super) fn describe(grid: &Grid, header: &Header, rows: usize) -> TableForm {
    let columns: Vec<FormColumn> = header.printed.keys().map(|&col| column(header, col)).collect();
    let left = header.printed.keys().next().copied().unwrap_or_default();
    let right = header.printed.keys().next_back().copied().unwrap_or_default();
    let long = header.columns.period.is_some() || header.columns.value_kind.is_some();
    TableForm {
        sheet: grid.name.clone(),
        headings: CellRange::new(
            CellRef::new(header.block.top, left),
            CellRef::new(header.block.bottom, right),
        ),
        shape: if long { TableShape::Long } else { TableShape::List },
        columns,
        confidence: percent(header.sure),
        taught: header.taught.clone(),
        rows,
    }
}

fn column(header: &Header, col: u16) -> FormColumn {
    let heading = header.headings.get(&col).or_else(|| header.printed.get(&col));
    FormColumn {
        cell: CellRef::new(header.block.bottom, col),
        heading: heading.map_or("", String::as_str).into(),
        role: role(&header.columns, col),
        confidence: header.confidence.get(&col).map_or(100, |&sure| percent(sure)),
    }
}

/// A share as whole percent.
pub(super) fn percent(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// The role of a column, as in [`FormColumn::role`].
fn role(columns: &TableColumns, col: u16) -> String {
    let is = |other: Option<u16>| other == Some(col);
    let field = COLUMNS.iter().find(|column| is(columns.col(column.field)));
    let others: BTreeMap<&str, Option<u16>> = [
        ("org", columns.organisation.map(|(col, _)| col)),
        ("parent_org", columns.parent_organisation),
        ("period", columns.period),
        ("kind", columns.value_kind),
        ("level", columns.levels.iter().copied().find(|&level| level == col)),
        ("extra", columns.extra.iter().copied().find(|&extra| extra == col)),
    ]
    .into();
    let year = columns.years.iter().find(|year| year.col == col).map(of_year);
    let period = columns.periods.iter().find(|period| period.col == col).map(of_period);
    field
        .map(|column| column.id.to_owned())
        .or(year)
        .or(period)
        .or_else(|| others.into_iter().find(|(_, at)| is(*at)).map(|(name, _)| name.to_owned()))
        .unwrap_or_else(|| "aside".to_owned())
}

fn of_year(year: &YearAt) -> String {
    match year.kind {
        Some(YearKind::Actual) => format!("actual {}", year.year),
        Some(YearKind::Target) => format!("target {}", year.year),
        None => format!("value {}", year.year),
    }
}

fn of_period(period: &PeriodAt) -> String {
    let kind = match period.kind {
        ValueKind::Actual => "actual",
        ValueKind::Target => "target",
        ValueKind::Baseline => "baseline",
        ValueKind::Forecast => "forecast",
    };
    let year = period.year.map(|year| format!(" {year}")).unwrap_or_default();
    let part = period.part.map(|part| format!(" {part}")).unwrap_or_default();
    format!("{kind}{year}{part}")
}
