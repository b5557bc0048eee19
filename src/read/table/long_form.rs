//! Tables with a line for each period or kind of a KPI's values: gathers the lines of each KPI into one row.

use std::collections::BTreeMap;

use super::columns::{PeriodAt, TableColumns};
use super::organisation::RowOrganisation;
use super::role::Role;
use super::vocabulary::Vocabulary;
use crate::plan::{Indicator, PeriodValue, Text, Value, ValueKind, YearColumn, YearKind};
use crate::read::grid::Grid;
use crate::source::CellRef;
use crate::text::names::plain_key;

/// Gathers the lines of each KPI into its first one, and makes the years of the plan from their values.
/// `orgs` are the organisations of the lines; empty if the plan has one.
pub(super) fn gather(
    grid: &Grid,
    words: &Vocabulary,
    columns: &TableColumns,
    years: &mut Vec<YearColumn>,
    rows: &mut Vec<Indicator>,
    orgs: &mut Vec<Option<RowOrganisation>>,
) {
    let mut first: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut gathered: Vec<Indicator> = Vec::new();
    let mut kept = Vec::new();
    let mut org = String::new();
    for (index, mut row) in std::mem::take(rows).into_iter().enumerate() {
        if let Some(own) = orgs.get(index).and_then(Option::as_ref) {
            org = plain_key(&own.name);
        }
        let values = values(grid, words, columns, years, &mut row);
        match first.get(&key(&org, &row)) {
            // The same period once more is another KPI of the same name.
            Some(&at) if values.iter().all(|value| !has(&gathered[at], value)) => {
                gathered[at].periods.extend(values);
            }
            _ => {
                first.insert(key(&org, &row), gathered.len());
                row.periods = values;
                gathered.push(row);
                kept.push(index);
            }
        }
    }
    *years = years_of(&gathered);
    for row in &mut gathered {
        row.values = years.iter().map(|year| take(row, year)).collect();
    }
    *rows = gathered;
    *orgs = kept.iter().filter_map(|&index| orgs.get(index).cloned()).collect();
}

/// Takes a column headed like a period (`Year`) whose cells are numbers of another kind as the value of the whole year.
pub(super) fn settle_period(
    grid: &Grid,
    words: &Vocabulary,
    bottom: u32,
    plan_year: Option<i32>,
    columns: &mut TableColumns,
) {
    const SEARCHED: usize = 40;
    let Some(col) = columns.period else { return };
    let rows = grid.rows_from(bottom + 1).take(SEARCHED);
    let cells = rows.filter_map(|(row, _)| grid.own(CellRef::new(row, col)));
    let (periods, others): (Vec<&str>, Vec<&str>) =
        cells.map(|shown| &*shown.text).partition(|text| words.period_in(text).is_some());
    if columns.periods.iter().all(|period| period.part.is_none()) || periods.len() >= others.len() {
        return;
    }
    let label = grid.own(CellRef::new(bottom, col)).map(|shown| shown.text.to_string()).unwrap_or_default();
    columns.period = None;
    let (year, kind) = (plan_year, ValueKind::Target);
    columns.periods.push(PeriodAt { col, year, distance: 0, part: None, kind, label });
}

/// Whether a row has a value of the same period and kind.
fn has(row: &Indicator, value: &PeriodValue) -> bool {
    let key = |value: &PeriodValue| (value.year, value.distance, value.part, value.kind);
    row.periods.iter().any(|other| key(other) == key(value))
}

/// What makes two lines one KPI.
fn key(org: &str, row: &Indicator) -> Vec<String> {
    let levels = row.levels.iter().map(|level| &level.text);
    let texts = levels.chain([&row.perspective.text, &row.objective, &row.kpi, &row.unit.text]);
    std::iter::once(org.to_owned()).chain(texts.map(|text| plain_key(&text.text))).collect()
}

/// The values of a line, each with its period and kind.
fn values(
    grid: &Grid,
    words: &Vocabulary,
    columns: &TableColumns,
    years: &[YearColumn],
    row: &mut Indicator,
) -> Vec<PeriodValue> {
    let line = row.kpi.cell.map(|cell| line_of(row, cell.row)).unwrap_or_default();
    let text = |col: Option<u16>| Some(grid.shown(CellRef::new(line, col?))?.1.text.clone());
    let period = text(columns.period);
    let (year, part) = period.as_deref().and_then(|text| words.period_in(text)).unwrap_or_default();
    let kind = text(columns.value_kind).and_then(|text| kind_in(words, &text));
    let of_years = years.iter().zip(std::mem::take(&mut row.values)).map(|(year, value)| PeriodValue {
        year: Some(year.year),
        distance: 0,
        part: None,
        kind: year.kind.map_or(ValueKind::Target, ValueKind::from),
        label: year.label.clone(),
        value,
    });
    let mut all: Vec<PeriodValue> = of_years.filter(|value| !value.text().is_empty()).collect();
    all.append(&mut row.periods);
    for value in &mut all {
        value.year = year.or(value.year);
        value.part = part.or(value.part);
        value.kind = kind.unwrap_or(value.kind);
        if let Some(period) = &period {
            value.label = period.clone();
        }
    }
    all
}

/// The line of a row: the KPI's cell may be merged over several lines, a value's is not.
fn line_of(row: &Indicator, kpi: u32) -> u32 {
    let values = row.values.iter().map(|value| &value.text).chain(row.periods.iter().map(PeriodValue::text));
    values.filter_map(|text| text.cell).map(|cell| cell.row).max().unwrap_or(kpi)
}

/// The years of whole-year actuals and targets: the targets from the last year with actuals on, else the
/// actuals.
fn years_of(rows: &[Indicator]) -> Vec<YearColumn> {
    let mut kinds: BTreeMap<i32, (bool, bool)> = BTreeMap::new();
    for value in rows.iter().flat_map(|row| &row.periods).filter(|value| value.part.is_none()) {
        let Some(year) = value.year else { continue };
        let (actual, target) = kinds.entry(year).or_default();
        *actual |= value.kind == ValueKind::Actual;
        *target |= value.kind == ValueKind::Target;
    }
    let last = kinds.keys().next_back().copied().unwrap_or_default();
    let of_a_year = kinds.into_iter().filter(|(_, (actual, target))| *actual || *target);
    of_a_year
        .map(|(year, (actual, target))| YearColumn {
            year,
            label: year.to_string().into(),
            group: "".into(),
            kind: Some(if target && (!actual || year == last) { YearKind::Target } else { YearKind::Actual }),
        })
        .collect()
}

/// Takes the value of a year out of the row's values.
fn take(row: &mut Indicator, year: &YearColumn) -> Value {
    let is_it = |value: &PeriodValue| {
        value.part.is_none()
            && value.year == Some(year.year)
            && year.kind.is_some_and(|kind| value.kind == ValueKind::from(kind))
    };
    match row.periods.iter().position(is_it) {
        Some(at) => row.periods.remove(at).value,
        None => Value::read(Text::absent()),
    }
}

/// What values are, by a word for them.
pub(super) fn kind_in(words: &Vocabulary, text: &str) -> Option<ValueKind> {
    match words.label(text)?.role? {
        Role::Actual => Some(ValueKind::Actual),
        Role::Target => Some(ValueKind::Target),
        Role::Baseline => Some(ValueKind::Baseline),
        Role::Forecast => Some(ValueKind::Forecast),
        _ => None,
    }
}
