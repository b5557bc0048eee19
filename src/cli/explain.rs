//! `planbook explain`: what a check means, an example, how to settle it.

use planbook::check::explain;
use planbook::finding::{Code, Severity};
use planbook::write::words;

use super::error::{CommandError, Exit};
use super::ui::Ui;

/// Explains a check.
#[derive(Debug, clap::Args)]
#[command(
    about = "점검 코드의 뜻과 보기, 고치는 법을 알려 줍니다 | What a check means, an example, how to settle it"
)]
pub struct Args {
    /// See `help`.
    #[arg(
        value_name = "코드 | CODE",
        help = "점검 코드 (예: W101). 없으면 모든 코드의 목록 | The code of a check, such as W101; without one, all are listed"
    )]
    code: Option<String>,
}

impl Args {
    /// Prints the explanation, or the table of all codes.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let text = match self.code {
            Some(code) => {
                let code: Code = code.parse()?;
                let explanation = explain(code, ui.lang);
                format!("{}\n\n{}\n", heading(code, ui), explanation.text)
            }
            None => Code::ALL.iter().map(|&code| heading(code, ui) + "\n").collect(),
        };
        ui.data(text.as_bytes())?;
        Ok(Exit::Done)
    }
}

fn heading(code: Code, ui: &Ui) -> String {
    let severity: Severity = code.default_severity();
    let title = ui.lang.pick(code.title().ko, code.title().en);
    let word = ui.out.severity(severity, words::severity(severity, ui.lang));
    format!("{} {word}  {}", ui.out.bold(code.as_str()), title)
}
