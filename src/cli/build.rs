//! `planbook build`: every output.

use planbook::build::{self, BuildOptions, Built, Outcome, WRITERS};
use planbook::files::shown;
use planbook::write::WriterError;
use planbook::write::book::BookError;

use super::args::{FolderArg, FontsArg, OutArg};
use super::error::{CommandError, Exit};
use super::failure;
use super::outputs;
use super::ui::Ui;

/// Writes everything.
#[derive(Debug, clap::Args)]
#[command(
    about = "모든 결과를 한꺼번에 만듭니다: data/, cascade.xlsx, scorecards/, returned/, book.pdf, report.html | Make all outputs: data/, cascade.xlsx, scorecards/, returned/, book.pdf, report.html"
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
    /// Reads the folder and writes all outputs. An output that fails is reported and does not stop the rest. A
    /// computer that cannot print the book is no error here, because the user did not ask for it by name.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let options = BuildOptions { fonts: self.fonts.dir.clone(), ..outputs::options(ui) };
        let told = |outcome: &Outcome| {
            outputs::tell(outcome, ui);
            if let Err(WriterError::Book(error)) = &outcome.result
                && error.is_no_way_to_print()
            {
                self.tell_no_book(outcome.name, error, ui);
            }
        };
        let built = outputs::make(&self.folder, &self.out, &WRITERS, &options, &told, ui)?;
        let new: Vec<String> = built.made().into_iter().map(shown).collect();
        let Built { run, outcomes, .. } = built;
        let mut failed = build::failures(outcomes);
        failed.retain(|(_, error)| !matches!(error, WriterError::Book(error) if error.is_no_way_to_print()));
        if failed.is_empty() {
            return Ok(outputs::finish(&run, ui));
        }
        let names: Vec<&str> = failed.iter().map(|(name, _)| *name).collect();
        tell_half_way(&new, &names, ui);
        let (_, first) = failed.remove(0);
        failed.into_iter().for_each(|(_, error)| failure::mention(&error.into(), ui));
        Err(first.into())
    }

    /// Reports why there is no book, and warns if a book of an earlier run is still there.
    fn tell_no_book(&self, name: &str, error: &BookError, ui: &Ui) {
        failure::mention(&error.clone().into(), ui);
        let old = self.out.out.join(name);
        if old.is_file() {
            let old = shown(&old);
            ui.note(&ui.lang.pick(
                format!("{old}: 지난번에 만든 것이며, 이번 계획의 것이 아닙니다"),
                format!("{old} was made by an earlier run, not from these plans"),
            ));
        }
    }
}

/// Lists the `new` outputs and those not updated because their writers `failed`. A file is replaced whole or
/// not at all, a folder file by file.
fn tell_half_way(new: &[String], failed: &[&str], ui: &Ui) {
    let (files, folders): (Vec<&str>, Vec<&str>) = failed.iter().partition(|name| name.contains('.'));
    let (new, files, folders) = (new.join(", "), files.join(", "), folders.join(", "));
    let parts = [
        ui.lang.pick(format!("새로 만든 것: {new}"), format!("new: {new}")),
        ui.lang.pick(
            format!("만들지 못해 이전 것이 있으면 그대로인 것: {files}"),
            format!("not made; an earlier file is unchanged: {files}"),
        ),
        ui.lang.pick(
            format!("일부만 새것일 수 있는 폴더: {folders}"),
            format!("possibly new only in part: {folders}"),
        ),
    ];
    let listed = parts.into_iter().zip([new, files, folders]).filter(|(_, names)| !names.is_empty());
    ui.note(&listed.map(|(part, _)| part).collect::<Vec<_>>().join(" · "));
}
