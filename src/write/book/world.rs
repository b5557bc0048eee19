//! What Typst may see: the templates, the data, the fonts. No disk, no network, no clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;
use super::pages::Chunk;
use super::templates::{MAIN, Templates};
use super::{BookError, Logo};

/// The path under which the templates read their data.
pub(super) const DATA: &str = "data.json";
/// The path under which they read where everything stands.
pub(super) const PLACES: &str = "places.json";
/// The path under which they read the colours.
pub(super) const LOOK: &str = "look.json";
/// The path under which they read which chunk is being set.
const PIECE: &str = "piece.json";

/// What is set in the place of a chunk that cannot be. Hidden names are none of templates, so no file of an office's own
/// comes into its way.
const NOTICE: (&str, &str) = (".notice.typ", include_str!("../../../templates/book/notice.typ"));

/// The world of one book: what all its chunks share.
pub(super) struct BookWorld<'a> {
    library: LazyHash<Library>,
    main: FileId,
    notice: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    fonts: &'a Fonts,
    templates: &'a Templates,
}

impl<'a> BookWorld<'a> {
    /// A world with `templates`, what they read besides, and `data`: file names and contents.
    pub(super) fn new(
        fonts: &'a Fonts,
        templates: &'a Templates,
        data: impl IntoIterator<Item = (String, String)>,
        logo: Option<&Logo>,
    ) -> Result<Self, BookError> {
        let mut files = HashMap::new();
        let mut sources = HashMap::new();
        for (name, bytes) in templates.files() {
            let id = file_id(name)?;
            if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| name.ends_with(".typ")) {
                sources.insert(id, Source::new(id, text.to_owned()));
            }
            files.insert(id, bytes.clone());
        }
        for (name, text) in data {
            files.insert(file_id(&name)?, Bytes::from_string(text));
        }
        let notice = file_id(NOTICE.0)?;
        sources.insert(notice, Source::new(notice, NOTICE.1.to_owned()));
        if let Some(logo) = logo {
            files.insert(file_id(logo.name)?, logo.data.clone());
        }
        let library = LazyHash::new(Library::builder().build());
        Ok(Self { library, main: file_id(MAIN)?, notice, sources, files, fonts, templates })
    }

    /// Puts the data file `name` into the place of the one before.
    pub(super) fn put(&mut self, name: &str, json: String) -> Result<(), BookError> {
        self.files.insert(file_id(name)?, Bytes::from_string(json));
        Ok(())
    }

    /// The world of the chunk that `piece` describes, or of the page that stands in its place.
    pub(super) fn of_chunk(&self, piece: String, notice: bool) -> Result<ChunkWorld<'_>, BookError> {
        let piece = (file_id(PIECE)?, Bytes::from_string(piece));
        let main = if notice { self.notice } else { self.main };
        Ok(ChunkWorld { book: self, main, piece, read: Mutex::default() })
    }

    /// What is set in `chunk`: the data that all read, and its own.
    pub(super) fn texts_of(&self, chunk: &Chunk) -> impl Iterator<Item = &str> {
        let own = if chunk.plan.is_some() { chunk.label.clone() } else { chunk.part.name() };
        [DATA.to_owned(), format!("{own}.json")].into_iter().filter_map(|name| self.text(&name))
    }

    /// The fonts, as Typst looks them up.
    pub(super) fn fonts(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    /// The text of the data file `name`.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(&file_id(name).ok()?)?).ok()
    }

    /// Whether the file `id` stands in the plan-year folder.
    pub(super) fn is_own(&self, id: FileId) -> bool {
        self.templates.is_own(id.vpath().get_without_slash())
    }
}

fn file_id(name: &str) -> Result<FileId, BookError> {
    let path = VirtualPath::new(name).map_err(|error| BookError::Data(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for BookWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match self.sources.get(&id) {
            Some(source) => Ok(source.clone()),
            None if self.files.contains_key(&id) => Err(FileError::InvalidUtf8),
            None => Err(not_found(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The world of one chunk: that of its book and what is said of the chunk. Notes what is read.
pub(super) struct ChunkWorld<'w> {
    pub book: &'w BookWorld<'w>,
    main: FileId,
    piece: (FileId, Bytes),
    read: Mutex<Vec<FileId>>,
}

impl ChunkWorld<'_> {
    /// What the file `id` holds.
    pub(super) fn content(&self, id: FileId) -> Option<&Bytes> {
        let (piece, bytes) = &self.piece;
        if id == *piece { Some(bytes) } else { self.book.files.get(&id) }
    }

    /// The files that have been read, with what they hold.
    pub(super) fn read(&self) -> Vec<(FileId, Bytes)> {
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

impl World for ChunkWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.book.library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.book.fonts()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.note(id);
        self.book.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.note(id);
        self.content(id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.book.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
