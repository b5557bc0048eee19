//! What lies around a folder that is only a part of a plan year.

use std::path::{Path, PathBuf};

use super::files::{LEDGER, OUTPUT, WORKBOOKS};
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
