//! Finds the header of a plan table by its words, and the field of each column.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::paths::{HeadingPath, ReadHeading, group_of, paths};
use super::taught_columns;
use super::unread::unread_columns;
use super::vocabulary::{Label, Role, Vocabulary, is_remark};
use super::years::{self, Years};
use crate::plan::value::Number;
use crate::plan::{ByColumn, COLUMNS, Field, YearKind};
use crate::read::grid::Grid;
use crate::read::outcome::UnreadReason;
use crate::source::CellRef;

/// The most rows of a header.
const MAX_ROWS: u32 = 5;
/// The most years of a plan table with no other column but KPIs.
const MAX_YEARS: usize = 10;

/// The rows of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct HeaderRows {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TableColumns {
    pub single: ByColumn<Option<u16>>,
    pub years: Vec<YearAt>,
    /// The column of organisations, and whether its heading only says who is in charge.
    pub organisation: Option<(u16, bool)>,
}

/// The column of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct YearAt {
    pub col: u16,
    pub year: i32,
    /// The heading as printed.
    pub label: String,
    /// The group heading above it.
    pub group: String,
    pub kind: Option<YearKind>,
}

/// A recognised header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub block: HeaderRows,
    /// The first row below it.
    pub body: u32,
    pub columns: TableColumns,
    /// The left group's heading: the parent's name, with its cell.
    pub parent: Option<(CellRef, String)>,
    /// The right group's heading: the organisation's own name.
    pub own: Option<(CellRef, String)>,
    /// The form of planbook.toml that it belongs to, by its name.
    pub taught: Option<Arc<str>>,
    /// The heading of each column as printed.
    pub printed: BTreeMap<u16, String>,
    /// Unrecognised headings, with their cells.
    pub unknown: Vec<(CellRef, String)>,
    /// Unrecognised headings accepted because they closely resemble a missing one.
    pub misspelt: Vec<(CellRef, String, Role)>,
    /// Non-empty columns that are not read: heading's cell, heading, reason.
    pub unread: Vec<(CellRef, String, UnreadReason)>,
}

/// Every header of a sheet of `file`, from top to bottom.
pub(super) fn find(grid: &Grid, words: &Vocabulary, file: &str) -> Vec<Header> {
    let year = years::stated_year(grid, words, file);
    taught_columns::settle(grid, words, year, find_by_words(grid, words, year))
}

fn find_by_words(grid: &Grid, words: &Vocabulary, year: Option<i32>) -> Vec<Header> {
    let plain = |text: &str| words.label(text).map(|label| label.in_plan_year(year));
    let headers = find_by(grid, words, year, &plain, &|text| words.is_kpi(text));
    if !headers.is_empty() {
        return headers;
    }
    // Headings after an organisation's name (`한빛시 전략목표`) count only if there are no others: sentences may end
    // in such a word too.
    let named = |text: &str| words.named_label(text).map(|(_, role)| role);
    let label = |text: &str| {
        let by_name = || named(text).map(|role| Label { role: Some(role), ..Label::default() });
        plain(text).or_else(by_name)
    };
    find_by(grid, words, year, &label, &|text| named(text) == Some(Role::Column(Field::Kpi)))
}

fn find_by(
    grid: &Grid,
    words: &Vocabulary,
    year: Option<i32>,
    label: ReadHeading<'_>,
    is_kpi: &dyn Fn(&str) -> bool,
) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for (row, cells) in grid.rows_from(0) {
        if headers.last().is_some_and(|last| row <= last.block.bottom) {
            continue;
        }
        if !cells.iter().any(|(_, shown)| is_kpi(&shown.text)) {
            continue;
        }
        let floor = headers.last().map_or(0, |last| last.block.bottom + 1);
        let block = block_around(grid, words, label, row, floor);
        headers.extend(recognise(grid, words, year, label, block));
    }
    headers
}

/// The rows of the header around `row`: extends up over headings and group names, and down over rows that are
/// mostly headings.
fn block_around(grid: &Grid, words: &Vocabulary, label: ReadHeading<'_>, row: u32, floor: u32) -> HeaderRows {
    let count = |row: u32| {
        let cells = grid.row(row).iter().filter(|(_, shown)| !is_remark(&shown.text));
        let known = cells.clone().filter(|(_, shown)| label(&shown.text).is_some()).count();
        (known, cells.count())
    };
    // Rows with numbers belong to the body, but years are headings.
    let has_numbers = |row: u32| {
        grid.row(row).iter().any(|(_, shown)| {
            label(&shown.text).is_none() && Number::parse_plain(shown.text.trim_end_matches('%')).is_some()
        })
    };
    let mut bottom = row;
    while bottom + 1 < row + MAX_ROWS {
        let (known, all) = count(bottom + 1);
        let only_remarks = all == 0 && !grid.row(bottom + 1).is_empty();
        if !only_remarks && (known * 2 < all || known == 0 || has_numbers(bottom + 1)) {
            break;
        }
        bottom += 1;
    }
    let mut top = row;
    while top > floor && bottom - top + 1 < MAX_ROWS {
        let (known, all) = count(top - 1);
        let cells = grid.row(top - 1);
        let title = cells.iter().any(|(_, shown)| words.title(&shown.text).is_some());
        let total = cells.iter().any(|(_, shown)| words.is_total(&shown.text));
        let short = cells.iter().all(|(_, shown)| shown.text.chars().count() <= 40);
        // A row of group names has several names, or one merged over several columns; body rows have more.
        let spans = cells.iter().any(|&(col, _)| {
            grid.merged(CellRef::new(top - 1, col)).is_some_and(|merge| merge.last.col > merge.first.col)
        });
        let names = known > 0 || all >= 2 || spans;
        if title || total || !short || !names || all == 0 || all - known > 3 || has_numbers(top - 1) {
            break;
        }
        top -= 1;
    }
    HeaderRows { top, bottom }
}

