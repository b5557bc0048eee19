//! How texts name folders.

use std::path::{Path, PathBuf};

use planbook::files::shown;
use planbook::finding::Lang;

/// Returns how texts refer to a folder.
pub fn folder(path: &Path, lang: Lang) -> String {
    match path == Path::new(".") {
        true => lang.pick("지금 폴더", "the current folder").to_owned(),
        false => lang.pick(format!("{} 폴더", shown(path)), shown(path)),
    }
}

/// Joins folders into a list.
pub fn listed(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| shown(folder)).collect::<Vec<_>>().join(", ")
}
