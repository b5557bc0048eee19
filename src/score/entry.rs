//! What was entered on scorecards, by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edit::{EditedField, ScorecardPlans};
use super::ids::RowIds;
use super::result;
use crate::consolidate::City;
use crate::plan::value::show_number;
use crate::read::{Contents, EnteredText, GivenBy, ResultRow, ScorecardForm, Submission, WorkbookKind};

/// What was entered for one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The result; none where the cell is empty.
    pub result: Option<Entered>,
    /// The text in the achievement cell, if a person may have entered it.
    pub given: Option<ManualAchievement>,
    /// Values changed outside the cells to fill in, as found on the scorecard. They do not count.
    pub changes: Vec<(EditedField, Arc<str>)>,
    /// The state of the plan when the scorecard was made.
    pub state: String,
    /// The scorecard.
    pub file: Arc<str>,
}

/// An achievement entered in place of the calculated one.
#[derive(Clone, Debug, PartialEq)]
pub struct ManualAchievement {
    /// The text shown in the cell.
    pub text: Arc<str>,
    /// The share (0–1); none for words.
    pub share: Option<f64>,
    /// Whether a person certainly typed it, which needs a file that distinguishes formulas. It then replaces
    /// the calculated achievement.
    pub typed: bool,
}

/// A result as entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// A number.
    Number(f64),
    /// Words.
    Text(Arc<str>),
}

/// A row filled in differently on two scorecards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The row's id.
    pub id: String,
    /// The scorecard that counts.
    pub first: Arc<str>,
    /// The other.
    pub other: Arc<str>,
}

/// A scorecard of another plan year or of another city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignScorecard {
    /// The scorecard.
    pub file: Arc<str>,
    /// Its plan year, if stated.
    pub year: Option<i32>,
    /// Its city; empty where it is this one or not stated.
    pub city: Arc<str>,
    /// How many results were entered on it.
    pub results: usize,
}

/// Everything entered on a folder of scorecards for the plans of one year.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// What was entered, by row id. Rows of scorecards without any entry are among them.
    pub rows: BTreeMap<String, Entry>,
    /// Rows filled in differently on two scorecards.
    pub conflicts: Vec<Conflict>,
    /// Rows whose result the scorecard's formulas cannot use: written with its unit (`3,900건`), with an extra
    /// %, or as text.
    pub not_plain: Vec<String>,
    /// Scorecards of another year or city. Nothing on them counts.
    pub elsewhere: Vec<ForeignScorecard>,
}

impl Entries {
    /// The entries for the plans of `city` on the scorecards among `files`. Of two that differ, the first
    /// counts.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a Submission>, city: &City, ids: &RowIds) -> Self {
        let mut entries = Self::default();
        for file in files {
            let Ok(Contents { kind: WorkbookKind::Scorecard(rows), plans, .. }) = &file.outcome else {
                continue;
            };
            let stated = ScorecardPlans::of(plans);
            let elsewhere = ForeignScorecard::of(file, rows, city, ids);
            let other_city = elsewhere.as_ref().is_some_and(|other| !other.city.is_empty());
            entries.elsewhere.extend(elsewhere);
            for row in rows.iter().filter(|row| !other_city && is_of_year(row, city)) {
                entries.add(row, &stated, &file.file, city, ids);
            }
        }
        entries
    }

    fn add(
        &mut self,
        row: &ResultRow,
        stated: &ScorecardPlans<'_>,
        file: &Arc<str>,
        city: &City,
        ids: &RowIds,
    ) {
        let unit = ids.row(&row.id).map(|id| &city.row(id).unit);
        let result = row.result.as_ref().map(|cell| match result::number(cell, unit, &city.units) {
            Some((number, is_plain)) => {
                if !is_plain && !self.not_plain.contains(&row.id) {
                    self.not_plain.push(row.id.clone());
                }
                Entered::Number(number)
            }
            None => Entered::Text(cell.text.clone()),
        });
        let entry = Entry {
            result,
            given: row.achievement.as_ref().and_then(|(cell, by)| ManualAchievement::of(cell, *by)),
            changes: stated.changes(row, city, ids),
            state: row.state.clone(),
            file: file.clone(),
        };
        match self.rows.get_mut(&row.id) {
            None => {
                self.rows.insert(row.id.clone(), entry);
            }
            // A blank copy does not contradict a filled one.
            Some(known) if known.is_blank() => *known = entry,
            Some(known) if !entry.is_blank() && known.differs(&entry) => {
                self.conflicts.push(Conflict {
                    id: row.id.clone(),
                    first: known.file.clone(),
                    other: file.clone(),
                });
            }
            Some(_) => {}
        }
    }

    /// How many results there are.
    pub fn results(&self) -> usize {
        self.rows.values().filter(|entry| !entry.is_blank()).count()
    }
}

/// Whether a row was made for the plan year of `city`; assumed where the row does not state a year.
fn is_of_year(row: &ResultRow, city: &City) -> bool {
    row.year.is_none_or(|year| year == city.year)
}

impl ForeignScorecard {
    /// None where the scorecard `file` with these `rows` belongs to `city` and its plan year. A different
    /// city name alone proves nothing, because the city may have been renamed; most rows of another city's
    /// scorecard are unknown here.
    pub fn of(file: &Submission, rows: &[ResultRow], city: &City, ids: &RowIds) -> Option<Self> {
        let name: String = city.name.chars().take(ScorecardForm::LONGEST_CITY).collect();
        let other_name =
            |row: &&ResultRow| !row.city.is_empty() && city.names.key(&row.city) != city.names.key(&name);
        let known = rows.iter().filter(|row| ids.row(&row.id).is_some()).count();
        let other_city = rows.iter().find(other_name).filter(|_| known * 2 < rows.len());
        let other_year = rows.iter().find(|row| !is_of_year(row, city));
        let row = other_city.or(other_year)?;
        let results = rows.iter().filter(|row| row.is_filled_in()).count();
        let city = if other_city.is_some() { row.city.clone() } else { "".into() };
        Some(Self { file: file.file.clone(), year: row.year, city, results })
    }
}

impl ManualAchievement {
    /// None for a formula's result, and for words that a formula may have produced.
    fn of(cell: &EnteredText, by: GivenBy) -> Option<Self> {
        let (share, typed) = (result::share(&cell.text), by == GivenBy::Person);
        let is_given = typed || (by == GivenBy::Anyone && share.is_some());
        // The full number, whatever decimals its format shows.
        let percentage =
            share.filter(|_| cell.percent).map(|share| format!("{}%", show_number(share * 100.0)));
        let text = percentage.map_or_else(|| cell.text.clone(), Into::into);
        is_given.then_some(Self { text, share, typed })
    }
}

impl Entry {
    /// Whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        self.result.is_none() && self.given.is_none()
    }

    /// Whether the two contradict each other. An achievement beside a number counts only if a person typed
    /// it.
    fn differs(&self, other: &Self) -> bool {
        let counts = |entry: &Self| {
            let given = entry.given.as_ref().filter(|given| given.typed || entry.number().is_none());
            given.and_then(|given| given.share)
        };
        self.result != other.result || counts(self) != counts(other)
    }

    /// The result, if it is a number.
    pub fn number(&self) -> Option<f64> {
        match self.result {
            Some(Entered::Number(number)) => Some(number),
            _ => None,
        }
    }
}