fn recognise(
    grid: &Grid,
    words: &Vocabulary,
    plan_year: Option<i32>,
    label: ReadHeading<'_>,
    block: HeaderRows,
) -> Option<Header> {
    let paths = paths(grid, label, block);
    let distinct: BTreeSet<Role> =
        paths.iter().filter_map(|path| path.leaf()?.role).filter(|role| role.is_of_a_plan()).collect();
    let Years { years, unread } = years::find(&paths, plan_year);
    // A table needs several columns: a sentence with the word 성과지표 in a guide is not a header.
    let is_table = match distinct.len() {
        0 => false,
        // KPIs with a few years are a plan; with decades of years they are statistics.
        1 => (2..=MAX_YEARS).contains(&years.len()),
        2 => !years.is_empty(),
        _ => true,
    };
    if !is_table {
        return None;
    }
    let own_group = years.first().and_then(|year| group_of(&paths, year.col)).map(|(cell, _)| cell);
    let (mut columns, parent_columns) = assign(&paths, own_group);
    columns.years = years;
    // The name above a column, or before the word of its heading.
    let group = |col: Option<u16>| {
        let path = paths.iter().find(|path| Some(path.col) == col)?;
        let named = || {
            let (cell, text, _) = path.cells.last()?;
            words
                .label(text)
                .is_none()
                .then(|| words.named_label(text))
                .flatten()
                .map(|(name, _)| (*cell, name.to_owned()))
        };
        group_of(&paths, path.col).or_else(named)
    };
    let own = group(columns.col(Field::Kpi)).or_else(|| group(columns.col(Field::Objective)));
    let parent = parent_columns
        .iter()
        .find_map(|&col| group(Some(col)))
        .filter(|parent| own.as_ref().is_none_or(|own| own.0 != parent.0));
    let name = |group: Option<(CellRef, String)>| {
        group.and_then(|(cell, text)| Some((cell, words.group_name(&text)?)))
    };
    let mut unknown: Vec<(CellRef, String)> = paths
        .iter()
        .filter(|path| path.leaf().is_none())
        .filter_map(|path| {
            path.cells.last().map(|(cell, text, _)| (CellRef::new(cell.row, path.col), text.clone()))
        })
        .collect();
    adopt_perspective(grid, block, &paths, &mut columns, &mut unknown);
    let misspelt = adopt_misspelt(words, &mut columns, &mut unknown);
    let printed = paths.iter().filter_map(|path| Some((path.col, path.cells.last()?.1.clone()))).collect();
    let unread = unread_columns(grid, block, &paths, &columns, &unread);
    Some(Header {
        block,
        body: block.bottom + 1,
        columns,
        parent: name(parent),
        own: name(own),
        taught: None,
        printed,
        unknown,
        misspelt,
        unread,
    })
}

