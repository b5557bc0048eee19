//! 통합 문서는 읽었지만 계획표를 찾지 못했습니다. 계획표는 머리글의 말(관점, 전략목표, 핵심성과지표, 연도, 단위, 비중)로
//! 찾으며, 어느 칸에서 시작하든 상관없습니다.
//!
//! 예: 표지와 작성 요령만 있는 파일, 표를 그림으로 붙인 파일, 계획표가 숨겨진 시트에만 있는 파일.
//!
//! 고치는 법: 계획표가 든 파일인지 확인하십시오. 숨겨진 시트에 있다면 숨기기를 취소하십시오. 머리글에 다른 말을 쓰는
//! 양식이라면 planbook.toml의 `[labels]`에 그 말을, 또는 `[[forms]]`에 그 서식의 머리글과 뜻을 적어 주십시오. 계획인지
//! 확실하지 않은 표가 있으면 R017이 대신 알립니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The workbook was read, but no plan table was found in it. A table is recognised by its headings
//! (perspective, objective, KPI, years, unit, weight), wherever it is.
//!
//! Example: a file with a cover and instructions only, a table pasted as a picture, a plan on a hidden sheet
//! only.
//!
//! To resolve it: check whether this is the right file. Unhide the sheet if the plan is on a hidden one. If
//! the form uses other headings, enter them under `[labels]`, or the form's headings and their roles under
//! `[[forms]]`, in planbook.toml. A table that may be a plan is reported by R017 instead. `tolerance` and
//! `except` are not used.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::Report;
use crate::check::words::{HEADINGS, quoted};
use crate::consolidate::Context;
use crate::finding::{Code, Message, Wording};
use crate::read::{Contents, Remark, RemarkKind, TableForm};
use crate::source::{Place, escape_controls};

static NO_PLAN: Wording = Wording {
    ko: "통합 문서에 계획표가 없습니다",
    en: "there is no plan table in the workbook",
};
static NO_ROWS: Wording = Wording {
    ko: "계획표의 머리글은 있으나 읽을 지표 행이 없습니다: {headings}",
    en: "the headings of a plan table are there, but no row of a KPI could be read below them: {headings}",
};
static FILL_IN: Wording = Wording {
    ko: "지표마다 이름과 연도별 값, 단위나 비중을 적으십시오. 값의 머리글에는 연도가 있어야 합니다(보기: 2026년 목표). 다른 말을 쓰는 양식이면 {enter:[labels]}",
    en: "write a name and the values of the years, a unit or a weight for each KPI; headings of values name their year (such as: 2026 target); where the form has other words, {enter:[labels]}",
};
static NEAR: Wording = Wording {
    ko: "계획표에 가장 가까운 곳은 {place}입니다. 알아본 머리글: {known}. 알아보지 못한 것: {unknown}. 지표의 머리글(성과지표 등)과 연도가 있어야 합니다. 다른 말을 쓰는 양식이면 {enter:[labels]}",
    en: "the nearest thing to a plan table is {place}: headings understood {known}; not understood {unknown}; a table has a heading for its KPIs and years; where the form has other words, {enter:[labels]}",
};
static RIGHT_FILE: Wording = Wording {
    ko: "계획표가 든 파일인지 확인하십시오. 머리글에 다른 말을 쓰는 양식이면 그 머리글과 뜻을 {enter:[[forms]]}",
    en: "check whether this is the right file; where the form has other words in its headings, {enter:[[forms]]} with their roles",
};
static ROWS: Wording = Wording {
    ko: "시트마다 머리글에 가장 가까운 줄",
    en: "the row of each sheet most like headings",
};
static UNHIDE: Wording = Wording {
    ko: "숨겨진 시트({sheets})는 읽지 않았습니다. 계획표가 거기에 있으면 숨기기를 취소하고 다시 저장하십시오",
    en: "hidden sheets ({sheets}) were skipped; if the plan is there, unhide them and save again",
};

/// How many sheets are named, how many texts of each, and how many letters of a text.
const MAX_SHEETS: usize = 8;
const MAX_TEXTS: usize = 4;
const MAX_LETTERS: usize = 30;
/// How many headings make a row worth a hint.
const MIN_KNOWN: usize = 2;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let with_plan: BTreeSet<&str> = context.city.plans.iter().map(|plan| &*plan.file).collect();
    for submission in context.city.workbooks() {
        let Ok(contents) = &submission.outcome else { continue };
        // R011 reports scorecards.
        if with_plan.contains(&*submission.file) || contents.is_scorecard() {
            continue;
        }
        // R017 reports tables that may be plans; of tables that are none, the office has said so.
        let is_asked = context.config.is_on(Code::R017) && contents.forms.iter().any(TableForm::is_unsure);
        let is_none = |form: &TableForm| context.config.is_no_plan(form.taught.as_deref());
        if is_asked || contents.forms.iter().any(is_none) {
            continue;
        }
        if file_tables_without_rows(report, &submission.file, contents) {
            continue;
        }
        let file = &submission.file;
        let near = nearest(file, contents).filter(|header| header.known.len() >= MIN_KNOWN);
        let at = near.map_or_else(|| Place::file(file), |header| header.at);
        let mut draft = report.file(Code::R002, NO_PLAN.with([]), at).hint(hint(file, contents));
        if let Some(rows) = rows(file, contents) {
            draft = draft.actual(rows).calculated_as(&ROWS);
        }
        draft.file();
    }
}

