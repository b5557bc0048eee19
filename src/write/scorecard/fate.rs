//! Decides what to do with existing files in the folder of scorecards when new ones are made, so that no
//! entry is lost.

use std::sync::Arc;

use crate::check::why_unreadable;
use crate::consolidate::City;
use crate::files::{earlier, file_name};
use crate::finding::{Lang, Message};
use crate::read::{ResultRow, Submission};
use crate::score::{Entries, ForeignScorecard, RowIds};

/// Why a file's entries are not on the new scorecards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The file cannot be read, for this reason.
    Unreadable(Message),
    /// It is not one of planbook's scorecards.
    Foreign,
    /// Its results differ from those on this scorecard, which take precedence.
    Contradicts(Arc<str>),
    /// The plans have no row for one of its results.
    NoPlace,
}

/// What to do with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Keep it, or replace it with a new one that has all its entries.
    Stays,
    /// Keep it where it is, because no new file has its name. Its entries do not count.
    Left(Why),
    /// Rename it: it has entries that are not on the new scorecards, and would be replaced or later
    /// contradict them.
    Aside(Why),
    /// Move it away: all its entries are on a new scorecard of another name or place, which it could later
    /// contradict.
    Spent,
    /// Move it away: it has results, but the organisation no longer has a plan.
    Gone,
    /// Move it to the folder of this name: it is a scorecard of another year or city.
    Elsewhere(String),
}

/// What to do with `file` in the folder of scorecards when the scorecards called `names` are made from
/// `entries`.
pub fn fate(
    file: &Submission,
    names: &[String],
    (city, ids): (&City, &RowIds),
    entries: &Entries,
    lang: Lang,
) -> Fate {
    let renewed = names.iter().any(|name| **name == *file.file);
    let why = |why: Why| if renewed { Fate::Aside(why) } else { Fate::Left(why) };
    let contents = match &file.outcome {
        Ok(contents) => contents,
        // It may contain anything.
        Err(error) => return why(Why::Unreadable(why_unreadable(error))),
    };
    let Some(rows) = contents.results() else {
        return if renewed { Fate::Aside(Why::Foreign) } else { Fate::Stays };
    };
    if let Some(elsewhere) = ForeignScorecard::of(file, rows, city, ids) {
        // Files in a subfolder are not replaced.
        let is_in_a_folder = file.file.contains('/');
        return if is_in_a_folder { Fate::Stays } else { Fate::Elsewhere(folder(&elsewhere, lang)) };
    }
    let lost = rows.iter().find_map(|row| lost(row, file, entries, ids));
    match lost {
        // A file in a subfolder is not replaced, and is read again.
        Some(_) if file.file.contains('/') => Fate::Stays,
        Some(_) if rows.iter().all(|row| ids.row(&row.id).is_none()) => Fate::Gone,
        Some(contradicts @ Why::Contradicts(_)) => why(contradicts),
        // Its other entries would later contradict the new scorecards.
        Some(lost) => Fate::Aside(lost),
        None if renewed => Fate::Stays,
        None => Fate::Spent,
    }
}

/// `2009년`, or `가나시 2009년` for another city.
fn folder(elsewhere: &ForeignScorecard, lang: Lang) -> String {
    let year = elsewhere.year.map(|year| lang.pick(format!("{year}년"), year.to_string()));
    let parts: Vec<String> = [Some(elsewhere.city.to_string()).filter(|city| !city.is_empty()), year]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { earlier(lang).to_owned() } else { file_name(&parts.join(" ")) }
}

/// Why the entries in a row would be lost, if they would.
fn lost(row: &ResultRow, file: &Submission, entries: &Entries, ids: &RowIds) -> Option<Why> {
    if !row.is_filled_in() {
        return None;
    }
    let is_kept = entries.rows.get(&row.id).is_some_and(|entry| !entry.is_blank());
    if ids.row(&row.id).is_none() || !is_kept {
        return Some(Why::NoPlace);
    }
    let mut conflicts = entries.conflicts.iter();
    let conflict = conflicts.find(|conflict| conflict.id == row.id && conflict.other == file.file)?;
    Some(Why::Contradicts(conflict.first.clone()))
}
