//! `planbook build`: every output.

use super::args::{FolderArg, FontsArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::press::Press;
use super::report;
use super::ui::Ui;

/// Writes everything.
#[derive(Debug, clap::Args)]
#[command(
    about = "모든 결과를 한꺼번에 만듭니다: data/, cascade.xlsx, scorecards/, returned/, book.pdf, report.html | Everything: data/, cascade.xlsx, scorecards/, returned/, book.pdf, report.html"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
    #[command(flatten)]
    fonts: FontsArg,
}

impl Args {
    /// Reads the folder and writes all outputs. A book that cannot be printed here is told and does not stop the
    /// rest.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (mut run, config) = outputs::run(&self.folder.dir, ui)?;
        let press = Press::open(&self.folder.dir, self.fonts.dir, &mut run, &config, ui);
        let outputs = Outputs::open(&self.folder.dir, &self.out.out, &run, &config, ui)?;
        let (book, others) = rayon::join(
            || press.as_ref().ok().map(|press| outputs.print(press)),
            || {
                outputs.data()?;
                outputs.cascade()?;
                outputs.scorecards()?;
                outputs.returned()
            },
        );
        let (_, letters) = others?;
        let book = match (press, book) {
            (Ok(press), Some(book)) => book.and_then(|book| outputs.put_book(&press, &book)),
            (Err(error), _) if error.is_no_book() => {
                error.mention(ui);
                outputs.tell_old("book.pdf");
                Ok(())
            }
            (Err(error), _) => Err(error),
            (Ok(_), None) => Ok(()),
        };
        outputs.report(&report::board(&run, &self.folder.dir, ui))?;
        // A template that is wrong stops what it makes, and nothing else.
        letters.and(book)?;
        Ok(outputs::finish(&run, ui))
    }
}
