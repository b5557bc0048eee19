//! `planbook status`: the submission board.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use planbook::finding::{Lang, Severity, Wording};
use planbook::ledger::{Board, BoardLine, COUNTS, Ledger, SubmissionStatus};
use planbook::pipeline::{PipelineError, Run};
use planbook::plan::value::show_count;
use planbook::project::Config;
use planbook::source::escape_controls;

use super::args::{FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::failure;
use super::outputs;
use super::render;
use super::table::{Align, TextTable};
use super::ui::Ui;

/// Shows the submission board.
#[derive(Debug, clap::Args)]
#[command(
    about = "제출 현황을 보여 줍니다: 내지 않은 곳, 차수, 남은 지적, 부서의 답 | Show the submission board: missing plans, rounds, open findings, answers"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "형식 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "출력 형식: text 표(기본값), json 자료 | Format: text (default) or json"
    )]
    format: TextOrJson,
}

impl Args {
    /// Prints the board on standard output, even where no workbook exists or could be read.
    pub fn run(self, ui: &Ui) -> Result<Exit, CommandError> {
        match outputs::run(&self.folder.dir, ui) {
            Ok((run, _)) => {
                self.show(&board(&run, &self.folder.dir, ui), ui)?;
                Ok(Exit::of(&run.findings))
            }
            Err(CommandError::Pipeline(error)) => {
                match &error {
                    PipelineError::NoneReadable(run) => self.show(&board(run, &self.folder.dir, ui), ui)?,
                    PipelineError::NoWorkbook { .. } => {
                        self.show(&Board::empty(&Config::load(&self.folder.dir)?), ui)?;
                    }
                    PipelineError::NoFolder(_)
                    | PipelineError::NotAFolder(_)
                    | PipelineError::YearsInside { .. } => {}
                }
                Err(error.into())
            }
            Err(error) => Err(error),
        }
    }

    fn show(&self, board: &Board, ui: &Ui) -> Result<(), CommandError> {
        match self.format {
            TextOrJson::Text => ui.text(&text(board, ui)),
            TextOrJson::Json => {
                let json = serde_json::to_vec_pretty(board).map_err(std::io::Error::from);
                let mut json = json.map_err(CommandError::Output)?;
                json.push(b'\n');
                ui.data(&json)
            }
        }
    }
}

/// Returns the board of the plan-year folder `dir`; an unusable ledger is reported and treated as empty.
fn board(run: &Run, dir: &Path, ui: &Ui) -> Board {
    let ledger = Ledger::load(dir).unwrap_or_else(|error| {
        failure::mention(&CommandError::Ledger(Arc::new(error)), ui);
        Ledger::default()
    });
    Board::of(run, &ledger)
}

fn text(board: &Board, ui: &Ui) -> String {
    let lang = ui.lang;
    if board.workbooks.is_empty() && board.missing.is_empty() {
        return String::new();
    }
    let words = |wording: &Wording| lang.pick(wording.ko, wording.en);
    let headings =
        [lang.pick("조직", "Organisation"), lang.pick("제출", "Status")].map(|name| (name, Align::Left));
    let counts = COUNTS.iter().map(|count| (words(&count.heading), Align::Right));
    let mut table = TextTable::new(headings.into_iter().chain(counts));
    let names: Vec<String> = board.workbooks.iter().map(|line| name(line, ui)).collect();
    for (line, name) in board.workbooks.iter().zip(&names) {
        let is_one_of_two = names.iter().filter(|other| *other == name).count() > 1;
        let name = if is_one_of_two {
            format!("{name} ({})", escape_controls(line.file.rsplit('/').next().unwrap_or_default()))
        } else {
            name.clone()
        };
        table.row(row(line, name, lang));
    }
    for org in &board.missing {
        let blank = std::iter::repeat_n(String::new(), COUNTS.len());
        table
            .row([escape_controls(org), SubmissionStatus::missing(lang).to_owned()].into_iter().chain(blank));
    }
    let mut out = table.render(ui.width, |text| ui.out.bold(text));
    out.push_str(&format!("\n{}\n", summary(board, lang)));
    for files in copies(board) {
        out.push_str(&lang.pick(
            format!("같은 조직의 계획이 든 파일이 둘 이상입니다(R005): {files}. 지난 판은 workbooks 폴더 밖으로 옮기십시오\n"),
            format!("More than one file holds a plan of the same organisation (R005): {files}. Move the superseded one out of workbooks\n"),
        ));
    }
    if board.elsewhere.all() > 0 {
        out.push_str(&format!("{}\n", elsewhere(board, ui)));
    }
    // Adjacent headings with the same meaning share one line.
    let mut explained: Vec<(&str, String)> = Vec::new();
    for (at, count) in (headings.len()..).zip(&COUNTS) {
        let Some(meaning) = count.meaning.as_ref().filter(|_| table.is_used(at)).map(words) else { continue };
        let heading = words(&count.heading);
        match explained.last_mut() {
            Some((same, headings)) if *same == meaning => headings.push_str(&format!(", {heading}")),
            _ => explained.push((meaning, heading.to_owned())),
        }
    }
    for (meaning, headings) in explained {
        out.push_str(&format!("{}\n", ui.out.dim(&format!("{headings}: {meaning}"))));
    }
    out
}

