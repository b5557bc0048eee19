//! 계획일지 모르지만 확실하지 않아 읽지 않은 표이거나, 지표의 열은 있는데 읽을 지표 행이 없는 표입니다. planbook은 열마다
//! 머리글의 말과 그 아래 적힌 것으로 무엇인지 헤아리고, 얼마나 확실한지도 셈합니다. 확실하지 않으면 짐작으로 읽지 않고
//! 묻습니다.
//!
//! 예: "사업명, 산출내역, 2026"이라는 머리글의 표. 사업명이 지표일 수도, 품목일 수도 있습니다.
//!
//! 고치는 법: `planbook forms 폴더 --teach`를 실행하면 그 서식을 planbook.toml의 `[[forms]]`에 적어 줍니다. 열의 뜻이 맞는지
//! 보고 고치십시오. 계획이 아니면 `not_a_plan = true`로 적으십시오. 한 번 적으면 같은 서식의 모든 통합 문서에, 다음 해에도
//! 쓰입니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A table that may be a plan but was not certain enough to be read, or a table with a column of KPIs but no
//! row of a KPI. planbook takes each column for something by the words of its heading and by what stands
//! below, and keeps account of how certain that is. Where it is not, it asks instead of guessing.
//!
//! Example: a table with the headings "project, details, 2026". The projects may be KPIs or items.
//!
//! To resolve it: `planbook forms DIR --teach` writes the form into planbook.toml as `[[forms]]`. See whether the
//! roles of the columns are right and correct them; write `not_a_plan = true` where it is no plan. Written
//! once, it holds for all workbooks of the form, next year too. `tolerance` and `except` are not used.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::Context;
use crate::finding::{Code, Lang, Message, Severity, Wording};
use crate::plan::Field;
use crate::project::forms::{FormRole, short_heading};
use crate::read::{Contents, RemarkKind, TableForm, forms};
use crate::source::{Place, escape_controls};

static UNSURE: Wording = Wording {
    ko: "계획인지 확실하지 않아 읽지 않은 표입니다: {sheet} 시트 {range}. {ko}",
    en: "a table that may be a plan was not read: sheet {sheet}, {range}; {en}",
};
static NO_ROWS: Wording = Wording {
    ko: "지표의 열은 있으나 읽을 지표 행이 없는 표입니다: {sheet} 시트 {range}. {ko}",
    en: "a table has a column of KPIs, but no row of one could be read: sheet {sheet}, {range}; {en}",
};
static TEACH: Wording = Wording {
    ko: "{run:forms --teach|을/를} 실행한 뒤 planbook.toml에 적힌 열의 뜻을 확인하십시오. 계획이 아니면 거기에 not_a_plan = true로 적으십시오. 같은 서식의 표에 모두 쓰입니다",
    en: "run {run:forms --teach} and check the roles it writes into planbook.toml; where the table is no plan, write not_a_plan = true there; it holds for all tables of the form",
};
static SAY: Wording = Wording {
    ko: "이 표가 성과계획인지, 계획이면 열마다 무엇인지 {enter:[[forms]]}",
    en: "whether this table is a plan, and what its columns are: {enter:[[forms]]}",
};
static FILL_IN: Wording = Wording {
    ko: "지표를 적을 표이면 지표마다 한 줄씩 적으십시오. 계획이 아니면 {run:forms --teach|을/를} 실행하고 planbook.toml의 그 서식에 not_a_plan = true로 적으십시오",
    en: "where the table is for KPIs, fill in a row for each; where it is no plan, run {run:forms --teach} and write not_a_plan = true for the form in planbook.toml",
};
static FILL_IN_OR_SAY: Wording = Wording {
    ko: "지표를 적을 표이면 지표마다 한 줄씩 적어 주십시오. 계획이 아니면 그렇다고 {enter:[[forms]]}",
    en: "where the table is for KPIs, fill in a row for each; where it is no plan, {enter:[[forms]]}",
};

/// How many columns are named.
const MAX_COLUMNS: usize = 12;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let with_plan: BTreeSet<&str> = context.city.plans.iter().map(|plan| &*plan.file).collect();
    for (submission, form) in forms::tables(&context.city.submissions) {
        let has_plan = with_plan.contains(&*submission.file);
        let Ok(contents) = &submission.outcome else { continue };
        let Some(wording) = question(form, contents, has_plan) else { continue };
        let first = form.columns.first().map_or(form.headings.first, |column| column.cell);
        let at = Place::cell(&submission.file, &form.sheet, first);
        let hint = if form.is_unsure() {
            TEACH.with([]).to_department(&SAY)
        } else {
            FILL_IN.with([]).to_department(&FILL_IN_OR_SAY)
        };
        // Without any plan, nothing of the workbook counts.
        let severity = if has_plan { Severity::Warning } else { Severity::Error };
        let draft = report.file(Code::R017, message(wording, form), at).identified_by(identity(form));
        draft.hint(hint).severity(severity).file();
    }
}

