//! The texts of every error in both languages, with what to do.

pub(super) mod asked;
mod files;
pub(super) mod paths;
mod settings;
mod text;
mod year;

use planbook::files::shown;
use planbook::finding::{Lang, with_particle};
use planbook::pipeline::PipelineError;
use planbook::plan::value::show_count;
use planbook::project::files::WORKBOOKS;
use planbook::source::escape_controls;
use planbook::write::Stopped;

use self::text::ErrorWords;
use super::error::CommandError;
use super::places;
use super::render;
use super::ui::Ui;

/// Returns the text of `error` in the language of `ui`.
pub fn of(error: &CommandError, ui: &Ui) -> ErrorWords {
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
        CommandError::Ledger(error) => files::ledger(error, lang),
        CommandError::Write(error) => files::write(error, lang),
        CommandError::Workbook(error) => ErrorWords::new(lang.pick(
            format!("cascade.xlsx 파일을 만들 수 없습니다: {error}"),
            format!("cannot make cascade.xlsx: {error}"),
        )),
        CommandError::Comparison(error) => ErrorWords::new(lang.pick(
            format!("신·구 대비 통합 문서를 만들 수 없습니다: {error}"),
            format!("cannot make the workbook of changes: {error}"),
        )),
        CommandError::Scorecard(error) => ErrorWords::new(lang.pick(
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
        CommandError::Template(error) => ErrorWords::new(escape_controls(&error.text(lang))).hint(lang.pick(
            "그 자리를 고치거나, 파일을 지우십시오. 파일이 없으면 내장 서식을 씁니다",
            "correct that place, or delete the file; without it, planbook uses the built-in template",
        )),
        CommandError::NotThere(path) => paths::not_there(path, ui),
        CommandError::FolderAndWorkbook { folder, workbook } => ErrorWords::new(lang.pick(
            format!("폴더와 통합 문서는 비교할 수 없습니다: {}, {}", shown(folder), shown(workbook)),
            format!("a folder and a workbook cannot be compared: {}, {}", shown(folder), shown(workbook)),
        ))
        .hint(lang.pick(
            "두 해의 폴더를 적거나, 통합 문서 둘을 적으십시오",
            "give two plan-year folders, or two workbooks",
        )),
        CommandError::NotAWorkbookName(path) => ErrorWords::new(lang.pick(
            format!("통합 문서의 이름이 아닙니다: {}", shown(path)),
            format!("{} is not a name for a workbook", shown(path)),
        ))
        .hint(lang.pick(
            "`-o`에는 .xlsx로 끝나는 파일 이름을 적으십시오 (예: -o 신구대비.xlsx)",
            "give `-o` a file name that ends in .xlsx, such as -o changes.xlsx",
        )),
        CommandError::Book(error) => ErrorWords::new(escape_controls(&error.text(lang)))
            .details(error.details(lang).iter().map(|line| escape_controls(line)).collect()),
        CommandError::Output(error) => ErrorWords::new(lang.pick(
            format!("결과를 표준 출력에 쓸 수 없습니다: {}", files::os_words(error, lang)),
            format!("cannot write to standard output: {}", files::os_words(error, lang)),
        )),
        CommandError::AlreadyThere(path) => ErrorWords::new(lang.pick(
            format!("{} 파일이 이미 있어 그대로 두었습니다", shown(path)),
            format!("{} already exists and was not changed", shown(path)),
        )),
        CommandError::Create { path, source } => ErrorWords::new(lang.pick(
            format!("만들 수 없습니다: {} ({})", shown(path), files::os_words(source, lang)),
            format!("cannot create {}: {}", shown(path), files::os_words(source, lang)),
        )),
        CommandError::Stopped(Stopped(place)) => ErrorWords::new(lang.pick(
            "planbook 내부 오류로 만들지 못했습니다",
            "planbook could not make it because of an internal error",
        ))
        .hint(please_report(lang, place)),
        CommandError::Later(later) => ErrorWords::new(lang.pick(
            format!("`planbook {}` 명령은 아직 없고 다음 버전에 들어갑니다", later.name),
            format!("`planbook {}` is not available yet; it comes with a later version", later.name),
        ))
        .hint(
            later.meanwhile.with([("command", format!("`{}`", ui.command(later.instead, &[])))]).text(lang),
        ),
    }
}

fn pipeline(error: &PipelineError, ui: &Ui) -> ErrorWords {
    let lang = ui.lang;
    match error {
        PipelineError::NoFolder(path) => paths::no_folder(path, ui),
        PipelineError::NotAFolder(path) => paths::not_a_folder(path, lang),
        PipelineError::YearsInside { dir, years } => year::years_inside(dir, years, ui),
        PipelineError::NoWorkbook { dir, passed_over } => ErrorWords::new(lang.pick(
            format!("{}에 통합 문서가 없습니다", places::folder(dir, lang)),
            format!("there is no workbook in {}", places::folder(dir, lang)),
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
            ErrorWords::new(if counts.workbooks == 0 {
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
                format!("파일마다 읽지 못한 까닭과 할 일은 `{}`의 R001에 있습니다", ui.command("check", &[])),
                format!(
                    "`{}` gives the reason for each file and what to do (R001)",
                    ui.command("check", &[])
                ),
            ))
        }
    }
}

/// Returns a request to report a bug that occurred at `place` in the source.
pub fn please_report(lang: Lang, place: &str) -> String {
    lang.pick(
        format!("이 줄과 함께 알려 주십시오: planbook {} {place}", env!("CARGO_PKG_VERSION")),
        format!("please report it with this line: planbook {} {place}", env!("CARGO_PKG_VERSION")),
    )
}
