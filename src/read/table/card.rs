//! Cards: a block of labels with values beside them for each KPI.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::YearAt;
use super::organisation;
use super::paths::HeaderRows;
use super::paths::paths;
use super::plan::{fallback_name, year_column};
use super::plan_table::PlanTable;
use super::role::{Label, Role};
use super::vocabulary::Vocabulary;
use super::years::{self, Years};
use crate::plan::{
    Extra, Field, Indicator, Labels, PeriodValue, Plan, Text, Value, ValueKind, YearColumn, YearKind,
};
use crate::project::forms::FormRole;
use crate::read::grid::Grid;
use crate::read::outcome::{FormColumn, TableForm, TableShape};
use crate::source::{CellRange, CellRef};
use crate::text::names::plain_key;

/// The fewest labels of a card, that of the KPI included.
const MIN_LABELS: usize = 4;
/// The most rows of a card.
const MAX_ROWS: u32 = 60;

/// A label and the cell beside it.
struct Pair {
    label: CellRef,
    role: Option<Role>,
    heading: Arc<str>,
    value: Text,
}

/// The cards of a sheet, a plan for each organisation; none if the sheet is not made of cards.
pub(super) fn tables(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Vec<PlanTable> {
    // Most sheets have no word for a KPI, and to read every cell as a label takes long.
    if words.forms.is_empty()
        && !grid.rows_from(0).any(|(_, cells)| cells.iter().any(|(_, shown)| words.is_kpi(&shown.text)))
    {
        return Vec::new();
    }
    let mut pairs = pairs(grid, words);
    let taught = match teach(words, &mut pairs) {
        Taught::NoPlan => return Vec::new(),
        Taught::As(name) => Some(name),
        Taught::Unknown => None,
    };
    let starts: Vec<u32> = pairs
        .iter()
        .filter(|pair| pair.role == Some(Role::Column(Field::Kpi)) && has_one_value(grid, words, pair))
        .map(|pair| pair.label.row)
        .collect();
    let mut cards = Vec::new();
    for (index, &start) in starts.iter().enumerate() {
        let floor = if index == 0 { 0 } else { start };
        let end = starts.get(index + 1).copied().unwrap_or(u32::MAX).min(start + MAX_ROWS);
        let own: Vec<&Pair> = pairs.iter().filter(|pair| (floor..end).contains(&pair.label.row)).collect();
        let roles: BTreeSet<Role> = own.iter().filter_map(|pair| pair.role).collect();
        if roles.len() >= MIN_LABELS {
            let mut card = card(file, grid, words, &own, floor..end);
            card.form = card.form.map(|form| TableForm { taught: taught.clone(), ..form });
            cards.push(card);
        }
    }
    cards
}

/// What planbook.toml says about the labels of a sheet.
enum Taught {
    /// It does not know them.
    Unknown,
    /// They are those of a form that is no plan.
    NoPlan,
    /// They are those of the form with this name.
    As(Arc<str>),
}

/// Gives labels the roles that a form of planbook.toml says, if it knows all of its own among them.
fn teach(words: &Vocabulary, pairs: &mut [Pair]) -> Taught {
    let distinct: BTreeSet<&Arc<str>> = pairs.iter().map(|pair| &pair.heading).collect();
    let headings: Vec<String> = distinct.into_iter().map(|heading| heading.to_string()).collect();
    let Some(form) = words.forms.known(&headings) else { return Taught::Unknown };
    match (form.shape, form.is_plan) {
        (None | Some(TableShape::Card), true) => {}
        (None | Some(TableShape::Card), false) => return Taught::NoPlan,
        _ => return Taught::Unknown,
    }
    for pair in pairs {
        let role = headings.iter().zip(&form.roles).find(|(heading, _)| **heading == *pair.heading);
        match role.and_then(|(_, role)| *role) {
            Some(FormRole::Column(field)) => pair.role = Some(Role::Column(field)),
            Some(FormRole::Organisation) => pair.role = Some(Role::Organisation),
            Some(FormRole::Level) => pair.role = Some(Role::Level),
            Some(FormRole::Aside) => pair.role = Some(Role::Aside),
            Some(FormRole::Extra) => pair.role = None,
            _ => {}
        }
    }
    Taught::As(form.name)
}

/// Gives the cards of an organisation the years of all of them, so that they make one plan, unless a year is an actual
/// on one card and a target on another.
pub(super) fn align_years(tables: &mut [PlanTable]) {
    let mut years: BTreeMap<String, BTreeMap<i32, Option<YearColumn>>> = BTreeMap::new();
    let is_card = |table: &PlanTable| table.form.as_ref().is_some_and(|form| form.shape == TableShape::Card);
    for table in tables.iter().filter(|table| is_card(table)) {
        let of_org = years.entry(plain_key(&table.plan.org)).or_default();
        for year in &table.plan.years {
            let known = of_org.entry(year.year).or_insert_with(|| Some(year.clone()));
            *known = known.take().filter(|known| known.kind == year.kind);
        }
    }
    for table in tables.iter_mut().filter(|table| is_card(table)) {
        let Some(all) = years.get(&plain_key(&table.plan.org)) else { continue };
        let Some(all) = all.values().cloned().collect::<Option<Vec<YearColumn>>>() else { continue };
        let plan = &mut table.plan;
        let old = std::mem::replace(&mut plan.years, all);
        for row in &mut plan.rows {
            let values = std::mem::take(&mut row.values);
            let value = |year: &YearColumn| {
                let at = old.iter().position(|own| own.year == year.year);
                at.and_then(|at| values.get(at).cloned()).unwrap_or_else(|| Value::read(Text::absent()))
            };
            row.values = plan.years.iter().map(value).collect();
        }
    }
}

/// Whether no further value follows that of a label; else the KPIs stand side by side.
fn has_one_value(grid: &Grid, words: &Vocabulary, pair: &Pair) -> bool {
    let Some(value) = pair.value.cell else { return false };
    let mut after = grid.row(value.row).iter().filter(|(col, _)| *col > value.col);
    after.next().is_none_or(|(_, shown)| words.label(&shown.text).is_some())
}

/// Every label of a sheet with a value to its right. A cell right of a label is not itself a label.
fn pairs(grid: &Grid, words: &Vocabulary) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (row, cells) in grid.rows_from(0) {
        let labels: Vec<Option<Label>> = cells.iter().map(|(_, shown)| words.label(&shown.text)).collect();
        let periods = labels.iter().flatten().filter(|label| is_period(label)).count();
        let mut used = false;
        for (index, (col, shown)) in cells.iter().enumerate() {
            let label = CellRef::new(row, *col);
            if std::mem::take(&mut used) || periods >= 2 {
                continue;
            }
            let Some((next, value)) = cells.get(index + 1) else { continue };
            let beside = is_beside(grid, label, *next);
            let role = labels[index].and_then(|label| label.role);
            let is_label = role.is_some() || labels[index].is_some();
            if !beside || labels[index + 1].is_some_and(|label| label.role.is_some()) || is_period_value(role)
            {
                continue;
            }
            let known_below = index == 0 && !is_label;
            if role.is_some() || known_below {
                used = true;
                let value = Text::new(value.text.clone(), CellRef::new(row, *next));
                pairs.push(Pair { label, role, heading: shown.text.clone(), value });
            }
        }
    }
    pairs
}

