//! What becomes of the files in the folder of scorecards when new ones are made: nothing that was entered is lost.

use crate::consolidate::City;
use crate::files::{earlier, file_name};
use crate::finding::Lang;
use crate::read::{ResultRow, Submission};
use crate::score::{Elsewhere, Entries, RowIds};

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays, or a new one that says all it said takes its place.
    Stays,
    /// It holds what would be lost, or is no scorecard and in the place of one: it is given another name.
    Aside,
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
    // One that cannot be read may hold anything.
    let Ok(contents) = &file.outcome else { return Fate::Aside };
    let Some(rows) = &contents.results else {
        return if renewed { Fate::Aside } else { Fate::Stays };
    };
    if let Some(elsewhere) = Elsewhere::of(file, rows, city, ids) {
        // Those in a folder of their own are out of the way.
        let is_in_a_folder = file.file.contains('/');
        return if is_in_a_folder { Fate::Stays } else { Fate::Elsewhere(folder(&elsewhere, lang)) };
    }
    let lost = rows.iter().any(|row| is_lost(row, file, entries, ids));
    match (lost, renewed) {
        // In a folder of its own it is in nobody's way, and is read again.
        (true, _) if file.file.contains('/') => Fate::Stays,
        (true, _) if rows.iter().all(|row| ids.row(&row.id).is_none()) => Fate::Gone,
        (true, _) => Fate::Aside,
        (false, true) => Fate::Stays,
        (false, false) => Fate::Spent,
    }
}

/// `2009년`, or `가나시 2009년` where the city is another one.
fn folder(elsewhere: &Elsewhere, lang: Lang) -> String {
    let year = elsewhere.year.map(|year| lang.pick(format!("{year}년"), year.to_string()));
    let parts: Vec<String> = [Some(elsewhere.city.to_string()).filter(|city| !city.is_empty()), year]
        .into_iter()
        .flatten()
        .collect();
    if parts.is_empty() { earlier(lang).to_owned() } else { file_name(&parts.join(" ")) }
}

/// Whether what was entered in a row would be gone: the plans have no such row, or another result counts.
fn is_lost(row: &ResultRow, file: &Submission, entries: &Entries, ids: &RowIds) -> bool {
    let kept = || entries.rows.get(&row.id).is_some_and(|entry| !entry.is_blank());
    let differs =
        || entries.conflicts.iter().any(|conflict| conflict.id == row.id && conflict.other == file.file);
    row.is_filled_in() && (ids.row(&row.id).is_none() || !kept() || differs())
}
