//! 값이 적혀 있는데 지표명이 없는 행이나, 표 밖에 떨어져 있는 계획 행을 찾았습니다. 이런 행은 지표로 셈하지 않으므로
//! 그대로 두면 계획에서 빠집니다.
//!
//! 예: 목표치와 비중은 있으나 핵심성과지표 칸이 빈 행, 빈 행 몇 개를 띄우고 표 아래에 덧붙인 지표.
//!
//! 고치는 법: 지표명을 적거나, 행을 표에 이어 붙이거나, 쓰지 않는 행이면 지우십시오. 이 점검에는
//! `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A row has values but no KPI, or cells outside the table look like a row of the plan. Such rows are not
//! counted as KPIs and are missing from the plan until corrected.
//!
//! Example: a row with targets and a weight and an empty KPI cell; a KPI added below the table after some
//! blank rows.
//!
//! To resolve it: write the KPI, move the row into the table, or delete it if it is not used. `tolerance` and
//! `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;

static NO_KPI: Wording =
    Wording { ko: "값은 있는데 지표명이 없는 행입니다", en: "this row has values but no KPI" };
static WRITE_KPI: Wording = Wording {
    ko: "핵심성과지표를 적거나, 쓰지 않는 행이면 지우십시오",
    en: "write the KPI, or delete the row if it is not used",
};
static STRAY: Wording = Wording {
    ko: "표 밖에 계획 행처럼 보이는 칸이 있습니다",
    en: "these cells look like a plan row but are outside the table",
};
static MOVE_IN: Wording = Wording {
    ko: "계획에 들어갈 행이면 표에 이어 붙이고, 아니면 지우십시오",
    en: "move the row up to the table if it belongs to the plan, else delete it",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let (message, hint, field) = match notice.remark.kind {
            RemarkKind::RowWithoutKpi => (&NO_KPI, &WRITE_KPI, Field::Kpi),
            RemarkKind::StrayRow => (&STRAY, &MOVE_IN, Field::File),
            _ => continue,
        };
        let draft = match notice.plan {
            Some(plan) => report.plan(Code::R007, plan, field, message.with([]), notice.at),
            None => report.file(Code::R007, message.with([]), notice.at),
        };
        draft.hint(hint.with([])).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::source::CellRef;
    use crate::testing::{at, consistent_city, findings, findings_in, submissions, told};

    #[test]
    fn rows_without_kpi_and_rows_outside_the_table() {
        let remark =
            |row, plan, kind| Remark {
                sheet: "교통국".into(), cell: Some(CellRef::new(row, 5)), plan, kind
            };
        let mut workbooks = submissions(consistent_city());
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks =
                vec![remark(20, Some(0), RemarkKind::RowWithoutKpi), remark(30, None, RemarkKind::StrayRow)];
        }
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R007, &city, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["교통국!F21", "교통국!F31"]);
        assert_eq!(found[0].org.as_deref(), Some("교통국"));
        assert!(
            told(&found[0])
                .starts_with("값은 있는데 지표명이 없는 행입니다\nthis row has values but no KPI\n")
        );
        assert!(told(&found[1]).starts_with("표 밖에 계획 행처럼 보이는 칸이 있습니다\n"));
    }

    #[test]
    fn complete_rows_are_no_finding() {
        assert!(findings(Code::R007, consistent_city(), &Config::default()).is_empty());
    }
}
