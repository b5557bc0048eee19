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
mod plan;
mod scope;
mod sheet;
#[cfg(test)]
mod tests;
mod tree;
mod world;

use std::path::PathBuf;

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
use data::BookData;
pub use error::BookError;
use fonts::Fonts;
use measure::Ruler;
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
}

impl Default for BookOptions {
    fn default() -> Self {
        Self { fonts_dir: None, system_fonts: true, scope: Scope::City }
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
    let ruler = Ruler::of_font(fonts.regular().clone());
    let data = BookData::new(context, findings, &selection, lang, fonts.families(), &ruler);
    let json = serde_json::to_string(&data).map_err(|error| BookError::Data(error.to_string()))?;
    let missing_letters = fonts.missing(&json);
    let world = BookWorld::new(&fonts, &TEMPLATES, json)?;
    let document = set(&world)?;
    let font = fonts.families().first().cloned().unwrap_or_default();
    let pdf = typst_pdf::pdf(&document, &pdf_options()?).map_err(|errors| world.explain(&errors))?;
    Ok(Book { pdf, file_stem: selection.file_stem, pages: document.pages().len(), font, missing_letters })
}

/// Sets the book's pages.
fn set(world: &BookWorld<'_>) -> Result<PagedDocument, BookError> {
    typst::compile::<PagedDocument>(world).output.map_err(|errors| world.explain(&errors))
}

/// PDF/UA-1 and PDF/A-2a: tagged for screen readers, fit for the archive. No time of making, so that the same plans
/// give the same bytes.
fn pdf_options() -> Result<PdfOptions, BookError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| BookError::Data(error.message().to_string()))?;
    Ok(PdfOptions { creator: Smart::Custom(Some("planbook".to_owned())), standards, ..PdfOptions::default() })
}
