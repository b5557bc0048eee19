//! Finds plan-year folders above and below a given folder.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::folder::{FILE_NAME, LEDGER, OUTPUT, WORKBOOKS, is_spreadsheet, relative_name};

/// The plan-year folder of which `dir` is a part: `dir` is inside the `workbooks` or `output` of a folder
/// with a planbook.toml or a ledger, and has neither itself. A run on `dir` finds neither settings nor
/// history.
pub fn plan_year_above(dir: &Path) -> Option<PathBuf> {
    let has_own = |folder: &Path| [FILE_NAME, LEDGER].iter().any(|own| folder.join(own).is_file());
    let real = dir.canonicalize().ok()?;
    if has_own(&real) {
        return None;
    }
    let part = real.ancestors().find(|folder| {
        folder.file_name().is_some_and(|name| name == WORKBOOKS || name == OUTPUT)
            && folder.parent().is_some_and(has_own)
    })?;
    // As the user would write it: relative to `dir` as given.
    let up = real.strip_prefix(part).ok()?.components().count() + 1;
    Some(match dir.ancestors().nth(up).filter(|_| dir.file_name().is_some()) {
        Some(above) if above.as_os_str().is_empty() => ".".into(),
        Some(above) => above.to_owned(),
        None => part.parent()?.to_owned(),
    })
}

/// The folder `workbooks` that is `part` or contains it, within the nearest plan-year folder. A run on the
/// whole year reads everything in it.
pub fn workbooks_around(part: &Path) -> Option<&Path> {
    let is_year = |folder: &Path| {
        folder.join(WORKBOOKS).is_dir() || [FILE_NAME, LEDGER].iter().any(|own| folder.join(own).is_file())
    };
    let within = part.ancestors().take_while(|folder| !is_year(folder));
    within.filter(|folder| folder.file_name().is_some_and(|name| name == WORKBOOKS)).last()
}

/// Whether `folder` contains outputs of planbook.
pub(super) fn holds_outputs(folder: &Path) -> bool {
    ["cascade.xlsx", "report.html", "data/findings.json", "data/returned.json"]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// How many levels deep to look for plan years.
const DEPTH: usize = 3;

/// The plan-year folders inside `dir`, relative to it; none if `dir` is one itself. They are folders with a
/// planbook.toml or a folder `workbooks`, and direct subfolders named after a year that contain workbooks.
/// Read as a part of `dir` they would lose their settings and history. A single one with neither is a part
/// of `dir` if workbooks are beside it.
pub fn plan_years_in(dir: &Path) -> Vec<String> {
    if is_plan_year(dir) {
        return Vec::new();
    }
    let mut folders = WalkDir::new(dir)
        .follow_links(true)
        .min_depth(1)
        .max_depth(DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            let name = entry.file_name().to_string_lossy();
            entry.file_type().is_dir() && name != OUTPUT && !name.starts_with('.')
        });
    let mut years: Vec<String> = Vec::new();
    while let Some(entry) = folders.next() {
        let Ok(entry) = entry else { continue };
        let by_name = || entry.depth() == 1 && is_called_by_year(entry.path());
        if is_plan_year(entry.path()) || by_name() && holds_workbooks(entry.path()) {
            years.push(relative_name(dir, entry.path()).to_string());
            folders.skip_current_dir();
        }
    }
    match &years[..] {
        [only] if !is_plan_year(&dir.join(only)) && holds_workbooks(dir) => Vec::new(),
        _ => years,
    }
}

fn is_plan_year(folder: &Path) -> bool {
    folder.join(FILE_NAME).is_file() || folder.join(WORKBOOKS).is_dir()
}

fn is_called_by_year(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let bare = name.trim_end_matches("년도").trim_end_matches('년');
    bare.len() == 4 && bare.parse::<u32>().is_ok_and(|year| (1900..2200).contains(&year))
}

fn holds_workbooks(folder: &Path) -> bool {
    let mut files = folder.read_dir().into_iter().flatten().flatten();
    files.any(|file| file.file_type().is_ok_and(|kind| kind.is_file()) && is_spreadsheet(&file.path()))
}
