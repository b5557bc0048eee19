//! `planbook build`: every output.

use planbook::finding::Finding;
use planbook::pipeline::Run;
use planbook::project::Config;

use super::args::{FolderArg, FontsArg, OutArg};
use super::error::{CommandError, Exit, attempt};
use super::outputs::{self, Outputs};
use super::press::{Book, Press};
use super::status;
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

/// What came of each output but the report: the book, and the others by the names of their files.
struct Made {
    book: Result<Book, CommandError>,
    others: Vec<(&'static str, Result<(), CommandError>)>,
}

impl Args {
    /// Reads the folder and writes all outputs. What cannot be made is told and does not stop the rest.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let fonts = self.fonts.dir.clone();
        let (mut run, config, press) = outputs::run_for_print(&self.folder.dir, fonts, ui)?;
        let (made, unset) = Made::by(&self.outputs(&run, &config, ui)?, &press);
        let made = if unset.is_empty() {
            made
        } else {
            ui.note(ui.lang.pick(
                "책자에 적힌 대로 싣지 못한 계획이 있습니다. 모든 결과에 그 지적(R015)이 들도록 한 번 더 만듭니다",
                "the book could not set a plan as written; all is made once more, so that every output tells it (R015)",
            ));
            run.add(unset, &config);
            Made::by(&self.outputs(&run, &config, ui)?, &press).0
        };
        self.end(&run, made, &self.outputs(&run, &config, ui)?, press, ui)
    }

    fn outputs<'a>(
        &'a self,
        run: &'a Run,
        config: &'a Config,
        ui: &'a Ui,
    ) -> Result<Outputs<'a>, CommandError> {
        Outputs::open(&self.folder.dir, &self.out.out, run, config, ui)
    }

    /// Writes the book and the report, and says what came of all.
    fn end(
        &self,
        run: &Run,
        made: Made,
        outputs: &Outputs<'_>,
        press: Result<Press, CommandError>,
        ui: &Ui,
    ) -> Result<Exit, CommandError> {
        let book = match (press, made.book) {
            (Ok(press), book) => book.and_then(|book| outputs.put_book(&press, &book)),
            (Err(error), _) if error.is_no_book() => {
                error.mention(ui);
                outputs.tell_old("book.pdf");
                Ok(())
            }
            (Err(error), _) => Err(error),
        };
        let report = attempt(|| outputs.report(&status::board(run, &self.folder.dir, ui)));
        let all = made.others.into_iter().chain([("book.pdf", book), ("report.html", report)]);
        let mut failed: Vec<(&str, CommandError)> =
            all.filter_map(|(name, result)| Some((name, result.err()?))).collect();
        if failed.is_empty() {
            return Ok(outputs::finish(run, ui));
        }
        outputs.tell_half_way(&failed.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        let (_, first) = failed.remove(0);
        failed.iter().for_each(|(_, error)| error.mention(ui));
        Err(first)
    }
}

impl Made {
    /// Makes the outputs, the book beside the others; and the findings that came up in the book.
    fn by(outputs: &Outputs<'_>, press: &Result<Press, CommandError>) -> (Self, Vec<Finding>) {
        let (book, others) = rayon::join(
            || match press {
                Ok(press) => attempt(|| outputs.print(press)),
                Err(_) => Err(CommandError::Stopped(String::new())),
            },
            || {
                let mut others = vec![
                    ("data", attempt(|| outputs.data())),
                    ("cascade.xlsx", attempt(|| outputs.cascade())),
                    ("scorecards", attempt(|| outputs.scorecards())),
                ];
                // A template that is wrong stops what it makes, and nothing else.
                let (returned, letters) = match attempt(|| outputs.returned()) {
                    Ok((_, letters)) => (Ok(()), letters),
                    Err(error) => (Err(error), Ok(())),
                };
                others.extend([("returned", returned), ("returned/*.txt", letters)]);
                others
            },
        );
        let unset = match (press, &book) {
            (Ok(press), Ok(book)) => press.unset(book, outputs.context()),
            _ => Vec::new(),
        };
        (Self { book, others }, unset)
    }
}
