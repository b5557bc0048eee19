//! 통합 문서는 읽었지만 그 안의 시트나 칸, 글자 몇은 읽을 수 없었습니다. 나머지는 그대로 읽었습니다.
//!
//! 예: 통합 문서에 이름만 있고 내용이 없는 시트, 시트의 끝을 벗어난 칸(XFE1048577), 파일에 없는 글자를 가리키는 칸, 옮기다가 깨진
//! 글자(�), .csv 파일에서 열기만 하고 닫지 않은 따옴표.
//!
//! 고치는 법: 엑셀이나 한셀에서 열어 보십시오. 복구하겠냐고 물으면 복구하고, 빠진 것이 없는지 본 뒤 .xlsx로 다시 저장하십시오. 깨진
//! 글자는 다시 적고, 닫지 않은 따옴표는 지우십시오.
//! 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The workbook was read, but some of its sheets, cells or characters could not be. Everything else was.
//!
//! Example: a sheet that exists in name only, a cell beyond the end of the sheet (XFE1048577), a cell that
//! refers to a missing text, characters that were lost in transfer (�), an unclosed quotation mark in a .csv
//! file.
//!
//! To resolve it: open it in Excel or Hancell. Accept the offer to repair it, check whether anything is
//! missing, and save it as .xlsx. Retype lost characters, and delete an unclosed quotation mark. `tolerance`
//! and `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::RemarkKind;
use crate::source::escape_controls;

static SHEETS: Wording = Wording {
    ko: "통합 문서에 이름만 있고 내용이 없는 시트 {count}개를 읽지 못했습니다({names})",
    en: "{count} sheets of which the workbook holds only the name could not be read ({names})",
};
static SHEET: Wording = Wording {
    ko: "시트 {names|은/는} 통합 문서에 이름만 있고 내용이 없어 읽지 못했습니다",
    en: "the sheet {names} could not be read: the workbook holds only its name",
};
static CELLS: Wording = Wording {
    ko: "읽을 수 없는 칸이 {count}개 있습니다({names})",
    en: "cells that could not be read: {count} ({names})",
};
static LOST: Wording = Wording {
    ko: "글자가 깨진 칸이 {count}개 있습니다({names})",
    en: "{count} cells hold letters that were lost before they came here ({names})",
};
static TYPE_ANEW: Wording = Wording {
    ko: "부서의 원본과 견주어 그 글자를 다시 적으십시오. 파일이 글자를 잃은 채 저장되었습니다",
    en: "retype these letters from the department's original: the file was saved without them",
};
static QUOTES: Wording = Wording {
    ko: "열기만 하고 닫지 않은 따옴표가 {count}곳 있습니다({names}). 그 줄의 칸이 밀렸을 수 있습니다",
    en: "{count} cells begin with a quote that is never closed ({names}); the cells behind it in its line may be in the wrong columns",
};
static CLOSE_QUOTE: Wording = Wording {
    ko: "메모장에서 열어 그 따옴표를 지우거나 닫으십시오. 부서에서 .xlsx로 다시 받으면 더 낫습니다",
    en: "open the file in a text editor and delete or close the quote; better still, ask the department for an .xlsx",
};
static REPAIR: Wording = Wording {
    ko: "엑셀이나 한셀에서 열어 복구하고, 빠진 것이 없는지 본 뒤 .xlsx로 다시 저장하십시오",
    en: "open it in Excel or Hancell, let it be repaired, check whether anything is missing and save it as .xlsx",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let shown =
            |cells: &[String]| cells.iter().map(|cell| escape_controls(cell)).collect::<Vec<String>>();
        let (wording, what, hint, names, count) = match &notice.remark.kind {
            RemarkKind::MissingSheets(names, count) => {
                let names: Vec<String> = names.iter().map(|name| quoted(&escape_controls(name))).collect();
                (if *count == 1 { &SHEET } else { &SHEETS }, "sheets", &REPAIR, names, *count)
            }
            RemarkKind::UnreadCells(cells, count) => (&CELLS, "cells", &REPAIR, shown(cells), *count),
            RemarkKind::LostLetters(cells, count) => (&LOST, "letters", &TYPE_ANEW, shown(cells), *count),
            RemarkKind::OpenQuotes(cells, count) => (&QUOTES, "quotes", &CLOSE_QUOTE, shown(cells), *count),
            _ => continue,
        };
        let more = if count > names.len() { ", …" } else { "" };
        let names = names.join(", ") + more;
        let message = wording.with([("count", count.to_string()), ("names", names)]);
        report.file(Code::R016, message, notice.at).hint(hint.with([])).identified_by(what).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::testing::{at, consistent_city, findings, findings_in, submissions, told};

    #[test]
    fn a_sheet_without_a_part_and_impossible_cells_are_told() {
        let remark = |kind| Remark { sheet: "교통국".into(), cell: None, plan: None, kind };
        let mut workbooks = submissions(consistent_city());
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks = vec![
                remark(RemarkKind::MissingSheets(vec!["교통국".into()], 1)),
                remark(RemarkKind::MissingSheets(vec!["교통국".into(), "가".into()], 9)),
                remark(RemarkKind::UnreadCells(vec!["XFE1048577".to_owned()], 1)),
            ];
        }
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R016, &city, &Config::default());
        let told: Vec<String> = found.iter().map(told).collect();
        assert_eq!(at(&found[0]), "교통국");
        assert!(
            told.iter().any(|told| told.starts_with("시트 ‘교통국’은 통합 문서에 이름만 있고")),
            "{told:?}"
        );
        assert!(
            told.iter().any(|told| told.contains("9 sheets of which") && told.contains("‘가’, …")),
            "{told:?}"
        );
        assert!(
            told.iter().any(|told| told.starts_with("읽을 수 없는 칸이 1개 있습니다(XFE1048577)")),
            "{told:?}"
        );
    }

    #[test]
    fn a_workbook_read_whole_is_no_finding() {
        assert!(findings(Code::R016, consistent_city(), &Config::default()).is_empty());
    }
}
