//! Finds the header of a plan table by its words, and the field of each column.

use std::collections::BTreeSet;

use super::Header;
use crate::plan::Field;
use crate::plan::value::Number;
use crate::read::grid::Grid;
use crate::read::table::columns::{adopt_misspelt, adopt_perspective, assign};
use crate::read::table::evidence;
use crate::read::table::long_form;
use crate::read::table::paths::{HeaderRows, HeadingPath, ReadHeading, group_of, paths};
use crate::read::table::role::{Label, Role};
use crate::read::table::taught_columns;
use crate::read::table::unread;
use crate::read::table::vocabulary::{Vocabulary, is_remark};
use crate::read::table::words::WORDS;
use crate::read::table::years::{self, Years};
use crate::source::CellRef;

/// The most rows of a header.
const MAX_ROWS: u32 = 5;
/// How many rows below a header are searched for content.
const SEARCHED_BODY: usize = 50;
/// The most years of a plan table with no other column but KPIs.
const MAX_YEARS: usize = 10;

/// Every header of a sheet of `file`, from top to bottom.
pub(in crate::read::table) fn headers(grid: &Grid, words: &Vocabulary, file: &str) -> Vec<Header> {
    let year = years::stated_year(grid, words, file);
    taught_columns::settle(grid, words, year, find_by_words(grid, words, year))
}

fn find_by_words(grid: &Grid, words: &Vocabulary, year: Option<i32>) -> Vec<Header> {
    let plain = |_: CellRef, text: &str| words.label(text).map(|label| label.in_plan_year(year));
    let headers = find_by(grid, words, year, &plain, &|text| words.is_kpi(text));
    if !headers.is_empty() {
        return headers;
    }
    // Headings after an organisation's name (`한빛시 전략목표`) count only if there are no others: sentences may end
    // in such a word too.
    let named = |text: &str| words.named_label(text).map(|(_, role)| role);
    let label = |cell: CellRef, text: &str| {
        let by_name = || named(text).map(|role| Label { role: Some(role), ..Label::default() });
        plain(cell, text).or_else(by_name)
    };
    let headers = find_by(grid, words, year, &label, &|text| named(text) == Some(Role::Column(Field::Kpi)));
    if !headers.is_empty() {
        return headers;
    }
    find_by_evidence(grid, words, year)
}

