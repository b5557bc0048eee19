//! `planbook report`: everything on one page for a browser.

use planbook::write::report::{ReportWriter, TEMPLATES};

use super::args::{FolderArg, OutArg};
use super::eject::eject;
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `report.html`.
#[derive(Debug, clap::Args)]
#[command(
    about = "제출 현황, 지적 사항, 연계도, 공통지표를 웹 브라우저로 보는 한 쪽에 담습니다: report.html | Make one page for a browser, with submissions, findings, cascade and common KPIs: report.html"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
    /// See `help`.
    #[arg(
        long,
        help = "보고서를 만들지 않고 내장 서식을 폴더의 templates/report에 꺼냅니다. 고치면 보고서에 쓰입니다 | Copy the built-in templates into DIR/templates/report instead; planbook uses what you change there"
    )]
    eject: bool,
}

impl Args {
    /// Reads the folder and writes the page, even where no workbook could be read: the page then says why for
    /// each.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        if self.eject {
            return eject(&self.folder.dir, TEMPLATES.folder, TEMPLATES.files, ui);
        }
        outputs::write(&self.folder, &self.out, &ReportWriter, ui)
    }
}
