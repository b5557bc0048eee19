//! 통합 문서를 열어 계획을 읽을 수 없었습니다. 다른 통합 문서는 그대로 읽었고, 이 부서의 계획만 결과에 빠져 있습니다.
//!
//! 통합 문서를 읽을 수 없으면 오류이고, 통합 문서가 아닌 문서(한글, PDF, 워드, 압축 파일, 그림)는 경고입니다. 계획을 대신해 낸 것인지 함께 온
//! 공문인지는 사람만 알기 때문입니다. 파일 이름이 아직 계획을 내지 않은 조직의 것이면 그 조직이 낸 것으로 보아(그림도) 안내문을 만들고, 그 밖의 문서와 그림에는 만들지 않습니다.
//!
//! 예: 열기 암호가 걸린 파일, 문서 보안(DRM)이 걸린 파일, 전송하다가 끊긴 파일, 이름만 .xlsx인 PDF, 서식이 백만 행까지 칠해진 파일.
//!
//! 고치는 법: 메시지에 적힌 까닭에 따라 다릅니다. 암호는 풀고 다시 저장하십시오. 문서 보안은 부서의 컴퓨터에서 해제해야 합니다. 손상된 파일은 엑셀이나 한셀에서 열어
//! 복구한 뒤 .xlsx로 다시 저장하십시오. 열리지 않으면 부서에 원본을 다시 부탁하십시오. 너무 큰 파일은 빈 행과 열, 그림을
//! 지우고 저장하면 대개 작아집니다. 한 파일에 쓸 시간과 메모리는 planbook.toml의 `[read]`에서 늘릴 수 있습니다.
//! 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The workbook could not be opened and read. Only this department's plan is missing from the results; all
//! other workbooks were read.
//!
//! A workbook that cannot be read is an error, a document that is not a workbook (.hwp, PDF, Word, an
//! archive, a picture) is a warning: only a person knows whether it replaces the plan or is a cover letter.
//! If it has the name of an organisation without a plan, it counts as that organisation's submission and gets
//! a covering message; other documents and pictures get none.
//!
//! Example: a file with a password, one locked by a document guard (DRM), one truncated in transfer, a PDF
//! named .xlsx, a sheet formatted down to row one million.
//!
//! To resolve it, do as the message says. Take the password off and save again. A document guard is lifted on
//! the department's computer. Open a damaged file in Excel or Hancell, accept the repair, and save it as
//! .xlsx; if it does not open, ask the department for the original. A file too large usually shrinks once
//! blank rows and columns and pictures are deleted. `[read]` in planbook.toml raises the time and memory
//! allowed for one file. `tolerance` and `except` are not used.

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Message, Severity, Wording};
use crate::project::files::Obstacle;
use crate::read::ReadError;
use crate::source::{Place, escape_controls};

/// What to do, worded for the office and for the department's letter.
struct Advice {
    office: Wording,
    department: Wording,
}

static EMPTY: Wording =
    Wording { ko: "파일에 아무것도 들어 있지 않습니다", en: "the file is empty" };
