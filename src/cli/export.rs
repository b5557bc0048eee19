//! `planbook export`: the data files.

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::ui::Ui;

/// Writes `data/`.
#[derive(Debug, clap::Args)]
#[command(about = "지표와 지적 사항을 자료 파일로 내보냅니다: data/ | The KPIs and findings as data: data/")]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the data files.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        Outputs::open(&self.folder.dir, &self.out.out, &run, &config, ui)?.data()?;
        Ok(outputs::finish(&run, ui))
    }
}