/// Headers whose headings are only near to words of the vocabulary: the likeliest row, and those that repeat it.
fn find_by_evidence(grid: &Grid, words: &Vocabulary, year: Option<i32>) -> Vec<Header> {
    let Some(guess) = evidence::header(grid, words, year) else { return Vec::new() };
    let mut headers: Vec<Header> = Vec::new();
    for (row, _) in grid.rows_from(guess.row).filter(|&(row, _)| guess.is_repeated_at(grid, row)) {
        let label = |cell: CellRef, text: &str| {
            let by_word = || words.label(text).map(|label| label.in_plan_year(year));
            if cell.row == row { guess.label(cell.col) } else { by_word() }
        };
        let floor = headers.last().map_or(0, |last| last.block.bottom + 1);
        let block = block_around(grid, words, &label, row, floor);
        if let Some(header) = recognise(grid, words, year, &label, block) {
            let (perspective, confidence) = (guess.perspective(grid, row), guess.confidences());
            headers.push(Header { perspective, confidence, sure: guess.confidence, ..header });
        }
    }
    headers
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
        // A row of a wide table may have a heading's word in one of its cells.
        let known =
            cells.iter().filter(|(col, shown)| label(CellRef::new(row, *col), &shown.text).is_some()).count();
        if headers.iter().any(|header| header.printed.len() > known * 3) {
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
    let is_known = |row: u32, col: u16, text: &str| {
        let above = || grid.shown(CellRef::new(row.checked_sub(1)?, col)).map(|(_, shown)| &*shown.text);
        label(CellRef::new(row, col), text).is_some()
            || above().is_some_and(|above| WORDS.periods.part_below(above, text).is_some())
    };
    let count = |row: u32| {
        let cells = grid.row(row).iter().filter(|(_, shown)| !is_remark(&shown.text));
        let known = cells.clone().filter(|(col, shown)| is_known(row, *col, &shown.text)).count();
        (known, cells.count())
    };
    // Rows with numbers belong to the body, but years are headings.
    let has_numbers = |row: u32| {
        grid.row(row).iter().any(|(col, shown)| {
            !is_known(row, *col, &shown.text)
                && Number::parse_plain(shown.text.trim_end_matches('%')).is_some()
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
        if title
            || total
            || is_label_line(grid, &is_known, top - 1)
            || !short
            || !names
            || all == 0
            || all - known > 3
            || has_numbers(top - 1)
        {
            break;
        }
        top -= 1;
    }
    HeaderRows { top, bottom }
}

/// The first of the lines above a header that label its table: `부서명 | 산림휴양과`.
pub(in crate::read::table) fn labels_above(
    grid: &Grid,
    words: &Vocabulary,
    floor: u32,
    block: HeaderRows,
) -> u32 {
    let known = |_: u32, _: u16, text: &str| words.label(text).is_some();
    let lines = (floor..block.top).rev();
    lines.take_while(|&row| is_label_line(grid, &known, row)).last().unwrap_or(block.top)
}

/// Whether a row is a label and its value: `担当課 | 市民協働課`.
fn is_label_line(grid: &Grid, known: &dyn Fn(u32, u16, &str) -> bool, row: u32) -> bool {
    let is_merged = |col: u16| grid.merged(CellRef::new(row, col)).is_some();
    match grid.row(row) {
        [(label, name), (value, text)] => {
            *value == label + 1
                && !is_merged(*label)
                && !is_merged(*value)
                && known(row, *label, &name.text)
                && !known(row, *value, &text.text)
        }
        _ => false,
    }
}

/// Whether the table is a list of KPIs beside values, definitions or organisations.
fn is_listed(grid: &Grid, block: HeaderRows, paths: &[HeadingPath]) -> bool {
    let filled = |path: &HeadingPath| {
        let mut rows = grid.rows_from(block.bottom + 1).take(SEARCHED_BODY);
        rows.any(|(_, cells)| cells.iter().any(|(col, _)| *col == path.col))
    };
    let own = |path: &&HeadingPath| path.leaf().is_some_and(|leaf| !leaf.parent);
    let roles: BTreeSet<Role> =
        paths.iter().filter(own).filter(|path| filled(path)).filter_map(|path| path.leaf()?.role).collect();
    let worth = |role: &Role| match role {
        Role::Column(Field::Kpi | Field::Number | Field::Remark | Field::Owner | Field::Unit)
        | Role::Aside
        | Role::InCharge => 0,
        Role::Target | Role::Actual => 2,
        _ => 1,
    };
    roles.contains(&Role::Column(Field::Kpi)) && roles.iter().map(worth).sum::<u32>() >= 2
}

fn recognise(
    grid: &Grid,
    words: &Vocabulary,
    plan_year: Option<i32>,
    label: ReadHeading<'_>,
    block: HeaderRows,
) -> Option<Header> {
    let mut paths = paths(grid, label, block);
    let confidence = evidence::guess_open(grid, words, block, &mut paths);
    let distinct: BTreeSet<Role> =
        paths.iter().filter_map(|path| path.leaf()?.role).filter(|role| role.is_of_a_plan()).collect();
    let Years { years, periods, unread } = years::find(&paths, plan_year);
    // A table needs several columns: a sentence with the word 성과지표 in a guide is not a header.
    let is_table = match distinct.len() {
        0 => false,
        _ if is_listed(grid, block, &paths) => true,
        // KPIs with a few years are a plan; with decades of years they are statistics.
        1 => (2..=MAX_YEARS).contains(&years.len()),
        2 => !years.is_empty() || !periods.is_empty(),
        _ => true,
    };
    if !is_table {
        return None;
    }
    let own_group = years.first().and_then(|year| group_of(&paths, year.col)).map(|(cell, _)| cell);
    let (mut columns, parent_columns) = assign(&paths, own_group, plan_year);
    columns.years = years;
    columns.periods.extend(periods);
    long_form::settle_period(grid, words, block.bottom, plan_year, &mut columns);
    columns.periods.sort_by_key(|period| period.col);
    columns.plan_from_baseline();
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
    let headings = paths.iter().map(|path| (path.col, path.joined())).collect();
    let printed = paths.iter().filter_map(|path| Some((path.col, path.cells.last()?.1.clone()))).collect();
    evidence::adopt_long_form(grid, words, block, &paths, &mut columns);
    columns.adopt_plan_year(plan_year);
    let unread = unread::settle(grid, block, &paths, &mut columns, &unread);
    Some(Header {
        block,
        body: block.bottom + 1,
        columns,
        parent: name(parent),
        own: name(own),
        perspective: None,
        confidence,
        sure: 1.0,
        headings,
        taught: None,
        printed,
        unknown,
        misspelt,
        unread,
    })
}
