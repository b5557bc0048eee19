//! `planbook check`: findings on the terminal or for machines.

use std::io;

use clap::ValueEnum;
use planbook::finding::Severity;
use planbook::pipeline::{PipelineError, Run};
use planbook::write::export::{findings_json, sarif};

use super::args::FolderArg;
use super::error::{CommandError, Exit};
use super::outputs;
use super::render::{self, Style};
use super::ui::Ui;

/// Checks a plan-year folder.
#[derive(Debug, clap::Args)]
#[command(
    about = "통합 문서를 읽어 점검하고 지적 사항을 보여 줍니다 | Read, consolidate and check; show the findings"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "모양 | FORMAT",
        value_enum,
        default_value_t,
        help = "보여 줄 모양: text 글(기본값), json 자료, sarif 다른 도구용 | Form: text (default), json, or sarif for other tools"
    )]
    format: Format,
    /// See `help`.
    #[arg(
        long,
        value_name = "심각도 | SEVERITY",
        value_enum,
        default_value_t,
        help = "text에서 하나씩 보여 줄 것: error 오류만, warning 경고까지(기본값), info 참고까지 | Shown one by one in text: error, warning (default: errors and warnings) or info (all)"
    )]
    severity: Least,
}

/// The least severe findings to show one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Least {
    Error,
    #[default]
    Warning,
    Info,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Error => Severity::Error,
            Least::Warning => Severity::Warning,
            Least::Info => Severity::Info,
        }
    }
}

/// The form of the findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Sarif,
}

impl Args {
    /// Prints the findings on standard output, even where no workbook could be read: then they say why.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        match outputs::run(&self.folder.dir, ui) {
            Ok((run, _)) => {
                ui.data(&self.bytes(&run, ui)?)?;
                Ok(Exit::of(&run))
            }
            Err(CommandError::Pipeline(PipelineError::NoneReadable(run))) => {
                ui.data(&self.bytes(&run, ui)?)?;
                Err(PipelineError::NoneReadable(run).into())
            }
            Err(error) => Err(error),
        }
    }

    fn bytes(&self, run: &Run, ui: &Ui) -> Result<Vec<u8>, CommandError> {
        Ok(match self.format {
            Format::Text => {
                let style =
                    Style { lang: ui.lang, paint: ui.out, verbose: ui.verbose, least: self.severity.into() };
                let text = render::findings(&run.findings, style) + &render::summary(run, ui.lang) + "\n";
                text.into_bytes()
            }
            Format::Json => in_memory(|out| findings_json::write(&run.findings, ui.lang, out))?,
            Format::Sarif => in_memory(|out| sarif::write(&run.findings, ui.lang, out))?,
        })
    }
}

/// What `write` writes. Memory does not refuse, so an error here is one of turning findings into text.
fn in_memory(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(CommandError::Output)?;
    Ok(bytes)
}
