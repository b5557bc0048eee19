//! `planbook cascade`: the city-wide workbook.

use planbook::write::cascade::CascadeWriter;

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `cascade.xlsx`.
#[derive(Debug, clap::Args)]
#[command(
    about = "시 전체의 목표와 지표를 한 통합 문서로 묶습니다: cascade.xlsx | Make the city-wide workbook: cascade.xlsx"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the workbook.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        outputs::write(&self.folder, &self.out, &CascadeWriter, ui)
    }
}
