//! What Typst may see: the templates, the data, the fonts. No disk, no network, no clock.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use super::{BookError, Fonts};

/// A template: its file name and its text.
pub(super) type Template<'a> = (&'a str, &'a str);

/// The built-in templates.
pub(super) const TEMPLATES: [Template<'static>; 11] = [
    (MAIN, include_str!("../../../templates/book/book.typ")),
    ("style.typ", include_str!("../../../templates/book/style.typ")),
    ("cover.typ", include_str!("../../../templates/book/cover.typ")),
    ("contents.typ", include_str!("../../../templates/book/contents.typ")),
    ("guide.typ", include_str!("../../../templates/book/guide.typ")),
    ("map.typ", include_str!("../../../templates/book/map.typ")),
    ("common.typ", include_str!("../../../templates/book/common.typ")),
    ("weights.typ", include_str!("../../../templates/book/weights.typ")),
    ("plan.typ", include_str!("../../../templates/book/plan.typ")),
    ("index.typ", include_str!("../../../templates/book/index.typ")),
    ("findings.typ", include_str!("../../../templates/book/findings.typ")),
];

/// The template that Typst begins with.
const MAIN: &str = "book.typ";

/// The world of one book.
pub(super) struct BookWorld<'a> {
    library: LazyHash<Library>,
    main: FileId,
    sources: Vec<Source>,
    data: HashMap<FileId, Bytes>,
    fonts: &'a Fonts,
}

impl<'a> BookWorld<'a> {
    /// A world with `templates` and the files they read, by name.
    pub(super) fn new(
        fonts: &'a Fonts,
        templates: &[Template<'_>],
        data: Vec<(String, String)>,
    ) -> Result<Self, BookError> {
        let sources = templates
            .iter()
            .map(|(name, text)| Ok(Source::new(file_id(name)?, (*text).to_owned())))
            .collect::<Result<_, BookError>>()?;
        let data = data
            .into_iter()
            .map(|(name, text)| Ok((file_id(&name)?, Bytes::from_string(text))))
            .collect::<Result<_, BookError>>()?;
        let library = LazyHash::new(Library::builder().build());
        Ok(Self { library, main: file_id(MAIN)?, sources, data, fonts })
    }

    /// The first of the typesetter's errors, with its place.
    pub(super) fn explain(&self, errors: &[SourceDiagnostic]) -> BookError {
        let found = errors.first().and_then(|first| self.find(first));
        BookError::Template {
            file: found.map_or(self.main, |(id, _)| id).vpath().get_without_slash().to_owned(),
            line: found.and_then(|(_, line)| line),
            message: errors.first().map(|first| first.message.to_string()).unwrap_or_default(),
        }
    }

    /// Where in the templates `error` stands.
    pub(super) fn place(&self, error: &SourceDiagnostic) -> Option<String> {
        let (id, line) = self.find(error)?;
        let file = id.vpath().get_without_slash();
        Some(line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}")))
    }

    fn find(&self, error: &SourceDiagnostic) -> Option<(FileId, Option<usize>)> {
        let id = error.span.id()?;
        let line = self
            .range(error.span)
            .and_then(|range| self.source(id).ok()?.lines().byte_to_line(range.start))
            .map(|line| line + 1);
        Some((id, line))
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
        self.sources.iter().find(|source| source.id() == id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(data) = self.data.get(&id) {
            return Ok(data.clone());
        }
        self.source(id).map(|source| Bytes::from_string(source.text().to_owned()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
