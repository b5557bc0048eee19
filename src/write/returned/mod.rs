//! `returned/`: every department's workbook comes back with what was found in it.
//!
//! Findings with a cell become notes and marks there; all of them stand on the review sheet, with room to answer. A
//! workbook about which there is nothing to say comes back byte for byte. Where remarks cannot be put in without loss,
//! the original goes back as it is and a review workbook beside it: the same cells, with the remarks.

mod leftovers;
mod letter;
mod note;
mod receipt;
mod review;
mod substitute;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::prelude::*;

use super::annotate::{self, Annotated, Annotation, Mark, Palette, Refusal, annotate};
use super::files::{self, Output, WriteError};
use super::words;
use crate::consolidate::Context;
use crate::finding::{Action, Code, Finding, Lang, ReviewForm};
use crate::project::files::Found;
use crate::read::{self, Submission, Worker};
use crate::source::CellRef;
use crate::workbook::Style;
pub use leftovers::{Leftovers, set_leftovers_aside};
pub use letter::{LETTERS, LetterError, write_letters};
pub use receipt::{NotedCell, Outcome, Outdated, Receipt, write_all as write_receipts};

/// The folder of the returned workbooks, inside the output folder.
pub const FOLDER: &str = "returned";

/// The file of the receipts, inside the output folder.
pub const RECEIPTS: &str = "data/returned.json";

/// What the returned workbooks are made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The city and planbook.toml.
    pub context: Context<'a>,
    /// The departments' own workbooks as they were found, in the order of [`City::workbooks`].
    ///
    /// [`City::workbooks`]: crate::consolidate::City::workbooks
    pub found: &'a [Found],
    /// All findings.
    pub findings: &'a [Finding],
    /// The language of the remarks.
    pub lang: Lang,
    /// How a workbook that may be dangerous is read.
    pub worker: Option<&'a Worker>,
}

/// Writes every workbook of `input` into `returned/` and gives a receipt for each, in their order.
///
/// # Errors
/// When a file cannot be written.
pub fn write(input: Input<'_>, output: &Output) -> Result<Vec<Receipt>, WriteError> {
    let mut own: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in input.findings.iter().filter(|finding| finding.waived.is_none()) {
        own.entry(&finding.at.file).or_default().push(finding);
    }
    let accepted = accepted(input.findings);
    let style = Style::of(input.context.config);
    let before = receipt::written_before(&files::content(&output.path(RECEIPTS)?));
    let workbooks: Vec<&Submission> = input.context.city.workbooks().collect();
    let names = names(workbooks.iter().map(|submission| &*submission.file), input.lang);
    let workbooks: Vec<_> = workbooks.into_iter().zip(input.found).zip(names).collect();
    workbooks
        .into_par_iter()
        .map(|((submission, found), names)| {
            let findings = own.get(&*submission.file).map_or(&[][..], Vec::as_slice);
            let accepted = accepted.get(&*submission.file).copied().unwrap_or(0);
            Workbook { input, style: &style, submission, found, findings, accepted, before: &before }
                .give_back(&names, output)
        })
        .collect()
}

/// How many findings of each workbook the department disagreed with and the office waived.
fn accepted(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let disagreed =
        |finding: &&Finding| finding.answer.as_ref().is_some_and(|answer| answer.action == Action::Disagree);
    let mut accepted: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.waived.is_some()).filter(disagreed) {
        *accepted.entry(&finding.at.file).or_default() += 1;
    }
    accepted
}

/// Where a workbook goes, relative to the output folder.
struct Names {
    /// The workbook itself.
    returned: String,
    /// The review workbook, if there is to be one.
    review: String,
    /// The covering message.
    letter: String,
}

