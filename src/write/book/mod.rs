//! The printed book: the plans of all organisations as a PDF.
//!
//! Order of work: find the fonts, fit every plan's table to its pages, hand the result to the templates
//! (`templates/book`), let Typst set and export them. What stands in workbooks reaches Typst as data and
//! never becomes markup.

mod data;
mod error;
mod fonts;
mod labels;
mod logo;
mod look;
mod measure;
mod pages;
mod parts;
mod pdf;
mod phrases;
mod plan;
mod rescue;
mod scope;
mod set;
mod sheet;
mod templates;
#[cfg(test)]
mod tests;
mod tree;
mod trouble;
mod world;

use std::collections::BTreeSet;
use std::path::Path;

use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
use crate::project::Config;
use data::BookData;
pub use error::BookError;
pub use fonts::{FontSources, Fonts, Unheeded};
pub use logo::Logo;
use look::Look;
use measure::Ruler;
use pages::Chunk;
use pdf::Exported;
pub use pdf::Unmet;
pub use rescue::Concessions;
use rescue::{Replaced, Stopped, caught};
pub use scope::Scope;
use scope::Selection;
pub use set::Typesetter;
use set::Unset;
pub use templates::{BUILT_IN as TEMPLATES, FOLDER as TEMPLATES_FOLDER, Templates};
pub use trouble::{TemplateError, TemplatePlace};
use world::{BookWorld, LOOK};

/// How a book is made.
#[derive(Clone, Debug)]
pub struct BookOptions {
    /// The templates it is set by.
    pub templates: Templates,
    /// The picture on its cover.
    pub logo: Option<Logo>,
    /// What the book is about.
    pub scope: Scope,
    /// Whether it goes to the printer: with bleed and crop marks.
    pub print: bool,
}

impl Default for BookOptions {
    fn default() -> Self {
        Self { templates: Templates::built_in(), logo: None, scope: Scope::City, print: false }
    }
}

impl BookOptions {
    /// With the templates and the logo of the plan-year folder `dir`.
    ///
    /// # Errors
    /// When one of those files cannot be used.
    pub fn of(dir: &Path, config: &Config) -> Result<Self, BookError> {
        let logo = config.book.logo.as_deref().map(|path| Logo::read(dir, path)).transpose()?;
        Ok(Self { templates: Templates::of(dir)?, logo, ..Self::default() })
    }
}

/// A book.
#[derive(Clone, Debug)]
pub struct Book {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// What to call the file, without its ending: `book`, or with the name of the organisation it is about.
    pub file_stem: String,
    /// How many pages it has.
    pub pages: usize,
    /// The font family it is set in.
    pub font: String,
    /// The standards the file meets, as they are called.
    pub standards: Vec<&'static str>,
    /// The standards it was to meet and does not, and why.
    pub unmet: Vec<Unmet>,
    /// Every font in it: family and file.
    pub fonts: BTreeSet<(String, String)>,
    /// Organisations and parts that take another number of pages than they were cut into, because of a template of the
    /// office's own: further pages of theirs bear the number of the one before.
    pub of_other_length: Vec<String>,
    /// Letters that none of the fonts found can show, in order. Something else is printed for them.
    pub missing_letters: BTreeSet<char>,
    /// What it does without, because a library stopped at it.
    pub conceded: Concessions,
}

/// Makes the book of `context`'s city, or of the part of it that `options` name. `findings` are printed where
/// planbook.toml asks for them.
pub fn pdf(
    context: &Context<'_>,
    findings: &[Finding],
    lang: Lang,
    fonts: &Fonts,
    options: &BookOptions,
) -> Result<Book, BookError> {
    let mut typesetter = Typesetter::default();
    let book = typesetter.pdf(context, findings, lang, fonts, options);
    rayon::spawn(move || drop(typesetter));
    book
}

