//! Reads planbook's scorecards back by their marks: the entries, and the plan.
//!
//! A hidden row above the header names the content of each column, a hidden column the id of each row. The
//! marks move with rows and columns, so these may be moved or inserted.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::grid::{Grid, Origin, ScorecardMarks, Shown};
use super::outcome::{EnteredText, GivenBy, ResultRow};
use crate::plan::{Beside, Period};
use crate::source::CellRef;

/// The marks used to write a scorecard and to recognise it.
#[derive(Debug)]
pub struct ScorecardForm;

impl ScorecardForm {
    /// Mark at the intersection of the hidden row and the hidden column.
    pub const SIGN: &'static str = "planbook scorecard 1";
    /// The same for a plan without a title.
    pub const SIGN_UNTITLED: &'static str = "planbook scorecard 1 untitled";
    /// Mark in the first row of the other sheets.
    pub const OTHER_SHEET: &'static str = "planbook scorecard 1 sheet";
    /// The column of results.
    pub const RESULT: &'static str = "result";
    /// The column of achievements.
    pub const ACHIEVEMENT: &'static str = "achievement";
    /// The column of scores.
    pub const SCORE: &'static str = "score";
    /// The column of grades.
    pub const GRADE: &'static str = "grade";
    /// Any other column that is not part of the plan.
    pub const EXTRA: &'static str = "extra";
    /// A row of sums.
    pub const SUM: &'static str = "sum";
    /// A line below the table.
    pub const NOTE: &'static str = "note";

    /// Prefix of column marks, so that no mark is taken for a heading.
    const PREFIX: &'static str = "planbook:";

    /// The mark of a column.
    pub fn column(mark: &str) -> String {
        format!("{}{mark}", Self::PREFIX)
    }

    /// The mark of a column that only some plans have.
    pub fn beside(column: &Beside) -> String {
        match column {
            Beside::Level(_, name) => format!("level {name}"),
            Beside::Period(Period { year, distance, part, kind, .. }) => {
                let year = year.map_or_else(String::new, |year| year.to_string());
                let part = part.map_or_else(String::new, |part| part.to_string());
                format!("period {year}/{distance}/{part}/{}", kind.name())
            }
            Beside::Extra(heading, _) => format!("kept {heading}"),
        }
    }

    /// The mark of the scorecard's plan year and city, placed above the row marks.
    pub fn made_for(year: i32, city: &str) -> String {
        let city: String = city.chars().take(Self::LONGEST_CITY).collect();
        format!("{}{year} {city}", Self::MADE_FOR)
    }

    /// Maximum characters of the city's name in the mark.
    pub const LONGEST_CITY: usize = 200;
    /// Prefix of the year and the city.
    const MADE_FOR: &'static str = "planbook:for ";

    /// The mark of a KPI row.
    pub fn row(id: &str, state: &str) -> String {
        format!("{id}/{state}")
    }
}

/// The sign is within the first rows.
const HEAD_ROWS: u32 = 20;

/// Removes everything that is not part of the plan from the sheets of a scorecard and returns the entries;
/// none if no sheet is marked. The rest reads as a plan by the marks kept in the grids.
pub(super) fn take(grids: &mut Vec<Grid>) -> Option<Vec<ResultRow>> {
    let mut results: Option<Vec<ResultRow>> = None;
    grids.retain_mut(|grid| {
        if grid.row(0).iter().any(|(_, shown)| &*shown.text == ScorecardForm::OTHER_SHEET) {
            return false;
        }
        if let Some(found) = take_sheet(grid) {
            results.get_or_insert_default().extend(found);
        }
        true
    });
    results
}

