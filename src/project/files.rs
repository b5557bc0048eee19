//! The workbooks of a plan-year folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::around::holds_outputs;
pub use super::around::{plan_year_above, plan_years_in, workbooks_around};
use super::folder::{FILE_NAME, TEMPLATES, is_spreadsheet, relative_name};
pub use super::folder::{LEDGER, OUTPUT, WORKBOOKS};
pub use super::obstacle::Obstacle;

/// Extensions of documents that departments submit instead of a workbook, in lower case. They are reported
/// as unreadable.
const DOCUMENTS: [&str; 26] = [
    "hwp", "hwt", "hml", "pdf", "doc", "odt", "rtf", "ppt", "pptx", "odp", "zip", "7z", "rar", "alz", "egg",
    "jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "cell", "numbers", "mht", "mhtml",
];

/// The extension of a file that is a document, not a workbook.
pub fn document_extension(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    DOCUMENTS.contains(&extension.as_str()).then_some(extension)
}

/// Whether a file's name is that of a workbook, or of a document submitted instead of one.
pub fn is_workbook(path: &Path) -> bool {
    path.extension().is_some() && leave_alone(path).is_none()
}

/// An item in the folder that should be a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its path.
    pub path: PathBuf,
    /// Path relative to the plan-year folder, separated by `/`; invalid UTF-8 is replaced.
    pub name: Arc<str>,
    /// What it is.
    pub kind: FoundKind,
}

/// What an item that should be a workbook is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundKind {
    /// A file to be read.
    File,
    /// A folder with a workbook's name.
    Folder,
    /// A link to a folder above itself.
    LinkLoop,
    /// The operating system refused access.
    Unreadable(Obstacle),
}

/// An item in the folder that is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Path relative to the plan-year folder, as in [`Found::name`].
    pub name: Arc<str>,
    /// Why it is not read.
    pub reason: PassedOverReason,
}

/// Why an item is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassedOverReason {
    /// The lock file of an open workbook (`~$…`).
    LockFile,
    /// A stray file that nobody submits: `Thumbs.db`, a README.
    Litter,
    /// A hidden file or folder (leading dot).
    Hidden,
    /// Its extension is not that of a spreadsheet.
    NotASpreadsheet,
    /// A spreadsheet beside the folder `workbooks` instead of in it.
    OutsideWorkbooks,
}

impl PassedOverReason {
    /// Whether nobody would miss the file.
    pub fn is_noise(self) -> bool {
        matches!(self, Self::LockFile | Self::Litter | Self::Hidden)
    }
}

/// The contents of a plan-year folder, both lists by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The items to read.
    pub found: Vec<Found>,
    /// The items not read.
    pub passed_over: Vec<PassedOver>,
}

/// Lists the workbooks of the plan-year folder `dir`: those below `dir/workbooks`, or without such a
/// folder, those below `dir` itself except `output`. Follows links. Never fails: what cannot be listed is
/// found as [`FoundKind::Unreadable`].
pub fn list(dir: &Path) -> Listing {
    let mut listing = Listing::default();
    let workbooks = dir.join(WORKBOOKS);
    if workbooks.is_dir() {
        listing.walk(dir, &workbooks);
        listing.note_strays(dir);
    } else {
        listing.walk(dir, dir);
    }
    listing.found.sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    listing.passed_over.sort_by(|a, b| a.name.cmp(&b.name));
    listing
}

