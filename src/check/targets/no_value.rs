//! 값을 적을 칸에 값이 아닌 것이 적혀 있습니다: 머리글의 말(실적치, 목표, 단위)이나, 소수점 자리에 쉼표를 쓴 수입니다. 칸을 잘못
//! 붙여 넣었을 때 흔히 생깁니다.
//!
//! 예: 2025년 실적 칸에 "실적치"라고 적혀 있습니다.
//!
//! 고치는 법: 값을 적으십시오. `except`에는 그대로 둘 지표를 적습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! A value cell contains the word of a heading (actual, target, unit) instead of a value, mostly because a
//! block was pasted one cell off.
//!
//! Example: the cell of the actual of 2025 says "actual".
//!
//! To resolve it: write the value. `except` names KPIs to skip; `tolerance` is not used.

use crate::check::Report;
use crate::check::reading::{cells_of, noticed};
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;

static HEADING: Wording = Wording {
    ko: "값을 적을 칸에 머리글의 말 {word|이/가} 있습니다",
    en: "{word}, the word of a heading, is where a value belongs",
};
static COMMA: Wording = Wording {
    ko: "{word|은/는} 수로 읽지 못합니다: 소수점(.) 자리에 쉼표(,)가 있습니다",
    en: "{word} cannot be read as a number: it has a decimal comma where the other numbers have a decimal point",
};
static WRITE: Wording = Wording { ko: "값을 적으십시오", en: "write the value" };
static POINT: Wording =
    Wording { ko: "쉼표 대신 소수점을 적으십시오", en: "write a decimal point" };

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let is_ours =
        |kind: &RemarkKind| matches!(kind, RemarkKind::HeadingAsValue(_) | RemarkKind::DecimalComma(_));
    let cells = cells_of(context.city, is_ours);
    for notice in noticed(context.city) {
        let (word, wording, hint) = match &notice.remark.kind {
            RemarkKind::HeadingAsValue(word) => (word.clone(), &HEADING, &WRITE),
            RemarkKind::DecimalComma(word) => (word.clone(), &COMMA, &POINT),
            _ => continue,
        };
        let message = wording.with([("word", quoted(&word))]);
        notice
            .draft(report, &cells, Code::T408, Field::File, message)
            .actual(word)
            .hint(hint.with([]))
            .file();
    }
}
