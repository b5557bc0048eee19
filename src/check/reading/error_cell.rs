//! 값이 있어야 할 칸에 수식의 오류(#REF!, #DIV/0!, #N/A 등)가 있습니다. 그 칸은 빈칸으로 다루며 0으로 보지 않습니다. 다른 점검은
//! 그 칸을 두고 아무 말도 하지 않습니다.
//!
//! 예: 2026년 목표 칸의 수식이 지워진 시트를 가리켜 #REF!가 되었습니다.
//!
//! 고치는 법: 수식을 고치거나 값을 직접 적으십시오. `except`에는 그대로 둘 지표를 적습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! A cell with data shows a formula error (#REF!, #DIV/0!, #N/A and the like). It is read as empty, never as
//! 0, and no other check reports it.
//!
//! Example: the formula of the target of 2026 pointed at a sheet that was deleted, and shows #REF!.
//!
//! To resolve it: fix the formula or type the value in. `except` names KPIs to skip; `tolerance` is not used.

use super::{cells_of, noticed};
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::read::RemarkKind;

static ERROR: Wording = Wording {
    ko: "수식의 오류입니다: {error}. 빈칸으로 읽었습니다",
    en: "this is an error of a formula: {error}; it was read as empty",
};
static MEND: Wording = Wording {
    ko: "수식을 고치거나 값을 직접 적으십시오",
    en: "fix the formula or type the value in",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let cells = cells_of(context.city, |kind| matches!(kind, RemarkKind::ErrorCell(_)));
    for notice in noticed(context.city) {
        let RemarkKind::ErrorCell(error) = &notice.remark.kind else { continue };
        let (error, message) = (error.clone(), ERROR.with([("error", error.clone())]));
        notice
            .draft(report, &cells, Code::R012, Field::File, message)
            .actual(error)
            .hint(MEND.with([]))
            .file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Remark;
    use crate::testing::{at, consistent_city, findings_in, submissions, told};

    #[test]
    fn an_error_of_a_formula_is_told_at_its_cell_and_no_target_is_missed() {
        let mut workbooks = submissions(consistent_city());
        let cell = "J6".parse().unwrap();
        if let Ok(contents) = &mut workbooks[0].outcome {
            let sheet = contents.plans[0].sheet.clone();
            let kind = RemarkKind::ErrorCell("#REF!".to_owned());
            contents.remarks.push(Remark { sheet, cell: Some(cell), plan: Some(0), kind });
        }
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R012, &city, &Config::default());
        assert!(at(&found[0]).ends_with("!J6"));
        assert!(told(&found[0]).starts_with("수식의 오류입니다: #REF!. 빈칸으로 읽었습니다"));
    }
}
