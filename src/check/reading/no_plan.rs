//! 통합 문서는 읽었지만 계획표를 찾지 못했습니다. 계획표는 머리글의 말(관점, 전략목표, 핵심성과지표, 연도, 단위, 비중)로
//! 찾으며, 어느 칸에서 시작하든 상관없습니다.
//!
//! 예: 표지와 작성 요령만 있는 파일, 표를 그림으로 붙인 파일, 계획표가 숨겨진 시트에만 있는 파일.
//!
//! 고치는 법: 계획표가 든 파일인지 확인하십시오. 숨겨진 시트에 있다면 숨기기를 취소하십시오. 머리글에 다른 말을 쓰는
//! 양식이라면 planbook.toml의 `[labels]`에 그 말을 적어 주십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The workbook was read, but no plan table was found in it. A table is found by the words of its headings (perspective,
//! objective, KPI, years, unit, weight), wherever it stands.
//!
//! Example: a file with a cover and instructions only, a table pasted as a picture, a plan on a hidden sheet only.
//!
//! To settle it: see whether this is the right file. Unhide the sheet if the plan stands on a hidden one. If the form uses
//! other words in its headings, teach them under `[labels]` in planbook.toml. `tolerance` and `except` do not apply.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::read::RemarkKind;
use crate::source::{Place, visible};

static NO_PLAN: Wording = Wording {
    ko: "통합 문서에 계획표가 없습니다",
    en: "there is no plan table in the workbook",
};
static RIGHT_FILE: Wording = Wording {
    ko: "계획표가 든 파일인지 확인하십시오. 머리글에 다른 말을 쓰는 양식이면 {enter:[labels]}",
    en: "see whether this is the right file; where the form has other words in its headings, {enter:[labels]}",
};
static UNHIDE: Wording = Wording {
    ko: "숨겨진 시트({sheets})는 읽지 않았습니다. 계획표가 거기에 있으면 숨기기를 취소하고 다시 저장하십시오",
    en: "hidden sheets ({sheets}) were passed over; if the plan stands there, unhide them and save again",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let with_plan: BTreeSet<&str> = context.city.plans.iter().map(|plan| &*plan.file).collect();
    for submission in context.city.workbooks() {
        let Ok(contents) = &submission.outcome else { continue };
        // Of a scorecard R011 tells.
        if with_plan.contains(&*submission.file) || contents.results.is_some() {
            continue;
        }
        let hidden: Vec<String> = contents
            .remarks
            .iter()
            .filter(|remark| remark.kind == RemarkKind::HiddenSheet)
            .map(|remark| visible(&remark.sheet))
            .collect();
        let hint = if hidden.is_empty() {
            RIGHT_FILE.with([])
        } else {
            UNHIDE.with([("sheets", hidden.join(", "))])
        };
        report.file(Code::R002, NO_PLAN.with([]), Place::file(&submission.file)).hint(hint).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Contents;
    use crate::read::Remark;
    use crate::read::Submission;
    use crate::testing::{at, consistent_city, findings_in, submissions, told};

    fn workbook(remarks: Vec<Remark>) -> Vec<Submission> {
        let mut workbooks = submissions(consistent_city());
        let contents = Contents { remarks, ..Contents::default() };
        workbooks.push(Submission { file: "workbooks/99.xlsx".into(), outcome: Ok(contents) });
        workbooks
    }

    #[test]
    fn a_workbook_without_a_plan_is_named() {
        let city = consolidate(workbook(Vec::new()), &Config::default());
        let found = findings_in(Code::R002, &city, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["workbooks/99.xlsx"]);
        assert_eq!(found[0].org, None);
    }

    #[test]
    fn hidden_sheets_are_named_in_the_hint() {
        let hidden =
            Remark { sheet: "2024판".into(), cell: None, plan: None, kind: RemarkKind::HiddenSheet };
        let city = consolidate(workbook(vec![hidden]), &Config::default());
        let found = findings_in(Code::R002, &city, &Config::default());
        assert_eq!(
            told(&found[0]),
            "통합 문서에 계획표가 없습니다\n\
             there is no plan table in the workbook\n\
             → 숨겨진 시트(2024판)는 읽지 않았습니다. 계획표가 거기에 있으면 숨기기를 취소하고 다시 저장하십시오\n\
             → hidden sheets (2024판) were passed over; if the plan stands there, unhide them and save again"
        );
    }
}
