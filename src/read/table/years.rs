//! Chooses one column for each year, and says why others are not read.

use std::collections::BTreeMap;

use super::columns::{PeriodAt, YearAt};
use super::paths::HeadingPath;
use super::role::Role;
use super::vocabulary::Vocabulary;
use crate::plan::{ValueKind, YearKind};
use crate::read::grid::Grid;
use crate::read::outcome::UnreadReason;
use crate::read::table::periods::{plain_years, take_year};
use crate::source::CellRef;

/// The columns of the years and of other periods, and why further ones are not read.
pub(super) struct Years {
    pub years: Vec<YearAt>,
    /// Parts of years, and values of another kind than the year's own.
    pub periods: Vec<PeriodAt>,
    pub unread: BTreeMap<u16, UnreadReason>,
}

/// A column that names a year.
struct Candidate<'p> {
    path: &'p HeadingPath,
    year: i32,
    label: &'p str,
    baseline: bool,
}

impl Candidate<'_> {
    fn kind(&self) -> Option<YearKind> {
        self.path.kind().map(|(_, _, kind)| kind).or(self.baseline.then_some(YearKind::Actual))
    }

    fn value_kind(&self) -> Option<ValueKind> {
        if self.baseline { Some(ValueKind::Baseline) } else { self.path.value_kind() }
    }

    /// The priority of the column among those of the same year: for future years the target, for past years
    /// the actual, and last the starting value.
    fn rank(&self, to_come: bool) -> u8 {
        match self.path.kind().map(|(_, _, kind)| kind) {
            _ if self.baseline => 0,
            Some(YearKind::Target) if to_come => 3,
            Some(YearKind::Actual) if !to_come => 3,
            None => 2,
            Some(_) => 1,
        }
    }
}

/// Finds the columns of the years. `plan_year` is the year stated on the sheet.
pub(super) fn find(paths: &[HeadingPath], plan_year: Option<i32>) -> Years {
    let mut unread = BTreeMap::new();
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    let mut periods = Vec::new();
    for path in paths {
        let forecast = path.value_kind() == Some(ValueKind::Forecast);
        if path.part().is_some() || forecast && path.year().is_some() {
            periods.push(period(path, plan_year));
        } else if let Some((year, label)) = path.year() {
            let baseline = path.leaf().is_some_and(|leaf| leaf.role == Some(Role::Baseline));
            candidates.push(Candidate { path, year, label, baseline });
        }
    }
    let last = candidates.iter().map(|candidate| candidate.year).max();
    let mut chosen: BTreeMap<i32, usize> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let to_come = plan_year.or(last).is_some_and(|from| candidate.year >= from);
        let best = chosen.entry(candidate.year).or_insert(index);
        if candidate.rank(to_come) > candidates[*best].rank(to_come) {
            *best = index;
        }
    }
    for (index, candidate) in candidates.iter().enumerate() {
        let best = &candidates[chosen[&candidate.year]];
        if chosen[&candidate.year] == index {
            continue;
        }
        if candidate.value_kind().is_some() && candidate.value_kind() != best.value_kind() {
            periods.push(period(candidate.path, plan_year));
        } else {
            unread.insert(candidate.path.col, UnreadReason::AnotherOfYear(candidate.year));
        }
    }
    let mut kept: Vec<&Candidate<'_>> = chosen.values().map(|&index| &candidates[index]).collect();
    kept.sort_by_key(|candidate| candidate.path.col);
    Years { years: columns(&kept), periods, unread }
}

/// A column that is not the one of a year. What a part of a year holds without saying so is planned from the
/// plan year on.
fn period(path: &HeadingPath, plan_year: Option<i32>) -> PeriodAt {
    let distance = path.distance().unwrap_or_default();
    let year = path.year().map(|(year, _)| year).or(plan_year.map(|year| year + distance));
    let past = year.zip(plan_year).is_some_and(|(year, from)| year < from) || year.is_none() && distance < 0;
    let by_year = if past { ValueKind::Actual } else { ValueKind::Target };
    PeriodAt {
        col: path.col,
        year,
        distance,
        part: path.part(),
        kind: path.value_kind().unwrap_or(by_year),
        label: path.cells.last().map(|(_, text, _)| text.clone()).unwrap_or_default(),
    }
}

fn columns(kept: &[&Candidate<'_>]) -> Vec<YearAt> {
    let groups: Vec<Option<CellRef>> =
        kept.iter().map(|candidate| candidate.path.kind().map(|(cell, ..)| cell)).collect();
    // One heading over all years does not distinguish actuals from targets; the plan year does later.
    let one_group = kept.len() > 1 && groups[0].is_some() && groups.iter().all(|group| *group == groups[0]);
    let column = |candidate: &&Candidate<'_>| {
        let group = candidate.path.kind().filter(|(_, text, _)| *text != candidate.label);
        YearAt {
            col: candidate.path.col,
            year: candidate.year,
            label: candidate.label.to_owned(),
            group: group.map_or_else(String::new, |(_, text, _)| text.to_owned()),
            kind: candidate.kind().filter(|_| !one_group),
        }
    };
    kept.iter().map(column).collect()
}

/// The plan year stated in a line above the tables, in the sheet's name or in the file's name.
pub(super) fn stated_year(grid: &Grid, words: &Vocabulary, file: &str) -> Option<i32> {
    // Every cell of a sheet without a plan is asked; only one with a number can say a year.
    let may_say = |text: &str| text.chars().any(char::is_numeric) || text.contains('年');
    let year = |text: &str| may_say(text).then(|| take_year(&plain_years(text)).0).flatten();
    let above = grid
        .rows_from(0)
        .take_while(|(_, cells)| !cells.iter().any(|(_, shown)| words.is_kpi(&shown.text)))
        .flat_map(|(_, cells)| cells)
        .find_map(|(_, shown)| year(&shown.text));
    let base = file.rsplit('/').next().unwrap_or(file);
    above.or_else(|| year(&grid.name)).or_else(|| year(base))
}
