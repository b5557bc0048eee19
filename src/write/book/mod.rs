//! The printed book: the plans of all organisations as a PDF.
//!
//! Order of work: find the fonts, fit every plan's table to its pages, hand the result to the templates
//! (`templates/book`), let Typst set and export them. What stands in workbooks reaches Typst as data and
//! never becomes markup.

mod data;
mod error;
mod fonts;
mod logo;
mod look;
mod measure;
mod parts;
mod plan;
mod sheet;
mod templates;
#[cfg(test)]
mod tests;
mod tree;
mod trouble;
mod world;

use std::collections::BTreeSet;
use std::path::Path;

use typst::diag::SourceDiagnostic;
use typst::ecow::EcoVec;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::consolidate::Context;
use crate::finding::Lang;
use crate::project::Config;
use data::BookData;
pub use error::BookError;
pub use fonts::{FontSources, Fonts, Unheeded};
pub use logo::Logo;
use look::Look;
use measure::Ruler;
pub use templates::{BUILT_IN as TEMPLATES, FOLDER as TEMPLATES_FOLDER, Templates};
pub use trouble::{TemplateError, TemplatePlace};
use world::{BookWorld, DATA, LOOK};

/// How a book is made.
#[derive(Clone, Debug)]
pub struct BookOptions {
    /// The templates it is set by.
    pub templates: Templates,
    /// The picture on its cover.
    pub logo: Option<Logo>,
}

impl Default for BookOptions {
    fn default() -> Self {
        Self { templates: Templates::built_in(), logo: None }
    }
}

impl BookOptions {
    /// With the templates and the logo of the plan-year folder `dir`.
    ///
    /// # Errors
    /// When one of those files cannot be used.
    pub fn of(dir: &Path, config: &Config) -> Result<Self, BookError> {
        let logo = config.book.logo.as_deref().map(|path| Logo::read(dir, path)).transpose()?;
        Ok(Self { templates: Templates::of(dir)?, logo })
    }
}

/// A book.
#[derive(Clone, Debug)]
pub struct Book {
    /// The PDF file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The font family it is set in.
    pub font: String,
    /// Every font in it: family and file.
    pub fonts: BTreeSet<(String, String)>,
    /// Letters that none of the fonts found can show, in order. Something else is printed for them.
    pub missing_letters: BTreeSet<char>,
}

/// Makes the book of `context`'s city.
pub fn pdf(
    context: &Context<'_>,
    lang: Lang,
    fonts: &Fonts,
    options: &BookOptions,
) -> Result<Book, BookError> {
    let ruler = Ruler::of_font(fonts.regular().clone());
    let data = BookData::new(context, lang, fonts.families(), &ruler, options);
    let mut json = to_json(&data)?;
    let missing_letters = fonts.missing(&json);
    if !missing_letters.is_empty() {
        // What would print as an empty box, which the standards forbid, is no letter that JSON itself is made of.
        let substitute = fonts.substitute();
        json = json.chars().map(|c| if missing_letters.contains(&c) { substitute } else { c }).collect();
    }
    let look = to_json(&Look::new(context.config.book.accent()))?;
    let files = [(DATA, json), (LOOK, look)];
    let world = BookWorld::new(fonts, &options.templates, files, options.logo.as_ref())?;
    let document = trouble::set(&world)?;
    let font = fonts.families().first().cloned().unwrap_or_default();
    let pdf = typst_pdf::pdf(&document, &pdf_options()?).map_err(|errors| world.explain(&errors))?;
    let pages = document.pages().len();
    Ok(Book { pdf, pages, font, fonts: fonts.used(&document), missing_letters })
}

fn to_json(data: &impl serde::Serialize) -> Result<String, BookError> {
    serde_json::to_string(data).map_err(|error| BookError::Data(error.to_string()))
}

fn compile(world: &BookWorld<'_>) -> Result<PagedDocument, EcoVec<SourceDiagnostic>> {
    typst::compile::<PagedDocument>(world).output
}

/// PDF/UA-1 and PDF/A-2a: tagged for screen readers, fit for the archive. No time of making, so that the same plans
/// give the same bytes.
fn pdf_options() -> Result<PdfOptions, BookError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| BookError::Data(error.message().to_string()))?;
    Ok(PdfOptions { creator: Smart::Custom(Some("planbook".to_owned())), standards, ..PdfOptions::default() })
}
