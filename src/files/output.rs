//! Output folders, and files written beside their final name, synced and renamed over the old one.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::input::MAX_INPUT;
use crate::project::files::{OUTPUT, WORKBOOKS, workbooks_around};

/// A file or folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The operating system refused: no permission, disk full, file open in another program.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The output folder is one that workbooks are read from: the next run would read outputs as plans.
    #[error("{path} is where workbooks are read from; outputs need a folder of their own", path = path.display())]
    OutIsInput {
        /// The folder.
        path: PathBuf,
    },
    /// The file to be written is one of the plans that were read.
    #[error("{path} is one of the plans; it is not overwritten", path = path.display())]
    OntoInput {
        /// The file.
        path: PathBuf,
    },
    /// A name that points outside the output folder.
    #[error("{path} leads out of the output folder", path = path.display())]
    Outside {
        /// The name, relative to the output folder.
        path: PathBuf,
    },
}

/// The folder that outputs go to, kept apart from the plans they are made from.
#[derive(Clone, Debug)]
pub struct Output {
    pub(super) folder: PathBuf,
    /// The folder that the plans' names are relative to, symlinks resolved.
    plans: PathBuf,
    /// The folder that workbooks are read from, or the one workbook.
    read: PathBuf,
    /// Inputs, symlinks resolved.
    protected: BTreeSet<PathBuf>,
}

impl Output {
    /// Outputs into `folder`, which need not exist yet, made from `input`: a plan-year folder or a single
    /// workbook. A folder inside the plan-year folder is accepted where no workbooks are read from: beside
    /// `workbooks`, or `output`.
    ///
    /// # Errors
    /// When it resolves to the plan-year folder, or to a folder that workbooks are read from.
    pub fn new(folder: &Path, input: &Path) -> Result<Self, WriteError> {
        if resolve_symlinks(folder) == resolve_symlinks(input) {
            return Err(WriteError::OutIsInput { path: folder.to_owned() });
        }
        Self::of_one_file(folder, input)
    }

    /// The same for a single file named by the user: it may be in the plan-year folder itself, beside
    /// `workbooks`.
    ///
    /// # Errors
    /// When workbooks are read from that folder.
    pub fn of_one_file(folder: &Path, input: &Path) -> Result<Self, WriteError> {
        let (real_folder, real_input) = (resolve_symlinks(folder), resolve_symlinks(input));
        let output = if real_input.is_file() {
            let plans = real_input.parent().map_or_else(PathBuf::new, Path::to_owned);
            Self { folder: folder.to_owned(), plans, read: real_input.clone(), protected: BTreeSet::new() }
        } else {
            let workbooks = real_input.join(WORKBOOKS);
            let read = if workbooks.is_dir() { resolve_symlinks(&workbooks) } else { real_input.clone() };
            Self { folder: folder.to_owned(), plans: real_input.clone(), read, protected: BTreeSet::new() }
        };
        let of_the_year = workbooks_around(&real_input).is_some_and(|folder| real_folder.starts_with(folder));
        if of_the_year || output.is_read(&real_folder) {
            return Err(WriteError::OutIsInput { path: folder.to_owned() });
        }
        Ok(output)
    }

    /// Whether workbooks in `real`, a resolved path, would be read. Those in `output` never are.
    fn is_read(&self, real: &Path) -> bool {
        real.starts_with(&self.read) && !real.starts_with(self.plans.join(OUTPUT))
    }

    /// Protects these files, named relative to the plan-year folder, from being overwritten.
    #[must_use]
    pub fn protecting<P: AsRef<Path>>(mut self, files: impl IntoIterator<Item = P>) -> Self {
        for file in files {
            let path = resolve_symlinks(&self.plans.join(file));
            self.protected.insert(path);
        }
        self
    }

