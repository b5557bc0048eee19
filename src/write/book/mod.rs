//! The printed book: the plans of all organisations as a PDF.
//!
//! Order of work: find the fonts, fit every plan's table to its pages, hand the result to the templates
//! (`templates/book`), let Typst set and export them. What stands in workbooks reaches Typst as data and
//! never becomes markup.

mod data;
mod error;
mod fonts;
mod labels;
mod measure;
mod parts;
mod pdf;
mod plan;
mod scope;
mod sheet;
#[cfg(test)]
mod tests;
mod tree;
mod world;

use std::path::PathBuf;

use typst_layout::PagedDocument;

use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
use data::BookData;
pub use error::BookError;
use fonts::Fonts;
use measure::Ruler;
use pdf::Exported;
pub use pdf::Unmet;
pub use scope::Scope;
use scope::Selection;
use world::{BookWorld, TEMPLATES};

/// How a book is made.
#[derive(Clone, Debug)]
pub struct BookOptions {
    /// A folder with font files that come before the system's.
    pub fonts_dir: Option<PathBuf>,
    /// Whether fonts are also looked for where the system keeps them.
    pub system_fonts: bool,
    /// What the book is about.
    pub scope: Scope,
    /// Whether it goes to the printer: with bleed and crop marks.
    pub print: bool,
}

impl Default for BookOptions {
    fn default() -> Self {
        Self { fonts_dir: None, system_fonts: true, scope: Scope::City, print: false }
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
    /// Letters that none of the fonts found can show, in order.
    pub missing_letters: Vec<char>,
}

/// Makes the book of `context`'s city, or of the part of it that `options` name. `findings` are printed where
/// planbook.toml asks for them.
pub fn pdf(
    context: &Context<'_>,
    findings: &[Finding],
    lang: Lang,
    options: &BookOptions,
) -> Result<Book, BookError> {
    let selection = Selection::new(&options.scope, context.city, &context.config.book)?;
    let fonts = Fonts::find(options, &context.config.book.fonts)?;
    let ruler = Ruler::of_fonts(&fonts);
    let data = BookData::new(context, findings, &selection, lang, fonts.families(), &ruler, options.print);
    let files = data.files().map_err(|error| BookError::Data(error.to_string()))?;
    let missing_letters = fonts.missing(files.iter().map(|(_, json)| json.as_str()));
    let world = BookWorld::new(&fonts, &TEMPLATES, files)?;
    let document = set(&world)?;
    let font = fonts.families().first().cloned().unwrap_or_default();
    let pages = document.pages().len();
    let Exported { bytes, standards, unmet } = pdf::export(&document, &world)?;
    let file_stem = selection.file_stem;
    Ok(Book { pdf: bytes, file_stem, pages, font, standards, unmet, missing_letters })
}

/// Sets the book's pages.
fn set(world: &BookWorld<'_>) -> Result<PagedDocument, BookError> {
    typst::compile::<PagedDocument>(world).output.map_err(|errors| world.explain(&errors))
}