static SEND_AGAIN: Advice = Advice {
    office: Wording {
        ko: "전송이 끊겼을 수 있습니다. 부서에서 원본을 다시 받으십시오",
        en: "the transfer may have broken off: ask the department for the original",
    },
    department: Wording {
        ko: "보내는 도중에 끊겼을 수 있습니다. 가지고 계신 원본을 다시 보내 주십시오",
        en: "the transfer may have broken off: please send the original again",
    },
};
static ENCRYPTED: Wording = Wording {
    ko: "암호가 걸려 있어 읽을 수 없습니다",
    en: "the workbook is protected by a password",
};
static TAKE_OFF_PASSWORD: Advice = Advice {
    office: Wording {
        ko: "엑셀에서 암호를 넣어 연 뒤 [파일 › 정보 › 통합 문서 보호]에서 암호를 지우고 다시 저장하십시오",
        en: "open it in Excel with the password, clear the password under File › Info › Protect Workbook and save again",
    },
    department: Wording {
        ko: "엑셀에서 암호를 넣어 연 뒤 [파일 › 정보 › 통합 문서 보호]에서 암호를 지우고 저장하여 다시 보내 주십시오",
        en: "open it in Excel with the password, clear the password under File › Info › Protect Workbook, save it and send it again",
    },
};
static LOCKED: Wording = Wording {
    ko: "문서 보안(DRM) 프로그램({detail})이 잠근 파일이어서 읽을 수 없습니다",
    en: "the file is locked by a document guard ({detail}) and cannot be read",
};
static UNLOCK: Advice = Advice {
    office: Wording {
        ko: "파일을 만든 부서의 컴퓨터에서 문서 보안을 해제한 뒤 다시 보내 달라고 하십시오. 암호와 달리 다른 컴퓨터에서는 풀리지 않습니다",
        en: "ask the department to lift the document guard on its own computer and send the file again; it cannot be lifted elsewhere",
    },
    department: Wording {
        ko: "파일을 만든 컴퓨터에서 문서 보안을 해제하여 다시 보내 주십시오. 암호와 달리 받은 쪽에서는 풀 수 없습니다",
        en: "lift the document guard on the computer the file was made on and send it again; it cannot be lifted elsewhere",
    },
};
static WEB_ARCHIVE: Wording = Wording {
    ko: "웹 페이지를 한 파일로 저장한 것(MHTML)인데 안에 표가 없습니다",
    en: "the file is a web page saved in one file (MHTML), without any table",
};
static NOT_A_SPREADSHEET: Wording = Wording {
    ko: "이름과 달리 스프레드시트가 아닙니다({detail})",
    en: "the file is not a spreadsheet, despite its name ({detail})",
};
static UNKNOWN: Wording = Wording {
    ko: "이름과 달리 스프레드시트가 아니며, 무슨 파일인지 알 수 없습니다",
    en: "the file is not a spreadsheet, despite its name, and of an unknown type",
};
static SEND_THE_WORKBOOK: Advice = Advice {
    office: Wording {
        ko: "계획표가 든 통합 문서(.xlsx) 자체를 보내 달라고 부서에 부탁하십시오. 확장자만 바꾼 파일은 읽을 수 없습니다",
        en: "ask the department for the workbook itself (.xlsx); changing a file's extension does not make it one",
    },
    department: Wording {
        ko: "계획표가 든 통합 문서(.xlsx) 자체를 보내 주십시오. 확장자만 바꾼 파일은 읽을 수 없습니다. 통합 문서가 없으면 계획을 엑셀 서식에 옮겨 적어 보내 주십시오",
        en: "please send the workbook with the plan itself (.xlsx); changing a file's extension does not make it one. Where there is none, enter the plan into the workbook form and send that",
    },
};
static NO_WORKBOOK: Advice = Advice {
    office: Wording {
        ko: "계획을 대신한 것이면 통합 문서(.xlsx)를 보내 달라고 부서에 부탁하십시오. 계획이 아니면 workbooks 폴더 밖으로 옮기십시오",
        en: "ask the department for a workbook (.xlsx) if it replaces the plan; if not, move it out of workbooks",
    },
    department: Wording {
        ko: "계획표가 든 통합 문서(.xlsx) 자체를 보내 주십시오. 확장자만 바꾼 파일은 읽을 수 없습니다. 통합 문서가 없으면 계획을 엑셀 서식에 옮겨 적어 보내 주십시오",
        en: "please send the workbook with the plan itself (.xlsx); changing a file's extension does not make it one. Where there is none, enter the plan into the workbook form and send that",
    },
};
static HANGUL: Wording = Wording {
    ko: "한글 파일(.{extension})은 읽지 못합니다",
    en: "files of Hancom Hangul (.{extension}) cannot be read",
};
static FROM_HANGUL: Advice = Advice {
    office: Wording {
        ko: "엑셀로 받으십시오. 표를 엑셀에 붙여 넣어 .xlsx로 저장해도 됩니다. 계획이 아닌 공문이면 workbooks 폴더 밖으로 옮기십시오",
        en: "ask for an Excel workbook, or paste the table into one and save it as .xlsx; move it out of workbooks if it is only a letter",
    },
    department: Wording {
        ko: "계획을 엑셀 서식(통합 문서)에 옮겨 적어 .xlsx로 보내 주십시오. 한글의 표를 엑셀에 붙여 넣어 저장해도 됩니다",
        en: "enter the plan into the workbook form and send it as .xlsx; the table may be pasted from Hangul into Excel",
    },
};
static ARCHIVE: Wording = Wording {
    ko: "압축 파일(.{extension})은 읽지 못합니다",
    en: "archives (.{extension}) cannot be read",
};
static UNPACK: Advice = Advice {
    office: Wording {
        ko: "압축을 풀어 안에 든 통합 문서를 이 폴더에 넣으십시오",
        en: "unpack it and put the workbooks in it into this folder",
    },
    department: Wording {
        ko: "압축을 풀어 안에 든 통합 문서를 보내 주십시오",
        en: "unpack it and send the workbooks in it",
    },
};
static PICTURE: Wording = Wording {
    ko: "그림 파일(.{extension})이어서 읽지 못합니다",
    en: "this is a picture (.{extension}) and cannot be read",
};
static OTHER: Wording = Wording {
    ko: "통합 문서가 아니라 다른 문서(.{extension})입니다",
    en: "this is a document of another kind (.{extension}), not a workbook",
};
static OTHER_PROGRAM: Wording = Wording {
    ko: "다른 프로그램의 통합 문서(.{extension})여서 읽지 못합니다",
    en: "workbooks of this program (.{extension}) cannot be read",
};
static OLD_EXCEL: Wording = Wording {
    ko: "엑셀 4 이하에서 저장한 파일이어서 읽지 못합니다",
    en: "the file was saved by Excel 4 or older and cannot be read",
};
static SAVE_AS_XLSX: Advice = Advice {
    office: Wording {
        ko: "엑셀이나 LibreOffice에서 열어 .xlsx로 다시 저장하십시오",
        en: "open it in Excel or LibreOffice and save it as .xlsx",
    },
    department: Wording {
        ko: "만든 프로그램이나 엑셀에서 열어 .xlsx로 저장하여 보내 주십시오",
        en: "open it in Excel or the program it was made with, save it as .xlsx and send that",
    },
};
static FOLDER: Wording =
    Wording { ko: "통합 문서가 아니라 폴더입니다", en: "this is a folder, not a workbook" };
