//! All that Typst can access: given files and fonts. No disk, no network, no clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::fonts::Fonts;

/// A file name that is not a path inside the world.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a valid file name")]
pub struct InvalidName(pub String);

/// The files and fonts of a document.
pub struct FileWorld<'f> {
    library: LazyHash<Library>,
    files: HashMap<FileId, Bytes>,
    sources: HashMap<FileId, Source>,
    fonts: &'f Fonts,
}

impl<'f> FileWorld<'f> {
    /// A world with `fonts` and no files.
    pub fn new(fonts: &'f Fonts) -> Self {
        let library = LazyHash::new(Library::builder().build());
        Self { library, files: HashMap::new(), sources: HashMap::new(), fonts }
    }

    /// Adds the file `name`, or replaces it.
    ///
    /// # Errors
    /// When the name is not a path inside the world.
    pub fn insert(&mut self, name: &str, content: Bytes) -> Result<(), InvalidName> {
        let id = file_id(name)?;
        if let Some(text) = std::str::from_utf8(&content).ok().filter(|_| name.ends_with(".typ")) {
            self.sources.insert(id, Source::new(id, text.to_owned()));
        }
        self.files.insert(id, content);
        Ok(())
    }

    /// The content of the file `name`, if it is text.
    pub fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(&file_id(name).ok()?)?).ok()
    }

    /// The fonts.
    pub(crate) fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// The Typst file `id`.
    pub(crate) fn source(&self, id: FileId) -> FileResult<&Source> {
        match self.sources.get(&id) {
            Some(source) => Ok(source),
            None if self.files.contains_key(&id) => Err(FileError::InvalidUtf8),
            None => Err(not_found(id)),
        }
    }

    /// The world of one section with the main file `main`; `own` are data files that only it sees.
    pub(crate) fn section(
        &self,
        main: &str,
        own: &[(String, Bytes)],
    ) -> Result<SectionWorld<'_>, InvalidName> {
        let own = own.iter().map(|(name, content)| Ok((file_id(name)?, content.clone())));
        Ok(SectionWorld {
            shared: self,
            main: file_id(main)?,
            own: own.collect::<Result<_, InvalidName>>()?,
            read: Mutex::default(),
        })
    }
}

fn file_id(name: &str) -> Result<FileId, InvalidName> {
    let path = VirtualPath::new(name).map_err(|_| InvalidName(name.to_owned()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The name of the file `id`.
pub(crate) fn file_name(id: &FileId) -> &str {
    id.vpath().get_without_slash()
}

/// The world of one section: the shared files and its own. Records what is read.
pub(crate) struct SectionWorld<'w> {
    pub shared: &'w FileWorld<'w>,
    main: FileId,
    own: Vec<(FileId, Bytes)>,
    read: Mutex<Vec<FileId>>,
}

impl SectionWorld<'_> {
    /// The content of the file `id`.
    pub(crate) fn content(&self, id: FileId) -> Option<&Bytes> {
        let own = self.own.iter().find(|(own, _)| *own == id).map(|(_, content)| content);
        own.or_else(|| self.shared.files.get(&id))
    }

    /// The files that have been read, with their content.
    pub(crate) fn read(&self) -> Vec<(FileId, Bytes)> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().filter_map(|&id| Some((id, self.content(id)?.clone()))).collect()
    }

    fn note(&self, id: FileId) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.contains(&id) {
            read.push(id);
        }
    }
}

impl World for SectionWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.shared.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.note(id);
        self.shared.source(id).cloned()
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.note(id);
        self.content(id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(file_name(&id).into())
}
