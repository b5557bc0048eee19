//! 통합 문서는 읽었지만 그 안의 시트나 칸 몇은 읽을 수 없었습니다. 나머지는 그대로 읽었습니다.
//!
//! 예: 통합 문서에 이름만 있고 내용이 없는 시트, 시트의 끝을 벗어난 칸(XFE1048577), 파일에 없는 글자를 가리키는 칸.
//!
//! 고치는 법: 엑셀이나 한셀에서 열어 보십시오. 복구하겠냐고 물으면 복구하고, 빠진 것이 없는지 본 뒤 .xlsx로 다시 저장하십시오.
//! 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The workbook was read, but some of its sheets or cells could not be. All the rest was.
//!
//! Example: a sheet of which the workbook holds only the name, a cell beyond the end of the sheet (XFE1048577), a cell that
//! refers to a text which is not in the file.
//!
//! To settle it: open it in Excel or Hancell. Let it be repaired if you are asked, see whether anything is missing, and save
//! it as .xlsx. `tolerance` and `except` do not apply.

use super::noticed;
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::RemarkKind;
use crate::source::visible;

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
static REPAIR: Wording = Wording {
    ko: "엑셀이나 한셀에서 열어 복구하고, 빠진 것이 없는지 본 뒤 .xlsx로 다시 저장하십시오",
    en: "open it in Excel or Hancell, let it be repaired, see whether anything is missing and save it as .xlsx",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let (wording, names, count) = match &notice.remark.kind {
            RemarkKind::MissingSheets(names, count) => {
                let names: Vec<String> = names.iter().map(|name| quoted(&visible(name))).collect();
                (if *count == 1 { &SHEET } else { &SHEETS }, names, *count)
            }
            RemarkKind::UnreadCells(cells, count) => {
                (&CELLS, cells.iter().map(|cell| visible(cell)).collect(), *count)
            }
            _ => continue,
        };
        let more = if count > names.len() { ", …" } else { "" };
        let names = names.join(", ") + more;
        let message = wording.with([("count", count.to_string()), ("names", names)]);
        let what = if wording == &CELLS { "cells" } else { "sheets" };
        report.file(Code::R016, message, notice.at).hint(REPAIR.with([])).identified_by(what).file();
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
