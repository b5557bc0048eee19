//! `planbook export`: the data files.

use planbook::write::export::DataWriter;

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `data/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "지표와 지적 사항을 자료 파일로 내보냅니다: data/ | Export KPIs and findings as data files: data/"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the data files.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        outputs::write(&self.folder, &self.out, &DataWriter, ui)
    }
}