/// Names for all workbooks, no two the same even where case does not count. A review workbook bears the name of the
/// workbook it stands for.
fn names<'a>(files: impl Iterator<Item = &'a str>, lang: Lang) -> Vec<Names> {
    let mut taken = BTreeSet::new();
    let mut free = |first: &[String], others: &dyn Fn(u32) -> String| {
        let candidates = first.iter().cloned().chain((2..).map(others));
        let name = candidates.into_iter().find(|name| taken.insert(name.to_lowercase()));
        name.unwrap_or_default()
    };
    let returned: Vec<String> = files
        // Names that are no UTF-8 may look the same.
        .map(|file| free(&[format!("{FOLDER}/{file}")], &|n| format!("{FOLDER}/{n}/{file}")))
        .collect();
    let suffix = lang.pick(ReviewForm::SUFFIX.ko, ReviewForm::SUFFIX.en);
    returned
        .into_iter()
        .map(|returned| {
            let stems = ReviewForm::stems(&returned);
            let review = free(&stems.map(|stem| format!("{stem}{suffix}.xlsx")), &|n| {
                format!("{}{suffix}{n}.xlsx", stems[1])
            });
            let letter = free(&stems.map(|stem| format!("{stem}.txt")), &|n| format!("{}{n}.txt", stems[1]));
            Names { returned, review, letter }
        })
        .collect()
}

/// One workbook and what is to be said about it.
struct Workbook<'a> {
    input: Input<'a>,
    style: &'a Style,
    submission: &'a Submission,
    found: &'a Found,
    findings: &'a [&'a Finding],
    /// How many findings the office waived because the department disagreed.
    accepted: usize,
    /// What an earlier run wrote: name and hash.
    before: &'a BTreeMap<String, String>,
}

