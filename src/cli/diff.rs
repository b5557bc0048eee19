//! `planbook diff`: what changed, KPI by KPI.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use planbook::diff::{Change, ChangeKind, Diff, PlanDiff, diff};
use planbook::files::Output;
use planbook::files::shown;
use planbook::finding::{Code, Finding, Lang, Severity};
use planbook::pipeline::{self, PipelineError, Run};
use planbook::project::files::is_workbook;
use planbook::project::{Config, FILE_NAME};
use planbook::source::escape_controls;
use planbook::workbook::Style;
use planbook::write::diff::{DiffSource, colour, json, words, workbook};

use super::args::TextOrJson;
use super::error::{CommandError, Exit};
use super::reader;
use super::render;
use super::ui::Ui;

/// Compares two plan-year folders or two workbooks.
#[derive(Debug, clap::Args)]
#[command(
    about = "두 해의 폴더나 두 통합 문서를 지표별로 비교해 바뀐 것을 보여 줍니다 | Show what changed between two plan-year folders or two workbooks, KPI by KPI",
    after_help = "종료 코드: 0 끝남(바뀐 것이 있든 없든) · 1 끝남, 읽지 못한 통합 문서가 있음 · 2 실행하지 못함 | \
                  Exit codes: 0 done, changes or not · 1 done, but some workbook could not be read · 2 not done"
)]
pub struct Args {
    /// See `help`.
    #[arg(value_name = "이전 | OLD", help = "이전 폴더나 통합 문서 | The earlier folder or workbook")]
    old: PathBuf,
    /// See `help`.
    #[arg(
        value_name = "이후 | NEW",
        default_value = ".",
        help = "이후 폴더나 통합 문서 (기본값: 지금 폴더) | The later folder or workbook (default: the current folder)"
    )]
    new: PathBuf,
    /// See `help`.
    #[arg(
        long,
        value_name = "형식 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "출력 형식: text 글(기본값), json 자료 | Format: text (default) or json"
    )]
    format: TextOrJson,
    /// See `help`.
    #[arg(
        long,
        help = "띄어쓰기처럼 표기만 다른 곳과 아직 적지 않은 값도 보여 줍니다 | Also show differences in notation only, and values not filled in yet"
    )]
    all: bool,
    /// See `help`.
    #[arg(
        long = "out",
        short,
        value_name = "파일.xlsx | FILE.xlsx",
        help = "이전과 이후를 나란히 적은 통합 문서를 이 이름으로 만듭니다 | Write the changes into a workbook of this name, old and new side by side"
    )]
    out: Option<PathBuf>,
}

impl Args {
    /// Prints the changes on standard output, or writes the workbook.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        self.look_before()?;
        let before = read(&self.old, ui)?;
        let after = read(&self.new, ui)?;
        let diff = diff(&before.city, &after.city);
        match (&self.out, self.format) {
            (Some(out), _) => self.write(out, &diff, ui)?,
            (None, TextOrJson::Text) => ui.text(&text(&diff, self.all, ui))?,
            (None, TextOrJson::Json) => {
                let mut bytes = Vec::new();
                json::write(&diff, self.all, &mut bytes).map_err(CommandError::Output)?;
                ui.data(&bytes)?;
            }
        }
        if self.out.is_some() || self.format == TextOrJson::Json {
            ui.say(&escape_controls(&words::summary(&diff, ui.lang)));
        }
        let whole = [&before, &after].iter().all(|run| unread(run).next().is_none());
        Ok(if whole { Exit::Done } else { Exit::Findings })
    }

    /// Reports misuse that shows before anything is read.
    fn look_before(&self) -> Result<(), CommandError> {
        let is_folder = |path: &Path| match fs::metadata(path) {
            Ok(found) => Ok(found.is_dir()),
            Err(_) => Err(CommandError::NotThere(path.to_path_buf())),
        };
        let mixed = |folder: &Path, workbook: &Path| {
            Err(CommandError::FolderAndWorkbook { folder: folder.into(), workbook: workbook.into() })
        };
        let folders = (is_folder(&self.old)?, is_folder(&self.new)?);
        for path in [&self.old, &self.new] {
            if path.is_file() && !is_workbook(path) {
                return Err(CommandError::NotAWorkbook(path.clone()));
            }
        }
        match folders {
            (true, false) => return mixed(&self.old, &self.new),
            (false, true) => return mixed(&self.new, &self.old),
            _ => {}
        }
        let is_xlsx = |path: &Path| path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("xlsx"));
        match &self.out {
            Some(out) if !is_xlsx(out) => Err(CommandError::NotAWorkbookName(out.clone())),
            _ => Ok(()),
        }
    }

    fn write(&self, out: &Path, diff: &Diff<'_>, ui: &Ui) -> Result<(), CommandError> {
        let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = out.file_name().unwrap_or_default();
        let outputs = [Output::of_one_file(folder, &self.old)?, Output::of_one_file(folder, &self.new)?];
        // Neither side may be overwritten.
        for output in &outputs {
            output.path(name)?;
        }
        let [old, new] = [(&self.old, &outputs[0]), (&self.new, &outputs[1])]
            .map(|(path, output)| DiffSource { name: shown(path), links_base: output.path_to_plans() });
        let bytes = workbook(diff, &old, &new, Style::of(&config_of(&self.new)?), ui.lang)?;
        let path = shown(&outputs[1].write(name, |file| file.write_all(&bytes))?);
        ui.say(&ui.lang.pick(format!("만들었습니다: {path}"), format!("made {path}")));
        Ok(())
    }
}

