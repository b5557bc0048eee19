use std::fs;
use std::sync::Arc;

use super::*;
use crate::check;
use crate::consolidate::{Context, consolidate};
use crate::finding::{Action, Answer};
use crate::project::Config;
use crate::project::files::LEDGER;
use crate::testing::{plan, submissions};

const FILE: &str = "workbooks/교통국.xlsx";

/// A run over one plan of 교통국 in `file` whose weights sum to `weight`, with `answers` on its review sheet.
fn run(file: &str, weight: u32, answers: &[(&str, Action)]) -> Run {
    let text = plan("교통국", "가나시").file(file.trim_start_matches("workbooks/")).row(&format!(
        "시민 ({weight}) | 안전 | 안전 지수 | 85점 | 안전한 도로 | 도로 정비율 | 85 | 88 | 92 | 95 | 점 | {weight} | 교통-1"
    ));
    let mut workbooks = submissions([text]);
    let answer = |action: &Action| Answer { action: action.clone(), remark: String::new() };
    workbooks[0].outcome.as_mut().unwrap().answers =
        Some(answers.iter().map(|(id, action)| ((*id).to_owned(), answer(action))).collect());
    let config = Config::default();
    let city = consolidate(workbooks, &config);
    let findings = check::run(&Context { city: &city, config: &config });
    Run { city, findings, passed_over: Vec::new() }
}

fn weights_id(run: &Run) -> String {
    run.findings.iter().find(|finding| finding.rule.as_str() == "W101").unwrap().id.clone()
}

fn sent(file: &str, received: &str, returned: &str) -> ReturnedWorkbook {
    let went = ReturnedFile { file: "returned/교통국.xlsx".to_owned(), sha256: returned.to_owned() };
    ReturnedWorkbook { file: file.to_owned(), received: received.to_owned(), returned: Some(went) }
}

fn enter(dir: &Path, run: &Run, sent: ReturnedWorkbook) -> Ledger {
    record(dir, run, &[sent], None).unwrap();
    Ledger::load(dir).unwrap()
}

#[test]
fn a_changed_workbook_begins_a_round_and_what_is_gone_is_resolved() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(FILE, 90, &[]);
    let id = weights_id(&first);
    enter(dir.path(), &first, sent(FILE, "a", "b"));
    let ledger = enter(dir.path(), &run(FILE, 100, &[(&id, Action::Fixed)]), sent(FILE, "c", "d"));
    let [history] = ledger.workbooks.as_slice() else { unreachable!() };
    assert_eq!(history.orgs, [Arc::from("교통국")]);
    let numbers: Vec<_> = history.rounds.iter().map(|round| (round.round, round.received.as_str())).collect();
    assert_eq!(numbers, [(1, "a"), (2, "c")]);
    assert!(history.rounds[0].findings.iter().any(|found| found.id == id && found.code == "W101"));
    assert!(history.rounds[1].settled.contains(&id));
    assert_eq!(history.rounds[1].answers[&id].action, Action::Fixed);
}

#[test]
fn returning_twice_or_returning_what_was_returned_is_still_the_same_round() {
    let dir = tempfile::tempdir().unwrap();
    let same = run(FILE, 90, &[]);
    record(dir.path(), &same, &[sent(FILE, "a", "b")], Some("2026-01-20")).unwrap();
    let once = fs::read(dir.path().join(LEDGER)).unwrap();
    enter(dir.path(), &same, sent(FILE, "a", "b"));
    assert_eq!(fs::read(dir.path().join(LEDGER)).unwrap(), once, "the date said once stays");
    let ledger = enter(dir.path(), &same, sent(FILE, "b", "b"));
    assert_eq!(ledger.workbooks[0].rounds.len(), 1);
    assert_eq!(ledger.workbooks[0].rounds[0].received, "a");
}

