//! What is among the scorecards but does not count.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::entry::{Conflict, Entries, ForeignScorecard};
use super::ids::RowIds;
use crate::check::why_unreadable;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::PlanId;
use crate::read::{Contents, Submission};

/// What is among the scorecards but does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Untaken {
    /// Scorecards that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Workbooks in the folder that are not scorecards.
    pub no_scorecard: Vec<String>,
    /// Rows filled in differently on two scorecards: KPI, the scorecard that counts, the other.
    pub conflicts: Vec<[String; 3]>,
    /// Results for KPIs that the plans do not have, or no longer have: scorecard and row id.
    pub unknown: Vec<[String; 2]>,
    /// Scorecards of another year or city, which do not count.
    pub elsewhere: Vec<Other>,
}

/// A scorecard that does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Other {
    /// Its name.
    pub file: String,
    /// Its year.
    pub year: Option<i32>,
    /// Its city.
    pub city: String,
    /// The number of results in it.
    pub results: usize,
}

impl Other {
    /// The entry for `other`.
    pub fn of(other: &ForeignScorecard) -> Self {
        let ForeignScorecard { file, year, city, results } = other;
        Self { file: file.to_string(), year: *year, city: city.to_string(), results: *results }
    }
}

/// The plans that somebody asks about, and the ids of their rows.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The city.
    pub city: &'a City,
    /// The ids of its rows.
    pub ids: &'a RowIds,
    /// The plans asked for; all where none are named.
    pub plans: Option<&'a [PlanId]>,
}

impl Asked<'_> {
    fn has(&self, plan: PlanId) -> bool {
        self.plans.is_none_or(|plans| plans.contains(&plan))
    }

    /// Returns the name of the KPI in the row `id` if it belongs to one of the plans.
    pub fn kpi(&self, id: &str) -> Option<String> {
        let row = self.ids.row(id).filter(|row| self.has(row.plan));
        row.map(|row| self.city.row(row).kpi.text.to_string())
    }
}

impl Untaken {
    /// Returns what does not count for the plans `asked` for, among `entries` and the `files` they were read from.
    pub fn of(asked: Asked<'_>, entries: &Entries, files: &[Submission], lang: Lang) -> Self {
        // The known rows of a scorecard show whose it is.
        let of_others: BTreeSet<&str> = entries
            .rows
            .iter()
            .filter(|(id, _)| asked.ids.row(id).is_some_and(|row| !asked.has(row.plan)))
            .map(|(_, entry)| &*entry.file)
            .collect();
        let unknown = entries.rows.iter().filter(|(id, entry)| {
            asked.ids.row(id).is_none() && !entry.is_blank() && !of_others.contains(&*entry.file)
        });
        let conflict = |Conflict { id, first, other }: &Conflict| {
            Some([asked.kpi(id)?, first.to_string(), other.to_string()])
        };
        let unreadable = |file: &Submission| {
            Some((file.file.to_string(), why_unreadable(file.outcome.as_ref().err()?).text(lang)))
        };
        let others = files.iter().filter(|file| file.outcome.is_ok() && !is_scorecard(file));
        Self {
            unreadable: files.iter().filter_map(unreadable).collect(),
            no_scorecard: others.map(|file| file.file.to_string()).collect(),
            conflicts: entries.conflicts.iter().filter_map(conflict).collect(),
            unknown: unknown.map(|(id, entry)| [entry.file.to_string(), id.clone()]).collect(),
            elsewhere: entries.elsewhere.iter().map(Other::of).collect(),
        }
    }
}

/// Whether a workbook is a planbook scorecard.
pub fn is_scorecard(file: &Submission) -> bool {
    file.outcome.as_ref().is_ok_and(Contents::is_scorecard)
}
