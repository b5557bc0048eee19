//! A workbook as it came in, gone through once for all that is done with it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use xlsx_splice::{Annotated, Annotation, Error, Workbook};

use super::SIGNATURE;
use crate::files::sha256;
use crate::read;

/// A workbook as it came in.
pub(super) struct Original<'a> {
    pub bytes: &'a [u8],
    pub sha256: String,
    /// Without what a former round put on, or why remarks cannot be put into it.
    workbook: Result<Workbook<'a>, Error>,
}

impl<'a> Original<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let workbook = guarded(|| Workbook::open(bytes, SIGNATURE));
        Self { bytes, sha256: sha256(bytes), workbook }
    }

    /// The first sheet that its reader sees, our own left aside.
    pub(super) fn first_sheet(&self) -> Result<Option<Arc<str>>, Error> {
        let sheets = self.workbook.as_ref().map_err(Error::clone)?.sheets()?;
        let mut sheets = sheets.iter().filter(|sheet| sheet.is_worksheet);
        let first = sheets.clone().find(|sheet| sheet.visible).or_else(|| sheets.next());
        Ok(first.map(|sheet| Arc::from(sheet.name.as_str())))
    }

    /// The workbook with what `annotation` gives, held against the original.
    pub(super) fn annotated(
        &self,
        annotation: impl FnOnce() -> Result<Annotation, Error>,
    ) -> Result<Annotated, Error> {
        let workbook = self.workbook.as_ref().map_err(Error::clone)?;
        guarded(|| checked(workbook, workbook.annotate(&annotation()?)?))
    }
}

/// What `work` gives: a mistake of planbook's own does not take the other workbooks along.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::NotPreserved("planbook".to_owned())))
}

/// `annotated`, once it has been held against the original: part by part, and by what its cells show to planbook's own reader,
/// which shares nothing with the writing but the archive.
pub(super) fn checked(workbook: &Workbook<'_>, annotated: Annotated) -> Result<Annotated, Error> {
    if annotated.bytes == workbook.bytes() {
        return Ok(annotated);
    }
    workbook.verify(&annotated)?;
    let read =
        |workbook: &[u8]| read::sheets_in(workbook).map_err(|error| Error::NotPreserved(error.to_string()));
    let (before, after) = (read(workbook.bytes())?, read(&annotated.bytes)?);
    // The review sheet comes behind all others.
    match before.iter().enumerate().find(|(at, sheet)| after.get(*at) != Some(*sheet)) {
        Some((_, sheet)) => Err(Error::NotPreserved(sheet.name.to_string())),
        None => Ok(annotated),
    }
}