    /// The path from the output folder to the plan-year folder, with `/` separators, for links. None where
    /// there is no relative path (another drive, names that are not Unicode).
    pub fn path_to_plans(&self) -> Option<String> {
        let folder = resolve_symlinks(&self.folder);
        let shared = folder.components().zip(self.plans.components()).take_while(|(a, b)| a == b).count();
        if shared == 0 {
            return None;
        }
        let up = folder.components().skip(shared).map(|_| Some(".."));
        let down = self.plans.components().skip(shared).map(|part| part.as_os_str().to_str());
        let parts: Option<Vec<&str>> = up.chain(down).collect();
        parts.map(|parts| if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The full path of `name`, which is relative to the folder.
    ///
    /// # Errors
    /// When the name points outside the folder, or to an input.
    pub fn path(&self, name: impl AsRef<Path>) -> Result<PathBuf, WriteError> {
        let name = name.as_ref();
        let plain = name.components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || name.as_os_str().is_empty() {
            return Err(WriteError::Outside { path: name.to_owned() });
        }
        let path = self.folder.join(name);
        let real = resolve_symlinks(&path);
        // `build plans/returned -o plans` would put returned workbooks where the plans are.
        if self.is_read(&real) || self.protected.contains(&real) {
            return Err(WriteError::OntoInput { path });
        }
        Ok(path)
    }

    /// Writes the file `name` through `content` and returns its full path. Folders are made as needed.
    ///
    /// # Errors
    /// As [`Output::path`] and [`replace`].
    pub fn write(
        &self,
        name: impl AsRef<Path>,
        content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<PathBuf, WriteError> {
        let path = self.path(name)?;
        replace(&path, content)?;
        Ok(path)
    }

    /// Writes `bytes` to the file `name`, as [`Output::write`] does. A file with the same content is left
    /// untouched, its time included: what did not change need not be sent again.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn put(&self, name: impl AsRef<Path>, bytes: &[u8]) -> Result<PathBuf, WriteError> {
        let path = self.path(name)?;
        if !fs::read(&path).is_ok_and(|there| there == bytes) {
            replace(&path, |file| file.write_all(bytes))?;
        }
        Ok(path)
    }

    /// Removes the file `name` if `is_ours` accepts its content. Returns whether it was removed; none where
    /// there is no such file.
    ///
    /// # Errors
    /// As [`Output::path`], and when the operating system refuses.
    pub fn remove_if(
        &self,
        name: impl AsRef<Path>,
        is_ours: impl FnOnce(&[u8]) -> bool,
    ) -> Result<Option<bool>, WriteError> {
        let path = self.path(name)?;
        if !fs::metadata(&path).is_ok_and(|file| file.is_file()) {
            return Ok(None);
        }
        // A file too large to inspect is not ours.
        let small = fs::metadata(&path).is_ok_and(|file| file.len() <= MAX_INPUT);
        if !small || !fs::read(&path).is_ok_and(|content| is_ours(&content)) {
            return Ok(Some(false));
        }
        fs::remove_file(&path).map_err(|source| WriteError::Io { path, source })?;
        Ok(Some(true))
    }
}

/// Writes the file at `path` through `content`, replacing an existing one. Folders are made as needed.
///
/// # Errors
/// When the operating system or `content` fails; an existing file is then unchanged.
pub fn replace(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), WriteError> {
    let refused = |source| WriteError::Io { path: path.to_owned(), source };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder).map_err(refused)?;
    let (draft, file) = PendingFile::create(folder).map_err(refused)?;
    let mut out = BufWriter::new(file);
    content(&mut out).and_then(|()| out.flush()).and_then(|()| out.get_ref().sync_all()).map_err(refused)?;
    // Windows does not rename open files.
    drop(out);
    draft.rename_to(path).map_err(refused)
}

/// Prefix and suffix of temporary file names.
const DRAFT: &str = ".planbook-";

const UNFINISHED: &str = ".tmp";

/// Removes temporary files that killed runs left in `folder`; once per folder. Those of running processes are
/// locked.
fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut swept = SWEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if !swept.insert(folder.to_owned()) {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_draft =
            name.to_str().is_some_and(|name| name.starts_with(DRAFT) && name.ends_with(UNFINISHED));
        let is_left =
            || OpenOptions::new().write(true).open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if is_draft && is_left() {
            // Failing to remove it does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file, removed unless it is renamed to its final name.
struct PendingFile {
    path: Option<PathBuf>,
}

impl PendingFile {
    /// Creates an empty file in `folder`. Its name is short, because the final one may be as long as the
    /// system allows, and hidden, because planbook skips hidden files.
    fn create(folder: &Path) -> io::Result<(Self, File)> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        sweep(folder);
        loop {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!("{DRAFT}{}-{number}{UNFINISHED}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => {
                    // The lock says that the file is in use. Not every file system can lock.
                    let _ = file.try_lock();
                    return Ok((Self { path: Some(path) }, file));
                }
                // A killed run left it.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn rename_to(mut self, path: &Path) -> io::Result<()> {
        if let Some(draft) = &self.path {
            fs::rename(draft, path)?;
        }
        self.path = None;
        Ok(())
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // Keep the error that led here.
            let _ = fs::remove_file(path);
        }
    }
}

/// `path` with symlinks resolved as far as it exists, and the rest as written.
fn resolve_symlinks(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut rest = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(real) = existing.canonicalize() {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else {
            return absolute;
        };
        rest.push(name);
        existing = parent;
    }
}
