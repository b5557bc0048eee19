//! 칸에 통합 문서에 담을 수 없는 글자(U+FFFE, U+FFFF, 제어 문자)가 있어 그 글자를 빼고 읽었습니다. 그대로 두면 이 글자가 든 모든 결과를 다른
//! 프로그램이 열지 못합니다.
//!
//! 예: 다른 프로그램에서 복사해 붙인 지표 이름에 보이지 않는 글자가 섞여 있습니다.
//!
//! 고치는 법: 그 칸의 글을 다시 적으십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! Cells hold letters that no workbook can hold (U+FFFE, U+FFFF, control characters); they were read without them. Left in, they
//! would spoil every file that is written with them.
//!
//! Example: the name of a KPI was pasted from another program, an invisible letter with it.
//!
//! To settle it: type the text of the cell anew. `tolerance` and `except` do not apply.

use super::noticed;
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::RemarkKind;
use crate::source::visible;

static DROPPED: Wording = Wording {
    ko: "통합 문서에 담을 수 없는 글자를 빼고 읽은 칸이 {count}개 있습니다({cells})",
    en: "{count} cells were read without letters that no workbook can hold ({cells})",
};
static TYPE_ANEW: Wording =
    Wording { ko: "그 칸의 글을 다시 적으십시오", en: "type the text of these cells anew" };

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let RemarkKind::DroppedLetters(cells, count) = &notice.remark.kind else { continue };
        let more = if *count > cells.len() { ", …" } else { "" };
        let cells: Vec<String> = cells.iter().map(|cell| visible(cell)).collect();
        let message = DROPPED.with([("count", count.to_string()), ("cells", cells.join(", ") + more)]);
        report.file(Code::R014, message, notice.at).hint(TYPE_ANEW.with([])).file();
    }
}