#[test]
fn answers_that_come_beside_an_unchanged_workbook_begin_a_round() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(FILE, 90, &[]);
    enter(dir.path(), &first, sent(FILE, "a", "b"));
    let answered = run(FILE, 90, &[(&weights_id(&first), Action::Disagree)]);
    assert_eq!(enter(dir.path(), &answered, sent(FILE, "a", "b")).workbooks[0].rounds.len(), 2);
    assert_eq!(enter(dir.path(), &answered, sent(FILE, "a", "b")).workbooks[0].rounds.len(), 2);
}

#[test]
fn a_workbook_is_known_under_another_name_by_its_organisation() {
    let dir = tempfile::tempdir().unwrap();
    enter(dir.path(), &run(FILE, 90, &[]), sent(FILE, "a", "b"));
    let renamed = "workbooks/교통국_최종.xlsx";
    let ledger = enter(dir.path(), &run(renamed, 100, &[]), sent(renamed, "c", "d"));
    assert_eq!(ledger.workbooks.len(), 1);
    assert_eq!(ledger.workbooks[0].file, renamed);
    assert_eq!(ledger.workbooks[0].rounds.iter().map(|r| &*r.file).collect::<Vec<_>>(), [FILE, renamed]);
}

#[test]
fn nothing_is_resolved_in_a_workbook_without_a_plan() {
    let dir = tempfile::tempdir().unwrap();
    enter(dir.path(), &run(FILE, 90, &[]), sent(FILE, "a", "b"));
    let mut unreadable = run(FILE, 90, &[]);
    unreadable.city.plans.clear();
    unreadable.findings.clear();
    let ledger = enter(dir.path(), &unreadable, sent(FILE, "c", "d"));
    assert!(ledger.workbooks[0].rounds[1].settled.is_empty());
    assert_eq!(ledger.workbooks[0].orgs, [Arc::from("교통국")]);
    let board = Board::of(&unreadable, &ledger);
    assert_eq!((board.workbooks[0].standing, board.workbooks[0].settled), (SubmissionStatus::NoPlan, 0));
}

#[test]
fn a_damaged_ledger_is_kept_beside_the_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(dir.path().join(LEDGER), text).unwrap();
    let enter = || record(dir.path(), &run(FILE, 90, &[]), &[sent(FILE, "a", "b")], None).unwrap();
    write("{\"version\": 1, \"workb");
    assert_eq!(enter().set_aside, Some(dir.path().join("ledger.json.bak")));
    write("{\"version\": 7, \"workbooks\": []}");
    assert!(matches!(Ledger::load(dir.path()), Err(LedgerError::Damaged { .. })));
    assert_eq!(enter().set_aside, Some(dir.path().join("ledger.json.bak2")));
    assert_eq!(fs::read_to_string(dir.path().join("ledger.json.bak")).unwrap(), "{\"version\": 1, \"workb");
    assert_eq!(enter().set_aside, None);
}

#[test]
fn an_objection_that_was_accepted_is_counted_in_later_rounds_too() {
    let dir = tempfile::tempdir().unwrap();
    let first = run(FILE, 90, &[]);
    let id = weights_id(&first);
    enter(dir.path(), &first, sent(FILE, "a", "b"));
    let objected = run(FILE, 90, &[(&id, Action::Disagree)]);
    enter(dir.path(), &objected, sent(FILE, "c", "d"));
    // Once waived it is on no review sheet, and comes back without an answer.
    let mut accepted = run(FILE, 90, &[]);
    let waived = |run: &mut Run| {
        let finding = run.findings.iter_mut().find(|finding| finding.id == id).unwrap();
        finding.waived = Some("맞는 말".to_owned());
    };
    let counts = |run: &Run| {
        let line = &Board::of(run, &Ledger::load(dir.path()).unwrap()).workbooks[0];
        (line.waived, line.accepted)
    };
    assert_eq!(counts(&accepted), (0, 0));
    waived(&mut accepted);
    assert_eq!(counts(&accepted), (1, 1));
    // Without an objection the office waived it on its own.
    let other = tempfile::tempdir().unwrap();
    let line = &Board::of(&accepted, &Ledger::load(other.path()).unwrap()).workbooks[0];
    assert_eq!((line.waived, line.accepted), (1, 0));
}
