//! `planbook scorecards`: a scorecard per plan.

use planbook::write::scorecard::ScorecardsWriter;

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `scorecards/`.
#[derive(Debug, clap::Args)]
#[command(
    about = "계획마다 한 해 결과를 적을 성과표를 만듭니다: scorecards/ | Make a scorecard for each plan, to fill in with the year's results: scorecards/"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
}

impl Args {
    /// Reads the folder and writes the scorecards. Entries on existing scorecards are kept.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        outputs::write(&self.folder, &self.out, &ScorecardsWriter, ui)
    }
}
