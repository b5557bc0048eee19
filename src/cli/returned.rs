//! `planbook return`: the departments' workbooks, with remarks.

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::ui::Ui;

/// Writes `returned/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "검토 의견을 적은 통합 문서를 부서에 돌려줄 수 있게 만듭니다: returned/ | The departments' workbooks back, with remarks: returned/"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the workbooks with remarks, and the receipts.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (run, config) = outputs::run(&self.folder.dir, ui)?;
        Outputs::open(&self.folder.dir, &self.out.out, &run, &config, ui)?.returned()?;
        Ok(outputs::finish(&run, ui))
    }
}
