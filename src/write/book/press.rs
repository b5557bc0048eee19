//! What a book is printed with: fonts, templates and logo.

use std::path::{Path, PathBuf};

use super::built_in::FOLDER;
use super::error::BookError;
use super::fonts::{find_fonts, font_sources, unavailable};
use super::make::{TypesetBook, pdf};
use super::options::BookOptions;
use super::scope::Scope;
use crate::consolidate::Context;
use crate::files::file_name;
use crate::finding::{Finding, Lang};
use crate::source::escape_controls;
use crate::write::notice::Notice;
use crate::write::templates::own_templates;
use typst_press::Fonts;

/// The fonts, templates and logo that a book is printed with.
pub struct Press {
    fonts: Fonts,
    options: BookOptions,
}

impl Press {
    /// Finds fonts for the city of `context`, preferring those of the folder `fonts`, and reads the templates
    /// and the logo of the plan-year folder `dir`.
    ///
    /// # Errors
    /// When no font shows Korean, or a file cannot be used.
    pub fn open(
        dir: &Path,
        fonts: Option<PathBuf>,
        context: &Context<'_>,
        lang: Lang,
    ) -> Result<Self, BookError> {
        let options = BookOptions::of(dir, context.config)?;
        let fonts = find_fonts(context, lang, &font_sources(fonts))?;
        Ok(Self { fonts, options })
    }

    /// Returns the same for a part of the city, or for the printing house.
    #[must_use]
    pub fn about(mut self, scope: Scope, print: bool) -> Self {
        (self.options.scope, self.options.print) = (scope, print);
        self
    }

    /// Whether some font shows `letter`.
    pub fn shows(&self, letter: char) -> bool {
        self.fonts.shows(letter)
    }

    /// Reports which of the office's own fonts and templates are used, and which are not.
    pub fn notices(&self) -> Vec<Notice> {
        let templates = &self.options.templates;
        let own: Vec<&str> = templates.changed().collect();
        let fonts = self.fonts.unavailable().iter();
        let fonts = fonts.map(|font| Notice::caution(|lang| unavailable(font, lang)));
        let misspelt = templates.misspelt().into_iter().map(|(own, meant)| {
            let own = escape_controls(own);
            Notice::caution(|lang| lang.pick(
                format!("{FOLDER}/{own} 파일은 쓰이지 않습니다. 혹시 `{meant}`입니까? 그 이름으로 바꾸면 쓰입니다"),
                format!("{FOLDER}/{own} is not used; did you mean `{meant}`? Rename it and it is"),
            ))
        });
        fonts.chain(own_templates(FOLDER, &escape_controls(&own.join(", ")))).chain(misspelt).collect()
    }

    /// Makes the book.
    pub(super) fn print(
        &self,
        context: &Context<'_>,
        findings: &[Finding],
        lang: Lang,
    ) -> Result<TypesetBook, BookError> {
        pdf(context, findings, lang, &self.fonts, &self.options)
    }

    /// Returns the file name of `book`.
    pub(super) fn name(&self, book: &TypesetBook) -> String {
        let for_print = if self.options.print { "-print" } else { "" };
        format!("{}{for_print}.pdf", file_name(&book.file_stem))
    }
}
