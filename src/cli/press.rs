//! What printing takes: the fonts, the templates, the logo; and what is to be told about them.

use std::path::{Path, PathBuf};

use planbook::check;
use planbook::consolidate::{City, Context};
use planbook::files::file_name;
use planbook::finding::{Finding, Lang};
use planbook::project::Config;
use planbook::source::visible;
pub use planbook::write::book::Book;
use planbook::write::book::{self, BookOptions, Conceded, Fonts, Scope, TEMPLATES, TEMPLATES_FOLDER};

use super::args::ScopeArgs;
use super::error::{CommandError, Exit};
use super::ui::Ui;

/// Everything is there to print the book.
pub struct Press {
    fonts: Fonts,
    options: BookOptions,
}

impl Press {
    /// Finds fonts for `city`, those of the folder `fonts` first, and reads the templates and the logo of the plan-year
    /// folder `dir`.
    pub fn open(
        dir: &Path,
        fonts: Option<PathBuf>,
        city: &City,
        config: &Config,
        lang: Lang,
    ) -> Result<Self, CommandError> {
        let options = BookOptions::of(dir, config)?;
        let fonts = book::find_fonts(&Context { city, config }, lang, &book::font_sources(fonts))?;
        Ok(Self { fonts, options })
    }

    /// Whether some font shows `letter`.
    pub fn shows(&self, letter: char) -> bool {
        self.fonts.shows(letter)
    }

    /// Says which fonts and templates of the office's own are used, and which are not.
    pub fn tell_what_it_uses(&self, ui: &Ui) {
        for font in self.fonts.unavailable() {
            ui.note(&book::unavailable(font, ui.lang));
        }
        let templates = &self.options.templates;
        let own: Vec<&str> = templates.changed().collect();
        if !own.is_empty() {
            let own = visible(&own.join(", "));
            ui.say(&ui.lang.pick(
                format!("{TEMPLATES_FOLDER} 폴더의 서식을 씁니다: {own}"),
                format!("using the templates in {TEMPLATES_FOLDER}: {own}"),
            ));
        }
        for (own, meant) in templates.misspelt() {
            let own = visible(own);
            ui.note(&ui.lang.pick(
                format!("{TEMPLATES_FOLDER}/{own} 파일은 쓰이지 않습니다. 혹시 `{meant}`입니까? 그 이름으로 바꾸면 쓰입니다"),
                format!("{TEMPLATES_FOLDER}/{own} is not used; did you mean `{meant}`? Rename it and it is"),
            ));
        }
    }

    /// The same for a part of the city, or for the printer.
    #[must_use]
    pub fn about(mut self, scope: ScopeArgs, print: bool) -> Self {
        self.options.scope = match scope {
            ScopeArgs { org: None, .. } => Scope::City,
            ScopeArgs { org: Some(org), only: false } => Scope::Bureau(org),
            ScopeArgs { org: Some(org), only: true } => Scope::Plan(org),
        };
        self.options.print = print;
        self
    }

    /// Makes the book.
    pub fn print(
        &self,
        context: &Context<'_>,
        findings: &[Finding],
        lang: Lang,
    ) -> Result<Book, CommandError> {
        Ok(book::pdf(context, findings, lang, &self.fonts, &self.options)?)
    }

    /// The plans that `book` could not set as they are, as findings.
    pub fn unset(&self, book: &Book, context: &Context<'_>) -> Vec<Finding> {
        check::unset(context, &book.conceded.letters, &book.conceded.plans)
    }

    /// Says what came of `book`; gives the name of its file and the file.
    pub fn tell<'b>(&self, book: &'b Book, ui: &Ui) -> (String, &'b [u8]) {
        let (pages, font) = (book.pages, visible(&book.font));
        ui.say(&ui.lang.pick(
            format!("책자: {pages}쪽, 글꼴 {font}"),
            format!("the book: {pages} pages, set in {font}"),
        ));
        for unmet in &book.unmet {
            ui.note(&visible(&book::unmet(unmet, ui.lang)));
        }
        if let Some(warning) = book.warning {
            ui.note(&book::warning(warning, ui.lang));
        }
        if !book.page_count_mismatches.is_empty() {
            let (count, names) =
                (book.page_count_mismatches.len(), visible(&book.page_count_mismatches.join(", ")));
            ui.note(&ui.lang.pick(
                format!(
                    "고친 서식 때문에 쪽수가 달라진 곳 {count}개: {names}. 넘친 쪽에는 앞 쪽의 번호가 찍히고 여백의 좌우가 맞지 않을 수 있으니, 내용을 줄이거나 글자를 작게 하십시오"
                ),
                format!(
                    "{count} of the book's parts and plans take another number of pages by the changed templates: {names}. Pages that run over \
                     bear the number of the one before and may have their margins on the wrong side; put less on them, or set it smaller"
                ),
            ));
        }
        if !book.conceded.is_empty() {
            ui.note(&conceded(&book.conceded, ui.lang));
        }
        if !book.missing_letters.is_empty() {
            ui.note(&missing(book, ui.lang));
        }
        if ui.verbose {
            for (family, file) in &book.fonts {
                let line = format!("{family} ({file})");
                ui.say(&visible(&ui.lang.pick(format!("쓰인 글꼴: {line}"), format!("font used: {line}"))));
            }
        }
        let for_print = if self.options.print { "-print" } else { "" };
        (format!("{}{for_print}.pdf", file_name(&book.file_stem)), &book.pdf)
    }
}

fn conceded(conceded: &Conceded, lang: Lang) -> String {
    let parts: Vec<String> = conceded.parts.iter().map(|part| part.name()).collect();
    let parts = match &parts[..] {
        [] => String::new(),
        parts => lang.pick(
            format!(". 조판하지 못하여 그렇게 알리는 쪽만 넣은 부분: {}", parts.join(", ")),
            format!("; pages say so in the place of these parts: {}", parts.join(", ")),
        ),
    };
    lang.pick(
        format!("조판하는 프로그램이 멈춘 곳이 있어 일부를 적힌 대로 싣지 못했습니다. 자리는 R015에 있습니다{parts}"),
        format!("the typesetter stopped at some of the book, which is not printed as written; R015 tells where{parts}"),
    )
}

fn missing(book: &Book, lang: Lang) -> String {
    let letters: Vec<String> =
        book.missing_letters.iter().map(|&c| format!("{c} (U+{:04X})", u32::from(c))).collect();
    let letters = visible(&letters.join(", "));
    lang.pick(
        format!("보여 주는 글꼴이 없어 다른 기호로 찍은 글자: {letters}. 자리는 R010에 있습니다"),
        format!(
            "no font shows these letters, a sign was printed instead: {letters}; R010 tells where they stand"
        ),
    )
}

/// Copies the built-in templates into the plan-year folder `dir`. Files that are there stay as they are.
pub fn eject(dir: &Path, ui: &Ui) -> Result<Exit, CommandError> {
    super::eject::eject(dir, TEMPLATES_FOLDER, TEMPLATES, ui)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_of_organisations_called_by_signs_alone_do_not_overwrite_each_other() {
        assert_eq!(file_name("plan-교통국"), "plan-교통국");
        assert_ne!(file_name("plan-?"), file_name("plan-*"));
        assert!(file_name("plan-?").starts_with("plan-_"));
    }
}
