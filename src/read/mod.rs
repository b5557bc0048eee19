//! Workbook → sheets → tables → plans. Only this module uses calamine.
//!
//! Input files are untrusted: `sniff` and `package` inspect a file before anything opens it, the reader of
//! its format turns it into grids, and `table` finds the plans in them. Suspicious workbooks are read in a
//! separate process: [`isolate`].

mod answers;
mod delimited;
mod document;
pub mod forms;
mod grid;
mod html;
pub mod isolate;
mod mhtml;
mod ods;
mod outcome;
mod package;
mod plain;
mod saved;
mod scorecard;
mod shown;
mod sniff;
mod spreadsheet_xml;
mod table;
mod text;
mod workbook;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

pub use isolate::Worker;
pub use outcome::{
    Answers, Contents, EnteredText, FormColumn, GivenBy, ReadError, Remark, RemarkKind, ResultRow,
    Submission, TableForm, TableShape, UnreadReason, WorkbookKind,
};
pub use plain::PlainSheet;
pub use saved::is_as_made;
pub use scorecard::ScorecardForm;
pub use workbook::read_workbook;

use crate::project::Config;
use crate::project::files::{self as project_files, Found, FoundKind};
use isolate::Requestable;
use package::Package;
use sniff::DetectedFile;
use table::Vocabulary;
use workbook::{grids, plain_sheets, read_source};

/// Reads every workbook of `folder`; empty if the folder does not exist.
pub fn read_folder(folder: &Path, config: &Config, worker: Option<&Worker>) -> Vec<Submission> {
    let found = if folder.is_dir() { project_files::list(folder).found } else { Vec::new() };
    read_workbooks(found, config, worker)
}

/// Reads all workbooks found, in parallel, and returns them in order. An unreadable one does not affect the
/// others.
///
/// Without a `worker` everything is read in this process: panics are caught, but a malicious workbook can
/// exhaust memory.
pub fn read_workbooks(found: Vec<Found>, config: &Config, worker: Option<&Worker>) -> Vec<Submission> {
    // A vocabulary remembers what it has interpreted, so every thread has its own.
    let words = || Vocabulary::of(&config.labels, &config.forms);
    let mut submissions: Vec<Submission> = found
        .into_par_iter()
        .map_init(words, |words, found| {
            let outcome = guarded(&found, config, worker, |source| {
                read_source(source, &found.path, &found.name, words)
            });
            Submission::new(found, outcome)
        })
        .collect();
    answers::link_reviews(&mut submissions);
    submissions
}

/// Reads the department's own sheets of a workbook with their cells as shown, without planbook's review
/// sheet. The file is opened again, as carefully as in [`read_workbooks`].
///
/// # Errors
/// If the workbook cannot be read.
pub fn read_sheets(
    found: &Found,
    config: &Config,
    worker: Option<&Worker>,
) -> Result<Vec<PlainSheet>, ReadError> {
    guarded(found, config, worker, |source| plain_sheets(source, &found.path))
}

/// Reads all sheets of a trusted .xlsx in memory.
///
/// # Errors
/// If the workbook cannot be read.
pub fn sheets_in(workbook: &[u8]) -> Result<Vec<PlainSheet>, ReadError> {
    let read = || grids(DetectedFile::Xlsx(Package::in_memory(workbook.to_vec())?), Path::new(""));
    catch_unwind(AssertUnwindSafe(read))
        .map(|grids| Ok(grids?.into_iter().map(PlainSheet::of).collect()))
        .unwrap_or_else(|panic| Err(ReadError::ReaderFailed(panic_message(panic.as_ref()))))
}

/// Reads the plans of a trusted .xlsx in memory. `file` is the file name they get.
///
/// # Errors
/// If the workbook cannot be read.
pub fn plans_in(workbook: &[u8], file: &Arc<str>, config: &Config) -> Result<Contents, ReadError> {
    let package = Package::in_memory(workbook.to_vec())?;
    read_source(
        DetectedFile::Xlsx(package),
        Path::new(""),
        file,
        &Vocabulary::of(&config.labels, &config.forms),
    )
}

/// Reads a file with `read`, or in a separate process if it is suspicious.
fn guarded<T: Requestable>(
    found: &Found,
    config: &Config,
    worker: Option<&Worker>,
    read: impl FnOnce(DetectedFile) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    match &found.kind {
        FoundKind::Folder => return Err(ReadError::Folder),
        FoundKind::LinkLoop => return Err(ReadError::LinkLoop),
        FoundKind::Unreadable(reason) => return Err(ReadError::Unreadable(*reason)),
        FoundKind::File => {}
    }
    let read = || {
        let source = sniff::sniff(&found.path);
        // A file named as a document is read only if its content is certainly a workbook.
        let document = project_files::document_extension(&found.path);
        let source = match &document {
            Some(extension) => source
                .ok()
                .filter(|source| !matches!(source, DetectedFile::Delimited | DetectedFile::Html))
                .ok_or_else(|| ReadError::OtherDocument(extension.clone()))?,
            None => source?,
        };
        let read = match worker {
            Some(worker) if !source.is_harmless(&found.path) => {
                isolate::read(worker, &found.path, &found.name, config)
            }
            _ => read(source),
        };
        match (read, document) {
            (Err(ReadError::NotASpreadsheet(_)), Some(extension)) => Err(ReadError::OtherDocument(extension)),
            (read, _) => read,
        }
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|panic| Err(ReadError::ReaderFailed(panic_message(panic.as_ref()))))
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

/// The organisations that file names suggest: for each file the whole name, and its words.
pub fn organisations_in_names<'a>(
    files: impl IntoIterator<Item = &'a str>,
    config: &Config,
) -> Vec<(Option<String>, Vec<String>)> {
    let words = Vocabulary::of(&config.labels, &config.forms);
    files.into_iter().map(|file| table::organisation_in_name(file, &words)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_named_zip_is_read_and_a_document_is_called_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "계획").unwrap();
        workbook.save(folder.path().join("가.zip")).unwrap();
        std::fs::write(folder.path().join("나.rtf"), "{\\rtf1 <table>").unwrap();
        std::fs::write(folder.path().join("다.hwp"), "<html><table>").unwrap();
        let found = ["가.zip", "나.rtf", "다.hwp"].map(|name| Found {
            path: folder.path().join(name),
            name: name.into(),
            kind: FoundKind::File,
        });
        let read = read_workbooks(found.to_vec(), &Config::default(), None);
        assert!(read[0].outcome.is_ok(), "{:?}", read[0].outcome);
        let other = |name: &str| Err(ReadError::OtherDocument(name.into()));
        assert_eq!((&read[1].outcome, &read[2].outcome), (&other("rtf"), &other("hwp")));
    }
}
