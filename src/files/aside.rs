//! Renames or moves files of earlier runs that somebody may still need, instead of deleting them.

use std::fs;
use std::path::{Path, PathBuf};

use super::output::{Output, WriteError};
use crate::finding::Lang;

/// Renames the file at `path` to end in `.bak` or, where that is taken, in `.bak2` and so on.
/// Returns the name.
///
/// # Errors
/// When the operating system refuses.
pub fn set_aside(path: &Path) -> Result<PathBuf, WriteError> {
    let mut number = 1u32;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".bak".to_owned() } else { format!(".bak{number}") });
        let aside = PathBuf::from(name);
        if !aside.exists() {
            fs::rename(path, &aside).map_err(|source| WriteError::Io { path: path.to_owned(), source })?;
            return Ok(aside);
        }
        number += 1;
    }
}

/// Whether `path` has a name that [`set_aside`] gives.
pub fn is_set_aside(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy());
    let number = extension.as_ref().and_then(|extension| extension.strip_prefix("bak"));
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

/// Sets the file at `path` aside if it exists and `is_worked_on` accepts its content, or it cannot be read.
/// Returns its new name.
///
/// # Errors
/// When the operating system refuses.
pub fn set_aside_where(
    path: &Path,
    is_worked_on: impl FnOnce(&[u8]) -> bool,
) -> Result<Option<PathBuf>, WriteError> {
    if !path.is_file() || fs::read(path).is_ok_and(|there| !is_worked_on(&there)) {
        return Ok(None);
    }
    set_aside(path).map(Some)
}

/// The output subfolder for superseded files of earlier runs.
pub fn earlier(lang: Lang) -> &'static str {
    lang.pick("이전", "earlier")
}

impl Output {
    /// Moves the file `name` to `place`, both relative to the output folder, creating folders. If a different
    /// file has that name already, a number is appended. Returns the new name; none where there is no file
    /// `name`. Folders left empty are removed.
    ///
    /// # Errors
    /// As [`Output::path`], and when the operating system refuses.
    pub fn move_aside(&self, name: &str, place: &str) -> Result<Option<String>, WriteError> {
        let from = self.path(name)?;
        if !fs::symlink_metadata(&from).is_ok_and(|file| file.is_file()) {
            return Ok(None);
        }
        let (stem, extension) = match place.rsplit_once('.') {
            Some((stem, extension)) if !extension.contains('/') => (stem, format!(".{extension}")),
            _ => (place, String::new()),
        };
        let names = std::iter::once(place.to_owned());
        let mut names = names.chain((2u32..).map(|number| format!("{stem} ({number}){extension}")));
        let free = |place: &String| {
            let there = self.folder.join(place);
            fs::symlink_metadata(&there).is_err() || same_content(&from, &there)
        };
        let Some(place) = names.find(free) else { return Ok(None) };
        let to = self.path(&place)?;
        let refused = |source| WriteError::Io { path: from.clone(), source };
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        fs::rename(&from, &to).map_err(refused)?;
        self.remove_empty(from.parent());
        Ok(Some(place))
    }

    /// Removes the folder and its parents below the output folder, as long as they are empty.
    fn remove_empty(&self, folder: Option<&Path>) {
        let below = |folder: &&Path| *folder != self.folder && folder.starts_with(&self.folder);
        let mut folder = folder.filter(below);
        while let Some(empty) = folder {
            // The operating system refuses to remove a folder that is not empty.
            if fs::remove_dir(empty).is_err() {
                return;
            }
            folder = empty.parent().filter(below);
        }
    }
}

/// Whether both are files with the same content.
fn same_content(one: &Path, other: &Path) -> bool {
    let sizes =
        [one, other].map(|path| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|f| f.len()));
    sizes[0].is_some()
        && sizes[0] == sizes[1]
        && matches!((fs::read(one), fs::read(other)), (Ok(one), Ok(other)) if one == other)
}
