//! What becomes of the files in the folder of scorecards when new ones are made: nothing that was entered is lost.

use std::sync::Arc;

use crate::check::why_unreadable;
use crate::consolidate::City;
use crate::files::{earlier, file_name};
use crate::finding::{Lang, Message};
use crate::read::{ResultRow, Submission};
use crate::score::{Entries, ForeignScorecard, RowIds};

/// Why what a file holds does not stand on the new scorecards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It cannot be read, for this reason.
    Unreadable(Message),
    /// It is no scorecard of ours.
    Foreign,
    /// It has other results than this scorecard, which count.
    Contradicts(Arc<str>),
    /// The plans have no place for a result on it.
    NoPlace,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays, or a new one that says all it said takes its place.
    Stays,
    /// It stays, being in nobody's way, and what it holds does not count.
    Left(Why),
    /// It is in the way and holds what would be lost: it is given another name.
    Aside(Why),
    /// All that was entered on it stands on a new one, of another name or place: it is moved away, lest it contradict that.
    Spent,
    /// The organisation has no plan now, and results were entered: it is moved away.
    Gone,
    /// It is a scorecard of another year or city: it goes into the folder of this name.
    Elsewhere(String),
}

/// What becomes of `file`, found in the folder of scorecards, when those called `names` are made from `entries`.
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
        // It may hold anything.
        Err(error) => return why(Why::Unreadable(why_unreadable(error))),
    };
    let Some(rows) = &contents.results else {
        return if renewed { Fate::Aside(Why::Foreign) } else { Fate::Stays };
    };
    if let Some(elsewhere) = ForeignScorecard::of(file, rows, city, ids) {
        // Those in a folder of their own are out of the way.
        let is_in_a_folder = file.file.contains('/');
        return if is_in_a_folder { Fate::Stays } else { Fate::Elsewhere(folder(&elsewhere, lang)) };
    }
    let lost = rows.iter().find_map(|row| lost(row, file, entries, ids));
    match lost {
        // In a folder of its own it is in nobody's way, and is read again.
        Some(_) if file.file.contains('/') => Fate::Stays,
        Some(_) if rows.iter().all(|row| ids.row(&row.id).is_none()) => Fate::Gone,
        Some(contradicts @ Why::Contradicts(_)) => why(contradicts),
        // What else is on it would contradict the new ones later.
        Some(lost) => Fate::Aside(lost),
        None if renewed => Fate::Stays,
        None => Fate::Spent,
    }
}

/// `2009년`, or `가나시 2009년` where the city is another one.
fn folder(elsewhere: &ForeignScorecard, lang: Lang) -> String {
    let year = elsewhere.year.map(|year| lang.pick(format!("{year}년"), year.to_string()));
    let parts: Vec<String> = [Some(elsewhere.city.to_string()).filter(|city| !city.is_empty()), year]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { earlier(lang).to_owned() } else { file_name(&parts.join(" ")) }
}

/// Why what was entered in a row would be gone, if it would.
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