/// What is to be said about a table, if anything.
fn question(form: &TableForm, contents: &Contents, has_plan: bool) -> Option<&'static Wording> {
    if form.is_unsure() {
        return Some(&UNSURE);
    }
    let has_kpi =
        form.columns.iter().any(|column| FormRole::parse(&column.role) == Some(FormRole::Column(Field::Kpi)));
    // R002 reports the empty tables of a workbook without a plan.
    let is_told = !has_plan
        && contents
            .remarks
            .iter()
            .any(|remark| matches!(remark.kind, RemarkKind::NoRows(_)) && remark.sheet == form.sheet);
    (has_kpi && form.rows == 0 && !is_told).then_some(&NO_ROWS)
}

fn message(wording: &'static Wording, form: &TableForm) -> Message {
    wording.with([
        ("sheet", quoted(&escape_controls(&form.sheet))),
        ("range", form.headings.to_string()),
        ("ko", columns(form, Lang::Ko)),
        ("en", columns(form, Lang::En)),
    ])
}

/// What each column was taken for: `F ‘성과지표명’ → 핵심성과지표`.
fn columns(form: &TableForm, lang: Lang) -> String {
    let told = form.columns.iter().take(MAX_COLUMNS).map(|column| {
        let role = FormRole::parse(&column.role).map_or_else(|| column.role.clone(), |role| role.name(lang));
        let heading = quoted(&escape_controls(&short_heading(&column.heading)));
        format!("{} {heading} → {role}", forms::place_of(form, column))
    });
    let told = told.collect::<Vec<_>>().join(", ");
    match form.columns.len().saturating_sub(MAX_COLUMNS) {
        0 => told,
        more => lang.pick(format!("{told} 외 {more}열"), format!("{told} and {more} more")),
    }
}

/// The headings, which stay when the table moves.
fn identity(form: &TableForm) -> String {
    form.columns.iter().map(|column| short_heading(&column.heading)).collect::<Vec<_>>().join("|")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::finding::{Finding, Reader};
    use crate::project::Config;
    use crate::testing::{at, consistent_city, findings_in, form, submissions, told, workbook_of_forms};

    fn found(code: Code, forms: Vec<TableForm>) -> Vec<Finding> {
        let mut workbooks = submissions(consistent_city());
        workbooks.push(workbook_of_forms("99.xlsx", forms));
        findings_in(code, &consolidate(workbooks, &Config::default()), &Config::default())
    }

    #[test]
    fn a_table_that_may_be_a_plan_is_asked_about_with_its_headings_and_the_command() {
        let unsure = form("B3", 30, "사업명=kpi|산출내역=extra|2026=target 2026");
        let findings = found(Code::R017, vec![unsure.clone()]);
        assert_eq!(
            told(&findings[0]),
            "계획인지 확실하지 않아 읽지 않은 표입니다: ‘Sheet1’ 시트 B3:D3. B ‘사업명’ → 핵심성과지표, C ‘산출내역’ → 그대로 둠, D ‘2026’ → 2026년 목표\n\
             a table that may be a plan was not read: sheet ‘Sheet1’, B3:D3; B ‘사업명’ → KPI, C ‘산출내역’ → kept as it is, D ‘2026’ → target 2026\n\
             → `planbook forms 폴더 --teach`를 실행한 뒤 planbook.toml에 적힌 열의 뜻을 확인하십시오. 계획이 아니면 거기에 not_a_plan = true로 적으십시오. 같은 서식의 표에 모두 쓰입니다\n\
             → run `planbook forms DIR --teach` and check the roles it writes into planbook.toml; where the table is no plan, write not_a_plan = true there; it holds for all tables of the form"
        );
        assert_eq!((at(&findings[0]).as_str(), findings[0].severity), ("Sheet1!B3", Severity::Error));
        let hint = findings[0].hint.as_ref().unwrap().text_for(Reader::Department, Lang::Ko);
        assert!(hint.ends_with("검토의견 시트의 ‘의견’에 적어 주십시오"), "{hint}");
        assert!(found(Code::R002, vec![unsure]).is_empty(), "one finding for one table");
    }

    #[test]
    fn a_table_of_kpis_without_rows_is_told_and_one_that_is_settled_is_not() {
        let empty = TableForm { rows: 0, ..form("A1", 90, "성과지표=kpi|목표=target") };
        assert!(told(&found(Code::R017, vec![empty])[0]).contains("읽을 지표 행이 없는 표입니다"));
        let taught =
            TableForm { taught: Some("물품".into()), ..form("A1", 30, "품목=aside|단가=aside") };
        let sure = form("A1", 90, "성과지표=kpi|목표=target");
        assert!(found(Code::R017, vec![taught, sure]).is_empty());
    }
}
