//! A submitted workbook, parsed once for everything that uses it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use xlsx_splice::{Annotated, Annotation, Error, Signature, Workbook};

use crate::files::sha256;
use crate::read;

/// A workbook as submitted.
pub(super) struct Original<'a> {
    pub bytes: &'a [u8],
    pub sha256: String,
    /// The workbook without a former round's remarks, or why remarks cannot be inserted.
    workbook: Result<Workbook<'a>, Error>,
}

impl<'a> Original<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let workbook = guarded(|| Workbook::open(bytes, SIGNATURE));
        Self { bytes, sha256: sha256(bytes), workbook }
    }

    /// The first visible worksheet, or the first if none is visible; our review sheet is excluded.
    pub(super) fn first_sheet(&self) -> Result<Option<Arc<str>>, Error> {
        let sheets = self.workbook.as_ref().map_err(Error::clone)?.sheets()?;
        let mut sheets = sheets.iter().filter(|sheet| sheet.is_worksheet);
        let first = sheets.clone().find(|sheet| sheet.visible).or_else(|| sheets.next());
        Ok(first.map(|sheet| Arc::from(sheet.name.as_str())))
    }

    /// The workbook with the result of `annotation`, verified against the original.
    pub(super) fn annotated(
        &self,
        annotation: impl FnOnce() -> Result<Annotation, Error>,
    ) -> Result<Annotated, Error> {
        let workbook = self.workbook.as_ref().map_err(Error::clone)?;
        guarded(|| checked(workbook, workbook.annotate(&annotation()?)?))
    }
}

/// The result of `work`. A panic becomes an error, so that a bug in planbook does not stop the other
/// workbooks.
fn guarded<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::NotPreserved("planbook".to_owned())))
}

/// `annotated`, verified against the original: part by part, and cell by cell as planbook's reader sees them.
/// The reader shares only the archive code with the writer.
pub(super) fn checked(workbook: &Workbook<'_>, annotated: Annotated) -> Result<Annotated, Error> {
    if annotated.bytes == workbook.bytes() {
        return Ok(annotated);
    }
    workbook.verify(&annotated)?;
    let read =
        |workbook: &[u8]| read::sheets_in(workbook).map_err(|error| Error::NotPreserved(error.to_string()));
    let (before, after) = (read(workbook.bytes())?, read(&annotated.bytes)?);
    // The review sheet is the last one.
    match before.iter().enumerate().find(|(at, sheet)| after.get(*at) != Some(*sheet)) {
        Some((_, sheet)) => Err(Error::NotPreserved(sheet.name.to_string())),
        None => Ok(annotated),
    }
}

/// Identifies the remarks of a former round. On a review sheet it begins with [`crate::finding::ReviewForm::SIGN`].
pub const SIGNATURE: Signature = Signature::new("planbook");

/// Whether a workbook contains planbook's remarks.
pub(super) fn is_signed(workbook: &[u8]) -> bool {
    xlsx_splice::is_annotated(workbook, SIGNATURE)
}
