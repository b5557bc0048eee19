//! `planbook return`: the departments' workbooks, with remarks.

use planbook::write::returned::{LETTERS, NewRound, ReturnedWriter};
use toml::value::Datetime;
use unicode_normalization::UnicodeNormalization;

use super::args::{FolderArg, OutArg};
use super::eject::eject;
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Writes `returned/` and enters the round into the ledger.
#[derive(Debug, clap::Args)]
#[command(
    about = "검토 의견을 적은 통합 문서와 부서마다의 안내문을 만듭니다: returned/ | Make the workbooks to return, with notes, and a covering message for each department: returned/"
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
        help = "돌려보낸 날. 차수 기록에 적습니다 (예: 2026-01-20) | The date of the return, for the ledger (such as 2026-01-20)"
    )]
    date: Option<String>,
    /// See `help`.
    #[arg(
        long,
        conflicts_with = "date",
        help = "돌려줄 파일을 만들지 않고 안내문의 내장 서식을 폴더의 templates/letter에 꺼냅니다. 고치면 안내문에 쓰입니다 | Copy the built-in templates of the covering messages into DIR/templates/letter instead; planbook uses what you change there"
    )]
    eject: bool,
}

/// Parses a calendar day: `2026-01-20`, `2026. 1. 20.` or `2026년 1월 20일`.
fn date(text: &str) -> Result<String, String> {
    let text: String = text.nfkc().collect();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let numbers: Vec<u16> = numbers.map(str::parse).collect::<Result<_, _>>().unwrap_or_default();
    let [year, month, day] = numbers[..] else { return Err("a day is YYYY-MM-DD".to_owned()) };
    let date = format!("{year:04}-{month:02}-{day:02}");
    match date.parse::<Datetime>() {
        Ok(Datetime { date: Some(_), time: None, .. }) if year >= 1000 => Ok(date),
        _ => Err("the calendar has no such day".to_owned()),
    }
}

impl Args {
    /// Reads the folder, writes the workbooks with remarks and the receipts, and enters the round into the ledger.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        if self.eject {
            return eject(&self.folder.dir, LETTERS.folder, LETTERS.files, ui);
        }
        let round = Some(NewRound { date: self.date });
        outputs::write(&self.folder, &self.out, &ReturnedWriter { round }, ui)
    }
}
