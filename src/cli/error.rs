//! What cannot be done, in words: the one place that decides heading, hint and exit code.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use planbook::finding::{Code, Lang, Severity, UnknownCode};
use planbook::pipeline::{PipelineError, Run};
use planbook::project::files::WORKBOOKS;
use planbook::project::{ConfigError, Fault};
use planbook::source::visible;
#[cfg(feature = "book")]
use planbook::write::book::BookError;
use planbook::write::cascade::WorkbookError;
use planbook::write::files::WriteError;

use super::later::Later;
use super::render::{self, shown};
use super::ui::Ui;

/// How a command ends, as the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, and no finding of severity error stands.
    Done = 0,
    /// Done, with such findings.
    Findings = 1,
    /// Could not be done.
    Failed = 2,
}

impl Exit {
    /// How a command ends that came to `run`.
    pub fn of(run: &Run) -> Self {
        if run.count(Severity::Error) == 0 { Exit::Done } else { Exit::Findings }
    }
}

/// Why a command could not do it.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// planbook.toml is of no use.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is nothing to work on.
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    /// A code that no check has.
    #[error(transparent)]
    Code(#[from] UnknownCode),
    /// An output could not be put in its place.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// cascade.xlsx could not be made.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// The book could not be made.
    #[cfg(feature = "book")]
    #[error(transparent)]
    Book(#[from] BookError),
    /// There is no book in this planbook.
    #[cfg(not(feature = "book"))]
    #[error("this planbook was built without the book")]
    BuiltWithoutBook,
    /// Standard output refuses.
    #[error(transparent)]
    Output(io::Error),
    /// `init` found a planbook.toml.
    #[error("{} is already there", .0.display())]
    AlreadyThere(PathBuf),
    /// `init` could not create something.
    #[error("{}: {source}", path.display())]
    Create {
        /// What.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The command comes with a later version.
    #[error("`{}` comes with a later version", .0.name)]
    Later(&'static Later),
}

/// What is said of an error: the trouble, lines below it, and what to do.
#[derive(Default)]
struct Words {
    trouble: String,
    details: Vec<String>,
    hint: Option<String>,
}

impl CommandError {
    /// Tells the user and gives the exit code.
    pub fn report(&self, ui: &Ui) -> Exit {
        let words = self.words(ui);
        complain(ui, &words.trouble);
        for line in words.details.iter().chain(&words.hint) {
            ui.complain(&format!("  {line}"));
        }
        Exit::Failed
    }

    /// Whether the only trouble is that there is no way to print here: no font, or no book in this planbook.
    pub fn is_no_book(&self) -> bool {
        #[cfg(feature = "book")]
        return matches!(self, Self::Book(BookError::NoFont));
        #[cfg(not(feature = "book"))]
        return matches!(self, Self::BuiltWithoutBook);
    }

    /// Tells the user of something that does not stop the command.
    pub fn mention(&self, ui: &Ui) {
        let words = self.words(ui);
        let heading = ui.err.severity(Severity::Warning, ui.lang.pick("알림", "note"));
        ui.say(&format!("{heading}: {}", words.trouble));
        for line in words.details.iter().chain(&words.hint) {
            ui.say(&format!("  {line}"));
        }
    }

    fn words(&self, ui: &Ui) -> Words {
        let lang = ui.lang;
        match self {
            Self::Config(error) => config_words(error, lang),
            Self::Pipeline(error) => pipeline_words(error, ui),
            Self::Code(error) => code_words(error, lang),
            Self::Write(error) => write_words(error, lang),
            Self::Workbook(error) => Words {
                trouble: lang.pick(
                    format!("cascade.xlsx 파일을 만들 수 없습니다: {error}"),
                    format!("cannot make cascade.xlsx: {error}"),
                ),
                ..Words::default()
            },
            #[cfg(feature = "book")]
            Self::Book(error) => Words { trouble: visible(&error.text(lang)), ..Words::default() },
            #[cfg(not(feature = "book"))]
            Self::BuiltWithoutBook => Words {
                trouble: lang
                    .pick(
                        "이 planbook은 책자 기능 없이 만들어져 book.pdf를 만들 수 없습니다",
                        "this planbook was built without the book and cannot make book.pdf",
                    )
                    .to_owned(),
                hint: Some(
                    lang.pick(
                        "책자 기능이 든 planbook을 쓰십시오 (`cargo install planbook`처럼 --no-default-features 없이 설치)",
                        "use a planbook with the book (installed without --no-default-features)",
                    )
                    .to_owned(),
                ),
                ..Words::default()
            },
            Self::Output(error) => Words {
                trouble: lang.pick("결과를 표준 출력에 쓸 수 없습니다", "cannot write to standard output").to_owned()
                    + ": "
                    + &os_words(error, lang),
                ..Words::default()
            },
            Self::AlreadyThere(path) => Words {
                trouble: lang.pick(
                    format!("{} 파일이 이미 있어 그대로 두었습니다", shown(path)),
                    format!("{} is already there and was left as it is", shown(path)),
                ),
                ..Words::default()
            },
            Self::Create { path, source } => Words {
                trouble: lang.pick(
                    format!("만들 수 없습니다: {} ({})", shown(path), os_words(source, lang)),
                    format!("cannot create {}: {}", shown(path), os_words(source, lang)),
                ),
                ..Words::default()
            },
            Self::Later(later) => Words {
                trouble: lang.pick(
                    format!("`planbook {}` 명령은 아직 없고 다음 버전에 들어갑니다", later.name),
                    format!("`planbook {}` is not there yet; it comes with a later version", later.name),
                ),
                hint: Some(lang.pick(later.meanwhile.ko, later.meanwhile.en).to_owned()),
                ..Words::default()
            },
        }
    }
}

fn config_words(error: &ConfigError, lang: Lang) -> Words {
    match error {
        ConfigError::Io { path, source } => Words {
            trouble: lang.pick(
                format!("{} 파일을 읽을 수 없습니다: {}", shown(path), os_words(source, lang)),
                format!("cannot read {}: {}", shown(path), os_words(source, lang)),
            ),
            ..Words::default()
        },
        ConfigError::Invalid { path, faults } => Words {
            trouble: lang.pick(
                format!("{} 파일에 고칠 곳이 있습니다", shown(path)),
                format!("{} needs mending", shown(path)),
            ),
            details: faults.iter().map(|fault| fault_line(fault, lang)).collect(),
            hint: None,
        },
    }
}

fn fault_line(fault: &Fault, lang: Lang) -> String {
    let Fault { line, column, message } = fault;
    let place = lang.pick(format!("{line}줄 {column}칸"), format!("line {line}, column {column}"));
    format!("{place}: {}", visible(&message.text(lang)))
}

fn pipeline_words(error: &PipelineError, ui: &Ui) -> Words {
    let lang = ui.lang;
    match error {
        PipelineError::NoFolder(path) => Words {
            trouble: lang.pick(
                format!("{} 폴더가 없습니다", shown(path)),
                format!("there is no folder {}", shown(path)),
            ),
            hint: Some(
                lang.pick(
                    "경로를 확인하거나 `planbook init 폴더`로 새로 만드십시오",
                    "check the path, or make one with `planbook init DIR`",
                )
                .to_owned(),
            ),
            ..Words::default()
        },
        PipelineError::NotAFolder(path) => Words {
            trouble: lang
                .pick(format!("폴더가 아닙니다: {}", shown(path)), format!("{} is no folder", shown(path))),
            hint: Some(
                lang.pick(
                    "통합 문서가 들어 있는 폴더를 적으십시오",
                    "give the folder that the workbooks are in",
                )
                .to_owned(),
            ),
            ..Words::default()
        },
        PipelineError::NoWorkbook { dir, passed_over } => Words {
            trouble: lang.pick(
                format!("{} 폴더에 통합 문서가 없습니다", shown(dir)),
                format!("there is no workbook in {}", shown(dir)),
            ),
            details: render::passed_over(passed_over, lang, ui.verbose),
            hint: Some(lang.pick(
                format!(
                    "부서의 통합 문서(.xlsx .xlsm .xls .xlsb .ods .csv .tsv)를 {WORKBOOKS} 폴더에 넣으십시오"
                ),
                format!(
                    "put the departments' workbooks (.xlsx .xlsm .xls .xlsb .ods .csv .tsv) into {WORKBOOKS}"
                ),
            )),
        },
        PipelineError::NoneReadable(run) => {
            let count = run.city.submissions.len();
            Words {
                trouble: lang.pick(
                    format!("통합 문서 {count}개 가운데 읽을 수 있는 것이 없습니다"),
                    format!("none of the {count} workbooks can be read"),
                ),
                hint: Some(
                    lang.pick(
                        "파일마다 까닭과 할 일은 `planbook check`의 R001에 있습니다",
                        "R001 of `planbook check` says of each file why, and what to do",
                    )
                    .to_owned(),
                ),
                ..Words::default()
            }
        }
    }
}

fn write_words(error: &WriteError, lang: Lang) -> Words {
    let trouble = match error {
        WriteError::Io { path, source } => lang.pick(
            format!("{} 파일을 쓸 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot write {}: {}", shown(path), os_words(source, lang)),
        ),
        WriteError::OutIsInput { path } => lang.pick(
            format!("결과를 둘 폴더가 계획의 폴더와 같습니다: {}", shown(path)),
            format!("outputs would go into the folder of the plans: {}", shown(path)),
        ),
        WriteError::OntoInput { path } => lang.pick(
            format!("부서가 낸 통합 문서를 덮어쓰게 됩니다: {}", shown(path)),
            format!("this would overwrite a department's workbook: {}", shown(path)),
        ),
        WriteError::Outside { path } => lang.pick(
            format!("결과를 둘 폴더 밖의 경로입니다: {}", shown(path)),
            format!("this path leads out of the output folder: {}", shown(path)),
        ),
    };
    let hint = match error {
        WriteError::Io { .. } => lang.pick(
            "파일이 다른 프로그램에서 열려 있으면 닫고, 아니면 `-o`로 다른 폴더를 적으십시오",
            "close the file if another program has it open, or name another folder with `-o`",
        ),
        _ => lang.pick("`-o`로 다른 폴더를 적으십시오", "name another folder with `-o`"),
    };
    Words { trouble, hint: Some(hint.to_owned()), ..Words::default() }
}

fn code_words(error: &UnknownCode, lang: Lang) -> Words {
    let given = error.0.to_uppercase();
    let near = Code::ALL
        .iter()
        .map(|code| (strsim::damerau_levenshtein(&given, code.as_str()), code))
        .min()
        .filter(|(distance, _)| *distance <= 1);
    let hint =
        near.map(|(_, code)| lang.pick(format!("혹시 {code}입니까?"), format!("did you mean {code}?")));
    let list =
        lang.pick("`planbook explain`은 모든 코드를 보여 줍니다", "`planbook explain` lists all codes");
    Words {
        trouble: lang.pick(
            format!("없는 점검 코드입니다: `{}`", visible(&error.0)),
            format!("there is no check `{}`", visible(&error.0)),
        ),
        details: Vec::new(),
        hint: hint.or(Some(list.to_owned())),
    }
}

/// What the operating system says, in the user's language where it is one of the usual troubles.
pub fn os_words(error: &io::Error, lang: Lang) -> String {
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

/// Prints `trouble` under the heading of errors.
pub fn complain(ui: &Ui, trouble: &str) {
    let heading = ui.err.severity(Severity::Error, ui.lang.pick("오류", "error"));
    ui.complain(&format!("{heading}: {trouble}"));
}

/// Tells in plain words that planbook itself is at fault; `place` is where in its source.
pub fn report_panic(ui: &Ui, place: &str) -> Exit {
    ui.progress_done();
    complain(
        ui,
        ui.lang.pick(
            "planbook에 잘못이 있어 멈추었습니다. 결과 파일은 이전 것이 그대로 있습니다",
            "planbook stopped because of a mistake of its own; earlier outputs are untouched",
        ),
    );
    ui.complain(&ui.lang.pick(
        format!("  이 줄과 함께 알려 주십시오: planbook {} {place}", env!("CARGO_PKG_VERSION")),
        format!("  please report it with this line: planbook {} {place}", env!("CARGO_PKG_VERSION")),
    ));
    Exit::Failed
}
