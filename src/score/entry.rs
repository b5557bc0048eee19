//! What was entered on scorecards, by row.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::read::{ResultRow, Submission};

/// What was entered for one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The result; none where its cell is empty.
    pub result: Option<Entered>,
    /// The achievement that a person gave, as a part of 1.
    pub share: Option<f64>,
    /// The state of the plan that the scorecard was made from.
    pub state: String,
    /// The scorecard.
    pub file: Arc<str>,
}

/// A result as entered.
#[derive(Clone, Debug, PartialEq)]
pub enum Entered {
    /// A number.
    Number(f64),
    /// Words.
    Text(Arc<str>),
}

/// The same row filled in differently on two scorecards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The row's id.
    pub id: String,
    /// The scorecard that counts.
    pub first: Arc<str>,
    /// The other.
    pub other: Arc<str>,
}

/// Everything entered on a folder of scorecards.
#[derive(Clone, Debug, Default)]
pub struct Entries {
    /// What was entered, by row id. Rows of scorecards without any entry are among them.
    pub rows: BTreeMap<String, Entry>,
    /// Rows filled in differently on two scorecards.
    pub conflicts: Vec<Conflict>,
}

impl Entries {
    /// What stands on the scorecards among `files`. Of two that differ, the first counts.
    pub fn of(files: &[Submission]) -> Self {
        let mut entries = Self::default();
        for file in files {
            let Ok(contents) = &file.outcome else { continue };
            for row in contents.results.iter().flatten() {
                entries.add(row, &file.file);
            }
        }
        entries
    }

    fn add(&mut self, row: &ResultRow, file: &Arc<str>) {
        let entry = Entry {
            result: row.result.as_ref().map(|cell| match number(&cell.text, cell.percent) {
                Some(number) => Entered::Number(number),
                None => Entered::Text(cell.text.clone()),
            }),
            share: row.achievement.as_ref().and_then(|cell| number(&cell.text, cell.percent)),
            state: row.state.clone(),
            file: file.clone(),
        };
        match self.rows.get_mut(&row.id) {
            None => {
                self.rows.insert(row.id.clone(), entry);
            }
            // A copy that nobody filled in says nothing against the one that was.
            Some(known) if known.is_blank() => *known = entry,
            Some(known) if !entry.is_blank() && (known.result != entry.result) => {
                self.conflicts.push(Conflict {
                    id: row.id.clone(),
                    first: known.file.clone(),
                    other: file.clone(),
                });
            }
            Some(_) => {}
        }
    }
}

impl Entry {
    /// Whether nothing was entered.
    pub fn is_blank(&self) -> bool {
        self.result.is_none() && self.share.is_none()
    }

    /// The result, if it is a number.
    pub fn number(&self) -> Option<f64> {
        match self.result {
            Some(Entered::Number(number)) => Some(number),
            _ => None,
        }
    }
}

/// The number a cell holds; a % that its number format puts there is taken back.
fn number(text: &str, percent: bool) -> Option<f64> {
    let plain = text.strip_suffix('%').unwrap_or(text).trim().replace(',', "");
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    let number: f64 = plain.parse().ok().filter(|number: &f64| is_number && number.is_finite())?;
    Some(if percent { number / 100.0 } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_that_the_spreadsheet_holds() {
        for (text, percent, expected) in [
            ("97", false, Some(97.0)),
            ("1,234.5", false, Some(1234.5)),
            ("-3", false, Some(-3.0)),
            ("95.5%", true, Some(0.955)),
            ("1E20", false, Some(1e20)),
            ("중·상", false, None),
            ("inf", false, None),
            ("", false, None),
        ] {
            assert_eq!(number(text, percent), expected, "{text}");
        }
    }
}
