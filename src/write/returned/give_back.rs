//! Writes each workbook with its remarks, or unchanged with a review workbook beside it.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;

use rayon::prelude::*;
use xlsx_splice::{Annotated, Error, Mark};

use super::names::{RECEIPTS, ReturnedNames, names};
use super::original::{Original, is_signed};
use super::palette::Palette;
use super::remarks::Remarks;
use super::returnable::{accepted, open, to_return};
use super::{note, receipt, refusal, review, substitute};
use crate::files::{self, Output, WriteError};
use crate::finding::{Code, Finding};
use crate::ledger::{Outdated, Receipt};
use crate::read::{self, Submission};
use crate::source::CellRef;
use crate::workbook::Style;
use crate::write::WriteContext;

/// Writes every workbook of `context` to `returned/`. Returns a receipt for each, in the same order.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn write(context: &WriteContext<'_>, output: &Output) -> Result<Vec<Receipt>, WriteError> {
    let style = Style::of(context.config);
    let before = receipt::written_before(receipt::read(&files::content(&output.path(RECEIPTS)?)));
    let files = to_return(context.city()).map(|submission| &*submission.file);
    let names = names(files, context.lang);
    let workbooks: Vec<_> = to_return(context.city()).zip(names).collect();
    workbooks
        .into_par_iter()
        .map(|(submission, names)| {
            let findings = &open(&context.findings, &submission.file);
            let accepted = accepted(&context.findings, &submission.file);
            Workbook { context, style: &style, submission, findings, accepted, before: &before }
                .give_back(&names, output)
        })
        .collect()
}

/// A workbook and its findings.
struct Workbook<'a> {
    context: &'a WriteContext<'a>,
    style: &'a Style,
    submission: &'a Submission,
    findings: &'a [&'a Finding],
    /// The number of findings that the office waived because the department disagreed.
    accepted: usize,
    /// The files that an earlier run wrote: hash by name.
    before: &'a BTreeMap<String, String>,
}

