//! 칸에 통합 문서에 담을 수 없는 글자(U+FFFE, U+FFFF, 제어 문자)가 있어 그 글자를 빼고 읽었습니다. 그대로 두면 이 글자가 든 모든 결과를 다른
//! 프로그램이 열지 못합니다.
//!
//! 예: 다른 프로그램에서 복사해 붙인 지표 이름에 보이지 않는 글자가 섞여 있습니다.
//!
//! 고치는 법: 그 칸의 글을 다시 적으십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! Cells contain characters that are invalid in workbooks (U+FFFE, U+FFFF, control characters). They were
//! dropped on reading, because they would corrupt every file written with them.
//!
//! Example: a KPI name was pasted from another program together with an invisible character.
//!
//! To resolve it: retype the text of the cell. `tolerance` and `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::RemarkKind;
use crate::source::escape_controls;

static DROPPED: Wording = Wording {
    ko: "통합 문서에 담을 수 없는 글자를 빼고 읽은 칸이 {count}개 있습니다({cells})",
    en: "{count} cells were read without letters that no workbook can hold ({cells})",
};
static TYPE_ANEW: Wording =
    Wording { ko: "그 칸의 글을 다시 적으십시오", en: "retype the text of these cells" };

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let RemarkKind::DroppedLetters(cells, count) = &notice.remark.kind else { continue };
        let more = if *count > cells.len() { ", …" } else { "" };
        let cells: Vec<String> = cells.iter().map(|cell| escape_controls(cell)).collect();
        let message = DROPPED.with([("count", count.to_string()), ("cells", cells.join(", ") + more)]);
        report.file(Code::R014, message, notice.at).hint(TYPE_ANEW.with([])).file();
    }
}
