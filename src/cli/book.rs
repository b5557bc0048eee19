//! `planbook book`: the printed book.

use planbook::build::{BuildOptions, Outcome};
use planbook::write::book::{BookWriter, Scope, TEMPLATES_FOLDER, built_in_templates};

use super::args::{FolderArg, FontsArg, OutArg, ScopeArgs};
use super::eject::eject;
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `book.pdf`, or for the printer `book-print.pdf`.
#[derive(Debug, clap::Args)]
#[command(about = "인쇄할 계획 책자를 만듭니다: book.pdf | Make the printed book: book.pdf")]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    fonts: FontsArg,
    /// See `help`.
    #[arg(
        long,
        help = "인쇄소에 넘길 판을 만듭니다: 도련 3mm와 재단선을 넣은 book-print.pdf | For the printer: book-print.pdf with 3 mm bleed and crop marks"
    )]
    print: bool,
    #[command(flatten)]
    scope: ScopeArgs,
    /// See `help`.
    #[arg(
        long,
        conflicts_with = "fonts",
        help = "책자를 만들지 않고 내장 서식을 폴더의 templates/book에 꺼냅니다. 고치면 책자에 쓰입니다 | Copy the built-in templates into DIR/templates/book instead; planbook uses what you change there"
    )]
    eject: bool,
}

impl Args {
    /// Reads the folder and writes the book. Fails if there is no book, because the user asked for it.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        if self.eject {
            return eject(&self.folder.dir, TEMPLATES_FOLDER, built_in_templates()?, ui);
        }
        let scope = match self.scope {
            ScopeArgs { org: None, .. } => Scope::City,
            ScopeArgs { org: Some(org), only: false } => Scope::Bureau(org),
            ScopeArgs { org: Some(org), only: true } => Scope::Plan(org),
        };
        let options =
            BuildOptions { fonts: self.fonts.dir, scope, print: self.print, ..outputs::options(ui) };
        let told = |outcome: &Outcome| outputs::tell(outcome, ui);
        outputs::end(outputs::make(&self.folder, &self.out, &[&BookWriter], &options, &told, ui)?, ui)
    }
}
