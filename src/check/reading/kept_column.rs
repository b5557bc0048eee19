//! 계획표에 뜻을 알아볼 수 없는 열이 있어 적힌 그대로 두었습니다. 내용은 자료(`data/indicators.json`)와 성과표에 머리글과 함께
//! 실립니다. 같은 서식의 표가 여럿이어도 서식마다 한 번만 알립니다.
//!
//! 예: "협조부서"라는 열이 있는 서식.
//!
//! 고치는 법: 그대로 두어도 됩니다. 계획의 열이면 `planbook forms 폴더 --teach`로 서식을 planbook.toml에 적고 그 열의 뜻을
//! 고치십시오. 읽지 않을 열이면 `aside`로 적으십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A plan table has columns whose meaning is unknown; they were kept as they are. Their texts are in the data
//! (`data/indicators.json`) and on scorecards, with their headings. They are reported once for each form,
//! however many tables it has.
//!
//! Example: a form with a column "cooperating office".
//!
//! To resolve it: nothing has to be done. If it is a column of the plan, write the form into planbook.toml with
//! `planbook forms DIR --teach` and correct the role of the column; write `aside` for one that is not to be
//! read. `tolerance` and `except` are not used.

use std::sync::Arc;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::value::show_count;
use crate::project::forms::FormRole;
use crate::read::forms::{self, FormMet};
use crate::source::{CellRef, Place, escape_controls};

static KEPT: Wording = Wording {
    ko: "뜻을 알 수 없어 적힌 그대로 둔 열입니다: {columns} (같은 서식의 표 {count}개)",
    en: "columns kept as they are, their meaning being unknown: {columns} (tables of the form: {count})",
};
static TEACH: Wording = Wording {
    ko: "그대로 두어도 됩니다. 계획의 열이면 {run:forms --teach|을/를} 실행하고 planbook.toml에서 그 열의 뜻을 고치십시오",
    en: "nothing has to be done; where one is a column of the plan, run {run:forms --teach} and correct its role in planbook.toml",
};
static SAY: Wording = Wording {
    ko: "그대로 두어도 됩니다. 계획의 열이면 무엇인지 {enter:[[forms]]}",
    en: "nothing has to be done; where one is a column of the plan, {enter:[[forms]]}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for form in forms::met(&context.city.submissions, context.config) {
        let kept = form.columns.iter().filter(|column| column.role == FormRole::Extra.to_string());
        let headings: Vec<&str> = kept.map(|column| column.heading.as_str()).collect();
        let Some(at) = place(&form).filter(|_| form.is_sure && form.is_plan && !headings.is_empty()) else {
            continue;
        };
        let columns: Vec<String> = headings.iter().map(|heading| quoted(&escape_controls(heading))).collect();
        let facts = [("columns", columns.join(", ")), ("count", show_count(form.tables.len()))];
        let draft = report.file(Code::F002, KEPT.with(facts), at).identified_by(headings.join("|"));
        draft.hint(TEACH.with([]).to_department(&SAY)).file();
    }
}

/// The headings of the form's first table.
fn place(form: &FormMet) -> Option<Place> {
    let table = form.tables.first()?;
    let first: Option<CellRef> = table.range.split(':').next().and_then(|cell| cell.parse().ok());
    let (file, sheet): (&Arc<str>, &Arc<str>) = (&table.file, &table.sheet);
    Some(first.map_or_else(|| Place::sheet(file, sheet), |cell| Place::cell(file, sheet, cell)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::testing::{findings_in, form, told, workbook_of_forms};

    #[test]
    fn columns_kept_as_they_are_are_told_once_for_a_form() {
        let table = || vec![form("A3", 90, "성과지표=kpi|협조부서=extra|2026=target 2026")];
        let workbooks = vec![workbook_of_forms("1.xlsx", table()), workbook_of_forms("2.xlsx", table())];
        let found = findings_in(Code::F002, &consolidate(workbooks, &Config::default()), &Config::default());
        assert_eq!(found.len(), 1);
        let first = told(&found[0]);
        assert!(
            first.starts_with("뜻을 알 수 없어 적힌 그대로 둔 열입니다: ‘협조부서’ (같은 서식의 표 2개)\n"),
            "{first}"
        );
    }
}
