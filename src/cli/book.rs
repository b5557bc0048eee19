//! `planbook book`: the printed book.

use super::args::{FolderArg, FontsArg, OutArg, ScopeArgs};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::press;
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
    /// See `help`.
    #[arg(
        long,
        conflicts_with = "fonts",
        help = "책자를 만들지 않고 내장 서식을 폴더의 templates/book에 꺼냅니다. 고치면 책자에 쓰입니다 | Copy the built-in templates into DIR/templates/book instead; what you change there is used"
    )]
    eject: bool,
}

impl Args {
    /// Reads the folder and prints the book. That there is no book is an error here: it was asked for.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let dir = &self.folder.dir;
        if self.eject {
            return press::eject(dir, ui);
        }
        let (mut run, config, press) = outputs::run_for_print(dir, self.fonts.dir, ui)?;
        let press = press?.about(self.scope, self.print);
        let unset = Outputs::open(dir, &self.out.out, &run, &config, ui)?.book(&press)?;
        run.add(unset, &config);
        Ok(outputs::finish(&run, ui))
    }
}