/// Files a finding for each table with headings but no row; returns whether there is one.
fn file_tables_without_rows(report: &mut Report<'_>, file: &Arc<str>, contents: &Contents) -> bool {
    let mut any = false;
    for remark in &contents.remarks {
        let RemarkKind::NoRows(headings) = &remark.kind else { continue };
        any = true;
        let headings = headings.join(", ");
        let message = NO_ROWS.with([("headings", headings.clone())]);
        let draft = report.file(Code::R002, message, place(file, remark));
        draft.actual(headings).calculated_as(&HEADINGS).hint(FILL_IN.with([])).file();
    }
    any
}

fn place(file: &Arc<str>, remark: &Remark) -> Place {
    remark
        .cell
        .map_or_else(|| Place::sheet(file, &remark.sheet), |cell| Place::cell(file, &remark.sheet, cell))
}

/// A row that nearly is a header: its place and headings.
struct NearHeader<'c> {
    at: Place,
    known: &'c [String],
    unknown: &'c [String],
}

/// The row most similar to a header.
fn nearest<'c>(file: &Arc<str>, contents: &'c Contents) -> Option<NearHeader<'c>> {
    let near = contents.remarks.iter().filter_map(|remark| match &remark.kind {
        RemarkKind::NearHeader { known, unknown } => {
            Some(NearHeader { at: place(file, remark), known, unknown })
        }
        _ => None,
    });
    // The first of equals.
    near.rev().max_by_key(|header| header.known.len())
}

/// The row of each sheet that is most like a header, with its first texts; none if all sheets are empty.
fn rows(file: &Arc<str>, contents: &Contents) -> Option<String> {
    let rows: Vec<String> = contents
        .remarks
        .iter()
        .filter_map(|remark| {
            let RemarkKind::NearHeader { known, unknown } = &remark.kind else { return None };
            let texts: Vec<&String> = known.iter().chain(unknown).take(MAX_TEXTS).collect();
            Some(format!("{} {}", sheet_and_cell(&place(file, remark)), list(texts)))
        })
        .collect();
    let more = rows.len().saturating_sub(MAX_SHEETS);
    let shown = rows.iter().take(MAX_SHEETS).cloned().collect::<Vec<_>>().join(" · ");
    let shown = if more > 0 { format!("{shown} · … +{more}") } else { shown };
    (!rows.is_empty()).then_some(shown)
}

fn sheet_and_cell(at: &Place) -> String {
    let sheet = at.sheet.as_deref().map(escape_controls).unwrap_or_default();
    let cell = at.cell.map_or_else(String::new, |cell| format!("!{cell}"));
    format!("{sheet}{cell}")
}

fn list<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| quoted(&shortened(text))).collect();
    if texts.is_empty() { "-".to_owned() } else { texts.join(", ") }
}

/// A text short enough for a list of headings.
fn shortened(text: &str) -> String {
    let short: String = text.chars().take(MAX_LETTERS).collect();
    let end = if short.len() < text.len() { "…" } else { "" };
    format!("{}{end}", escape_controls(&short))
}

/// What to do about a workbook without a plan table.
fn hint(file: &Arc<str>, contents: &Contents) -> Message {
    let hidden: Vec<String> = contents
        .remarks
        .iter()
        .filter(|remark| remark.kind == RemarkKind::HiddenSheet)
        .map(|remark| escape_controls(&remark.sheet))
        .collect();
    if !hidden.is_empty() {
        return UNHIDE.with([("sheets", hidden.join(", "))]);
    }
    let near = nearest(file, contents).filter(|header| header.known.len() >= MIN_KNOWN);
    let Some(NearHeader { at, known, unknown }) = near else { return RIGHT_FILE.with([]) };
    NEAR.with([("place", sheet_and_cell(&at)), ("known", list(known)), ("unknown", list(unknown))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::consolidate;
    use crate::project::Config;
    use crate::read::Submission;
    use crate::testing::{at, consistent_city, findings_in, submissions, told};

    fn workbook(remarks: Vec<Remark>) -> Vec<Submission> {
        let mut workbooks = submissions(consistent_city());
        let contents = Contents { remarks, ..Contents::default() };
        workbooks.push(Submission::named("workbooks/99.xlsx", Ok(contents)));
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
    fn the_row_most_like_headings_is_named_for_each_sheet() {
        let near = |sheet: &str, known: &[&str], unknown: &[&str]| Remark {
            sheet: sheet.into(),
            cell: Some("A3".parse().unwrap()),
            plan: None,
            kind: RemarkKind::NearHeader {
                known: known.iter().map(|text| (*text).to_owned()).collect(),
                unknown: unknown.iter().map(|text| (*text).to_owned()).collect(),
            },
        };
        let remarks =
            vec![near("표지", &[], &["성과관리 계획", "2026"]), near("자료", &["단위"], &["품목", "단가"])];
        let city = consolidate(workbook(remarks), &Config::default());
        let found = findings_in(Code::R002, &city, &Config::default());
        assert_eq!(at(&found[0]), "workbooks/99.xlsx");
        assert_eq!(
            found[0].found(crate::finding::Lang::Ko).as_deref(),
            Some(
                "시트마다 머리글에 가장 가까운 줄: 표지!A3 ‘성과관리 계획’, ‘2026’ · 자료!A3 ‘단위’, ‘품목’, ‘단가’"
            )
        );
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
             → hidden sheets (2024판) were skipped; if the plan is there, unhide them and save again"
        );
    }
}
