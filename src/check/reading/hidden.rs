//! 통합 문서에 숨겨진 것이 있어 알려 드립니다. 숨겨진 시트는 지난 판인 경우가 많아 읽지 않습니다. 계획표 안의 숨겨진 행과
//! 열은 계획의 일부로 보고 읽습니다.
//!
//! 예: 지난해 계획을 숨겨 둔 시트, 비중 열을 숨겨 둔 계획표, 지우는 대신 숨긴 지표 행.
//!
//! 고치는 법: 잘못된 것이 아니면 그대로 두셔도 됩니다. 숨겨진 시트가 올해 계획이면 숨기기를 취소하십시오. 숨긴 행이 빼려던
//! 지표라면 행을 지우십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! Something is hidden in the workbook. Hidden sheets, mostly old versions, are skipped. Hidden rows and
//! columns inside a plan table are read as part of the plan.
//!
//! Example: last year's plan on a hidden sheet, a hidden column of weights, a KPI row hidden instead of
//! deleted.
//!
//! To resolve it: do nothing if it is intended. Unhide the sheet if it is this year's plan. Delete the row if
//! the KPI was meant to be dropped. `tolerance` and `except` are not used.

use super::noticed;
use crate::check::Report;
use crate::check::words::{quoted, ranges};
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;
use crate::source::{column_letters, escape_controls};

static SHEET: Wording = Wording {
    ko: "숨겨진 시트 {sheet|은/는} 읽지 않았습니다",
    en: "the hidden sheet {sheet} was skipped",
};
static UNHIDE_SHEET: Wording = Wording {
    ko: "올해 계획이 거기에 있으면 숨기기를 취소하십시오. 지난 판이면 그대로 두거나 지우십시오",
    en: "unhide it if this year's plan is there; an old version may stay or be deleted",
};
static ROWS: Wording = Wording {
    ko: "숨겨진 행({rows})도 계획으로 읽었습니다",
    en: "hidden rows ({rows}) were read as part of the plan",
};
static COLUMNS: Wording = Wording {
    ko: "숨겨진 열({columns})도 계획으로 읽었습니다",
    en: "hidden columns ({columns}) were read as part of the plan",
};
static UNHIDE_OR_DELETE: Wording = Wording {
    ko: "계획에 들어갈 것이면 숨기기를 취소하고, 뺄 것이면 지우십시오",
    en: "unhide them if they belong to the plan, delete them if they do not",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for notice in noticed(context.city) {
        let (message, hint, what) = match &notice.remark.kind {
            RemarkKind::HiddenSheet => (
                SHEET.with([("sheet", quoted(&escape_controls(&notice.remark.sheet)))]),
                &UNHIDE_SHEET,
                "sheet",
            ),
            RemarkKind::HiddenRows(rows) => {
                let spans =
                    rows.iter().map(|r| ((r.first.row + 1).to_string(), (r.last.row + 1).to_string()));
                (ROWS.with([("rows", ranges(spans))]), &UNHIDE_OR_DELETE, "rows")
            }
            RemarkKind::HiddenColumns(columns) => {
                let spans = columns.iter().map(|r| (column_letters(r.first.col), column_letters(r.last.col)));
                (COLUMNS.with([("columns", ranges(spans))]), &UNHIDE_OR_DELETE, "columns")
            }
            _ => continue,
        };
        let draft = match notice.plan {
            Some(plan) => report.plan(Code::R004, plan, Field::File, message, notice.at),
            None => report.file(Code::R004, message, notice.at),
        };
        draft.hint(hint.with([])).identified_by(what).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::source::CellRange;
    use crate::source::CellRef;
    use crate::testing::{consistent_city, findings, findings_in, submissions, told};

    #[test]
    fn sheets_rows_and_columns() {
        let span =
            |a: (u32, u16), b: (u32, u16)| CellRange::new(CellRef::new(a.0, a.1), CellRef::new(b.0, b.1));
        let remark = |plan, kind| Remark { sheet: "교통국".into(), cell: None, plan, kind };
        let mut workbooks = submissions(consistent_city());
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks = vec![
                remark(None, RemarkKind::HiddenSheet),
                remark(Some(0), RemarkKind::HiddenRows(vec![span((6, 0), (6, 12)), span((8, 0), (9, 12))])),
                remark(Some(0), RemarkKind::HiddenColumns(vec![span((2, 6), (11, 7))])),
            ];
        }
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R004, &city, &Config::default());
        let told: Vec<String> = found.iter().map(told).collect();
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|told| told.starts_with("숨겨진 시트 ‘교통국’은 읽지 않았습니다")));
        assert!(told.iter().any(|told| told.contains("hidden rows (7, 9–10) were read")));
        assert!(told.iter().any(|told| told.starts_with("숨겨진 열(G–H)도 계획으로 읽었습니다")));
    }

    #[test]
    fn nothing_hidden_is_no_finding() {
        assert!(findings(Code::R004, consistent_city(), &Config::default()).is_empty());
    }
}
