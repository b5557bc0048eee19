//! Tests the names of returned workbooks, the texts of notes, and workbooks that cannot hold remarks.

use std::collections::BTreeSet;
use std::sync::Arc;

use xlsx_splice::Error;

use super::names::names;
use super::returnable::accepted;
use super::*;
use crate::check::FindingIndex;
use crate::finding::{Action, Code, Finding, Lang, ReviewForm, Severity, Wording};
use crate::plan::{Field, PlanId};
use crate::read::{self, PlainSheet};
use crate::source::Place;
use crate::workbook::Style;

static WORDS: Wording = Wording { ko: "비중 합계가 97입니다", en: "weights sum to 97" };

fn finding(rule: Code, cell: &str) -> Finding {
    let file = Arc::from("workbooks/가.xlsx");
    Finding {
        rule,
        severity: Severity::Error,
        org: Some(Arc::from("교통국")),
        plan: Some(PlanId::at(0)),
        row: None,
        field: Field::Weight,
        message: WORDS.with([]),
        expected: Some("100".to_owned()),
        compared_with: None,
        found: Some(String::new()),
        reckoned: None,
        hint: None,
        at: Place::cell(&file, &Arc::from("계획"), cell.parse().unwrap()),
        related: Vec::new(),
        id: format!("{rule}-1"),
        waived: None,
        answer: None,
    }
}

#[test]
fn no_two_workbooks_go_to_the_same_place() {
    let files = ["a/가.xlsx", "a/가.xls", "a/가_검토의견.xlsx", "a/같은.ods", "a/같은.ods"];
    let names = names(files.into_iter(), Lang::Ko);
    let all: Vec<&str> = names.iter().flat_map(|n| [n.returned.as_str(), n.review.as_str()]).collect();
    assert_eq!(all[0], "returned/a/가.xlsx");
    assert_eq!(all[1], "returned/a/가.xlsx_검토의견.xlsx", "a workbook is called so already");
    assert_eq!(BTreeSet::from_iter(&all).len(), all.len(), "{all:?}");
}

#[test]
fn a_name_as_long_as_the_system_allows_gets_a_review_workbook_too() {
    let long = format!("{}.xls", "가".repeat(83));
    let names = names([long.as_str()].into_iter(), Lang::Ko);
    assert!(names[0].review.len() < "returned/".len() + 255, "{}", names[0].review);
}

#[test]
fn a_note_tells_every_finding_of_its_cell_with_what_stands_there_and_what_should() {
    let found = [finding(Code::W101, "L6"), finding(Code::W102, "L6")];
    let told = note::text(&found.iter().collect::<Vec<_>>(), Lang::Ko);
    let one = "오류: 비중 합계가 97입니다\n적힌 값: (비어 있음)\n있어야 할 값: 100";
    assert_eq!(told, format!("[W101] {one}\n\n[W102] {one}"));
    let many: Vec<_> = (0..11).map(|_| &found[0]).collect();
    assert!(note::text(&many, Lang::En).ends_with("3 more on the sheet “Review”."));
}

#[test]
fn one_finding_over_thousands_of_rows_leaves_a_note_that_can_be_read() {
    let mut found = finding(Code::W101, "L6");
    found.found = Some("L7, ".repeat(3_000));
    let told = note::text(&[&found], Lang::Ko);
    assert!(told.chars().count() < 1_100, "{}", told.chars().count());
    assert!(told.ends_with("… (전체는 ‘검토의견’ 시트에)"), "{told}");
}

#[test]
fn objections_that_were_accepted_are_counted_for_the_department() {
    let mut found = finding(Code::W101, "L6");
    found.answer = Some(crate::finding::Answer { action: Action::Disagree, remark: "맞습니다".into() });
    let count =
        |found: &Finding| accepted(&FindingIndex::of(std::slice::from_ref(found)), "workbooks/가.xlsx");
    assert_eq!(count(&found), 0, "not accepted yet");
    found.waived = Some("확인함".to_owned());
    assert_eq!(count(&found), 1);
    let lead = review::sheet(&[], 5, None, Lang::Ko).lead;
    assert!(lead.contains("이견을 받아들여 뺀 것이 5건 있습니다"), "{lead}");
}

#[test]
fn an_engine_that_changes_more_than_it_should_is_not_believed() {
    let sheets = [PlainSheet {
        name: Arc::from("계획"),
        hidden: false,
        cells: vec![("A1".parse().unwrap(), Arc::from("97"))],
        merges: Vec::new(),
        hidden_rows: Vec::new(),
        hidden_columns: Vec::new(),
    }];
    let plain = substitute::workbook(&sheets, Remarks::default(), &Style::default());
    let other = PlainSheet { cells: vec![("A1".parse().unwrap(), Arc::from("100"))], ..sheets[0].clone() };
    let broken = substitute::workbook(&[other], Remarks::default(), &Style::default());
    let workbook = xlsx_splice::Workbook::open(&plain.bytes, SIGNATURE).unwrap();
    assert!(matches!(original::checked(&workbook, broken), Err(Error::NotPreserved(_))));
    assert!(original::checked(&workbook, plain.clone()).is_ok());
}

#[test]
fn the_sign_of_our_review_sheet_is_the_one_it_is_written_with() {
    assert_eq!(SIGNATURE.state_prefix(), ReviewForm::SIGN);
}

#[test]
fn a_workbook_of_which_nothing_can_be_read_gets_the_review_sheet_alone() {
    let found = finding(Code::R001, "A1");
    let review = Some(review::sheet(&[&found], 0, Some("손상되었습니다"), Lang::Ko));
    let annotated = substitute::workbook(&[], Remarks { review, ..Remarks::default() }, &Style::default());
    let sheets = read::sheets_in(&annotated.bytes).unwrap();
    assert_eq!(sheets.iter().map(|sheet| &*sheet.name).collect::<Vec<_>>(), ["검토의견"]);
    assert!(sheets[0].cells.iter().any(|(_, text)| text.contains("손상되었습니다")));
}

#[test]
fn a_sum_on_an_empty_cell_was_called_what_is_written_there() {
    static SUM: Wording = Wording { ko: "비중 합계", en: "sum of the weights" };
    let found = Finding { found: Some("97".into()), reckoned: Some(&SUM), ..finding(Code::W101, "L28") };
    let note = note::text(&[&found], Lang::Ko);
    assert!(note.contains("\n비중 합계: 97\n") && !note.contains("적힌 값"), "{note}");
    let sheet = review::sheet(&[&found], 0, None, Lang::En);
    assert!(sheet.rows[0].cells.contains(&"sum of the weights: 97".to_owned()));
}
