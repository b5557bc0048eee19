//! The departments' answers, by workbook and finding.

use std::collections::BTreeMap;

use super::{City, Companions};
use crate::finding::Answer;

/// Every answer in the city's workbooks.
#[derive(Debug, Default)]
pub struct CityAnswers<'a> {
    by_workbook: BTreeMap<&'a str, BTreeMap<&'a str, &'a Answer>>,
    /// For findings that have moved to another workbook than their answer: the first answer per id, with its
    /// workbook.
    by_id: BTreeMap<&'a str, (&'a str, &'a Answer)>,
    companions: Companions<'a>,
}

impl<'a> CityAnswers<'a> {
    /// The answer to the finding `id`, whose id within its workbook `file` is `local`. Answers in a corrected
    /// copy apply to the copy.
    pub fn to(&self, id: &str, local: &str, file: &str) -> Option<&'a Answer> {
        let copies = self.companions.get(file);
        let own_id = if copies.is_some() { local } else { id };
        let own = self.by_workbook.get(file).and_then(|answers| answers.get(own_id)).copied();
        let of_copy = |other: &str| copies.is_some_and(|files| files.contains(other));
        own.or_else(|| self.by_id.get(id).filter(|(other, _)| !of_copy(other)).map(|(_, answer)| *answer))
    }

    /// The answers submitted with the workbook `file`, by id: on its own review sheet, and in its review
    /// workbook.
    pub fn with(&self, file: &str) -> impl Iterator<Item = (&'a str, &'a Answer)> + use<'_, 'a> {
        self.by_workbook.get(file).into_iter().flatten().map(|(&id, &answer)| (id, answer))
    }
}

impl City {
    /// Every answer in the city's workbooks.
    pub fn answers(&self) -> CityAnswers<'_> {
        let mut all = CityAnswers { companions: self.companions(), ..CityAnswers::default() };
        for submission in &self.submissions {
            let Ok(contents) = &submission.outcome else { continue };
            let about = contents.review_of().unwrap_or(&submission.file);
            for (id, answer) in contents.answers.iter().flatten() {
                all.by_workbook.entry(about).or_default().entry(id).or_insert(answer);
                all.by_id.entry(id).or_insert((about, answer));
            }
        }
        all
    }
}
