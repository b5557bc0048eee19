//! Texts for files that cannot be read or written.

use std::io::{self, ErrorKind};

use planbook::files::{WriteError, shown};
use planbook::finding::Lang;
use planbook::ledger::LedgerError;
use planbook::source::escape_controls;

use super::text::ErrorWords;

pub fn write(error: &WriteError, lang: Lang) -> ErrorWords {
    let elsewhere = lang.pick("`-o`로 다른 폴더를 적으십시오", "name another folder with `-o`");
    match error {
        WriteError::Io { path, source } => ErrorWords::new(lang.pick(
            format!("{} 파일을 쓸 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot write {}: {}", shown(path), os_words(source, lang)),
        ))
        .hint(lang.pick(
            "파일이 다른 프로그램에서 열려 있으면 닫고, 아니면 `-o`로 다른 폴더를 적으십시오",
            "close the file if another program has it open, or name another folder with `-o`",
        )),
        WriteError::OutIsInput { path } => ErrorWords::new(lang.pick(
            format!("결과를 둘 폴더가 부서의 통합 문서를 읽는 폴더입니다: {}", shown(path)),
            format!(
                "the output folder is the one that the departments' workbooks are read from: {}",
                shown(path)
            ),
        ))
        .hint(lang.pick(
            "다음에 실행할 때 결과를 계획으로 읽게 됩니다. `-o`로 그 밖의 폴더를 적으십시오 (예: output)",
            "the next run would read them as plans; name a folder outside it with `-o` (such as output)",
        )),
        WriteError::OntoInput { path } => ErrorWords::new(lang.pick(
            format!("부서가 낸 통합 문서를 덮어쓰게 됩니다: {}", shown(path)),
            format!("this would overwrite a department's workbook: {}", shown(path)),
        ))
        .hint(elsewhere),
        WriteError::Outside { path } => ErrorWords::new(lang.pick(
            format!("결과를 둘 폴더 밖의 경로입니다: {}", shown(path)),
            format!("this path leads out of the output folder: {}", shown(path)),
        ))
        .hint(elsewhere),
    }
}

pub fn ledger(error: &LedgerError, lang: Lang) -> ErrorWords {
    let only_history = lang.pick(
        "지난 차수의 기록만 빠집니다. 나머지는 통합 문서에서 새로 읽었습니다",
        "only the history of earlier rounds is missing; everything else was read from the workbooks",
    );
    let trouble = match error {
        LedgerError::Write(error) => {
            return write(error, lang).hint(lang.pick(
                "돌려줄 파일은 모두 만들었고 차수만 적지 못했습니다. 폴더에 쓸 수 있게 한 뒤 다시 실행하면 적힙니다",
                "all workbooks to return were made, but the round was not recorded; make the folder writable and run this again",
            ));
        }
        LedgerError::Io { path, source } => lang.pick(
            format!("{} 파일을 읽을 수 없습니다: {}", shown(path), os_words(source, lang)),
            format!("cannot read {}: {}", shown(path), os_words(source, lang)),
        ),
        LedgerError::Damaged { path, detail } => lang.pick(
            format!("{} 파일이 손상되어 쓸 수 없습니다 ({})", shown(path), escape_controls(detail)),
            format!("{} is damaged and cannot be used ({})", shown(path), escape_controls(detail)),
        ),
    };
    ErrorWords::new(trouble).hint(only_history)
}

/// Returns the operating system's error text, translated where it is a common one.
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
