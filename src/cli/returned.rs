//! `planbook return`: the departments' workbooks, with remarks.

use planbook::ledger::{self, Sent};
use toml::value::Datetime;

use super::args::{FolderArg, OutArg};
use super::error::{CommandError, Exit};
use super::outputs::{self, Outputs};
use super::render;
use super::ui::Ui;

/// Writes `returned/` and enters the round into the ledger.
#[derive(Debug, clap::Args)]
#[command(
    about = "검토 의견을 적은 통합 문서를 부서에 돌려줄 수 있게 만듭니다: returned/ | The departments' workbooks back, with remarks: returned/"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    #[command(flatten)]
    out: OutArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "YYYY-MM-DD",
        value_parser = date,
        help = "돌려보낸 날. 차수 기록에 적습니다 (예: 2026-01-20) | The day they go back, for the ledger (such as 2026-01-20)"
    )]
    date: Option<String>,
}

/// A day that the calendar has.
fn date(text: &str) -> Result<String, String> {
    match text.parse::<Datetime>() {
        Ok(Datetime { date: Some(_), time: None, .. }) => Ok(text.to_owned()),
        _ => Err("a day is YYYY-MM-DD".to_owned()),
    }
}

impl Args {
    /// Reads the folder, writes the workbooks with remarks and the receipts, and enters the round into the ledger.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let dir = &self.folder.dir;
        let (run, config) = outputs::run(dir, ui)?;
        let receipts = Outputs::open(dir, &self.out.out, &run, &config, ui)?.returned()?;
        let sent: Vec<Sent> = receipts.iter().filter_map(Sent::of).collect();
        match ledger::record(dir, &run, &sent, self.date.as_deref()) {
            Ok(recorded) => {
                for line in render::recorded(&recorded, ui.lang) {
                    ui.say(&line);
                }
            }
            // The workbooks are there all the same; only history is missing.
            Err(error) => CommandError::from(error).mention(ui),
        }
        Ok(outputs::finish(&run, ui))
    }
}