impl Typesetter {
    /// The same as [`pdf`], for who prints again and again: what has not changed since the last time is not set again.
    pub fn pdf(
        &mut self,
        context: &Context<'_>,
        findings: &[Finding],
        lang: Lang,
        fonts: &Fonts,
        options: &BookOptions,
    ) -> Result<Book, BookError> {
        let selection = Selection::new(&options.scope, context.city, &context.config.book)?;
        let mut conceded = Concessions::default();
        loop {
            let attempt = || self.attempt(context, findings, &selection, lang, fonts, options, &conceded);
            match caught(attempt).map_err(BookError::Stopped)? {
                Ok(book) => return Ok(book),
                Err(Failed::Error(error)) => return Err(error),
                Err(Failed::Stopped { at, reason }) => {
                    let at = at.iter().map(|(chunk, text)| (chunk, text.clone()));
                    if !conceded.make(at) {
                        return Err(BookError::Stopped(reason));
                    }
                }
            }
        }
    }

    /// Makes the book without what is `conceded`.
    #[allow(clippy::too_many_arguments, reason = "one step of the function above")]
    fn attempt(
        &mut self,
        context: &Context<'_>,
        findings: &[Finding],
        selection: &Selection,
        lang: Lang,
        fonts: &Fonts,
        options: &BookOptions,
        conceded: &Concessions,
    ) -> Result<Book, Failed> {
        let replaced = Replaced::new(conceded.letters.iter().copied(), fonts.substitute());
        let ruler = Ruler::of_fonts(fonts, &replaced);
        let data = BookData::new(context, findings, selection, lang, fonts, &ruler, options);
        let mut files = data.files().map_err(|error| BookError::Data(error.to_string()))?;
        let missing_letters = fonts.missing(files.iter().map(|(_, json)| json.as_str()));
        // What would print as an empty box, which the standards forbid, is no letter that JSON itself is made of.
        let all = conceded.letters.union(&missing_letters).copied();
        let replaced = Replaced::new(all, fonts.substitute());
        if !replaced.is_empty() {
            for (_, json) in &mut files {
                *json = replaced.text(json);
            }
        }
        files.push((LOOK.to_owned(), to_json(&Look::new(context.config.book_accent()))?));
        let mut world = BookWorld::new(fonts, &options.templates, files, options.logo.as_ref())?;
        let failed = |stopped: Stopped, world: &BookWorld<'_>| Failed::at(stopped, data.chunks(), world);
        let set = match self.set(&mut world, data.chunks(), conceded) {
            Ok(set) => set,
            Err(Unset::Error(error)) => return Err(error.into()),
            Err(Unset::Stopped(stopped)) => return Err(failed(stopped, &world)),
        };
        let document = set::bound(data.chunks(), &set);
        let Exported { bytes, standards, unmet } = match caught(|| pdf::export(&document, &world)) {
            Ok(exported) => exported?,
            Err(reason) => return Err(failed(pdf::culprits(&set, &world, reason), &world)),
        };
        let book = Book {
            pdf: bytes,
            file_stem: selection.file_stem.clone(),
            pages: document.pages().len(),
            font: fonts.families().first().cloned().unwrap_or_default(),
            standards,
            unmet,
            fonts: fonts.used(&document),
            of_other_length: self.of_other_length(),
            missing_letters,
            conceded: conceded.clone(),
        };
        // Its many small pieces are given back while the caller goes on.
        rayon::spawn(move || drop((document, set)));
        Ok(book)
    }
}

/// Why an attempt to make a book failed.
enum Failed {
    /// Nothing can be done about it.
    Error(BookError),
    /// A library stopped at these chunks, in which this text is set.
    Stopped { at: Vec<(Chunk, String)>, reason: String },
}

impl Failed {
    fn at(stopped: Stopped, chunks: &[Chunk], world: &BookWorld<'_>) -> Self {
        let text = |index: &usize| {
            let chunk = chunks.get(*index)?;
            Some((chunk.clone(), world.texts_of(chunk).collect()))
        };
        Self::Stopped { at: stopped.chunks.iter().filter_map(text).collect(), reason: stopped.reason }
    }
}

impl From<BookError> for Failed {
    fn from(error: BookError) -> Self {
        Self::Error(error)
    }
}

fn to_json(data: &impl serde::Serialize) -> Result<String, BookError> {
    serde_json::to_string(data).map_err(|error| BookError::Data(error.to_string()))
}