/// Returns the sets of files with plans of the same organisation, each set once.
fn copies(board: &Board) -> BTreeSet<String> {
    let lines = board.workbooks.iter().filter(|line| !line.others.is_empty());
    let sets = lines.map(|line| -> BTreeSet<String> {
        line.others.iter().chain([&line.file]).map(|file| escape_controls(file)).collect()
    });
    sets.map(|files| files.into_iter().collect::<Vec<_>>().join(", ")).collect()
}

/// Returns the name of a workbook on the board.
fn name(line: &BoardLine, ui: &Ui) -> String {
    let lang = ui.lang;
    match line.orgs.as_slice() {
        _ if line.standing == SubmissionStatus::Unreadable => escape_controls(&line.file),
        [] => escape_controls(&line.file),
        all if ui.verbose => all.iter().map(|org| escape_controls(org)).collect::<Vec<_>>().join(", "),
        [one] => escape_controls(one),
        [first, rest @ ..] => {
            let (first, rest) = (escape_controls(first), rest.len());
            lang.pick(format!("{first} 외 {rest}"), format!("{first} + {rest}"))
        }
    }
}

fn row(line: &BoardLine, name: String, lang: Lang) -> Vec<String> {
    let count = |number: usize| if number == 0 { String::new() } else { show_count(number) };
    let counts = COUNTS.iter().map(|counted| count((counted.of)(line)));
    [name, line.standing.text(lang).to_owned()].into_iter().chain(counts).collect()
}

/// Reports the findings that `check` counts and the board does not.
fn elsewhere(board: &Board, ui: &Ui) -> String {
    let (open, check) = (board.elsewhere, ui.command("check", &[]));
    let [all, errors, warnings, infos] = [open.all(), open.error, open.warning, open.info].map(show_count);
    ui.lang.pick(
        format!(
            "통합 문서 하나에 속하지 않아 이 표에 없는 지적 {all}건: 오류 {errors}건, 경고 {warnings}건, 참고 {infos}건 (`{check}`에 있습니다)"
        ),
        format!(
            "{all} findings that belong to no single workbook are not in this table: {errors} errors, {warnings} warnings, {infos} infos (see `{check}`)"
        ),
    )
}

/// Returns a one-line summary of the board.
fn summary(board: &Board, lang: Lang) -> String {
    let (files, missing) = (render::files(board.files, lang), show_count(board.missing.len()));
    let open = |severity| -> usize {
        let of = |line: &BoardLine| match severity {
            Severity::Error => line.open.error,
            Severity::Warning => line.open.warning,
            Severity::Info => line.open.info,
        };
        board.workbooks.iter().map(of).sum()
    };
    let [errors, warnings, infos] =
        [Severity::Error, Severity::Warning, Severity::Info].map(|severity| show_count(open(severity)));
    let accepted = match board.workbooks.iter().map(|line| line.accepted).sum::<usize>() {
        0 => String::new(),
        count => {
            lang.pick(format!(", 이견을 받아들인 것 {count}건"), format!(", {count} objections accepted"))
        }
    };
    lang.pick(
        format!("{files}, 미제출 조직 {missing}곳: 오류 {errors}건, 경고 {warnings}건, 참고 {infos}건{accepted}"),
        format!("{files}, {missing} organisations missing: {errors} errors, {warnings} warnings, {infos} infos{accepted}"),
    )
}
