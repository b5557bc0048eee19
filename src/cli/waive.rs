//! `planbook waive`: findings that stand, with the reason.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use planbook::finding::Finding;
use planbook::pipeline::PipelineError;
use planbook::project::config::Waiver;
use planbook::project::{Config, ConfigError, FILE_NAME, add_waivers, decoded};
use planbook::source::visible;
use planbook::write::files;

use super::args;
use super::error::{CommandError, Exit};
use super::outputs;
use super::ui::Ui;

/// Waives findings.
#[derive(Debug, clap::Args)]
#[command(
    about = "지적 사항을 사유와 함께 유예합니다 (planbook.toml에 적습니다) | Waive a finding, with the reason (written into planbook.toml)"
)]
pub struct Args {
    /// See `help`. Either may come first; which is which is told by how it looks.
    #[arg(
        index = 2,
        value_name = "폴더 | DIR",
        help = "한 해 계획의 폴더 (기본값: 지금 폴더) | The plan-year folder (default: the current one)"
    )]
    second: Option<String>,
    /// See `help`.
    #[arg(
        index = 1,
        value_name = "식별번호 | ID",
        help = "지적 사항의 식별번호 (예: W101-f6559a211c). 여럿이면 쉼표로 이어 적습니다 | The finding's id, such as W101-f6559a211c; several are parted by commas"
    )]
    first: String,
    /// See `help`.
    #[arg(
        long,
        value_name = "사유 | TEXT",
        value_parser = reason,
        help = "유예하는 사유. 목록과 책자를 보는 사람이 읽습니다 | Why it stands, for those who read the lists"
    )]
    reason: String,
}

fn reason(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() { Err("a reason is needed".to_owned()) } else { Ok(text.to_owned()) }
}

impl Args {
    /// Writes the waivers, all of them or none.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (dir, ids) = self.folder_and_ids()?;
        let (findings, config) = match outputs::run(dir, ui) {
            Ok((run, config)) => (run.findings, config),
            Err(CommandError::Pipeline(PipelineError::NoneReadable(run))) => {
                (run.findings, Config::load(dir)?)
            }
            Err(error) => return Err(error),
        };
        let (mut waivers, mut told) = (Vec::new(), Vec::new());
        for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            if let Some(waiver) = config.waive.iter().find(|waiver| waiver.id.eq_ignore_ascii_case(id)) {
                told.push(already(waiver, ui));
                continue;
            }
            let finding = find(&findings, id)?;
            if waivers.iter().all(|waiver: &Waiver| waiver.id != finding.id) {
                told.push(waived(finding, ui));
                waivers.push(Waiver { id: finding.id.clone(), reason: self.reason.clone() });
            }
        }
        if !waivers.is_empty() {
            write(dir, &waivers)?;
        }
        for line in told {
            ui.say(&line);
        }
        Ok(Exit::Done)
    }

    /// Which of the two is the folder and which the ids.
    fn folder_and_ids(&self) -> Result<(&Path, &str), CommandError> {
        let (first, Some(second)) = (&self.first, &self.second) else {
            if !looks_like_ids(&self.first) && Path::new(&self.first).is_dir() {
                return Err(CommandError::NoId(self.first.clone().into()));
            }
            return Ok((Path::new("."), &self.first));
        };
        let is_turned = match (looks_like_ids(first), looks_like_ids(second)) {
            (true, false) => false,
            (false, true) => true,
            _ => Path::new(first).is_dir() && !Path::new(second).is_dir(),
        };
        Ok(if is_turned { (Path::new(first), second) } else { (Path::new(second), first) })
    }
}

/// Whether `word` names findings, or would but for a slip.
fn looks_like_ids(word: &str) -> bool {
    word.split(',').all(|id| args::code(id.trim()).is_ok() && id.contains('-'))
}

fn write(dir: &Path, waivers: &[Waiver]) -> Result<(), CommandError> {
    let path = dir.join(FILE_NAME);
    // Through a link the file that it leads to is replaced, not the link.
    let path = path.canonicalize().unwrap_or(path);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        Err(source) => return Err(ConfigError::Io { path, source }.into()),
    };
    let text = decoded(&bytes)
        .and_then(|text| add_waivers(&text, waivers))
        .map_err(|faults| ConfigError::Invalid { path: path.clone(), faults })?;
    // The editor that saved it otherwise knows UTF-8 by its mark.
    let mark = if std::str::from_utf8(&bytes).is_ok() && !bytes.contains(&0) { "" } else { "\u{feff}" };
    let text = format!("{mark}{text}");
    Ok(files::replace(&path, |file| file.write_all(text.as_bytes()))?)
}

fn find<'a>(findings: &'a [Finding], id: &str) -> Result<&'a Finding, CommandError> {
    findings.iter().find(|finding| finding.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
        // A slip of the pen; or a finding whose KPI got another name, which is told by its check.
        let near = findings
            .iter()
            .map(|finding| (strsim::damerau_levenshtein(&finding.id, id), &finding.id))
            .filter(|(distance, _)| *distance <= 3)
            .min();
        CommandError::UnknownFinding { id: id.to_owned(), near: near.map(|(_, id)| id.clone()) }
    })
}

fn already(Waiver { id, reason }: &Waiver, ui: &Ui) -> String {
    let (id, reason) = (visible(id), visible(reason));
    ui.lang.pick(
        format!("이미 유예되어 있습니다: {id} (사유: {reason}). 사유는 {FILE_NAME}에서 고칠 수 있습니다"),
        format!("{id} is waived already (reason: {reason}); the reason can be changed in {FILE_NAME}"),
    )
}

fn waived(finding: &Finding, ui: &Ui) -> String {
    let (id, at) = (visible(&finding.id), visible(&finding.at.to_string()));
    let message = visible(&finding.message.text(ui.lang));
    ui.lang.pick(
        format!("유예했습니다: {id} {at} {message} ({FILE_NAME}에 적었습니다)"),
        format!("waived {id} {at}: {message} (written into {FILE_NAME})"),
    )
}
