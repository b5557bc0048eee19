//! `planbook status`: the submission board.

use std::collections::BTreeSet;
use std::path::Path;

use planbook::finding::{Lang, Severity};
use planbook::ledger::{Board, Ledger, Line, Standing};
use planbook::pipeline::{PipelineError, Run};
use planbook::plan::value::show_count;
use planbook::project::Config;
use planbook::source::visible;

use super::args::{FolderArg, TextOrJson};
use super::error::{CommandError, Exit};
use super::outputs;
use super::render;
use super::table::{Align, Table};
use super::ui::Ui;

/// Shows the submission board.
#[derive(Debug, clap::Args)]
#[command(
    about = "제출 현황을 보여 줍니다: 내지 않은 곳, 차수, 남은 지적, 부서의 답 | The submission board: who is missing, which round, what is open, what was answered"
)]
pub struct Args {
    #[command(flatten)]
    folder: FolderArg,
    /// See `help`.
    #[arg(
        long,
        value_name = "모양 | FORMAT",
        value_enum,
        ignore_case = true,
        default_value_t,
        help = "보여 줄 모양: text 표(기본값), json 자료 | Form: text (default) or json"
    )]
    format: TextOrJson,
}

impl Args {
    /// Prints the board on standard output, also where no workbook could be read or none is there yet.
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
                    | PipelineError::SeveralYears { .. } => {}
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

/// The board of the plan-year folder `dir`; a ledger that cannot be used is told and counts as none.
pub fn board(run: &Run, dir: &Path, ui: &Ui) -> Board {
    let ledger = Ledger::load(dir).unwrap_or_else(|error| {
        CommandError::from(error).mention(ui);
        Ledger::default()
    });
    Board::of(run, &ledger)
}

/// The columns, and what each of them means where that is not plain.
fn columns(lang: Lang) -> [(&'static str, &'static str); 14] {
    let answer = lang.pick("부서의 답", "the department's answer");
    [
        (lang.pick("조직", "Organisation"), ""),
        (lang.pick("제출", "Status"), ""),
        (lang.pick("차수", "Round"), lang.pick("몇 번째로 받은 것인지", "how many times it has come in")),
        (lang.pick("오류", "Errors"), ""),
        (lang.pick("경고", "Warnings"), ""),
        (lang.pick("참고", "Infos"), ""),
        (
            lang.pick("유예", "Waived"),
            lang.pick("planbook.toml에서 사유를 적고 넘긴 것", "settled with a reason in planbook.toml"),
        ),
        (lang.pick("수정함", "Fixed"), answer),
        (lang.pick("이견", "Disagree"), answer),
        (lang.pick("해당 없음", "N/A"), answer),
        (lang.pick("기타", "Other"), answer),
        (
            lang.pick("받아들임", "Accepted"),
            lang.pick(
                "유예한 것 가운데 부서가 이견이나 해당 없음으로 답한 것",
                "waived where the department had answered that it disagrees or is not concerned",
            ),
        ),
        (
            lang.pick("그대로", "Still there"),
            lang.pick("수정했다고 답했으나 남은 것", "answered as fixed, yet found again"),
        ),
        (lang.pick("해결", "Settled"), lang.pick("지난 지적 가운데 없어진 것", "found before and gone")),
    ]
}

fn text(board: &Board, ui: &Ui) -> String {
    let lang = ui.lang;
    if board.workbooks.is_empty() && board.missing.is_empty() {
        return String::new();
    }
    let columns = columns(lang);
    let align = |at: usize| if at < 2 { Align::Left } else { Align::Right };
    let mut table = Table::new(columns.iter().enumerate().map(|(at, (heading, _))| (*heading, align(at))));
    let names: Vec<String> = board.workbooks.iter().map(|line| name(line, lang)).collect();
    for (line, name) in board.workbooks.iter().zip(&names) {
        let is_one_of_two = names.iter().filter(|other| *other == name).count() > 1;
        let name = if is_one_of_two {
            format!("{name} ({})", visible(line.file.rsplit('/').next().unwrap_or_default()))
        } else {
            name.clone()
        };
        table.row(row(line, name, lang));
    }
    for org in &board.missing {
        let words = lang.pick("미제출", "not sent");
        let blank = std::iter::repeat_n(String::new(), columns.len() - 2);
        table.row([visible(org), words.to_owned()].into_iter().chain(blank));
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
    // Headings with the same meaning stand together: one line for each meaning.
    let mut explained: Vec<(&str, String)> = Vec::new();
    for (at, (heading, meaning)) in columns.into_iter().enumerate() {
        match explained.last_mut() {
            _ if !table.is_used(at) || meaning.is_empty() => {}
            Some((same, headings)) if *same == meaning => headings.push_str(&format!(", {heading}")),
            _ => explained.push((meaning, heading.to_owned())),
        }
    }
    for (meaning, headings) in explained {
        out.push_str(&format!("{}\n", ui.out.dim(&format!("{headings}: {meaning}"))));
    }
    out
}

/// Files that hold plans of the same organisation, each set of them once.
fn copies(board: &Board) -> BTreeSet<String> {
    let lines = board.workbooks.iter().filter(|line| !line.others.is_empty());
    let sets = lines.map(|line| -> BTreeSet<String> {
        line.others.iter().chain([&line.file]).map(|file| visible(file)).collect()
    });
    sets.map(|files| files.into_iter().collect::<Vec<_>>().join(", ")).collect()
}

/// What a workbook is called on the board.
fn name(line: &Line, lang: Lang) -> String {
    match line.orgs.as_slice() {
        _ if line.standing == Standing::Unreadable => visible(&line.file),
        [] => visible(&line.file),
        [one] => visible(one),
        [first, rest @ ..] => {
            let (first, rest) = (visible(first), rest.len());
            lang.pick(format!("{first} 외 {rest}"), format!("{first} + {rest}"))
        }
    }
}

fn row(line: &Line, name: String, lang: Lang) -> Vec<String> {
    let count = |number: usize| if number == 0 { String::new() } else { show_count(number) };
    let standing = standing(line.standing, lang).to_owned();
    let (open, answered) = (line.open, line.answered);
    let counts = [
        open.error,
        open.warning,
        open.info,
        line.waived,
        answered.fixed,
        answered.disagree,
        answered.not_applicable,
        answered.other,
        line.accepted,
        line.still_there,
        line.settled,
    ];
    [name, standing, line.round.to_string()].into_iter().chain(counts.map(count)).collect()
}

fn standing(standing: Standing, lang: Lang) -> &'static str {
    match standing {
        Standing::Unreadable => lang.pick("읽지 못함", "not readable"),
        Standing::NoPlan => lang.pick("계획표 없음", "no plan"),
        Standing::Sent => lang.pick("제출", "sent"),
        Standing::Returned => lang.pick("돌려보냄", "returned"),
        Standing::SentAgain => lang.pick("다시 제출", "sent again"),
    }
}

/// What `check` counts and the board does not.
fn elsewhere(board: &Board, ui: &Ui) -> String {
    let (open, check) = (board.elsewhere, ui.command("check", &[]));
    let [all, errors, warnings, infos] = [open.all(), open.error, open.warning, open.info].map(show_count);
    ui.lang.pick(
        format!(
            "통합 문서 하나에 속하지 않아 이 표에 없는 지적 {all}건: 오류 {errors}건, 경고 {warnings}건, 참고 {infos}건 (`{check}`에 있습니다)"
        ),
        format!(
            "{all} findings of no single workbook are not in this table: {errors} errors, {warnings} warnings, {infos} infos (see `{check}`)"
        ),
    )
}

/// The board in one line.
fn summary(board: &Board, lang: Lang) -> String {
    let (files, missing) = (render::files(board.files, lang), show_count(board.missing.len()));
    let open = |severity| -> usize {
        let of = |line: &Line| match severity {
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
