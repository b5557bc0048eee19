//! The texts of every error in both languages, with what to do.

pub(super) mod asked;
pub(super) mod paths;
mod settings;
mod year;

use std::io::{self, ErrorKind};

use planbook::files::WriteError;
use planbook::finding::{Lang, with_particle};
use planbook::ledger::LedgerError;
use planbook::pipeline::PipelineError;
use planbook::plan::value::show_count;
use planbook::project::files::WORKBOOKS;
use planbook::source::escape_controls;
use planbook::write::Stopped;

use super::error::CommandError;
use super::render::{self, shown};
use super::ui::Ui;

/// The text of an error.
pub struct Words {
    /// What is wrong.
    pub trouble: String,
    /// Details, one per line.
    pub details: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

/// Returns the text of `error` in the language of `ui`.
pub fn of(error: &CommandError, ui: &Ui) -> Words {
    let lang = ui.lang;
    match error {
        CommandError::Config(error) => settings::words(error, lang),
        CommandError::Pipeline(error) => pipeline(error, ui),
        CommandError::Code(error) => asked::code(error, lang),
        CommandError::UnknownFinding { id, near } => asked::unknown_finding(id, near.as_deref(), ui),
        CommandError::NoId => asked::no_id(ui),
        CommandError::NotAWorkbook(path) => paths::not_a_workbook(path, lang),
        CommandError::NoSuchWorkbook { name, near } => asked::no_such_workbook(name, near, lang),
        CommandError::SeveralFolders(one, other) => asked::several_folders(one, other, lang),
        CommandError::Ledger(error) => ledger(error, lang),
        CommandError::Write(error) => write(error, lang),
        CommandError::Workbook(error) => Words::new(lang.pick(
            format!("cascade.xlsx 파일을 만들 수 없습니다: {error}"),
            format!("cannot make cascade.xlsx: {error}"),
        )),
        CommandError::Comparison(error) => Words::new(lang.pick(
            format!("신·구 대비 통합 문서를 만들 수 없습니다: {error}"),
            format!("cannot make the workbook of changes: {error}"),
        )),
        CommandError::Scorecard(error) => Words::new(lang.pick(
            format!(
                "성과표 {} 만들 수 없습니다: {}",
                with_particle(&escape_controls(&error.name), "을/를"),
                error.error
            ),
            format!("cannot make the scorecard {}: {}", escape_controls(&error.name), error.error),
        )),
        CommandError::NoScorecards(folders) => year::no_scorecards(folders, ui),
        CommandError::OtherYears { folder, years, year } => year::other_years(folder, years, *year, ui),
        CommandError::NoSuchPlan { name, near } => asked::no_such_plan(name, near, ui),
        CommandError::Form(error) => year::form(error, ui),
        CommandError::BlankNeeds { org, parent } => year::blank_needs(*org, parent.as_deref(), ui),
        CommandError::Template(error) => Words::new(escape_controls(&error.text(lang))).hint(lang.pick(
            "그 자리를 고치거나, 파일을 지우십시오. 파일이 없으면 내장 서식을 씁니다",
            "mend that place, or delete the file: the built-in template is used where there is none",
        )),
        CommandError::NotThere(path) => paths::not_there(path, ui),
        CommandError::FolderAndWorkbook { folder, workbook } => Words::new(lang.pick(
            format!("폴더와 통합 문서는 견줄 수 없습니다: {}, {}", shown(folder), shown(workbook)),
            format!("a folder and a workbook cannot be compared: {}, {}", shown(folder), shown(workbook)),
        ))
        .hint(lang.pick(
            "두 해의 폴더를 적거나, 통합 문서 둘을 적으십시오",
            "give two plan-year folders, or two workbooks",
        )),
        CommandError::NotAWorkbookName(path) => Words::new(lang.pick(
            format!("통합 문서의 이름이 아닙니다: {}", shown(path)),
            format!("{} is no name for a workbook", shown(path)),
        ))
        .hint(lang.pick(
            "`-o`에는 .xlsx로 끝나는 파일 이름을 적으십시오 (예: -o 신구대비.xlsx)",
            "give `-o` a file name that ends in .xlsx, such as -o changes.xlsx",
        )),
        CommandError::Book(error) => Words::new(escape_controls(&error.text(lang)))
            .details(error.details(lang).iter().map(|line| escape_controls(line)).collect()),
        CommandError::Output(error) => Words::new(lang.pick(
            format!("결과를 표준 출력에 쓸 수 없습니다: {}", os_words(error, lang)),
            format!("cannot write to standard output: {}", os_words(error, lang)),
        )),
        CommandError::AlreadyThere(path) => Words::new(lang.pick(
            format!("{} 파일이 이미 있어 그대로 두었습니다", shown(path)),
            format!("{} is already there and was left as it is", shown(path)),
        )),
        CommandError::Create { path, source } => Words::new(lang.pick(
            format!("만들 수 없습니다: {} ({})", shown(path), os_words(source, lang)),
            format!("cannot create {}: {}", shown(path), os_words(source, lang)),
        )),
        CommandError::Stopped(Stopped(place)) => Words::new(lang.pick(
            "planbook에 잘못이 있어 만들지 못했습니다",
            "planbook could not make it because of a mistake of its own",
        ))
        .hint(super::error::please_report(lang, place)),
        CommandError::Later(later) => Words::new(lang.pick(
            format!("`planbook {}` 명령은 아직 없고 다음 버전에 들어갑니다", later.name),
            format!("`planbook {}` is not there yet; it comes with a later version", later.name),
        ))
        .hint(
            later.meanwhile.with([("command", format!("`{}`", ui.command(later.instead, &[])))]).text(lang),
        ),
    }
}

impl Words {
    fn new(trouble: impl Into<String>) -> Self {
        Self { trouble: trouble.into(), details: Vec::new(), hint: None }
    }