/// Reads a plan-year folder or a workbook, and reports what could not be read.
fn read(path: &Path, ui: &Ui) -> Result<Run, CommandError> {
    let worker = reader::worker();
    let progress = &mut |stage| ui.progress(stage);
    let config = config_of(path)?;
    let run = if path.is_dir() { pipeline::run } else { pipeline::run_workbook };
    let result = run(path, &config, worker.as_ref(), progress);
    ui.progress_done();
    match result {
        Ok(run) => {
            for line in render::passed_over(&run.passed_over, ui.lang, ui.verbose) {
                ui.say(&line);
            }
            tell_unread(&run, path, ui);
            Ok(run)
        }
        Err(PipelineError::NoneReadable(run)) => {
            tell_unread(&run, path, ui);
            Err(PipelineError::NoneReadable(run).into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Returns the settings of the plan-year folder that is `path` or contains it at any depth.
fn config_of(path: &Path) -> Result<Config, CommandError> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    if path.is_dir() {
        return Ok(Config::load(&path)?);
    }
    let folder = path.ancestors().skip(1).find(|folder| folder.join(FILE_NAME).is_file());
    Ok(folder.map(Config::load).transpose()?.unwrap_or_default())
}

/// Returns the findings about workbooks that yielded no plan.
fn unread(run: &Run) -> impl Iterator<Item = &Finding> {
    // A table that may be a plan is an error where the workbook has no other.
    let is_unread = |finding: &&Finding| match finding.rule {
        Code::R001 | Code::R002 => true,
        Code::R017 => finding.severity == Severity::Error,
        _ => false,
    };
    run.findings.iter().filter(is_unread).filter(|finding| finding.waived.is_none())
}

/// Reports the workbooks of `folder` that yielded no plan.
fn tell_unread(run: &Run, folder: &Path, ui: &Ui) {
    for finding in unread(run) {
        let message = escape_controls(&finding.message.text(ui.lang));
        let word =
            ui.err.severity(finding.severity, planbook::write::words::severity(finding.severity, ui.lang));
        let place = match folder.is_dir() && folder != Path::new(".") {
            true => format!("{}/{}", shown(folder), finding.at),
            false => finding.at.to_string(),
        };
        ui.complain(&format!("{word}: {place} {message}"));
        if let Some(hint) = &finding.hint {
            ui.complain(&format!("  → {}", escape_controls(&hint.text(ui.lang))));
        }
    }
}

/// Returns the changes by organisation, one line each, followed by the counts.
fn text(diff: &Diff<'_>, all: bool, ui: &Ui) -> String {
    let mut out = String::new();
    for plan in &diff.plans {
        let mut changes = plan.changes.iter().filter(|change| all || change.kind.is_change()).peekable();
        if changes.peek().is_none() {
            continue;
        }
        out.push_str(&format!("{}\n", ui.out.bold(&escape_controls(&plan.org))));
        for change in changes {
            out.push_str(&format!("  {}\n", line(diff, plan, change, ui)));
        }
        out.push('\n');
    }
    for plan in &diff.not_compared {
        let org = ui.out.bold(&escape_controls(&plan.org));
        out.push_str(&format!("{org}\n  {}\n\n", escape_controls(&words::not_compared(plan, ui.lang))));
    }
    out.push_str(&escape_controls(&words::summary(diff, ui.lang)));
    out.push('\n');
    out
}

/// Formats a change: `내용 바뀜  예산집행률 · 목표치 2009: 80 → 85`.
fn line(diff: &Diff<'_>, plan: &PlanDiff, change: &Change, ui: &Ui) -> String {
    let lang = ui.lang;
    let word = words::kind(change.kind, lang);
    let word = match change.kind {
        ChangeKind::Notation | ChangeKind::Unfilled => ui.out.dim(word),
        kind => ui.out.severity(colour(kind), word),
    };
    let side = |is_new| escape_controls(&words::side(diff, plan, change, is_new, lang));
    let said = match (&change.old, &change.new) {
        (None, _) => side(true),
        (_, None) => side(false),
        _ => format!("{} → {}", shown_or_blank(side(false), lang), shown_or_blank(side(true), lang)),
    };
    let kpis = escape_controls(&words::kpis(diff, plan, change, lang));
    let item = words::item(&change.item, lang);
    let is_kpi = change.item == planbook::diff::Item::Kpi;
    let said = match kpis.as_str() {
        kpis if is_kpi || kpis.is_empty() => format!("{item}: {said}"),
        kpis => format!("{kpis} · {item}: {said}"),
    };
    let place = [&change.new, &change.old].into_iter().flatten().find_map(|side| side.place.as_ref());
    match place.filter(|_| ui.verbose) {
        Some(place) => format!("{word}  {said}  {}", ui.out.dim(&place.to_string())),
        None => format!("{word}  {said}"),
    }
}

/// Replaces an empty text by a visible word.
fn shown_or_blank(text: String, lang: Lang) -> String {
    if text.is_empty() { lang.pick("(빈칸)", "(blank)").to_owned() } else { text }
}
