//! Makes the book: fits the parts and plans, has them set, and exports the file.

use std::collections::BTreeSet;

use typst_press::{
    Bytes, Concessions, ExportOptions, ExportWarning, FileWorld, Fonts, InvalidName, Panicked, PressError,
    Replacements, SetDocument, Standard, Typesetter, Unmet, caught, export,
};

use super::built_in::NOTICE;
use super::conceded::Conceded;
use super::data::BookData;
use super::error::BookError;
use super::look::Look;
use super::measure::Ruler;
use super::options::BookOptions;
use super::pages::Chunk;
use super::scope::Selection;
use super::sections::{self, LOOK, SectionPiece};
use super::templates::BookTemplates;
use super::trouble::BookTemplateError;
use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
use crate::project::BookPart;

/// A book.
#[derive(Clone, Debug)]
pub struct TypesetBook {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// The file name without its ending: `book`, or with the name of the organisation it covers.
    pub file_stem: String,
    /// How many pages it has.
    pub pages: usize,
    /// The font family it is set in.
    pub font: String,
    /// The standards that the file meets.
    pub standards: Vec<Standard>,
    /// The standards that the file should meet but does not, and why: see [`super::unmet`].
    pub unmet: Vec<Unmet>,
    /// What could not be done to the file: see [`super::warning`].
    pub warning: Option<ExportWarning>,
    /// Every font in it: family and file.
    pub fonts: BTreeSet<(String, String)>,
    /// Organisations and parts whose number of pages differs from what was fitted, because of one of the
    /// office's own templates. Their extra pages repeat the number of the page before.
    pub page_count_mismatches: Vec<String>,
    /// Letters that none of the fonts found can show, in order. Others are printed instead.
    pub missing_letters: BTreeSet<char>,
    /// What was left out because a library panicked at it.
    pub conceded: Conceded,
}

/// Makes the book of `context`'s city, or of the scope that `options` give. `findings` are printed if
/// planbook.toml asks for them.
pub fn pdf(
    context: &Context<'_>,
    findings: &[Finding],
    lang: Lang,
    fonts: &Fonts,
    options: &BookOptions,
) -> Result<TypesetBook, BookError> {
    let mut press = BookPress::default();
    let book = press.pdf(context, findings, lang, fonts, options);
    rayon::spawn(move || drop(press));
    book
}

/// Makes books one after the other and sets only what has changed since the last one.
#[derive(Default)]
pub struct BookPress(Typesetter);

impl BookPress {
    /// How many parts and plans of the last book had to be set.
    pub fn retypeset(&self) -> usize {
        self.0.retypeset()
    }

    /// Makes a book as [`pdf`] does, for callers that print repeatedly.
    pub fn pdf(
        &mut self,
        context: &Context<'_>,
        findings: &[Finding],
        lang: Lang,
        fonts: &Fonts,
        options: &BookOptions,
    ) -> Result<TypesetBook, BookError> {
        let selection = Selection::new(&options.scope, context.city, &context.config.book)?;
        let mut concessions = Concessions::default();
        loop {
            let attempt = || self.attempt(context, findings, &selection, lang, fonts, options, &concessions);
            let book = caught(attempt)
                .unwrap_or_else(|reason| Err(Failed::Panicked(Panicked { reason, ..Panicked::default() })));
            match book {
                Ok(book) => return Ok(book),
                Err(Failed::Error(error)) => return Err(error),
                Err(Failed::Panicked(panicked)) => {
                    if !concessions.concede(&panicked) {
                        return Err(BookError::Stopped(panicked.reason));
                    }
                }
            }
        }
    }

