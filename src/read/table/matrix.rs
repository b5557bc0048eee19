//! Tables with a row for each organisation and a column for each KPI: the headings say the kind of value and the
//! KPI (`목표 예산집행률`, `Target response time`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::forms::percent;
use super::plan_table::PlanTable;
use super::role::Role;
use super::vocabulary::Vocabulary;
use super::years;
use crate::plan::{Indicator, Labels, PeriodValue, Plan, Text, Value, ValueKind};
use crate::read::grid::{Grid, Shown};
use crate::read::outcome::{FormColumn, TableForm, TableShape};
use crate::source::{CellRange, CellRef};

/// How many rows of a sheet are searched for headings.
const SEARCHED_ROWS: usize = 100;
/// The fewest KPIs of such a table.
const MIN_KPIS: usize = 2;

/// A column of a KPI.
struct KpiColumn {
    col: u16,
    /// The whole heading.
    heading: Arc<str>,
    kpi: String,
    kind: ValueKind,
}

/// The plans of a sheet with a row for each organisation; none if it is not such a table.
pub(super) fn tables(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Vec<PlanTable> {
    let mut rows = grid.rows_from(0).take(SEARCHED_ROWS);
    let Some((top, org, columns)) = rows.find_map(|(row, cells)| header(words, row, cells)) else {
        return Vec::new();
    };
    let plan_year = years::stated_year(grid, words, file);
    let mut tables = Vec::new();
    for (row, cells) in grid.rows_from(top + 1) {
        let name = cells.iter().find(|(col, shown)| *col == org && !words.is_total(&shown.text));
        let Some((_, name)) = name else { continue };
        let rows: Vec<Indicator> =
            columns.iter().filter_map(|column| indicator(grid, row, column, plan_year)).collect();
        if rows.is_empty() {
            continue;
        }
        let plan = Plan {
            org: name.text.clone(),
            title: Text::absent(),
            note: "".into(),
            parent_label: Text::absent(),
            parent_in_rows: false,
            own_label: Text::absent(),
            labels: Labels::of(|_| "".into()),
            years: Vec::new(),
            rows,
            footnotes: Vec::new(),
            file: file.clone(),
            sheet: grid.name.clone(),
            header: CellRef::new(top, org),
        };
        tables.push(PlanTable { plan, remarks: Vec::new(), titled: true, form: None });
    }
    let rows = tables.iter().map(|table: &PlanTable| table.plan.rows.len()).sum();
    if let Some(first) = tables.first_mut() {
        first.form = Some(form(grid, top, org, &columns, rows));
    }
    tables
}

/// The headings of such a table: its row, the column of organisations, the columns of KPIs.
fn header(words: &Vocabulary, row: u32, cells: &[(u16, Shown)]) -> Option<(u32, u16, Vec<KpiColumn>)> {
    let is_org = |shown: &Shown| {
        let role = words.label(&shown.text).and_then(|label| label.role);
        matches!(role, Some(Role::Organisation | Role::InCharge))
    };
    let columns: Vec<KpiColumn> =
        cells.iter().filter_map(|(col, shown)| kpi_column(words, *col, shown)).collect();
    // Whatever the left column is called, the others say that each row has the same KPIs.
    let alike = columns.iter().all(|column| column.kind == columns[0].kind);
    let org = cells.iter().find(|(_, shown)| is_org(shown));
    let (org, _) = org.or_else(|| cells.first().filter(|_| alike))?;
    let names: BTreeSet<&str> = columns.iter().map(|column| column.kpi.as_str()).collect();
    // Every other column is one of a KPI, or the table is another one.
    let all = columns.len() + 1 == cells.len() && names.len() >= MIN_KPIS;
    let apart = columns.iter().all(|column| column.col != *org);
    (all && apart).then_some((row, *org, columns))
}

/// A heading that begins or ends with a word for a kind of value; the rest is the KPI.
fn kpi_column(words: &Vocabulary, col: u16, shown: &Shown) -> Option<KpiColumn> {
    let parts: Vec<&str> = shown.text.split_whitespace().collect();
    let kind = |word: &str| super::long_form::kind_in(words, word);
    let (first, last) = (parts.first()?, parts.last()?);
    let (kind, rest) = match (kind(first), kind(last)) {
        (Some(kind), _) => (kind, &parts[1..]),
        (None, Some(kind)) => (kind, &parts[..parts.len() - 1]),
        _ => return None,
    };
    let kpi = rest.join(" ");
    let is_name = kpi.chars().any(char::is_alphabetic) && words.label(&kpi).is_none();
    is_name.then(|| KpiColumn { col, heading: shown.text.clone(), kpi, kind })
}

fn indicator(grid: &Grid, row: u32, column: &KpiColumn, plan_year: Option<i32>) -> Option<Indicator> {
    let cell = CellRef::new(row, column.col);
    let shown = grid.own(cell)?;
    let value = PeriodValue {
        year: plan_year,
        distance: 0,
        part: None,
        kind: column.kind,
        label: column.heading.clone(),
        value: Value::read(Text::new(shown.text.clone(), cell)),
    };
    Some(Indicator {
        sheet: grid.name.clone(),
        kpi: Text::new(column.kpi.as_str(), cell),
        periods: vec![value],
        ..Indicator::default()
    })
}

fn form(grid: &Grid, top: u32, org: u16, columns: &[KpiColumn], rows: usize) -> TableForm {
    let roles: BTreeMap<u16, (Arc<str>, String)> =
        columns.iter().map(|column| (column.col, (column.heading.clone(), "kpi".to_owned()))).collect();
    let heading = grid.own(CellRef::new(top, org)).map_or_else(|| "".into(), |shown| shown.text.clone());
    let all = roles.into_iter().chain([(org, (heading, "org".to_owned()))]).collect::<BTreeMap<_, _>>();
    let (left, right) = (all.keys().next().copied(), all.keys().next_back().copied());
    let columns = all.into_iter().map(|(col, (heading, role))| FormColumn {
        cell: CellRef::new(top, col),
        heading,
        role,
        confidence: percent(0.8),
    });
    TableForm {
        sheet: grid.name.clone(),
        headings: CellRange::new(
            CellRef::new(top, left.unwrap_or(org)),
            CellRef::new(top, right.unwrap_or(org)),
        ),
        shape: TableShape::Matrix,
        columns: columns.collect(),
        confidence: percent(0.8),
        taught: None,
        rows,
    }
}
