//! The templates of the book: the built-in ones, and those of the plan-year folder that replace them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use typst_press::Bytes;
use walkdir::WalkDir;

use super::built_in::{BUILT_IN, FOLDER};
use super::error::BookError;

/// The built-in templates: file name and text.
///
/// # Errors
/// Only if planbook is built without the book.
pub fn built_in_templates() -> Result<&'static [(&'static str, &'static str)], BookError> {
    Ok(BUILT_IN)
}

/// The most that the files of a template folder may take together, in bytes.
const LARGEST: u64 = 64 << 20;
/// The most letters that may be wrong in a misspelt name.
const MISTAKES: usize = 3;
/// The most files it may hold.
const MOST: usize = 500;

/// The templates of one book, and the files they may read.
#[derive(Clone, Debug)]
pub struct BookTemplates {
    files: BTreeMap<String, Bytes>,
    own: Vec<String>,
}

impl BookTemplates {
    /// Returns the built-in templates.
    pub fn built_in() -> Self {
        let files = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), Bytes::from_string(*text)));
        Self { files: files.collect(), own: Vec::new() }
    }

    /// Returns the built-in templates, each replaced by the file of the same name below [`FOLDER`] in the
    /// plan-year folder `dir`, if there is one. Templates can also read all other files there. Links are not
    /// followed, so a template reads nothing else.
    ///
    /// # Errors
    /// When a file cannot be read, or the folder holds more than a book can use.
    pub fn of(dir: &Path) -> Result<Self, BookError> {
        let mut templates = Self::built_in();
        let root = dir.join(FOLDER);
        if !root.is_dir() {
            return Ok(templates);
        }
        let mut size = 0;
        for entry in WalkDir::new(&root).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|error| unreadable(error.path().unwrap_or(&root), &error))?;
            let Some(name) = name(&root, entry.path()).filter(|_| entry.file_type().is_file()) else {
                continue;
            };
            size += entry.metadata().map_or(0, |found| found.len());
            if size > LARGEST || templates.own.len() >= MOST {
                return Err(BookError::TooManyTemplates { folder: root.display().to_string() });
            }
            let data = fs::read(entry.path()).map_err(|error| unreadable(entry.path(), &error))?;
            templates.files.insert(name.clone(), Bytes::new(data));
            templates.own.push(name);
        }
        Ok(templates)
    }

    /// Returns the templates of the plan-year folder that replace built-in ones and differ from them.
    pub fn changed(&self) -> impl Iterator<Item = &str> {
        let changed = |own: &&str| {
            let (built_in, file) = (BUILT_IN.iter().find(|(name, _)| name == own), self.files.get(*own));
            built_in.zip(file).is_some_and(|((_, text), file)| file.as_slice() != text.as_bytes())
        };
        self.own.iter().map(String::as_str).filter(changed)
    }

    /// Returns the files of the plan-year folder that no template reads and whose names are nearly that of a
    /// built-in one, with that name: because of a typing error, the changes in them are not used.
    pub fn misspelt(&self) -> Vec<(&str, &'static str)> {
        let read = |name: &str| {
            self.own
                .iter()
                .filter(|own| *own != name)
                .filter_map(|own| self.files.get(own))
                .any(|file| memchr::memmem::find(file.as_slice(), name.as_bytes()).is_some())
        };
        let nearest = |own: &str| {
            let stem = own.to_lowercase();
            let distance = |name: &str| strsim::damerau_levenshtein(&stem, name);
            let (name, _) = BUILT_IN.iter().min_by_key(|(name, _)| distance(name))?;
            (distance(name) <= MISTAKES).then_some(*name)
        };
        let known = |name: &str| BUILT_IN.iter().any(|(built_in, _)| *built_in == name);
        let unknown = self.own.iter().filter(|own| !known(own) && !read(own));
        unknown.filter_map(|own| Some((own.as_str(), nearest(own)?))).collect()
    }

    /// Whether `name` is a file of the plan-year folder.
    pub(super) fn is_own(&self, name: &str) -> bool {
        self.own.iter().any(|own| own == name)
    }

    /// Returns every file, by name.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &Bytes)> {
        self.files.iter().map(|(name, data)| (name.as_str(), data))
    }
}

/// Returns `path` as templates name it; `None` for hidden files, which editors leave behind, and for names
/// that are not UTF-8.
fn name(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_str());
    let parts: Vec<&str> = parts.collect::<Option<_>>()?;
    (!parts.iter().any(|part| part.starts_with('.'))).then(|| parts.join("/"))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> BookError {
    BookError::UnreadableTemplate {
        file: PathBuf::from(path).display().to_string(),
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_the_folder_take_the_place_of_built_in_ones_by_name() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join(FOLDER);
        fs::create_dir_all(root.join("parts")).unwrap();
        fs::write(root.join("cover.typ"), "own").unwrap();
        fs::write(root.join("plan.typ"), BUILT_IN.iter().find(|(name, _)| *name == "plan.typ").unwrap().1)
            .unwrap();
        fs::write(root.join("parts/seal.svg"), "<svg/>").unwrap();
        fs::write(root.join(".cover.typ.swp"), "x").unwrap();
        let templates = BookTemplates::of(dir.path()).unwrap();
        assert_eq!(templates.changed().collect::<Vec<_>>(), ["cover.typ"]);
        let files: BTreeMap<&str, &Bytes> = templates.files().collect();
        assert_eq!(files.len(), BUILT_IN.len() + 1);
        assert_eq!(files["cover.typ"].as_slice(), b"own");
        assert_eq!(files["parts/seal.svg"].as_slice(), b"<svg/>");
    }

    #[test]
    fn a_misspelt_template_is_told_and_a_file_that_one_reads_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join(FOLDER);
        fs::create_dir_all(&root).unwrap();
        for (name, text) in [("stlye.typ", "x"), ("Cover.typ", "x"), ("style2.typ", "x"), ("seal.svg", "x")] {
            fs::write(root.join(name), text).unwrap();
        }
        fs::write(root.join("map.typ"), "#import \"style2.typ\": ink").unwrap();
        let templates = BookTemplates::of(dir.path()).unwrap();
        assert_eq!(templates.misspelt(), [("Cover.typ", "cover.typ"), ("stlye.typ", "style.typ")]);
    }

    #[test]
    fn without_a_folder_there_are_the_built_in_ones() {
        let dir = tempfile::tempdir().unwrap();
        let templates = BookTemplates::of(dir.path()).unwrap();
        assert_eq!((templates.changed().count(), templates.files().count()), (0, BUILT_IN.len()));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join(FOLDER);
        fs::create_dir_all(&root).unwrap();
        fs::write(dir.path().join("secret.typ"), "x").unwrap();
        std::os::unix::fs::symlink(dir.path().join("secret.typ"), root.join("secret.typ")).unwrap();
        assert_eq!(BookTemplates::of(dir.path()).unwrap().files().count(), BUILT_IN.len());
    }
}