/// Assigns fields to columns. If objective or KPI occur twice, the own ones are those in the years' group,
/// else those not marked as the parent's, else the right ones.
fn assign(paths: &[HeadingPath], own_group: Option<CellRef>) -> (TableColumns, Vec<u16>) {
    let mut columns = TableColumns::default();
    let mut ambiguous: BTreeMap<Role, Vec<(u16, bool)>> = BTreeMap::new();
    for path in paths.iter().filter(|path| path.year().is_none()) {
        let Some(Label { role: Some(role), parent, .. }) = path.leaf() else { continue };
        match role {
            Role::Column(Field::Objective | Field::Kpi) | Role::Target | Role::Actual => {
                let in_own_group =
                    own_group.is_some() && group_of(paths, path.col).map(|(cell, _)| cell) == own_group;
                let is_own = !parent && (own_group.is_none() || in_own_group);
                ambiguous.entry(role).or_default().push((path.col, is_own));
            }
            Role::Column(field) if columns.col(field).is_none() => columns.single.set(field, Some(path.col)),
            Role::Column(_)
            | Role::Aside
            | Role::Baseline
            | Role::Forecast
            | Role::AnyValue
            | Role::Period
            | Role::ValueKind
            | Role::Level
            | Role::ParentOrganisation => {}
            Role::Organisation | Role::InCharge => {
                // A group of columns may have such a name too; only the lowest heading counts.
                let lowest = path.cells.last().and_then(|(.., label)| label.as_ref()?.role) == Some(role);
                let in_charge = role == Role::InCharge;
                if lowest && columns.organisation.is_none_or(|(_, other)| other && !in_charge) {
                    columns.organisation = Some((path.col, in_charge));
                }
            }
        }
    }
    // The years' group distinguishes the sides only if it covers an objective or KPI.
    let grouped = own_group.is_some()
        && [Field::Objective, Field::Kpi]
            .map(Role::Column)
            .iter()
            .any(|role| ambiguous.get(role).is_some_and(|found| found.iter().any(|&(_, own)| own)));
    let mut parents = Vec::new();
    for (own, parent) in [(Field::Objective, Field::ParentObjective), (Field::Kpi, Field::ParentKpi)] {
        let found = ambiguous.remove(&Role::Column(own)).unwrap_or_default();
        let own_at = found.iter().rposition(|&(_, own)| own);
        let own_at = if grouped { own_at } else { own_at.or(found.len().checked_sub(1)) };
        let parent_col =
            found.iter().enumerate().find(|&(at, _)| Some(at) != own_at).map(|(_, &(col, _))| col);
        columns.single.set(own, own_at.map(|at| found[at].0));
        columns.single.set(parent, parent_col);
        parents.extend(parent_col);
    }
    // A target without a year is the cited one if other parent columns exist or it comes before the KPI.
    // Otherwise it is an own target of an unknown year.
    let cited = |col: u16| !parents.is_empty() || columns.col(Field::Kpi).is_none_or(|kpi| col < kpi);
    let target = ambiguous.remove(&Role::Target).and_then(|found| found.first().map(|&(col, _)| col));
    let target = target.filter(|&col| cited(col));
    columns.single.set(Field::ParentTarget, target);
    parents.extend(target);
    (columns, parents)
}

/// Takes an unrecognised column left of all others as the perspectives, which departments name in many ways.
fn adopt_perspective(
    grid: &Grid,
    block: HeaderRows,
    paths: &[HeadingPath],
    columns: &mut TableColumns,
    unknown: &mut Vec<(CellRef, String)>,
) {
    if columns.col(Field::Perspective).is_some() {
        return;
    }
    let known = [Field::ParentObjective, Field::ParentKpi, Field::Objective, Field::Kpi];
    let known = known.into_iter().filter_map(|field| columns.col(field));
    let Some(left) = known.min().and_then(|col| col.checked_sub(1)) else { return };
    let headed = unknown.iter().any(|(cell, _)| cell.col == left);
    let below: Vec<&str> = grid
        .rows_from(block.bottom + 1)
        .take(3)
        .flat_map(|(_, cells)| cells)
        .filter(|(col, _)| *col == left)
        .map(|(_, shown)| &*shown.text)
        .collect();
    // A column of numbers is a row count; a recognised heading has another meaning.
    let counts = !below.is_empty() && below.iter().all(|text| Number::parse_plain(text).is_some());
    let is_known = !headed && paths.iter().any(|path| path.col == left && path.leaf().is_some());
    if (headed || !below.is_empty()) && !counts && !is_known {
        columns.single.set(Field::Perspective, Some(left));
        unknown.retain(|(cell, _)| cell.col != left);
    }
}

/// Accepts misspelt headings of missing columns (`비증`, `핵심성과지효`), so that a typo does not lose a column. They
/// are still reported.
fn adopt_misspelt(
    words: &Vocabulary,
    columns: &mut TableColumns,
    unknown: &mut Vec<(CellRef, String)>,
) -> Vec<(CellRef, String, Role)> {
    let mut misspelt = Vec::new();
    unknown.retain(|(cell, text)| {
        let Some(role) = words.near(text) else { return true };
        let Role::Column(field) = role else { return true };
        let right_of_objective = columns.col(Field::Objective).is_none_or(|objective| cell.col > objective);
        let is_adopted = match field {
            Field::Kpi => right_of_objective,
            Field::Unit | Field::Weight => true,
            _ => false,
        };
        if !is_adopted || columns.col(field).is_some() {
            return true;
        }
        columns.single.set(field, Some(cell.col));
        misspelt.push((*cell, text.clone(), role));
        false
    });
    misspelt
}

impl TableColumns {
    /// The column of `field`.
    pub(super) fn col(&self, field: Field) -> Option<u16> {
        match field {
            Field::Year(year) => {
                self.years.iter().find(|column| column.year == year).map(|column| column.col)
            }
            _ => self.single.get(field).copied().flatten(),
        }
    }

    /// Every column found, in the order of the fields.
    pub(super) fn all(&self) -> impl Iterator<Item = u16> + '_ {
        Field::of_table(self.years.iter().map(|year| year.year)).filter_map(|field| self.col(field))
    }

    /// The columns whose cells may span several rows.
    pub(super) fn groups(&self) -> impl Iterator<Item = u16> + '_ {
        COLUMNS.iter().filter(|column| column.merges).filter_map(|column| self.col(column.field))
    }

    /// The leftmost column.
    pub(super) fn left(&self) -> Option<u16> {
        self.all().min()
    }
}
