//! What earlier runs put into `returned/` for workbooks that are no longer there, or of another folder: it is moved out of the way,
//! so that nobody mails it. Ours is what the receipts of the run before name, and what bears our sign.

use std::collections::BTreeSet;
use std::fs;

use walkdir::WalkDir;

use super::{FOLDER, RECEIPTS, names, receipt, to_return};
use crate::files::{self, Output, WriteError};
use crate::write::WriteContext;

/// What stood in the folder and was not made by this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Leftovers {
    /// Where it was moved, relative to the output folder.
    pub place: String,
    /// What was moved, under its former names.
    pub moved: Vec<String>,
    /// What stays, because planbook did not make it or it was set aside there.
    pub others: Vec<String>,
}

/// The largest file that is looked at for our sign.
const LARGEST: u64 = 64 << 20;

/// Moves what earlier runs returned and this one, of `context`, does not.
///
/// # Errors
/// When the operating system refuses.
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
    // Drafts of a run that goes on are hidden.
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
    small(name, output).is_some_and(|content| super::is_signed(&content))
}

/// Whether a file is the covering message of one of `workbooks`: it lies beside it and names it.
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