static RENAME_FOLDER: Wording = Wording {
    ko: "통합 문서를 폴더에서 꺼내거나, 폴더 이름에서 확장자를 떼십시오",
    en: "take the workbook out of it, or drop the extension from the folder's name",
};
static GONE: Wording = Wording {
    ko: "파일이 제자리에 없어 열 수 없습니다",
    en: "the file cannot be opened: it is not there",
};
static FORBIDDEN: Wording = Wording {
    ko: "읽을 권한이 없어 파일을 열 수 없습니다",
    en: "the file cannot be opened: reading it is not allowed",
};
static NO_FILE: Wording = Wording {
    ko: "보통 파일이 아니어서 열지 않았습니다",
    en: "this is not a regular file and was not opened",
};
static UNREADABLE: Wording =
    Wording { ko: "파일을 열 수 없습니다", en: "the file cannot be opened" };
static PERMISSION: Wording = Wording {
    ko: "읽기 권한이 있는지, 다른 프로그램이 열어 두지 않았는지, 공유 폴더에서 내려받기가 끝났는지 확인하십시오",
    en: "check whether you may read it, whether another program holds it open, and whether it has been downloaded",
};
static DAMAGED: Wording = Wording {
    ko: "파일이 중간에 끊겼거나 손상되어 통합 문서로 열리지 않습니다",
    en: "the file is cut off or damaged and does not open as a workbook",
};
static DAMAGED_PART: Wording = Wording {
    ko: "통합 문서가 손상되어 읽을 수 없습니다(파일 안의 {detail})",
    en: "the workbook is damaged and cannot be read ({detail} in it)",
};
static LACKS: Wording = Wording {
    ko: "통합 문서에 있어야 할 부분이 파일 안에 없습니다({detail})",
    en: "the workbook is damaged: {detail} is missing in it",
};
static REPAIR: Advice = Advice {
    office: Wording {
        ko: "엑셀이나 한셀에서 열어 복구한 뒤 .xlsx로 다시 저장하십시오. 열리지 않으면 부서에서 다시 받으십시오",
        en: "open it in Excel or Hancell, let it be repaired and save it as .xlsx; if it does not open, ask for it again",
    },
    department: Wording {
        ko: "보내신 파일을 엑셀이나 한셀에서 열어 보십시오. 열리면 .xlsx로 다시 저장하여 보내 주시고, 열리지 않으면 원본을 찾아 다시 보내 주십시오",
        en: "open the file you sent in Excel or Hancell: if it opens, save it as .xlsx and send that; if not, look for the original and send it again",
    },
};
static TOO_LARGE: Wording = Wording {
    ko: "파일이 너무 커서 읽기를 그만두었습니다({detail})",
    en: "the workbook is too large to be read ({detail})",
};
static TOO_SLOW: Wording = Wording {
    ko: "읽는 데 {seconds}초가 넘게 걸려 그만두었습니다",
    en: "reading took longer than {seconds} s and was given up",
};
static SHRINK: Advice = Advice {
    office: Wording {
        ko: "표 밖의 빈 행과 열, 그림을 지우고 다시 저장하십시오. 정말 필요한 크기라면 planbook.toml의 [read]에서 한도를 늘리십시오",
        en: "delete blank rows and columns outside the table and pictures, and save again; or raise the limits under [read] in planbook.toml",
    },
    department: Wording {
        ko: "계획표가 든 시트만 새 통합 문서에 옮기고 표 밖의 행과 열, 그림을 지운 다음 저장하여 보내 주십시오",
        en: "move the sheet with the plan into a workbook of its own, delete rows, columns and pictures outside the table, save it and send that",
    },
};
static ONLY_THE_PLAN: Advice = Advice {
    office: Wording {
        ko: "계획표가 든 시트만 새 통합 문서에 옮겨 저장하십시오. 표 밖의 행과 열, 되풀이된 글, 그림도 지우십시오",
        en: "save only the sheet with the plan, in a workbook of its own, without rows, columns, repeated texts and pictures outside the table",
    },
    department: Wording {
        ko: "계획표가 든 시트만 새 통합 문서에 옮기고 표 밖의 행과 열, 그림을 지운 다음 저장하여 보내 주십시오",
        en: "move the sheet with the plan into a workbook of its own, delete rows, columns and pictures outside the table, save it and send that",
    },
};
static LINK_LOOP: Wording = Wording {
    ko: "바로 가기(링크)가 제자리로 되돌아와 파일에 이르지 못합니다",
    en: "the link leads in a circle, never to a file",
};
static REMOVE_LINK: Wording = Wording {
    ko: "링크를 지우고 통합 문서를 그 자리에 복사하십시오",
    en: "remove the link and put the workbook in its place",
};
static READER_FAILED: Wording = Wording {
    ko: "읽는 도중에 멈추어 이 파일을 건너뛰었습니다",
    en: "the reader stopped in the middle of this file, so it was skipped",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for submission in &context.city.submissions {
        if let Err(error) = &submission.outcome {
            let draft =
                report.file(Code::R001, why(error), Place::file(&submission.file)).hint(advice(error));
            // A cover letter is not a broken plan.
            if submission.is_document() { draft.severity(Severity::Warning) } else { draft }.file();
        }
    }
}