impl Workbook<'_> {
    fn give_back(&self, names: &ReturnedNames, output: &Output) -> Result<Receipt, WriteError> {
        let told = self.told();
        let mut receipt = Receipt::of(&self.submission.file, self.findings.len(), &names.letter);
        // A file that cannot be opened has no bytes; a finding reports it.
        let bytes = files::read_input(&self.submission.found).ok();
        let original = bytes.as_deref().map(Original::of);
        receipt.sent(original.as_ref());
        let mut aside = Vec::new();
        let mut put = |name: &str, bytes: &[u8]| {
            aside.extend(self.worked_on(name, bytes, output)?);
            output.write(name, |file| file.write_all(bytes))
        };
        let reason = match original.map(|original| (self.annotated(&original), original.bytes)) {
            Some((Ok(annotated), _)) => {
                put(&names.returned, &annotated.bytes)?;
                aside.extend(self.worked_on(&names.review, &[], output)?);
                receipt.annotated(&names.returned, &annotated, &told);
                receipt.outdated = Self::outdated(names, output)?;
                return Ok(Receipt { aside, ..receipt });
            }
            Some((Err(reason), original)) => {
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

    /// Sets the existing file `name` aside if somebody has changed it or entered answers, since planbook does
    /// not read files in `returned/`. Returns its new name. A file counts as unchanged if it matches its
    /// receipt's hash, equals `now`, or equals `now` once annotated again, as after a run that was killed
    /// before it wrote its receipts.
    fn worked_on(&self, name: &str, now: &[u8], output: &Output) -> Result<Option<String>, WriteError> {
        let hash = self.before.get(name);
        if hash.is_none() && now.is_empty() {
            return Ok(None);
        }
        let ours = |there: &[u8]| self.annotated(&Original::of(there)).is_ok_and(|again| again.bytes == now);
        let as_written = |there: &[u8]| hash.is_some_and(|hash| files::sha256(there) == *hash);
        let changed = |there: &[u8]| there != now && !as_written(there) && !ours(there);
        let aside = files::set_aside_where(&output.path(name)?, changed)?;
        let aside = aside.as_ref().and_then(|aside| aside.file_name()?.to_str());
        Ok(aside.map(|aside| match name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{aside}"),
            None => aside.to_owned(),
        }))
    }

    /// Removes the review workbook of an earlier run if there is none now: it would be mistaken for this
    /// run's.
    fn outdated(names: &ReturnedNames, output: &Output) -> Result<Option<Outdated>, WriteError> {
        let removed = output.remove_if(&names.review, is_signed)?;
        Ok(removed.map(|removed| Outdated { file: names.review.clone(), removed }))
    }

    /// The findings to mark in their cells.
    fn told(&self) -> Vec<&Finding> {
        let least = self.context.config.returned.severity;
        self.findings.iter().copied().filter(|finding| finding.severity <= least).collect()
    }

    /// The workbook with the remarks, or why they cannot be inserted.
    fn annotated(&self, original: &Original<'_>) -> Result<Annotated, String> {
        if self.submission.outcome.is_err() && !self.findings.is_empty() {
            return Err(self.unreadable());
        }
        let remarks = || self.remarks(|| original.first_sheet()).map(|remarks| remarks.annotation());
        original.annotated(remarks).map_err(|error| refusal::text(&error, self.context.lang))
    }

    /// Why the workbook could not be read: the message of its finding.
    fn unreadable(&self) -> String {
        let told = self.findings.iter().find(|finding| finding.rule == Code::R001);
        told.map(|finding| finding.message.text(self.context.lang)).unwrap_or_default()
    }

    /// The remarks on the workbook. `first_sheet` is called only for a finding about the workbook as a whole.
    fn remarks(
        &self,
        first_sheet: impl FnOnce() -> Result<Option<Arc<str>>, Error>,
    ) -> Result<Remarks, Error> {
        if self.findings.is_empty() {
            return Ok(Remarks::default());
        }
        let mut by_cell: BTreeMap<Arc<str>, BTreeMap<CellRef, Vec<&Finding>>> = BTreeMap::new();
        for finding in self.told() {
            if let (Some(sheet), Some(cell)) = (&finding.at.sheet, finding.at.cell) {
                by_cell.entry(sheet.clone()).or_default().entry(cell).or_default().push(finding);
            }
        }
        // The workbook has no plan: the note goes on the sheet at which it opens.
        if let Some(&finding) = self.findings.iter().find(|finding| finding.rule == Code::R002)
            && let Some(sheet) = first_sheet()?
        {
            by_cell.entry(sheet).or_default().entry(CellRef::default()).or_default().push(finding);
        }
        let lang = self.context.lang;
        let mark = |findings: &[&Finding]| {
            let severity = findings.iter().map(|finding| finding.severity).min()?;
            Some(Mark { fill: Some(severity as usize), note: Some(note::text(findings, lang)) })
        };
        let marks = by_cell.into_iter().map(|(sheet, cells)| {
            let marks = cells.into_iter().filter_map(|(cell, found)| Some((cell, mark(&found)?)));
            (sheet, marks.collect())
        });
        let review = Some(review::sheet(self.findings, self.accepted, None, lang));
        Ok(Remarks { marks: marks.collect(), review, palette: Palette::of(self.style) })
    }

    /// A separate workbook with the remarks, because of `reason`.
    fn substitute(&self, reason: &str) -> Annotated {
        let WriteContext { config, lang, worker, .. } = *self.context;
        let sheets = match self.submission.outcome {
            Ok(_) => read::read_sheets(&self.submission.found, config, worker).unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let sheets: Vec<_> = sheets.into_iter().filter(|sheet| !sheet.hidden).collect();
        let first = sheets.first().map(|sheet| sheet.name.clone());
        let remarks = self.remarks(|| Ok(first)).unwrap_or_default();
        let review = review::sheet(self.findings, self.accepted, Some(reason), lang);
        substitute::workbook(&sheets, Remarks { review: Some(review), ..remarks }, self.style)
    }
}