impl Workbook<'_> {
    fn give_back(&self, names: &Names, output: &Output) -> Result<Receipt, WriteError> {
        let told = self.told();
        let mut receipt = Receipt::of(&self.submission.file, self.findings.len(), &names.letter);
        // What cannot be opened has a finding that says so, and no bytes.
        let original = files::read_input(self.found).ok();
        receipt.sent(original.as_deref());
        let mut aside = Vec::new();
        let mut put = |name: &str, bytes: &[u8]| {
            aside.extend(self.worked_on(name, bytes, output)?);
            output.write(name, |file| file.write_all(bytes))
        };
        let reason = match original.as_deref().map(|original| (original, self.annotated(original))) {
            Some((_, Ok(annotated))) => {
                put(&names.returned, &annotated.bytes)?;
                aside.extend(self.worked_on(&names.review, &[], output)?);
                receipt.annotated(&names.returned, &annotated, &told);
                receipt.outdated = Self::outdated(names, output)?;
                return Ok(Receipt { aside, ..receipt });
            }
            Some((original, Err(reason))) => {
                put(&names.returned, original)?;
                receipt.copied(&names.returned);
                reason
            }
            None => self.unreadable(),
        };
        if !self.findings.is_empty() {
            let review = self.substitute(&reason);
            put(&names.review, &review.bytes)?;
            receipt.substituted(&names.review, &review, &told, reason);
        } else {
            aside.extend(self.worked_on(&names.review, &[], output)?);
            receipt.outdated = Self::outdated(names, output)?;
        }
        Ok(Receipt { aside, ..receipt })
    }

    /// Sets the file `name` of an earlier run, or of somebody else, aside if somebody has put answers into it, or changed it,
    /// where nothing is read. Gives its new name. It is untouched if it is as its receipt says, or as it is to be `now`; or, where a run
    /// was killed before its receipts, if other remarks in the place of its own make it so.
    fn worked_on(&self, name: &str, now: &[u8], output: &Output) -> Result<Option<String>, WriteError> {
        let hash = self.before.get(name);
        if hash.is_none() && now.is_empty() {
            return Ok(None);
        }
        let ours = |there: &[u8]| self.annotated(there).is_ok_and(|again| again.bytes == now);
        let as_written = |there: &[u8]| hash.is_some_and(|hash| files::sha256(there) == *hash);
        let changed = |there: &[u8]| there != now && !as_written(there) && !ours(there);
        let aside = files::set_aside_where(&output.path(name)?, changed)?;
        let aside = aside.as_ref().and_then(|aside| aside.file_name()?.to_str());
        Ok(aside.map(|aside| match name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{aside}"),
            None => aside.to_owned(),
        }))
    }

    /// Takes the review workbook of an earlier run away, where there is to be none now: it would be taken for the word of
    /// this one.
    fn outdated(names: &Names, output: &Output) -> Result<Option<Outdated>, WriteError> {
        let removed = output.take_away(&names.review, annotate::is_annotated)?;
        Ok(removed.map(|removed| Outdated { file: names.review.clone(), removed }))
    }

    /// The findings that are told in their cells.
    fn told(&self) -> Vec<&Finding> {
        let least = self.input.context.config.returned.least();
        self.findings.iter().copied().filter(|finding| finding.severity <= least).collect()
    }

    /// The workbook with the remarks in it, or why they cannot be put in.
    fn annotated(&self, original: &[u8]) -> Result<Annotated, String> {
        if self.submission.outcome.is_err() && !self.findings.is_empty() {
            return Err(self.unreadable());
        }
        let put_in = AssertUnwindSafe(|| {
            let annotation = self.annotation(|| annotate::first_sheet(original))?;
            checked(original, annotate(original, &annotation)?)
        });
        // A mistake of planbook's own does not take the other workbooks along.
        let result = catch_unwind(put_in).unwrap_or_else(|_| Err(Refusal::NotKept("planbook".to_owned())));
        result.map_err(|refusal| refusal.text(self.input.lang))
    }

    /// Why the workbook could not be read: what its finding says.
    fn unreadable(&self) -> String {
        let told = self.findings.iter().find(|finding| finding.rule == Code::R001);
        told.map(|finding| finding.message.text(self.input.lang)).unwrap_or_default()
    }

    /// What is to be said. `first_sheet` is asked for where the workbook as a whole is meant.
    fn annotation(
        &self,
        first_sheet: impl FnOnce() -> Result<Option<Arc<str>>, Refusal>,
    ) -> Result<Annotation, Refusal> {
        if self.findings.is_empty() {
            return Ok(Annotation::default());
        }
        let mut by_cell: BTreeMap<Arc<str>, BTreeMap<CellRef, Vec<&Finding>>> = BTreeMap::new();
        for finding in self.told() {
            if let (Some(sheet), Some(cell)) = (&finding.at.sheet, finding.at.cell) {
                by_cell.entry(sheet.clone()).or_default().entry(cell).or_default().push(finding);
            }
        }
        // Nothing in it is a plan: that is said where the workbook opens.
        if let Some(&finding) = self.findings.iter().find(|finding| finding.rule == Code::R002)
            && let Some(sheet) = first_sheet()?
        {
            by_cell.entry(sheet).or_default().entry(CellRef::default()).or_default().push(finding);
        }
        let lang = self.input.lang;
        let mark = |findings: &[&Finding]| {
            let severity = findings.iter().map(|finding| finding.severity).min()?;
            Some(Mark { severity, note: note::text(findings, lang) })
        };
        let marks = by_cell.into_iter().map(|(sheet, cells)| {
            let marks = cells.into_iter().filter_map(|(cell, found)| Some((cell, mark(&found)?)));
            (sheet, marks.collect())
        });
        let review = Some(review::sheet(self.findings, self.accepted, None, lang));
        Ok(Annotation { marks: marks.collect(), review, palette: Palette::of(self.style) })
    }

    /// A workbook of its own with the remarks, because of `reason`.
    fn substitute(&self, reason: &str) -> Annotated {
        let Input { context, lang, worker, .. } = self.input;
        let sheets = match self.submission.outcome {
            Ok(_) => read::read_sheets(self.found, context.config, worker).unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let sheets: Vec<_> = sheets.into_iter().filter(|sheet| !sheet.hidden).collect();
        let first = sheets.first().map(|sheet| sheet.name.clone());
        let annotation = self.annotation(|| Ok(first)).unwrap_or_default();
        let review = review::sheet(self.findings, self.accepted, Some(reason), lang);
        substitute::workbook(&sheets, Annotation { review: Some(review), ..annotation }, self.style)
    }
}

/// `annotated`, once it has been held against the original.
fn checked(original: &[u8], annotated: Annotated) -> Result<Annotated, Refusal> {
    if annotated.bytes != original {
        annotate::verify(original, &annotated)?;
    }
    Ok(annotated)
}