fn take_sheet(grid: &mut Grid) -> Option<Vec<ResultRow>> {
    let (head, key_column, titled) =
        grid.rows_from(0).take_while(|(row, _)| *row < HEAD_ROWS).find_map(|(row, cells)| {
            let (col, sign) = cells.iter().find(|(_, shown)| {
                [ScorecardForm::SIGN, ScorecardForm::SIGN_UNTITLED].contains(&&*shown.text)
            })?;
            Some((row, *col, &*sign.text == ScorecardForm::SIGN))
        })?;
    let marked: BTreeMap<u16, String> = grid
        .row(head)
        .iter()
        .filter_map(|(col, shown)| Some((*col, shown.text.strip_prefix(ScorecardForm::PREFIX)?.to_owned())))
        .collect();
    let column = |mark: &str| marked.iter().find(|(_, text)| *text == mark).map(|(col, _)| *col);
    let (result, achievement) = (column(ScorecardForm::RESULT), column(ScorecardForm::ACHIEVEMENT));
    let keys: BTreeMap<u32, String> = grid
        .rows_from(head + 1)
        .filter_map(|(row, _)| {
            grid.own(CellRef::new(row, key_column)).map(|shown| (row, shown.text.to_string()))
        })
        .collect();
    let (year, city) = made_for(grid, head, key_column, result, &marked);
    let origin = |cell: CellRef| grid.own(cell).map_or(Origin::Any, |shown| shown.origin);
    let entered = |row: u32, col: Option<u16>| {
        let cell = CellRef::new(row, col?);
        let as_text = origin(cell) == Origin::NumberAsText;
        grid.own(cell).map(|Shown { text, percent, .. }| EnteredText {
            text: text.clone(),
            percent: *percent,
            as_text,
        })
    };
    // A scorecard always has formulas: if there are none, the file format does not record them.
    let has_formulas = grid.has_formulas();
    let achieved = |row: u32| {
        let cell = CellRef::new(row, achievement?);
        let Shown { text, percent, origin } = grid.exact(cell)?;
        let by = match origin {
            Origin::Formula => GivenBy::Formula,
            _ if has_formulas => GivenBy::Person,
            _ => GivenBy::Anyone,
        };
        Some((EnteredText { text, percent, as_text: origin == Origin::NumberAsText }, by))
    };
    let typed_over = |row: u32, mark: &str| {
        let shown = grid.own(CellRef::new(row, column(mark)?))?;
        (has_formulas && shown.origin != Origin::Formula).then(|| shown.text.clone())
    };
    let rows: Vec<ResultRow> = keys
        .iter()
        .filter_map(|(&row, key)| {
            let (id, state) = key.split_once('/')?;
            Some(ResultRow {
                id: id.to_owned(),
                state: state.to_owned(),
                year,
                city: city.clone(),
                result: entered(row, result),
                achievement: achieved(row),
                score: typed_over(row, ScorecardForm::SCORE),
                grade: typed_over(row, ScorecardForm::GRADE),
                sheet: grid.name.clone(),
                cell: CellRef::new(row, result.unwrap_or(key_column)),
            })
        })
        .collect();
    let first = keys.keys().next().copied().unwrap_or(head + 2);
    let last = keys.keys().next_back().copied().unwrap_or(first);
    let ours = [
        ScorecardForm::RESULT,
        ScorecardForm::ACHIEVEMENT,
        ScorecardForm::SCORE,
        ScorecardForm::GRADE,
        ScorecardForm::EXTRA,
    ];
    let is_ours =
        |col: u16| col == key_column || marked.get(&col).is_some_and(|mark| ours.contains(&mark.as_str()));
    grid.keep(|row, col| {
        let in_table =
            row > head && row <= last && keys.get(&row).is_none_or(|key| key != ScorecardForm::SUM);
        (row == 0 || in_table) && !is_ours(col)
    });
    let columns =
        marked.iter().filter(|(col, _)| !is_ours(**col)).map(|(col, mark)| (*col, mark.clone())).collect();
    grid.marks = Some(ScorecardMarks { header: (head + 1, first.saturating_sub(1)), columns, titled });
    Some(rows)
}

/// The plan year and city of the scorecard. Scorecards from before this mark existed give their year by the
/// heading of the results (`2009년 결과`), else by their first target.
fn made_for(
    grid: &Grid,
    head: u32,
    key_column: u16,
    result: Option<u16>,
    marked: &BTreeMap<u16, String>,
) -> (Option<i32>, Arc<str>) {
    let mut above = (0..head).filter_map(|row| grid.own(CellRef::new(row, key_column)));
    let stated = above.find_map(|shown| {
        let text = shown.text.strip_prefix(ScorecardForm::MADE_FOR.trim_end())?.trim_start();
        let (year, city) = text.split_once(' ').unwrap_or((text, ""));
        Some((year.parse().ok()?, city.into()))
    });
    if let Some((year, city)) = stated {
        return (Some(year), city);
    }
    let heading = result.and_then(|col| {
        let mut cells = (head + 1..head + HEAD_ROWS).filter_map(|row| grid.own(CellRef::new(row, col)));
        cells.find_map(|shown| year_in(&shown.text))
    });
    let target = || marked.values().filter_map(|mark| mark.strip_suffix(" target")?.parse().ok()).min();
    (heading.or_else(target), "".into())
}

/// The year in a heading that contains other text too.
fn year_in(heading: &str) -> Option<i32> {
    let years = heading.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    let year = years.filter_map(|digits| digits.parse().ok()).find(|year| (1900..2200).contains(year))?;
    heading.contains(char::is_alphabetic).then_some(year)
}
