//! `planbook book`: the printed book.

use super::args::{FolderArg, FontsArg, OutArg, ScopeArgs};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::ui::Ui;

/// Writes `book.pdf`, or for the printer `book-print.pdf`.
#[derive(Debug, clap::Args)]
#[command(about = "인쇄할 계획 책자를 만듭니다: book.pdf | The printed book: book.pdf")]
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
}

impl Args {
    /// Reads the folder and prints the book. That there is no book is an error here: it was asked for.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        Outputs::open(&self.folder.dir, &self.out.out, &run, &config, ui)?.book(
            self.fonts.dir,
            self.scope,
            self.print,
        )?;
        Ok(outputs::finish(&run, ui))
    }
}
