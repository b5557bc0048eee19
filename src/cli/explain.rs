//! `planbook explain`: what a check means, an example, how to resolve it.

use std::path::Path;

use planbook::check::explain;
use planbook::finding::{Code, Severity, UnknownCode};
use planbook::write::words;

use super::args;
use super::error::{CommandError, Exit};
use super::ui::Ui;

/// Explains checks.
#[derive(Debug, clap::Args)]
#[command(
    about = "점검 코드의 뜻과 예, 고치는 법을 알려 줍니다 | Explain a check: its meaning, an example, how to resolve it"
)]
pub struct Args {
    /// See `help`.
    #[arg(
        value_name = "코드 | CODE",
        help = "점검 코드나 지적 사항의 식별번호 (예: W101, W101-f6559a211c). 여럿을 적어도 되고, 없으면 모든 코드의 목록 | The code of a check or the id of a finding, such as W101; several may be given. Without one, all are listed"
    )]
    codes: Vec<String>,
}

impl Args {
    /// Prints the explanations, or the table of all codes.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let codes = self.codes()?;
        if codes.is_empty() {
            ui.text(&Code::ALL.iter().map(|&code| heading(code, ui) + "\n").collect::<String>())?;
            return Ok(Exit::Done);
        }
        let texts: Vec<String> = codes
            .into_iter()
            .map(|code| format!("{}\n\n{}\n", heading(code, ui), explain(code, ui.lang).text))
            .collect();
        ui.paragraphs(&texts.join("\n"))?;
        Ok(Exit::Done)
    }

    /// Returns the codes asked for. Plan-year folders among the words are ignored, because the other commands
    /// take one.
    fn codes(&self) -> Result<Vec<Code>, UnknownCode> {
        let words = self.codes.iter().filter(|word| !Path::new(word).is_dir());
        let mut codes = Vec::new();
        for word in words.flat_map(|words| args::listed(words)) {
            let code = args::code(word)?;
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        Ok(codes)
    }
}

fn heading(code: Code, ui: &Ui) -> String {
    let severity: Severity = code.default_severity();
    let title = ui.lang.pick(code.title().ko, code.title().en);
    let word = ui.out.severity(severity, words::severity(severity, ui.lang));
    format!("{} {word}  {}", ui.out.bold(code.as_str()), title)
}
