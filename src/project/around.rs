//! What lies around a folder that is only a part of a plan year, and inside one that is more.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::files::{LEDGER, OUTPUT, WORKBOOKS, is_spreadsheet, relative_name};
use super::load::FILE_NAME;

/// The plan-year folder that `dir` is a part of: it lies in the `workbooks` or the `output` of a folder with a
/// planbook.toml or a ledger, and has none itself. Who means the whole then finds neither settings nor history.
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
    // As the user would write it: as many steps up as it takes.
    let up = real.strip_prefix(part).ok()?.components().count() + 1;
    Some(match dir.ancestors().nth(up).filter(|_| dir.file_name().is_some()) {
        Some(above) if above.as_os_str().is_empty() => ".".into(),
        Some(above) => above.to_owned(),
        None => part.parent()?.to_owned(),
    })
}

/// The folder `workbooks` that `part` is or lies in, where it is no plan-year folder itself: a run on the whole year reads all
/// that is in there.
pub fn workbooks_around(part: &Path) -> Option<&Path> {
    let is_year = |folder: &Path| {
        folder.join(WORKBOOKS).is_dir() || [FILE_NAME, LEDGER].iter().any(|own| folder.join(own).is_file())
    };
    let within = part.ancestors().take_while(|folder| !is_year(folder));
    within.filter(|folder| folder.file_name().is_some_and(|name| name == WORKBOOKS)).last()
}

/// Whether `folder` holds what planbook makes.
pub(super) fn holds_outputs(folder: &Path) -> bool {
    ["cascade.xlsx", "report.html", "data/findings.json", "data/returned.json"]
        .iter()
        .any(|file| folder.join(file).is_file())
}

/// How many folders deep plan years are looked for.
const DEPTH: usize = 3;

/// The plan-year folders inside `dir`, named as seen from there, where `dir` is none itself: those with a planbook.toml or a
/// folder `workbooks`, and those right inside that are called by a year and hold workbooks. Read as a part of `dir` they would
/// go without their settings and their history. A single one that has neither is a part of `dir` where workbooks lie beside it.
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
