//! Names of severities, columns, links and reasons in outputs.

pub mod beside;
pub mod told;

use crate::consolidate::{LinkKind, UnlinkedReason};
use crate::finding::{Action, Answer, Lang, Severity};
use crate::plan::{Field, YearKind};

/// `오류`, `경고`, `참고`.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("오류", "error"),
        Severity::Warning => lang.pick("경고", "warning"),
        Severity::Info => lang.pick("참고", "info"),
    }
}

/// The column of the plan table that a finding is about.
pub fn field(field: Field, lang: Lang) -> String {
    match field {
        Field::Year(year) => lang.pick(format!("{year}년"), year.to_string()),
        _ => match field.column() {
            Some(column) => lang.pick(column.name.ko, column.name.en).to_owned(),
            None => lang.pick("파일", "file").to_owned(),
        },
    }
}

/// A plan year in front of Korean words (`2026년도 `) or behind English ones (` 2026`); empty if no plan says it.
pub fn plan_year(year: i32, lang: Lang) -> String {
    match lang {
        _ if year == 0 => String::new(),
        Lang::Ko => format!("{year}년도 "),
        Lang::En => format!(" {year}"),
    }
}

/// As [`plan_year`], for what happens in it: `2026년 `, ` of 2026`.
pub fn of_year(year: i32, lang: Lang) -> String {
    match lang {
        _ if year == 0 => String::new(),
        Lang::Ko => format!("{year}년 "),
        Lang::En => format!(" of {year}"),
    }
}

/// The note on a finding that was answered as fixed and is found again.
pub fn still_there(lang: Lang) -> &'static str {
    lang.pick("수정했다고 답했으나 그대로입니다", "answered as fixed, but it is still there")
}

/// A department's answer to an open finding.
pub fn answer(answer: &Answer, lang: Lang) -> String {
    let action = match &answer.action {
        Action::Fixed => still_there(lang),
        other => other.text(lang),
    };
    match (action, answer.remark.as_str()) {
        (action, "") => action.to_owned(),
        ("", remark) => remark.to_owned(),
        (action, remark) => format!("{action} ({remark})"),
    }
}

/// How a row is linked to what it cites.
pub fn link(kind: LinkKind, lang: Lang) -> &'static str {
    match kind {
        LinkKind::Direct => lang.pick("직접", "direct"),
        LinkKind::Shared => lang.pick("공통", "shared"),
        LinkKind::Contributory => lang.pick("기여", "contributory"),
    }
}

/// Why a row is unlinked.
pub fn loose(reason: UnlinkedReason, lang: Lang) -> &'static str {
    match reason {
        UnlinkedReason::CitesNothing => lang.pick("상위 지표를 적지 않음", "cites no KPI of a parent"),
        UnlinkedReason::NotInParent => {
            lang.pick("상위 계획에 없는 지표를 인용", "the cited KPI is not in the parent's plan")
        }
        UnlinkedReason::ParentMissing => {
            lang.pick("상위 조직의 계획이 없음", "the parent's plan is not in the book")
        }
        UnlinkedReason::NotCited => lang.pick("하위 계획이 인용하지 않음", "no plan below cites it"),
    }
}

/// A year's heading: `2009 목표`.
pub fn year(year: i32, kind: Option<YearKind>, lang: Lang) -> String {
    match kind {
        Some(YearKind::Actual) => lang.pick(format!("{year} 실적"), format!("{year} actual")),
        Some(YearKind::Target) => lang.pick(format!("{year} 목표"), format!("{year} target")),
        None => year.to_string(),
    }
}
