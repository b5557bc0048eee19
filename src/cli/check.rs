//! `planbook check`: findings on the terminal or for machines.

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use planbook::check::idle_waivers;
use planbook::finding::{Finding, Severity};
use planbook::pipeline::{PipelineError, Run};
use planbook::project::files::is_workbook;
use planbook::project::{Config, FILE_NAME};
use planbook::source::escape_controls;
use planbook::write::export::{findings_json, sarif};

use super::args;
use super::error::{CommandError, Exit};
use super::filter::FilterArgs;
use super::render::{self, LISTED, TextStyle};
use super::shortcut::plan_year_of;
use super::ui::Ui;
use super::{outputs, overview};

/// Checks a plan-year folder.
#[derive(Debug, clap::Args)]
#[command(
    about = "통합 문서를 읽어 점검하고 지적 사항을 보여 줍니다 | Check the workbooks and show the findings"
)]
pub struct Args {
    /// See `help`. The form of each word shows what it is, so words may come in any order.
    #[arg(
        value_name = "폴더 | DIR",
        help = "한 해 계획의 폴더 (기본값: 지금 폴더). 통합 문서나 점검 코드를 적으면 그것만 보여 줍니다 | The plan-year folder (default: the current one); a workbook or the code of a check limits the findings to it"
    )]
    words: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
    /// See `help`.
    #[arg(
        long,
        value_name = "형식 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "출력 형식: text 글(기본값), json 자료, sarif 다른 도구용 | Format: text (default), json, or sarif for other tools"
    )]
    format: Format,
    /// See `help`.
    #[arg(
        long,
        value_name = "심각도 | SEVERITY",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "text에서 하나씩 보여 줄 것: error 오류만, warning 경고까지(기본값), info 참고까지 | What text lists one by one: error (errors only), warning (default: errors and warnings) or info (all)"
    )]
    severity: Least,
}

/// The least severe findings to show one by one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Least {
    #[value(alias = "오류")]
    Error,
    #[default]
    #[value(alias = "경고")]
    Warning,
    #[value(alias = "참고")]
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

/// What the command reads.
enum CheckSource {
    Folder(PathBuf),
    /// A workbook outside any plan-year folder.
    Alone(PathBuf),
}

impl Args {
    /// Prints the findings on standard output, even where no workbook could be read: the findings then say
    /// why.
    pub fn run(mut self, ui: &Ui) -> Result<Exit, CommandError> {
        let from = self.sort_words()?;
        self.filter.codes()?;
        let result = match &from {
            CheckSource::Folder(dir) => outputs::run(dir, ui),
            CheckSource::Alone(file) => outputs::run_alone(file, ui),
        };
        match result {
            Ok((run, config)) => {
                let findings = self.filter.findings(&run, &config)?;
                self.show(&findings, &run, &config, ui)?;
                if self.filter.is_empty() {
                    tell_idle_waivers(&run, &config, ui);
                }
                Ok(Exit::of(&findings))
            }
            Err(CommandError::Pipeline(PipelineError::NoneReadable(run))) => {
                let config = match &from {
                    CheckSource::Folder(dir) => Config::load(dir)?,
                    CheckSource::Alone(_) => Config::default(),
                };
                let findings = self.filter.findings(&run, &config).unwrap_or_else(|_| run.findings.clone());
                self.show(&findings, &run, &config, ui)?;
                Err(PipelineError::NoneReadable(run).into())
            }
            Err(error) => Err(error),
        }
    }

    /// Sorts the positional words: workbooks and codes join the values of their options. Returns what to
    /// read.
    fn sort_words(&mut self) -> Result<CheckSource, CommandError> {
        let (mut folder, mut file) = (None::<PathBuf>, None::<PathBuf>);
        for word in std::mem::take(&mut self.words) {
            let path = PathBuf::from(&word);
            if path.is_dir() {
                if let Some(other) = folder.replace(path) {
                    return Err(CommandError::SeveralFolders(other, word.into()));
                }
            } else if path.is_file() {
                if !is_workbook(&path) {
                    return Err(CommandError::NotAWorkbook(path));
                }
                self.filter.file.push(word);
                file = Some(path);
            } else if looks_like_codes(&word) {
                self.filter.code.push(word);
            } else {
                return Err(PipelineError::NoFolder(path).into());
            }
        }
        if let Some(folder) = folder {
            return Ok(CheckSource::Folder(folder));
        }
        let within = self.filter.file.iter().find_map(|file| plan_year_of(Path::new(file)));
        Ok(match (within, file) {
            (Some(folder), _) => CheckSource::Folder(folder),
            (None, Some(file)) if self.filter.file.len() == 1 => CheckSource::Alone(file),
            (None, _) => CheckSource::Folder(".".into()),
        })
    }

    fn show(&self, findings: &[Finding], run: &Run, config: &Config, ui: &Ui) -> Result<(), CommandError> {
        match self.format {
            Format::Text => {
                let (lang, least) = (ui.lang, self.severity.into());
                let style =
                    TextStyle { folder: ui.folder(), lang, paint: ui.out, verbose: ui.verbose, least };
                let summary = match self.filter.is_empty() {
                    true => render::summary(run, ui.lang),
                    false => render::summary_of_shown(findings, run.findings.len(), ui.lang),
                };
                let table = overview::table(findings, run, config, ui);
                ui.text(&format!("{table}{}{summary}\n", render::findings(findings, style)))
            }
            Format::Json => ui.data(&in_memory(|out| findings_json::write(findings, ui.lang, out))?),
            Format::Sarif => ui.data(&in_memory(|out| sarif::write(findings, ui.lang, out))?),
        }
    }
}

/// Reports the waivers that match no finding: the first of them, or all with `--verbose`.
fn tell_idle_waivers(run: &Run, config: &Config, ui: &Ui) {
    let ids = idle_waivers(&run.findings, config);
    if ids.is_empty() {
        return;
    }
    let (count, lang) = (ids.len(), ui.lang);
    let shown = if ui.verbose { count } else { count.min(LISTED) };
    let names = ids[..shown].iter().map(|id| escape_controls(id)).collect::<Vec<_>>().join(", ");
    let more = match count - shown {
        0 => String::new(),
        rest => {
            let all = ui.command("check", &["--verbose"]);
            lang.pick(format!(" 그 밖에 {rest}건 (`{all}`)"), format!(" and {rest} more (`{all}`)"))
        }
    };
    ui.note(&lang.pick(
        format!("{FILE_NAME}에 유예한 것 가운데 지금 없는 지적 사항 {count}건: {names}{more}. 고쳐진 것이면 그 [[waive]]를 지워도 됩니다"),
        format!("{count} waivers in {FILE_NAME} match no finding now: {names}{more}; if those findings are resolved, delete their [[waive]]"),
    ));
}

/// Whether `word` looks like codes, possibly mistyped: a letter and three digits each.
fn looks_like_codes(word: &str) -> bool {
    args::listed(word).all(|code| {
        args::code(code).is_ok()
            || code
                .strip_prefix(|c: char| c.is_ascii_alphabetic())
                .is_some_and(|number| number.len() == 3 && number.chars().all(|c| c.is_ascii_digit()))
    })
}

/// Returns what `write` writes. Writing to memory cannot fail, so an error here comes from serialising the
/// findings.
fn in_memory(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(CommandError::Output)?;
    Ok(bytes)
}
