//! Chooses one column for each year, and says why others are not read.

use std::collections::BTreeMap;

use super::header::YearAt;
use super::paths::HeadingPath;
use super::vocabulary::{Role, Vocabulary};
use crate::plan::YearKind;
use crate::read::grid::Grid;
use crate::read::outcome::UnreadReason;
use crate::read::table::periods::take_year;
use crate::source::CellRef;
use crate::text::names::plain_key;

/// The columns of the years, and why other columns with a period are not read.
pub(super) struct Years {
    pub years: Vec<YearAt>,
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
    for path in paths {
        if path.is_part_of_a_year() {
            unread.insert(path.col, UnreadReason::PartOfYear);
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
        if chosen[&candidate.year] != index {
            unread.insert(candidate.path.col, UnreadReason::AnotherOfYear(candidate.year));
        }
    }
    let mut kept: Vec<&Candidate<'_>> = chosen.values().map(|&index| &candidates[index]).collect();
    kept.sort_by_key(|candidate| candidate.path.col);
    Years { years: columns(&kept), unread }
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
    let year = |text: &str| take_year(&plain_key(text)).0;
    let above = grid
        .rows_from(0)
        .take_while(|(_, cells)| !cells.iter().any(|(_, shown)| words.is_kpi(&shown.text)))
        .flat_map(|(_, cells)| cells)
        .find_map(|(_, shown)| year(&shown.text));
    let base = file.rsplit('/').next().unwrap_or(file);
    above.or_else(|| year(&grid.name)).or_else(|| year(base))
}