    /// Makes the book without what is conceded.
    #[allow(clippy::too_many_arguments, reason = "one step of the function above")]
    pub(super) fn attempt(
        &mut self,
        context: &Context<'_>,
        findings: &[Finding],
        selection: &Selection,
        lang: Lang,
        fonts: &Fonts,
        options: &BookOptions,
        concessions: &Concessions,
    ) -> Result<TypesetBook, Failed> {
        let replaced = Replacements::new(concessions.letters.iter().copied(), fonts.substitute());
        let ruler = Ruler::of_fonts(fonts, &replaced);
        let data = BookData::new(context, findings, selection, lang, fonts, &ruler, options);
        let mut files = data.files().map_err(|error| BookError::Data(error.to_string()))?;
        let missing_letters = fonts.missing(files.iter().map(|(_, json)| json.as_str()));
        // Replacing inside the JSON is safe: its syntax uses none of the letters that would print as empty
        // boxes, which the standards forbid.
        let all = concessions.letters.union(&missing_letters).copied();
        let replaced = Replacements::new(all, fonts.substitute());
        if !replaced.is_empty() {
            for (_, json) in &mut files {
                *json = replaced.apply(json);
            }
        }
        files.push((LOOK.to_owned(), to_json(&Look::new(context.config.book_accent()))?));
        let chunks = data.chunks();
        let failed = |error: PressError| Failed::of(error, chunks, &options.templates);
        let mut world = world(fonts, options, files).map_err(|error| failed(error.into()))?;
        let document = self.set(&mut world, chunks, concessions).map_err(failed)?;
        let settings = ExportOptions { creator: Some("planbook".to_owned()), ..ExportOptions::default() };
        let exported = export(&document, &world, &settings).map_err(failed)?;
        let book = TypesetBook {
            pdf: exported.pdf,
            file_stem: selection.file_stem.clone(),
            pages: exported.pages,
            font: fonts.families().first().cloned().unwrap_or_default(),
            standards: exported.standards,
            unmet: exported.unmet,
            warning: exported.warning,
            fonts: exported.fonts,
            page_count_mismatches: page_count_mismatches(&document, chunks),
            missing_letters,
            conceded: Conceded::of(concessions, chunks),
        };
        // Freeing its many small allocations need not delay the caller.
        rayon::spawn(move || drop(document));
        Ok(book)
    }

    /// Sets `chunks` from the files of `world`.
    pub(super) fn set(
        &mut self,
        world: &mut FileWorld<'_>,
        chunks: &[Chunk],
        concessions: &Concessions,
    ) -> Result<SetDocument, PressError> {
        let mut pieces = SectionPiece::all(chunks, world);
        self.0.set(world, &sections::sections(chunks, concessions), |starts| {
            sections::numbered(chunks, &mut pieces, starts).map_err(|error| error.to_string())
        })
    }
}

/// Returns the files that the typesetter sees: the templates and the files they read, the data `files`, the
/// logo.
pub(super) fn world<'f>(
    fonts: &'f Fonts,
    options: &BookOptions,
    files: Vec<(String, String)>,
) -> Result<FileWorld<'f>, InvalidName> {
    let mut world = FileWorld::new(fonts);
    for (name, content) in options.templates.files() {
        world.insert(name, content.clone())?;
    }
    for (name, json) in files {
        world.insert(&name, Bytes::from_string(json))?;
    }
    world.insert(NOTICE.0, Bytes::from_string(NOTICE.1))?;
    if let Some(logo) = &options.logo {
        world.insert(logo.name, logo.data.clone())?;
    }
    Ok(world)
}

/// Returns the titles of parts, and the organisations of plans, whose number of pages differs from what was
/// fitted: one of the office's own templates overflows or leaves out pages. Only findings are not cut
/// beforehand.
fn page_count_mismatches(document: &SetDocument, chunks: &[Chunk]) -> Vec<String> {
    let mismatches = document.page_count_mismatches.iter().filter_map(|&index| chunks.get(index));
    mismatches
        .filter(|chunk| chunk.part != BookPart::Findings)
        .map(|chunk| chunk.org.clone().unwrap_or_else(|| chunk.part.name()))
        .collect()
}

/// Why an attempt to make a book failed.
pub(super) enum Failed {
    /// Nothing can be done about it.
    Error(BookError),
    /// A library panicked.
    Panicked(Panicked),
}

impl Failed {
    fn of(error: PressError, chunks: &[Chunk], templates: &BookTemplates) -> Self {
        Self::Error(match error {
            PressError::Panicked(panicked) => return Self::Panicked(panicked),
            PressError::Typst { sections, error } => {
                let is_own = error.file.as_ref().is_some_and(|file| templates.is_own(file));
                let plan = plan_at(chunks, &sections);
                BookError::Template(Box::new(BookTemplateError { error: *error, is_own, plan }))
            }
            PressError::InvalidName(name) => BookError::Data(name.to_string()),
            PressError::Numbering(message) | PressError::Standards(message) => BookError::Data(message),
        })
    }
}

impl From<BookError> for Failed {
    fn from(error: BookError) -> Self {
        Self::Error(error)
    }
}

/// Returns the organisation of the first plan, among the `wrong` chunks, at which the templates fail. An
/// error that all plans share is not attributed to the first.
fn plan_at(chunks: &[Chunk], wrong: &[usize]) -> Option<String> {
    let mut plans = chunks.iter().enumerate().filter(|(_, chunk)| chunk.org.is_some());
    let several = plans.clone().nth(1).is_some();
    if several && plans.all(|(index, _)| wrong.contains(&index)) {
        return None;
    }
    chunks.get(*wrong.first()?)?.org.clone()
}

pub(super) fn to_json(data: &impl serde::Serialize) -> Result<String, BookError> {
    serde_json::to_string(data).map_err(|error| BookError::Data(error.to_string()))
}
