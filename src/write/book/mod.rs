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
mod plan;
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
use pdf::Exported;
pub use pdf::Unmet;
pub use scope::Scope;
use scope::Selection;
pub use set::Typesetter;
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
        let ruler = Ruler::of_fonts(fonts);
        let data = BookData::new(context, findings, &selection, lang, fonts.families(), &ruler, options);
        let mut files = data.files().map_err(|error| BookError::Data(error.to_string()))?;
        let missing_letters = fonts.missing(files.iter().map(|(_, json)| json.as_str()));
        if !missing_letters.is_empty() {
            // What would print as an empty box, which the standards forbid, is no letter that JSON itself is made of.
            let substitute = fonts.substitute();
            for (_, json) in &mut files {
                *json =
                    json.chars().map(|c| if missing_letters.contains(&c) { substitute } else { c }).collect();
            }
        }
        files.push((LOOK.to_owned(), to_json(&Look::new(context.config.book_accent()))?));
        let mut world = BookWorld::new(fonts, &options.templates, files, options.logo.as_ref())?;
        let document = self.set(&mut world, data.chunks())?;
        let Exported { bytes, standards, unmet } = pdf::export(&document, &world)?;
        let book = Book {
            pdf: bytes,
            file_stem: selection.file_stem,
            pages: document.pages().len(),
            font: fonts.families().first().cloned().unwrap_or_default(),
            standards,
            unmet,
            fonts: fonts.used(&document),
            of_other_length: self.of_other_length(),
            missing_letters,
        };
        // Its many small pieces are given back while the caller goes on.
        rayon::spawn(move || drop(document));
        Ok(book)
    }
}

fn to_json(data: &impl serde::Serialize) -> Result<String, BookError> {
    serde_json::to_string(data).map_err(|error| BookError::Data(error.to_string()))
}
