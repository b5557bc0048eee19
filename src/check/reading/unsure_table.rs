//! 성과지표 표처럼 보이지만 확실하지 않아 읽지 않은 표입니다. 어느 열을 무엇으로 보았는지 적어 둡니다.
//!
//! 예: 머리글이 "측정 항목", "기준", "비고"뿐이라 어느 열이 지표의 이름인지 머리글만으로는 알 수 없습니다.
//!
//! 고치는 법: `planbook forms 폴더 --teach`로 이 양식을 planbook.toml에 적고 열마다 무엇인지 고치십시오. 한 번 고치면 같은 머리글의
//! 표를 모두 그렇게 읽습니다. 계획표가 아니면 그 양식에 `not_a_plan = true`라고 적으십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A table looks like one of KPIs, but not surely enough to be read. The finding says what each column was taken
//! for.
//!
//! Example: the headings are "Item", "Level" and "Notes" only, which does not tell which column has the KPIs' names.
//!
//! To resolve it: write the form into planbook.toml with `planbook forms DIR --teach` and correct what each column
//! is. Corrected once, every table with these headings is read so. If it is no plan, write `not_a_plan = true`
//! there. `tolerance` and `except` are not used.

use crate::check::Report;
use crate::check::words::{HEADINGS, quoted};
use crate::consolidate::Context;
use crate::finding::{Code, Lang, Wording};
use crate::read::{FormColumn, TableForm, role_in_words};
use crate::source::{Place, escape_controls};

static UNSURE: Wording = Wording {
    ko: "시트 ‘{sheet}’의 {range}는 성과지표 표처럼 보이지만 확실하지 않아 읽지 않았습니다. 이렇게 보았습니다: {columns_ko}",
    en: "{range} of sheet ‘{sheet}’ looks like a table of KPIs, but not surely enough to be read; taken for: {columns_en}",
};
static TEACH: Wording = Wording {
    ko: "`planbook forms 폴더 --teach`로 이 양식을 planbook.toml에 적고 열마다 무엇인지 고치십시오",
    en: "write the form into planbook.toml with `planbook forms DIR --teach` and correct what each column is",
};
/// The most columns that are listed.
const MAX_COLUMNS: usize = 12;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for submission in context.city.workbooks() {
        let Ok(contents) = &submission.outcome else { continue };
        for form in contents.forms.iter().filter(|form| form.is_unsure()) {
            let columns = |lang| columns_in_words(form, lang);
            let message = UNSURE.with([
                ("sheet", escape_controls(&form.sheet)),
                ("range", form.headings.to_string()),
                ("columns_ko", columns(Lang::Ko)),
                ("columns_en", columns(Lang::En)),
            ]);
            let headings: Vec<&str> = form.columns.iter().map(|column| &*column.heading).collect();
            let at = Place::cell(&submission.file, &form.sheet, form.headings.first);
            let draft = report.file(Code::R017, message, at).hint(TEACH.with([]));
            draft.actual(headings.join(", ")).calculated_as(&HEADINGS).file();
        }
    }
}

fn columns_in_words(form: &TableForm, lang: Lang) -> String {
    let one = |column: &FormColumn| {
        format!("{} → {}", quoted(&escape_controls(&column.heading)), role_in_words(&column.role, lang))
    };
    let listed: Vec<String> = form.columns.iter().take(MAX_COLUMNS).map(one).collect();
    let more = if form.columns.len() > MAX_COLUMNS { ", …" } else { "" };
    listed.join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::TableShape;
    use crate::source::CellRef;
    use crate::testing::{at, consistent_city, findings_in, submissions};

    #[test]
    fn an_unsure_table_is_asked_about_with_its_columns() {
        let mut workbooks = submissions(consistent_city());
        let form = TableForm {
            sheet: "목록".into(),
            headings: "B3:C3".parse().unwrap(),
            shape: TableShape::List,
            columns: vec![FormColumn {
                cell: CellRef::new(2, 1),
                heading: "측정 항목".into(),
                role: "kpi".into(),
                confidence: 45,
            }],
            confidence: 40,
            taught: None,
            rows: 0,
        };
        if let Ok(contents) = &mut workbooks[0].outcome {
            contents.forms.push(form);
        }
        let city = consolidate(workbooks, &Config::default());
        let found = findings_in(Code::R017, &city, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["목록!B3"]);
        assert!(
            found[0].message.text(Lang::Ko).contains("‘측정 항목’ → "),
            "{}",
            found[0].message.text(Lang::Ko)
        );
    }
}