/// Whether `next` is the first column right of a label's cell or merged range.
fn is_beside(grid: &Grid, label: CellRef, next: u16) -> bool {
    let last = grid.merged(label).map_or(label.col, |merge| merge.last.col);
    next == last + 1
}

fn is_period(label: &Label) -> bool {
    label.year.is_some() || label.part.is_some() || label.distance.is_some()
}

fn is_period_value(role: Option<Role>) -> bool {
    matches!(role, Some(Role::Target | Role::Actual | Role::Baseline | Role::Forecast))
}

fn card(
    file: &Arc<str>,
    grid: &Grid,
    words: &Vocabulary,
    pairs: &[&Pair],
    rows: std::ops::Range<u32>,
) -> PlanTable {
    let mut row = Indicator { sheet: grid.name.clone(), ..Indicator::default() };
    let mut org = None;
    let labels: BTreeMap<Field, Arc<str>> =
        pairs.iter().filter_map(|pair| Some((field(pair)?, pair.heading.clone()))).collect();
    let columns: BTreeSet<u16> =
        pairs.iter().filter(|pair| pair.role.is_some()).map(|pair| pair.label.col).collect();
    let years = values(grid, words, file, &mut row, rows.clone());
    let periods = row.periods.iter().map(PeriodValue::text);
    let valued: BTreeSet<Option<CellRef>> =
        row.values.iter().map(|value| &value.text).chain(periods).map(|text| text.cell).collect();
    for pair in pairs {
        match (pair.role, field(pair).and_then(Field::column)) {
            (_, Some(column)) if (column.text)(&row).is_empty() => {
                (column.read)(&mut row, pair.value.clone())
            }
            (Some(Role::Organisation | Role::InCharge), _) => org = org.or(Some(pair.value.text.clone())),
            (Some(Role::Level), _) => {
                row.levels.push(crate::plan::Level { name: pair.heading.clone(), text: pair.value.clone() })
            }
            // An unknown label counts in a column of known ones.
            _ if columns.contains(&pair.label.col)
                && pair.label.row >= rows.start
                && !valued.contains(&pair.value.cell) =>
            {
                row.extra.push(Extra { heading: pair.heading.clone(), text: pair.value.clone() });
            }
            _ => {}
        }
    }
    let top = pairs.iter().map(|pair| pair.label).min().unwrap_or_default();
    let labelled = || {
        organisation::labelled(
            grid,
            words,
            0,
            rows.start.max(top.row + 1),
            &[Role::Organisation, Role::InCharge],
        )
        .map(Arc::from)
    };
    let (org, named) = match org.or_else(labelled) {
        Some(org) => (org, true),
        None => (fallback_name(file, grid, words, top.row).0, false),
    };
    let plan = Plan {
        org,
        title: Text::absent(),
        note: "".into(),
        parent_label: Text::absent(),
        parent_in_rows: false,
        own_label: Text::absent(),
        labels: Labels::of(|column| labels.get(&column.field).cloned().unwrap_or_else(|| "".into())),
        years: years.iter().map(year_column).collect(),
        rows: vec![row],
        footnotes: Vec::new(),
        file: file.clone(),
        sheet: grid.name.clone(),
        header: top,
    };
    let form = Some(form(grid, pairs, top));
    PlanTable { plan, remarks: Vec::new(), titled: named, form }
}

