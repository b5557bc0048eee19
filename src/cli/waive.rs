//! `planbook waive`: accepts findings, with a reason.

use std::path::{Path, PathBuf};

use planbook::files::shown;
use planbook::finding::Finding;
use planbook::pipeline::PipelineError;
use planbook::project::config::Waiver;
use planbook::project::{Config, FILE_NAME, add_waivers};
use planbook::source::escape_controls;
use unicode_normalization::UnicodeNormalization;

use super::args;
use super::error::{CommandError, Exit};
use super::outputs;
use super::settings_file;
use super::ui::Ui;

/// Waives findings.
#[derive(Debug, clap::Args)]
#[command(
    about = "지적 사항을 사유와 함께 유예합니다 (planbook.toml에 적습니다) | Waive a finding with a reason (written into planbook.toml)"
)]
pub struct Args {
    /// See `help`. Either may come first; the form of a word shows which it is.
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
        help = "지적 사항의 식별번호 (예: W101-f6559a211c). 여럿이면 쉼표나 빈칸으로 이어 적습니다 | The finding's id, such as W101-f6559a211c; separate several with commas or spaces"
    )]
    first: String,
    /// More ids.
    #[arg(index = 3, hide = true)]
    more: Vec<String>,
    /// See `help`.
    #[arg(
        long,
        value_name = "사유 | TEXT",
        value_parser = args::text,
        help = "유예하는 사유. 목록과 책자를 보는 사람이 읽습니다 | The reason, for readers of the lists and the book"
    )]
    reason: String,
}

impl Args {
    /// Writes the waivers, all of them or none.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        let (dir, ids) = self.folder_and_ids()?;
        let dir = dir.as_path();
        if ids.is_empty() && !dir.is_dir() {
            return Err(CommandError::UnknownFinding { id: shown(dir), near: None });
        }
        ui.works_on(dir);
        if ids.is_empty() {
            return Err(CommandError::NoId);
        }
        let (findings, config) = match outputs::run(dir, ui) {
            Ok((run, config)) => (run.findings, config),
            Err(CommandError::Pipeline(PipelineError::NoneReadable(run))) => {
                (run.findings, Config::load(dir)?)
            }
            Err(error) => return Err(error),
        };
        let (mut waivers, mut told) = (Vec::new(), Vec::new());
        for id in &ids {
            if let Some(waiver) = config.waive.iter().find(|waiver| waiver.id.eq_ignore_ascii_case(id)) {
                told.push(already(waiver, ui));
                continue;
            }
            let finding = find(&findings, id)?;
            if waivers.iter().all(|waiver: &Waiver| waiver.id != finding.id) {
                told.push(waived(finding, dir, ui));
                waivers.push(Waiver { id: finding.id.clone(), reason: self.reason.clone() });
            }
        }
        if !waivers.is_empty() {
            settings_file::edit(dir, |text| add_waivers(text, &waivers))?;
        }
        for line in told {
            ui.say(&line);
        }
        Ok(Exit::Done)
    }

    /// Separates the words into the folder and the ids, in any order.
    fn folder_and_ids(&self) -> Result<(PathBuf, Vec<String>), CommandError> {
        let (mut folder, mut ids) = (None::<PathBuf>, Vec::new());
        for word in [&self.first].into_iter().chain(&self.second).chain(&self.more) {
            if args::listed(word).all(looks_like_id) {
                ids.extend(args::listed(word).map(|id| id.nfkc().collect::<String>()));
            } else if let Some(other) = folder.replace(word.into()) {
                // A path that is no folder is reported before a second folder.
                let missing = [&other, Path::new(word)].into_iter().find(|path| !path.is_dir());
                return Err(match missing {
                    Some(path) => PipelineError::NoFolder(path.to_owned()).into(),
                    None => CommandError::SeveralFolders(other, word.into()),
                });
            }
        }
        Ok((folder.unwrap_or_else(|| ".".into()), ids))
    }
}

/// Whether `word` looks like a finding's id, possibly mistyped: a letter, three digits and a hyphen.
fn looks_like_id(word: &str) -> bool {
    let word: String = word.nfkc().collect();
    let code = word.split('-').next().unwrap_or_default();
    let is_code = code.len() == 4
        && code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code[1..].bytes().all(|c| c.is_ascii_digit());
    is_code && !Path::new(&word).is_dir()
}

fn find<'a>(findings: &'a [Finding], id: &str) -> Result<&'a Finding, CommandError> {
    findings.iter().find(|finding| finding.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
        // Suggest an id only for a likely typing error.
        let near = findings
            .iter()
            .map(|finding| (strsim::damerau_levenshtein(&finding.id, id), &finding.id))
            .filter(|(distance, _)| *distance <= 3)
            .min();
        CommandError::UnknownFinding { id: id.to_owned(), near: near.map(|(_, id)| id.clone()) }
    })
}

fn already(Waiver { id, reason }: &Waiver, ui: &Ui) -> String {
    let (id, reason) = (escape_controls(id), escape_controls(reason));
    ui.lang.pick(
        format!("이미 유예되어 있습니다: {id} (사유: {reason}). 사유는 {FILE_NAME}에서 고칠 수 있습니다"),
        format!("{id} is already waived (reason: {reason}); the reason can be changed in {FILE_NAME}"),
    )
}

fn waived(finding: &Finding, dir: &Path, ui: &Ui) -> String {
    let (id, at) = (escape_controls(&finding.id), escape_controls(&finding.at.to_string()));
    let message = escape_controls(&finding.message.text(ui.lang));
    let file = settings_file::shown_in(dir);
    ui.lang.pick(
        format!("유예했습니다: {id} {at} {message} ({file}에 적었습니다)"),
        format!("waived {id} {at}: {message} (written into {file})"),
    )
}
