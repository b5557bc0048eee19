//! Moves away what earlier runs wrote to `returned/` for workbooks that are gone or from another folder, so
//! that nobody mails it. Files are ours if the previous run's receipts name them or if they contain our
//! signature.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use super::names::{FOLDER, RECEIPTS, names};
use super::returnable::to_return;
use super::{original, receipt};
use crate::files::{self, Output, WriteError};
use crate::write::WriteContext;

/// Files in the folder that this run did not write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Leftovers {
    /// The folder they were moved to, relative to the output folder.
    pub place: String,
    /// The moved files, by their former names.
    pub moved: Vec<String>,
    /// The files that stay, because planbook did not write them or had set them aside there.
    pub others: Vec<String>,
}

/// The size in bytes of the largest file that is searched for our signature.
const LARGEST: u64 = 64 << 20;

/// Moves away what earlier runs returned and this run, for `context`, does not.
///
/// # Errors
/// When the operating system refuses to list or move a file.
pub(super) fn set_leftovers_aside(
    context: &WriteContext<'_>,
    output: &Output,
) -> Result<Leftovers, WriteError> {
    let files = to_return(context.city()).map(|submission| &*submission.file);
    let wanted =
        names(files, context.lang).into_iter().flat_map(|own| [own.returned, own.review, own.letter]);
    let wanted: BTreeSet<String> = wanted.map(|name| name.to_lowercase()).collect();
    let ours = receipt::read(&files::content(&output.path(RECEIPTS)?));
    let ours: BTreeSet<String> =
        ours.into_iter().flat_map(|own| [own.returned, own.review, own.letter]).flatten().collect();
    let there: Vec<String> =
        listed(output)?.into_iter().filter(|name| !wanted.contains(&name.to_lowercase())).collect();
    let signed: BTreeSet<&String> =
        there.iter().filter(|name| !ours.contains(*name) && is_signed(name, output)).collect();
    let place = files::earlier(context.lang);
    let mut leftovers = Leftovers { place: place.to_owned(), ..Leftovers::default() };
    for name in &there {
        if ours.contains(name) || signed.contains(name) || is_letter_of(name, &signed, output) {
            output.move_aside(name, &format!("{place}/{name}"))?;
            leftovers.moved.push(name.clone());
        } else {
            leftovers.others.push(name.clone());
        }
    }
    Ok(leftovers)
}

/// Every file in the folder, relative to the output folder, by name.
fn listed(output: &Output) -> Result<Vec<String>, WriteError> {
    let folder = output.path(FOLDER)?;
    let files = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = files.filter(|entry| entry.file_type().is_file());
    let name = |entry: walkdir::DirEntry| {
        let parts = entry.path().strip_prefix(&folder).ok()?.components();
        let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
        Some(format!("{FOLDER}/{}", parts?.join("/")))
    };
    // Skips hidden files: drafts of a run in progress.
    Ok(files
        .filter_map(name)
        .filter(|name| !name.rsplit('/').next().unwrap_or_default().starts_with('.'))
        .collect())
}

fn small(name: &str, output: &Output) -> Option<Vec<u8>> {
    let path = output.path(name).ok()?;
    let is_small = fs::metadata(&path).is_ok_and(|file| file.len() <= LARGEST);
    is_small.then(|| fs::read(&path).ok())?
}

fn is_signed(name: &str, output: &Output) -> bool {
    small(name, output).is_some_and(|content| original::is_signed(&content))
}

/// Whether a file is the covering message of one of `workbooks`: in the same folder, and with its name in the
/// text.
fn is_letter_of(name: &str, workbooks: &BTreeSet<&String>, output: &Output) -> bool {
    let Some(stem) = name.strip_suffix(".txt") else { return false };
    let beside = |workbook: &&&String| {
        workbook.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.') || rest.is_empty())
    };
    let names_it = |workbook: &String| {
        let text =
            small(name, output).and_then(|content| String::from_utf8(content).ok()).unwrap_or_default();
        text.starts_with('\u{feff}') && workbook.rsplit('/').next().is_some_and(|base| text.contains(base))
    };
    workbooks.iter().find(beside).is_some_and(|workbook| names_it(workbook))
}