    fn details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

fn pipeline(error: &PipelineError, ui: &Ui) -> Words {
    let lang = ui.lang;
    match error {
        PipelineError::NoFolder(path) => paths::no_folder(path, ui),
        PipelineError::NotAFolder(path) => paths::not_a_folder(path, lang),
        PipelineError::YearsInside { dir, years } => year::years_inside(dir, years, ui),
        PipelineError::NoWorkbook { dir, passed_over } => Words::new(lang.pick(
            format!("{}에 통합 문서가 없습니다", render::folder(dir, lang)),
            format!("there is no workbook in {}", render::folder(dir, lang)),
        ))
        .details(render::passed_over(passed_over, lang, ui.verbose))
        .hint(lang.pick(
            format!(
                "부서의 통합 문서(.xlsx .xlsm .xls .xlsb .ods .csv .tsv)를 {WORKBOOKS} 폴더에 넣으십시오"
            ),
            format!(
                "put the departments' workbooks (.xlsx .xlsm .xls .xlsb .ods .csv .tsv) into {WORKBOOKS}"
            ),
        )),
        PipelineError::NoneReadable(run) => {
            let counts = run.city.file_counts();
            let count = show_count(counts.workbooks);
            Words::new(if counts.workbooks == 0 {
                let documents = show_count(counts.documents);
                lang.pick(
                    format!("읽을 수 있는 통합 문서가 없습니다. 다른 문서만 {documents}개 있습니다"),
                    format!("there is no workbook, only {documents} documents of other kinds"),
                )
            } else {
                lang.pick(
                    format!("통합 문서 {count}개 가운데 읽을 수 있는 것이 없습니다"),
                    format!("none of the {count} workbooks can be read"),
                )
            })
            .hint(lang.pick(
                format!("파일마다 까닭과 할 일은 `{}`의 R001에 있습니다", ui.command("check", &[])),
                format!("R001 of `{}` says of each file why, and what to do", ui.command("check", &[])),
            ))
        }
    }
}

fn write(error: &WriteError, lang: Lang) -> Words {
    let elsewhere = lang.pick("`-o`로 다른 폴더를 적으십시오", "name another folder with `-o`");
    match error {
        WriteError::Io { path, source } => Words::new(lang.pick(
            format!("{} 파일을 쓸 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot write {}: {}", shown(path), os_words(source, lang)),
        ))
        .hint(lang.pick(
            "파일이 다른 프로그램에서 열려 있으면 닫고, 아니면 `-o`로 다른 폴더를 적으십시오",
            "close the file if another program has it open, or name another folder with `-o`",
        )),
        WriteError::OutIsInput { path } => Words::new(lang.pick(
            format!("결과를 둘 폴더가 부서의 통합 문서를 읽는 폴더입니다: {}", shown(path)),
            format!("outputs would go where the departments' workbooks are read from: {}", shown(path)),
        ))
        .hint(lang.pick(
            "다음에 실행할 때 결과를 계획으로 읽게 됩니다. `-o`로 그 밖의 폴더를 적으십시오 (예: output)",
            "the next run would read them as plans; name a folder outside it with `-o` (such as output)",
        )),
        WriteError::OntoInput { path } => Words::new(lang.pick(
            format!("부서가 낸 통합 문서를 덮어쓰게 됩니다: {}", shown(path)),
            format!("this would overwrite a department's workbook: {}", shown(path)),
        ))
        .hint(elsewhere),
        WriteError::Outside { path } => Words::new(lang.pick(
            format!("결과를 둘 폴더 밖의 경로입니다: {}", shown(path)),
            format!("this path leads out of the output folder: {}", shown(path)),
        ))
        .hint(elsewhere),
    }
}

fn ledger(error: &LedgerError, lang: Lang) -> Words {
    let only_history = lang.pick(
        "지난 차수의 기록만 빠집니다. 나머지는 통합 문서에서 새로 읽었습니다",
        "only the history of earlier rounds is missing; the rest was read anew from the workbooks",
    );
    let trouble = match error {
        LedgerError::Write(error) => {
            return write(error, lang).hint(lang.pick(
                "돌려줄 파일은 모두 만들었고 차수만 적지 못했습니다. 폴더에 쓸 수 있게 한 뒤 다시 실행하면 적힙니다",
                "the workbooks to return are all there, only the round is not entered; make the folder writable and run again",
            ));
        }
        LedgerError::Io { path, source } => lang.pick(
            format!("{} 파일을 읽을 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot read {}: {}", shown(path), os_words(source, lang)),
        ),
        LedgerError::Damaged { path, detail } => lang.pick(
            format!("{} 파일이 손상되어 쓸 수 없습니다 ({})", shown(path), escape_controls(detail)),
            format!("{} is damaged and of no use ({})", shown(path), escape_controls(detail)),
        ),
    };
    Words::new(trouble).hint(only_history)
}

/// Returns the operating system's error text, translated where it is a common one.
fn os_words(error: &io::Error, lang: Lang) -> String {
    let korean = match error.kind() {
        ErrorKind::NotFound => "파일이나 폴더가 없습니다",
        ErrorKind::PermissionDenied => "권한이 없습니다",
        ErrorKind::AlreadyExists => "이미 있습니다",
        ErrorKind::StorageFull => "저장 공간이 모자랍니다",
        ErrorKind::ReadOnlyFilesystem => "읽기 전용인 곳입니다",
        ErrorKind::NotADirectory => "경로에 폴더가 아닌 것이 있습니다",
        ErrorKind::IsADirectory => "파일이 아니라 폴더입니다",
        ErrorKind::InvalidFilename => "쓸 수 없는 이름입니다",
        _ => return error.to_string(),
    };
    lang.pick(korean.to_owned(), error.to_string())
}