impl Listing {
    fn walk(&mut self, dir: &Path, root: &Path) {
        let mut entries = WalkDir::new(root).follow_links(true).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.path() == dir.join(OUTPUT) => entries.skip_current_dir(),
                // Made by a run on `workbooks` alone; a department's folder of this name holds no outputs.
                Ok(entry) if entry.path() == root.join(OUTPUT) && holds_outputs(entry.path()) => {
                    entries.skip_current_dir();
                }
                // Pictures for the book are not plans.
                Ok(entry)
                    if entry.path().starts_with(dir.join(TEMPLATES))
                        && document_extension(entry.path()).is_some() => {}
                // planbook's own files are not reported.
                Ok(entry) if [FILE_NAME, LEDGER].iter().any(|own| entry.path() == dir.join(own)) => {}
                Ok(entry) => {
                    let into = self.take(dir, &entry);
                    if !into && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.take_failure(dir, root, &error),
            }
        }
    }

    /// Lists an entry as found or passed over; returns whether to walk into it.
    fn take(&mut self, dir: &Path, entry: &DirEntry) -> bool {
        let name = relative_name(dir, entry.path());
        let kind = entry.file_type();
        let reason = leave_alone(entry.path());
        if matches!(reason, Some(PassedOverReason::LockFile | PassedOverReason::Hidden)) {
            self.passed_over.extend(reason.map(|reason| PassedOver { name, reason }));
            return false;
        }
        if kind.is_dir() {
            if reason.is_none() {
                self.found.push(Found { path: entry.path().into(), name, kind: FoundKind::Folder });
            }
            return true;
        }
        match reason {
            Some(reason) => self.passed_over.push(PassedOver { name, reason }),
            None if kind.is_file() => {
                self.found.push(Found { path: entry.path().into(), name, kind: FoundKind::File });
            }
            // Opening a pipe or a device would block forever.
            None => {
                let kind = FoundKind::Unreadable(Obstacle::NoFile);
                self.found.push(Found { path: entry.path().into(), name, kind });
            }
        }
        false
    }

    fn take_failure(&mut self, dir: &Path, root: &Path, error: &walkdir::Error) {
        let path = error.path().unwrap_or(root);
        let name = relative_name(dir, path);
        // A dangling link to a text file is treated like the text file.
        if let Some(reason) = leave_alone(path).filter(|_| path.extension().is_some()) {
            self.passed_over.push(PassedOver { name, reason });
            return;
        }
        let kind = if error.loop_ancestor().is_some() {
            FoundKind::LinkLoop
        } else {
            FoundKind::Unreadable(error.io_error().map_or(Obstacle::Other, Obstacle::from))
        };
        self.found.push(Found { path: path.into(), name, kind });
    }

    /// Reports spreadsheets beside the folder `workbooks`, which would otherwise go unnoticed.
    fn note_strays(&mut self, dir: &Path) {
        let entries = WalkDir::new(dir).min_depth(1).max_depth(1).into_iter().filter_map(Result::ok);
        for entry in
            entries.filter(|entry| !entry.file_type().is_dir() && leave_alone(entry.path()).is_none())
        {
            let name = relative_name(dir, entry.path());
            self.passed_over.push(PassedOver { name, reason: PassedOverReason::OutsideWorkbooks });
        }
    }
}

