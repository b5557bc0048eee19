//! 계획표에 내용이 있는데 읽지 않은 열이 있습니다. 그 열의 내용은 결과에 들어가지 않습니다. 한 해에 값이 둘인 열(2025년 목표와
//! 2025년 실적), 분기·반기의 열, 어느 해인지 적히지 않은 열은 열마다 알리고, 번호나 담당자처럼 계획에 자리가 없는 열은
//! 머리글마다 한 번만 알립니다.
//!
//! 예: "2025년 실적" 옆에 "2025년 목표"가 있으면 실적을 읽고, 목표의 열은 읽지 않았다고 알립니다.
//!
//! 고치는 법: 계획에 들어갈 값이면 한 해에 한 열만 남기거나 머리글에 연도를 적으십시오. 부서가 다른 말을 쓰는 것이라면
//! planbook.toml의 `[labels]`에 그 말을 적어 두면 다음부터 알아봅니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A column of a plan table has content that is not read and is in no output. A second column of one year,
//! quarters and halves, and values without a year are reported column by column; numbering, people and
//! definitions, which do not belong to a plan, once per heading.
//!
//! Example: a column "2025 target" beside "2025 actual": the actual is read, and the target's column is
//! reported.
//!
//! To resolve it: if its values belong to the plan, keep one column per year or write the year into the
//! heading. If the department uses another word, enter it under `[labels]` in planbook.toml; it is recognised
//! from then on. `tolerance` and `except` are not used.

use std::collections::BTreeMap;

use super::{Noticed, noticed};
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Message, Severity, Wording};
use crate::plan::Field;
use crate::read::{RemarkKind, UnreadReason};
use crate::text::names::plain_key;

static ANOTHER: Wording = Wording {
    ko: "{heading} 열을 읽지 않았습니다: {year}년의 값은 다른 열에서 읽었습니다",
    en: "the column {heading} was not read: another column was taken for {year}",
};
static PART: Wording = Wording {
    ko: "{heading} 열을 읽지 않았습니다: 한 해를 나눈 값(분기, 반기, 월)은 아직 읽지 않습니다",
    en: "the column {heading} was not read: values of a part of a year (quarter, half, month) are not read yet",
};
static NO_YEAR: Wording = Wording {
    ko: "{heading} 열을 읽지 않았습니다: 어느 해의 값인지 머리글에 없습니다",
    en: "the column {heading} was not read: its heading does not say which year the values are of",
};
static ASIDE: Wording = Wording {
    ko: "{heading} 열은 계획에 자리가 없어 읽지 않았습니다 (계획표 {count}개)",
    en: "the column {heading} has no place in a plan and was not read ({count} tables)",
};
static UNKNOWN: Wording = Wording {
    ko: "{heading} 열이 무엇인지 몰라 읽지 않았습니다 (계획표 {count}개)",
    en: "the column {heading} is unknown and was not read ({count} tables)",
};
static ONE_A_YEAR: Wording = Wording {
    ko: "계획에 들어갈 값이면 한 해에 한 열만 남기십시오",
    en: "where its values belong to the plan, leave one column for the year",
};
static WHOLE_YEAR: Wording = Wording {
    ko: "그해의 목표나 실적을 적는 열을 따로 두십시오",
    en: "add a column for the target or actual of the whole year",
};
static WRITE_YEAR: Wording = Wording {
    ko: "머리글에 연도를 적으십시오 (보기: 2026년 목표)",
    en: "write the year into the heading (such as: 2026 target)",
};
static LEAVE: Wording = Wording {
    ko: "계획에 들어갈 내용이 아니면 그대로 두십시오. 계획의 열이면 {enter:[labels]}",
    en: "leave it where it does not belong to the plan; where it is a column of the plan, {enter:[labels]}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut by_heading: BTreeMap<(UnreadReason, String), Vec<Noticed<'_>>> = BTreeMap::new();
    for notice in noticed(context.city) {
        let RemarkKind::UnreadColumn { heading, reason } = &notice.remark.kind else { continue };
        if reason.loses_values() {
            file_values(report, &notice, heading, *reason);
        } else {
            by_heading.entry((*reason, plain_key(heading))).or_default().push(notice);
        }
    }
    for ((reason, _), notices) in &by_heading {
        file_heading(report, *reason, notices);
    }
}

/// A column whose values are lost.
fn file_values(report: &mut Report<'_>, notice: &Noticed<'_>, heading: &str, reason: UnreadReason) {
    let shown = ("heading", quoted(heading));
    let (message, hint) = match reason {
        UnreadReason::AnotherOfYear(year) => (ANOTHER.with([shown, ("year", year.to_string())]), &ONE_A_YEAR),
        UnreadReason::PartOfYear => (PART.with([shown]), &WHOLE_YEAR),
        _ => (NO_YEAR.with([shown]), &WRITE_YEAR),
    };
    file(report, notice, heading, message, hint.with([]), Severity::Warning);
}

/// A heading whose loss costs no values, reported at its first place.
fn file_heading(report: &mut Report<'_>, reason: UnreadReason, notices: &[Noticed<'_>]) {
    let Some(first) = notices.first() else { return };
    let RemarkKind::UnreadColumn { heading, .. } = &first.remark.kind else { return };
    let wording = if reason == UnreadReason::Aside { &ASIDE } else { &UNKNOWN };
    let message = wording.with([("heading", quoted(heading)), ("count", notices.len().to_string())]);
    file(report, first, heading, message, LEAVE.with([]), Severity::Info);
}

fn file(
    report: &mut Report<'_>,
    notice: &Noticed<'_>,
    heading: &str,
    message: Message,
    hint: Message,
    severity: Severity,
) {
    let draft = match notice.plan {
        Some(plan) => report.plan(Code::F001, plan, Field::File, message, notice.at.clone()),
        None => report.file(Code::F001, message, notice.at.clone()),
    };
    let cell = notice.remark.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let identity = format!("{} {cell}", plain_key(heading));
    draft.actual(heading).identified_by(identity).hint(hint).severity(severity).file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::testing::{at, consistent_city, findings_in, submissions, told};

    fn unread(columns: &[(&str, usize, UnreadReason)]) -> Vec<Finding> {
        let mut workbooks = submissions(consistent_city());
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks.extend(columns.iter().map(|&(heading, plan, reason)| Remark {
                sheet: contents.plans[plan].sheet.clone(),
                cell: Some("N3".parse().unwrap()),
                plan: Some(plan),
                kind: RemarkKind::UnreadColumn { heading: heading.to_owned(), reason },
            }));
        }
        let city = consolidate(workbooks, &Config::default());
        findings_in(Code::F001, &city, &Config::default())
    }

    #[test]
    fn the_second_of_two_columns_of_one_year_is_told_with_its_heading() {
        let found = unread(&[("2025 목표", 0, UnreadReason::AnotherOfYear(2025))]);
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(at(&found[0]).ends_with("!N3"));
        assert!(told(&found[0]).starts_with("‘2025 목표’ 열을 읽지 않았습니다: 2025년의 값은"));
    }

    #[test]
    fn a_heading_that_loses_no_values_is_told_once_for_all_tables() {
        let found = unread(&[("담당자", 0, UnreadReason::Aside), ("담 당 자", 1, UnreadReason::Aside)]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Info);
        assert!(told(&found[0]).contains("계획표 2개"), "{}", told(&found[0]));
    }
}