/// Why a file cannot be read, without a library's technical message.
pub fn why(error: &ReadError) -> Message {
    match error {
        ReadError::Empty => EMPTY.with([]),
        ReadError::Encrypted => ENCRYPTED.with([]),
        ReadError::OtherDocument(extension) => {
            let wording = match extension.as_str() {
                _ if !error.is_document() => &OTHER_PROGRAM,
                "hwp" | "hwpx" | "hwt" | "hml" => &HANGUL,
                "zip" | "7z" | "rar" | "alz" | "egg" => &ARCHIVE,
                _ if error.is_picture() => &PICTURE,
                _ => &OTHER,
            };
            wording.with([("extension", escape_controls(extension))])
        }
        ReadError::OldExcel => OLD_EXCEL.with([]),
        ReadError::Locked(guard) => LOCKED.with([detail(guard)]),
        ReadError::NotASpreadsheet(what) => match what.as_str() {
            "MHTML" => WEB_ARCHIVE.with([]),
            "BIN" | "OLE" | "device" => UNKNOWN.with([]),
            _ => NOT_A_SPREADSHEET.with([detail(what)]),
        },
        ReadError::Folder => FOLDER.with([]),
        ReadError::Unreadable(Obstacle::Gone) => GONE.with([]),
        ReadError::Unreadable(Obstacle::Forbidden) => FORBIDDEN.with([]),
        ReadError::Unreadable(Obstacle::NoFile) => NO_FILE.with([]),
        ReadError::Unreadable(Obstacle::Other) => UNREADABLE.with([]),
        ReadError::Damaged { part: None, .. } => DAMAGED.with([]),
        ReadError::Damaged { part: Some(part), .. } => DAMAGED_PART.with([detail(part)]),
        ReadError::Lacks(part) => LACKS.with([detail(part)]),
        ReadError::TooLarge(what) => TOO_LARGE.with([detail(what)]),
        ReadError::OutOfMemory(mb) => TOO_LARGE.with([("detail", format!("{mb} MB"))]),
        ReadError::TooSlow(seconds) => TOO_SLOW.with([("seconds", seconds.to_string())]),
        ReadError::LinkLoop => LINK_LOOP.with([]),
        ReadError::ReaderFailed(_) => READER_FAILED.with([]),
    }
}