/// The field of a label; the parent's fields are not told apart on a card.
fn field(pair: &Pair) -> Option<Field> {
    match pair.role? {
        Role::Column(field) => Some(field),
        _ => None,
    }
}

/// Reads the values: periods side by side with a row of values below them, or a period with its value beside
/// it. Returns the years.
fn values(
    grid: &Grid,
    words: &Vocabulary,
    file: &str,
    row: &mut Indicator,
    rows: std::ops::Range<u32>,
) -> Vec<YearAt> {
    let plan_year = years::stated_year(grid, words, file);
    let label = |_: CellRef, text: &str| words.label(text).map(|label| label.in_plan_year(plan_year));
    let is_value_label =
        |text: &str| words.label(text).is_some_and(|label| is_period(&label) || is_period_value(label.role));
    let is_heading =
        |row: u32| grid.row(row).iter().filter(|(_, shown)| is_value_label(&shown.text)).count() >= 2;
    let mut years = Vec::new();
    let mut at = rows.start;
    let last = grid.rows_from(rows.start).map(|(row, _)| row).take_while(|row| *row < rows.end).last();
    while last.is_some_and(|last| at <= last) {
        let top = at;
        while is_heading(at) && at < top + 3 {
            at += 1;
        }
        if at > top {
            let block = HeaderRows { top, bottom: at - 1 };
            let found = years::find(&paths(grid, &label, block), plan_year);
            let cell = |col: u16| text_at(grid, CellRef::new(at, col));
            take(found, cell, row, &mut years);
        } else {
            beside(grid, words, plan_year, row, at, &mut years);
        }
        at += 1;
    }
    years
}

