//! 수식은 있지만 계산된 결과가 파일에 저장되어 있지 않습니다. planbook은 수식을 다시 계산하지 않고 저장된 결과를 읽으므로
//! 이 칸은 빈칸으로 다루었습니다.
//!
//! 예: 다른 프로그램이 만들어 엑셀에서 한 번도 열지 않은 파일의 `=SUM(L6:L9)`.
//!
//! 고치는 법: 엑셀이나 한셀에서 파일을 열어 다시 계산되게 한 뒤 저장하십시오. 값을 그대로 적어 넣어도 됩니다.
//! `except`에 지표 이름을 적으면 그 지표는 보지 않습니다. `tolerance`는 없습니다.
//!
//! ---
//! The cell holds a formula, but the file holds no result for it. planbook reads stored results and does not
//! calculate, so the cell was read as empty.
//!
//! Example: `=SUM(L6:L9)` in a file that another program made and that was never opened in Excel.
//!
//! To resolve it: open the file in Excel or Hancell, let it calculate, and save; or type the value in.
//! `except` names KPIs to skip; `tolerance` is not used.

use super::{cells_of, noticed};
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;

static NO_RESULT: Wording = Wording {
    ko: "수식의 결과가 파일에 저장되어 있지 않아 빈칸으로 읽었습니다",
    en: "the file holds no result for this formula, so the cell was read as empty",
};
static SAVE_AGAIN: Wording = Wording {
    ko: "엑셀이나 한셀에서 열어 다시 저장하거나 값을 직접 적으십시오",
    en: "open the file in Excel or Hancell and save it again, or type the value in",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let is_formula = |kind: &RemarkKind| *kind == RemarkKind::FormulaWithoutResult;
    let cells = cells_of(context.city, is_formula);
    for notice in noticed(context.city).filter(|notice| is_formula(&notice.remark.kind)) {
        notice
            .draft(report, &cells, Code::R006, Field::File, NO_RESULT.with([]))
            .hint(SAVE_AGAIN.with([]))
            .file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::testing::{at, consistent_city, findings, findings_in, submissions, told};

    fn with_formula_at(cell: &str) -> Vec<Finding> {
        let mut workbooks = submissions(consistent_city());
        let remark = Remark {
            sheet: "교통국".into(),
            cell: Some(cell.parse().unwrap()),
            plan: Some(0),
            kind: RemarkKind::FormulaWithoutResult,
        };
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.remarks.push(remark);
        }
        let city = consolidate(workbooks, &Config::default());
        findings_in(Code::R006, &city, &Config::default())
    }

    #[test]
    fn the_finding_knows_row_and_column_of_its_cell() {
        let found = with_formula_at("I7");
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["교통국!I7"]);
        assert_eq!((found[0].row, found[0].field), (Some(1), Field::Year(2025)));
        assert_eq!(
            told(&found[0]),
            "수식의 결과가 파일에 저장되어 있지 않아 빈칸으로 읽었습니다\n\
             the file holds no result for this formula, so the cell was read as empty\n\
             → 엑셀이나 한셀에서 열어 다시 저장하거나 값을 직접 적으십시오\n\
             → open the file in Excel or Hancell and save it again, or type the value in"
        );
    }

    #[test]
    fn a_cell_outside_the_table_belongs_to_the_plan() {
        let found = with_formula_at("Q40");
        assert_eq!((found[0].row, found[0].org.as_deref()), (None, Some("교통국")));
        assert!(findings(Code::R006, consistent_city(), &Config::default()).is_empty());
    }
}