/// What to do about it.
fn advice(error: &ReadError) -> Message {
    let advice = match error {
        ReadError::Folder => return RENAME_FOLDER.with([]),
        ReadError::Unreadable(_) => return PERMISSION.with([]),
        ReadError::LinkLoop => return REMOVE_LINK.with([]),
        ReadError::Empty => &SEND_AGAIN,
        ReadError::Encrypted => &TAKE_OFF_PASSWORD,
        ReadError::Locked(_) => &UNLOCK,
        ReadError::OtherDocument(_) if !error.is_document() => &SAVE_AS_XLSX,
        ReadError::OtherDocument(kind) | ReadError::NotASpreadsheet(kind) => {
            match kind.to_lowercase().as_str() {
                "hwp" | "hwpx" | "hwt" | "hml" => &FROM_HANGUL,
                "zip" | "7z" | "rar" | "alz" | "egg" | "gz" => &UNPACK,
                _ if error.is_document() => &NO_WORKBOOK,
                _ => &SEND_THE_WORKBOOK,
            }
        }
        ReadError::OldExcel => &SAVE_AS_XLSX,
        ReadError::Damaged { .. } | ReadError::Lacks(_) | ReadError::ReaderFailed(_) => &REPAIR,
        ReadError::TooLarge(_) => &ONLY_THE_PLAN,
        ReadError::OutOfMemory(_) | ReadError::TooSlow(_) => &SHRINK,
    };
    advice.office.with([]).to_department(&advice.department)
}

/// A name or a format, with control characters made visible.
fn detail(text: &str) -> (&'static str, String) {
    ("detail", escape_controls(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Submission;
    use crate::testing::{at, consistent_city, findings, findings_in, told};

    #[test]
    fn each_kind_says_what_happened_and_what_to_do() {
        let broken = |file: &str, error| Submission::named(file, Err(error));
        let workbooks = [
            broken("workbooks/가.xlsx", ReadError::Encrypted),
            broken("workbooks/나.xlsx", ReadError::TooSlow(8)),
            broken("workbooks/다.xlsx", ReadError::NotASpreadsheet("a\u{1b}[2J PDF document".into())),
        ];
        let city = consolidate(workbooks.to_vec(), &Config::default());
        let found = findings_in(Code::R001, &city, &Config::default());
        assert_eq!(found.len(), 3);
        assert_eq!(at(&found[0]), "workbooks/가.xlsx");
        assert_eq!(
            told(&found[0]),
            "암호가 걸려 있어 읽을 수 없습니다\n\
             the workbook is protected by a password\n\
             → 엑셀에서 암호를 넣어 연 뒤 [파일 › 정보 › 통합 문서 보호]에서 암호를 지우고 다시 저장하십시오\n\
             → open it in Excel with the password, clear the password under File › Info › Protect Workbook and save again"
        );
        assert!(told(&found[1]).starts_with("읽는 데 8초가 넘게 걸려"));
        assert!(told(&found[2]).contains("(a\\u{1b}[2J PDF document)"));
    }

    #[test]
    fn a_readable_workbook_is_no_finding() {
        assert!(findings(Code::R001, consistent_city(), &Config::default()).is_empty());
    }
}