/// Takes the values of found columns.
fn take(found: Years, cell: impl Fn(u16) -> Text, row: &mut Indicator, years: &mut Vec<YearAt>) {
    for year in found.years {
        row.values.push(Value::read(cell(year.col)));
        years.push(year);
    }
    for period in found.periods {
        let value = Value::read(cell(period.col));
        if !value.text.is_empty() {
            let label = period.label.as_str().into();
            let (year, distance, part, kind) = (period.year, period.distance, period.part, period.kind);
            row.periods.push(PeriodValue { year, distance, part, kind, label, value });
        }
    }
}

/// A period or kind with its value in the next cell.
fn beside(
    grid: &Grid,
    words: &Vocabulary,
    plan_year: Option<i32>,
    row: &mut Indicator,
    at: u32,
    years: &mut Vec<YearAt>,
) {
    for pair in grid.row(at).windows(2) {
        let [(col, heading), (next, shown)] = pair else { continue };
        let Some(label) = words.label(&heading.text).map(|label| label.in_plan_year(plan_year)) else {
            continue;
        };
        let kind = match label.role {
            Some(Role::Actual) => ValueKind::Actual,
            Some(Role::Baseline) => ValueKind::Baseline,
            Some(Role::Forecast) => ValueKind::Forecast,
            Some(Role::Target) => ValueKind::Target,
            None if label.year.is_some() => ValueKind::Target,
            _ => continue,
        };
        if !is_beside(grid, CellRef::new(at, *col), *next)
            || words.label(&shown.text).is_some_and(|label| label.role.is_some())
        {
            continue;
        }
        let value = Value::read(Text::new(shown.text.clone(), CellRef::new(at, *next)));
        let year_kind = match kind {
            ValueKind::Actual => Some(YearKind::Actual),
            ValueKind::Target => Some(YearKind::Target),
            _ => None,
        };
        match (label.year, label.part, year_kind) {
            (Some(year), None, Some(kind)) if years.iter().all(|known| known.year != year) => {
                let kind = label.role.map(|_| kind);
                let label = heading.text.to_string();
                years.push(YearAt { col: *col, year, label, group: String::new(), kind });
                row.values.push(value);
            }
            _ => row.periods.push(PeriodValue {
                year: label.year.or(plan_year.filter(|_| kind != ValueKind::Baseline)),
                distance: label.distance.unwrap_or_default(),
                part: label.part,
                kind,
                label: heading.text.clone(),
                value,
            }),
        }
    }
}

fn text_at(grid: &Grid, cell: CellRef) -> Text {
    match grid.shown(cell) {
        Some((at, shown)) => Text::new(shown.text.clone(), at),
        None => Text::new("", cell),
    }
}

fn form(grid: &Grid, pairs: &[&Pair], top: CellRef) -> TableForm {
    let role = |pair: &Pair| match (field(pair), pair.role) {
        (Some(field), _) => field.to_string(),
        (None, Some(Role::Organisation | Role::InCharge)) => "org".to_owned(),
        (None, Some(Role::Level)) => "level".to_owned(),
        _ => "extra".to_owned(),
    };
    let columns = pairs.iter().map(|pair| FormColumn {
        cell: pair.label,
        heading: pair.heading.clone(),
        role: role(pair),
        confidence: 100,
    });
    let last = pairs.iter().map(|pair| pair.value.cell.unwrap_or(pair.label)).max().unwrap_or(top);
    TableForm {
        sheet: grid.name.clone(),
        headings: CellRange::new(top, CellRef::new(last.row, last.col.max(top.col))),
        shape: TableShape::Card,
        columns: columns.collect(),
        confidence: 100,
        taught: None,
        rows: 1,
    }
}