/// Why `path` is not read, by its name; `None` if it should be a workbook.
fn leave_alone(path: &Path) -> Option<PassedOverReason> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Some(PassedOverReason::LockFile);
    }
    if name.starts_with('.') {
        return Some(PassedOverReason::Hidden);
    }
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let known = is_spreadsheet(path) || DOCUMENTS.contains(&extension.as_str());
    let lower = name.to_lowercase();
    let is_litter = matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "icon\r")
        || lower.starts_with("readme") && matches!(extension.as_str(), "" | "txt" | "md");
    let reason = if is_litter { PassedOverReason::Litter } else { PassedOverReason::NotASpreadsheet };
    (!known).then_some(reason)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        dir
    }

    fn names(dir: &Path) -> Vec<String> {
        list(dir).found.iter().map(|found| found.name.to_string()).collect()
    }

    #[test]
    fn workbooks_at_any_depth_in_the_order_of_their_names() {
        let dir = folder(&["workbooks/b.XLSX", "workbooks/가/a.ods", "workbooks/a.csv", "planbook.toml"]);
        assert_eq!(names(dir.path()), ["workbooks/a.csv", "workbooks/b.XLSX", "workbooks/가/a.ods"]);
    }

    #[test]
    fn without_a_folder_workbooks_the_folder_itself_but_not_its_output() {
        let dir = folder(&["a.xlsx", "sub/b.xls", "output/cascade.xlsx", "sub/output/c.xlsx"]);
        assert_eq!(names(dir.path()), ["a.xlsx", "sub/b.xls", "sub/output/c.xlsx"]);
    }

    #[test]
    fn the_folders_own_files_are_no_news() {
        let dir = folder(&["a.xlsx", "planbook.toml", "ledger.json"]);
        assert_eq!(list(dir.path()).passed_over, []);
    }

    #[test]
    fn what_is_left_alone_is_said_with_the_reason() {
        let dir = folder(&[
            "workbooks/~$a.xlsx",
            "workbooks/.~lock.a.ods#",
            "workbooks/.git/a.xlsx",
            "workbooks/공문.hwp",
            "workbooks/메모.txt",
            "workbooks/a.xlsx",
            "b.xlsx",
        ]);
        let listing = list(dir.path());
        let passed_over: Vec<_> = listing.passed_over.iter().map(|p| (&*p.name, p.reason)).collect();
        assert_eq!(
            passed_over,
            [
                ("b.xlsx", PassedOverReason::OutsideWorkbooks),
                ("workbooks/.git", PassedOverReason::Hidden),
                ("workbooks/.~lock.a.ods#", PassedOverReason::LockFile),
                ("workbooks/~$a.xlsx", PassedOverReason::LockFile),
                ("workbooks/메모.txt", PassedOverReason::NotASpreadsheet),
            ]
        );
        // A document submitted instead of a workbook is listed with the workbooks.
        assert_eq!(names(dir.path()), ["workbooks/a.xlsx", "workbooks/공문.hwp"]);
    }

    #[test]
    fn pictures_for_the_book_are_no_plans_and_litter_is_no_news() {
        let dir =
            folder(&["a.xlsx", "templates/book/로고.png", "templates/안내.pdf", "README.txt", "Thumbs.db"]);
        assert_eq!(names(dir.path()), ["a.xlsx"]);
        assert!(list(dir.path()).passed_over.iter().all(|passed| passed.reason.is_noise()));
    }

    #[test]
    fn a_folder_called_x_xlsx_is_found_and_walked_into() {
        let dir = folder(&["x.xlsx/inside.xlsx"]);
        let found: Vec<_> =
            list(dir.path()).found.into_iter().map(|f| (f.name.to_string(), f.kind)).collect();
        assert_eq!(
            found,
            [("x.xlsx".into(), FoundKind::Folder), ("x.xlsx/inside.xlsx".into(), FoundKind::File)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_that_loop_or_dangle_are_found_as_such_and_the_rest_goes_on() {
        use std::os::unix::fs::symlink;
        let dir = folder(&["workbooks/z.xlsx"]);
        let workbooks = dir.path().join("workbooks");
        symlink(&workbooks, workbooks.join("round")).unwrap();
        symlink("nowhere.xlsx", workbooks.join("gone.xlsx")).unwrap();
        symlink("nowhere.txt", workbooks.join("gone.txt")).unwrap();
        symlink("self.xlsx", workbooks.join("self.xlsx")).unwrap();
        symlink("z.xlsx", workbooks.join("twin.xlsx")).unwrap();
        let listing = list(dir.path());
        let kind = |name: &str| &listing.found.iter().find(|f| &*f.name == name).unwrap().kind;
        assert_eq!(kind("workbooks/round"), &FoundKind::LinkLoop);
        assert!(matches!(kind("workbooks/gone.xlsx"), FoundKind::Unreadable(_)));
        assert!(matches!(kind("workbooks/self.xlsx"), FoundKind::Unreadable(_)));
        assert_eq!(kind("workbooks/twin.xlsx"), &FoundKind::File);
        assert_eq!(kind("workbooks/z.xlsx"), &FoundKind::File);
        assert_eq!(listing.found.len(), 5);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_utf8_are_shown_and_still_open() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let dir = folder(&[]);
        let raw = dir.path().join(OsStr::from_bytes(b"\xb0\xa1.xlsx"));
        fs::write(&raw, "").unwrap();
        let listing = list(dir.path());
        assert_eq!(&*listing.found[0].name, "\u{fffd}\u{fffd}.xlsx");
        assert_eq!(listing.found[0].path, raw);
    }
}
