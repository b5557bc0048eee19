//! The departments' answers: read from the returned workbook, shown, waived, kept in the ledger and on the board.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{code, err, out, planbook};
use calamine::{Data, Reader, Xlsx};
use planbook::files;
use planbook::finding::Severity;
use planbook::ledger::{self, ReturnedFile, ReturnedWorkbook};
use planbook::pipeline::{self, Run};
use planbook::project::Config;
use planbook::write::returned::{ColumnKind, Remarks, ReviewColumn, ReviewRow, ReviewSheet, SIGNATURE};
use rust_xlsxwriter::Workbook;
use serde_json::{Value as Json, json};

const FILE: &str = "workbooks/기획실.xlsx";

/// What stands on a row of the review sheet: id, action, remark.
type Row<'a> = (&'a str, &'a str, &'a str);

fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    dir
}

fn rows(weights: [u32; 2]) -> Vec<Vec<String>> {
    let [a, b] = weights;
    let rows = format!(
        "기획실 균형성과계획\n\
         관점,한빛시,,,기획실,,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 ({a}),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,{a},기획-1\n\
         조직 역량 ({b}),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{b},기획-2"
    );
    rows.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// A workbook with one plan of two KPIs.
fn plan(weights: [u32; 2]) -> Workbook {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("기획실").unwrap();
    for (row, cells) in (0..).zip(rows(weights)) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    book
}

/// The plan as it comes back: with a review sheet on which the department answered.
fn answered(weights: [u32; 2], answers: &[Row<'_>]) -> Vec<u8> {
    let column = |heading: &str, kind| ReviewColumn { heading: heading.to_owned(), width: 20.0, kind };
    let row = |(id, action, remark): &Row<'_>| ReviewRow {
        cells: ["비중 합계가 맞지 않습니다", action, remark].map(str::to_owned).to_vec(),
        severity: Severity::Error,
        link: None,
        id: (*id).to_owned(),
    };
    let review = ReviewSheet {
        name: "검토의견".to_owned(),
        title: "검토 의견".to_owned(),
        lead: "조치와 의견을 적어 주십시오".to_owned(),
        columns: vec![
            column("무엇이 문제인지", ColumnKind::Text),
            column("조치", ColumnKind::Action),
            column("의견", ColumnKind::Remark),
        ],
        rows: answers.iter().map(row).collect(),
        choices: ["수정함", "이견 있음", "해당 없음"].map(str::to_owned).to_vec(),
    };
    let original = plan(weights).save_to_buffer().unwrap();
    let remarks = Remarks { review: Some(review), ..Remarks::default() };
    let original = xlsx_splice::Workbook::open(&original, SIGNATURE).unwrap();
    original.annotate(&remarks.annotation()).unwrap().bytes
}

fn findings(dir: &Path) -> Vec<Json> {
    serde_json::from_str(&out(&planbook(dir, &["check", ".", "--format", "json"]))).unwrap()
}

/// The finding about the sum of the weights, if there is one.
fn weights_finding(dir: &Path) -> Option<Json> {
    findings(dir).into_iter().find(|finding| finding["rule"] == "W101")
}

/// A folder with the plan, its weights 10 too many, and the id of the finding about them.
fn with_wrong_weights() -> (tempfile::TempDir, String) {
    let dir = folder();
    plan([60, 50]).save(dir.path().join(FILE)).unwrap();
    let id = weights_finding(dir.path()).unwrap()["id"].as_str().unwrap().to_owned();
    (dir, id)
}

fn board(dir: &Path) -> Json {
    serde_json::from_str(&out(&planbook(dir, &["status", ".", "--format", "json"]))).unwrap()
}

#[test]
fn answered_as_fixed_and_still_there_is_shown_as_such_and_stays_an_error() {
    let (dir, id) = with_wrong_weights();
    let before = findings(dir.path()).len();
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "수정함", "")])).unwrap();
    assert_eq!(findings(dir.path()).len(), before, "the review sheet gives no finding of its own");
    let finding = weights_finding(dir.path()).unwrap();
    assert_eq!(finding["answer"], json!({"action": "fixed", "remark": ""}));
    assert_eq!(finding["severity"], "error");
    let check = planbook(dir.path(), &["check", "."]);
    assert_eq!(code(&check), 1);
    assert!(out(&check).contains("부서의 답: 수정했다고 답했으나 그대로입니다"), "{}", out(&check));
    assert!(out(&check).contains("통합 문서 1개, 계획 1개, 지표 2개"), "{}", out(&check));
    let line = &board(dir.path())["workbooks"][0];
    assert_eq!((&line["still_there"], &line["settled"]), (&json!(1), &json!(0)));
}

#[test]
fn answered_as_fixed_and_gone_is_settled() {
    let (dir, id) = with_wrong_weights();
    fs::write(dir.path().join(FILE), answered([60, 40], &[(&id, "수정함", "")])).unwrap();
    assert_eq!(weights_finding(dir.path()), None);
    let line = &board(dir.path())["workbooks"][0];
    assert_eq!((&line["answered"]["fixed"], &line["settled"]), (&json!(1), &json!(1)));
    assert_eq!(line["still_there"], 0);
}

#[test]
fn a_reason_for_disagreeing_is_shown_until_the_office_waives_the_finding() {
    let (dir, id) = with_wrong_weights();
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "이견 있음", "가산점 10점 포함")])).unwrap();
    let check = planbook(dir.path(), &["check", "."]);
    assert!(out(&check).contains("부서의 답: 이견 있음 (가산점 10점 포함)"), "{}", out(&check));
    let english = planbook(dir.path(), &["check", ".", "--lang", "en"]);
    assert!(out(&english).contains("the department's answer: disagree (가산점 10점 포함)"));
    let cascade = planbook(dir.path(), &["cascade", ".", "-o", "output"]);
    assert_eq!(code(&cascade), 1);
    let mut book: Xlsx<_> = calamine::open_workbook(dir.path().join("output/cascade.xlsx")).unwrap();
    let sheet = book.worksheet_range("지적사항").unwrap();
    let answers = sheet.rows().filter(|row| row.contains(&Data::String(id.clone())));
    let answers: Vec<String> = answers.map(|row| row[13].to_string()).collect();
    assert_eq!(answers, ["이견 있음 (가산점 10점 포함)"]);
    assert_eq!(code(&planbook(dir.path(), &["waive", &id, "--reason", "가산점을 인정함"])), 0);
    let waived = weights_finding(dir.path()).unwrap();
    assert_eq!(
        (&waived["waived"], &waived["answer"]["action"]),
        (&json!("가산점을 인정함"), &json!("disagree"))
    );
}

#[test]
fn words_that_are_not_on_the_list_are_shown_as_they_are() {
    let (dir, id) = with_wrong_weights();
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "협의 중", "")])).unwrap();
    assert_eq!(weights_finding(dir.path()).unwrap()["answer"], json!({"action": "협의 중", "remark": ""}));
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "", "다음 주에 고칩니다")])).unwrap();
    assert!(out(&planbook(dir.path(), &["check", "."])).contains("부서의 답: 다음 주에 고칩니다"));
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "", "")])).unwrap();
    assert_eq!(weights_finding(dir.path()).unwrap()["answer"], Json::Null);
}

#[test]
fn a_review_sheet_saved_by_another_program_with_its_columns_moved_is_still_read() {
    let (dir, id) = with_wrong_weights();
    let mut book = plan([60, 50]);
    let sheet = book.add_worksheet().set_name("Review (2)").unwrap();
    sheet.write_row(0, 0, ["Review", "", "", "", "planbook 1 {\"changes\":[]}"]).unwrap();
    sheet.write_row(3, 0, ["Remark", "What is wrong", "id", "Action"]).unwrap();
    sheet.write_row(4, 0, ["", "weights", &id, "Not applicable"]).unwrap();
    book.save(dir.path().join(FILE)).unwrap();
    assert_eq!(weights_finding(dir.path()).unwrap()["answer"]["action"], "not_applicable");
}

#[test]
fn from_a_review_workbook_beside_the_plan_only_the_answers_are_taken() {
    let dir = folder();
    let csv: Vec<String> = rows([60, 50]).into_iter().map(|cells| cells.join(",")).collect();
    fs::write(dir.path().join("workbooks/기획실.csv"), csv.join("\n")).unwrap();
    let before = findings(dir.path());
    let id = weights_finding(dir.path()).unwrap()["id"].as_str().unwrap().to_owned();
    let review = dir.path().join("workbooks/기획실_검토의견.xlsx");
    // It holds a copy of the plan, which must not count as a second one.
    fs::write(&review, answered([60, 50], &[(&id, "해당 없음", "시범 부서")])).unwrap();
    let after = findings(dir.path());
    let rules = |findings: &[Json]| findings.iter().map(|f| f["id"].clone()).collect::<Vec<_>>();
    assert_eq!(rules(&after), rules(&before));
    assert_eq!(
        weights_finding(dir.path()).unwrap()["answer"],
        json!({"action": "not_applicable", "remark": "시범 부서"})
    );
    assert!(out(&planbook(dir.path(), &["check", "."])).contains("통합 문서 1개, 계획 1개, 지표 2개"));
    let board = board(dir.path());
    assert_eq!(board["workbooks"].as_array().unwrap().len(), 1);
    assert_eq!(board["workbooks"][0]["answered"]["not_applicable"], 1);
    // Alone it is all that came in, and read as a plan.
    fs::remove_file(dir.path().join("workbooks/기획실.csv")).unwrap();
    assert!(weights_finding(dir.path()).is_some());
}

#[test]
fn waiving_keeps_the_file_and_says_what_it_did() {
    let (dir, id) = with_wrong_weights();
    let settings = "# 우리 시\r\nyear = 2026 # 올해\r\n\r\n[spellings]\r\n# 없음";
    fs::write(dir.path().join("planbook.toml"), settings).unwrap();
    let waived = planbook(dir.path(), &["waive", &id.to_lowercase(), ".", "--reason", "하반기에 다시 정함"]);
    assert_eq!(code(&waived), 0, "{}", err(&waived));
    assert!(err(&waived).contains(&format!("유예했습니다: {id} {FILE} 기획실!")), "{}", err(&waived));
    let written = fs::read_to_string(dir.path().join("planbook.toml")).unwrap();
    let added = format!("\r\n\r\n[[waive]]\r\nid = \"{id}\"\r\nreason = \"하반기에 다시 정함\"\r\n");
    assert_eq!(written.strip_prefix(settings), Some(added.as_str()));
    assert_eq!(code(&planbook(dir.path(), &["check", "."])), 0);
    let again = planbook(dir.path(), &["waive", &id, "--reason", "다른 사유"]);
    assert_eq!(code(&again), 0);
    assert!(err(&again).contains("이미 유예되어 있습니다") && err(&again).contains("하반기에 다시 정함"));
    assert_eq!(fs::read_to_string(dir.path().join("planbook.toml")).unwrap(), written);
}

#[test]
fn waiving_what_is_not_there_changes_nothing_and_names_the_near_one() {
    let (dir, id) = with_wrong_weights();
    let slip = format!("{}x", &id[..id.len() - 1]);
    let failed = planbook(dir.path(), &["waive", &format!("{id},{slip}"), "--reason", "까닭"]);
    assert_eq!(code(&failed), 2);
    assert!(err(&failed).contains(&format!("혹시 {id}입니까?")), "{}", err(&failed));
    assert!(!dir.path().join("planbook.toml").exists());
    let far = planbook(dir.path(), &["waive", "X", "--reason", "까닭", "--lang", "en"]);
    assert!(err(&far).contains("planbook check --severity info"), "{}", err(&far));
    assert_eq!(code(&planbook(dir.path(), &["waive", &id, "--reason", "  "])), 2);
    assert_eq!(code(&planbook(dir.path(), &["waive", &id, "--reason", "까닭"])), 0);
    let written = fs::read_to_string(dir.path().join("planbook.toml")).unwrap();
    assert_eq!(written, format!("[[waive]]\nid = \"{id}\"\nreason = \"까닭\"\n"));
}

fn run(dir: &Path) -> Run {
    pipeline::run(dir, &Config::load(dir).unwrap(), None, &mut |_| {}).unwrap()
}

/// Enters into the ledger that the workbook as it lies there was returned as `returned`.
fn record(dir: &Path, returned: &[u8]) {
    let received = files::sha256(&fs::read(dir.join(FILE)).unwrap());
    let returned = ReturnedFile { file: format!("returned/{FILE}"), sha256: files::sha256(returned) };
    let sent = ReturnedWorkbook { file: FILE.to_owned(), received, returned: Some(returned) };
    ledger::record(dir, &run(dir), &[sent], Some("2026-01-20")).unwrap();
}

#[test]
fn the_board_follows_a_workbook_through_its_rounds() {
    let (dir, id) = with_wrong_weights();
    fs::write(dir.path().join("planbook.toml"), "roster = [\"기획실\", \"소방본부\"]\n").unwrap();
    let standing = || {
        let line = board(dir.path())["workbooks"][0].clone();
        (line["standing"].as_str().unwrap().to_owned(), line["round"].as_u64().unwrap())
    };
    assert_eq!(standing(), ("sent".to_owned(), 1));
    let returned = answered([60, 50], &[(&id, "", "")]);
    record(dir.path(), &returned);
    assert_eq!(standing(), ("returned".to_owned(), 1));
    fs::write(dir.path().join(FILE), &returned).unwrap();
    assert_eq!(standing(), ("returned".to_owned(), 1), "the department has not touched it");
    fs::write(dir.path().join(FILE), answered([60, 40], &[(&id, "수정함", "")])).unwrap();
    assert_eq!(standing(), ("sent_again".to_owned(), 2));
    record(dir.path(), &returned);
    let ledger: Json = serde_json::from_slice(&fs::read(dir.path().join("ledger.json")).unwrap()).unwrap();
    let rounds = ledger["workbooks"][0]["rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    assert_eq!(rounds[1]["answers"], json!({id.clone(): {"action": "fixed", "remark": ""}}));
    assert!(rounds[1]["settled"].as_array().unwrap().contains(&json!(id)));
    assert_eq!(board(dir.path())["missing"], json!(["소방본부"]));
    let text = out(&planbook(dir.path(), &["status", "."]));
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("조직      제출      차수  수정함"), "{text}");
    assert!(lines[1].starts_with("기획실    돌려보냄     2"), "{text}");
    assert!(lines[2].starts_with("소방본부  미제출"), "{text}");
}

#[test]
fn a_ledger_that_is_lost_or_damaged_costs_only_history() {
    let (dir, id) = with_wrong_weights();
    fs::write(dir.path().join(FILE), answered([60, 40], &[(&id, "수정함", "")])).unwrap();
    let without = board(dir.path());
    fs::write(dir.path().join("ledger.json"), "{\"version\": 1,").unwrap();
    let damaged = planbook(dir.path(), &["status", ".", "--format", "json"]);
    assert_eq!(code(&damaged), code(&planbook(dir.path(), &["check", "."])));
    assert!(err(&damaged).contains("ledger.json 파일이 손상되어 쓸 수 없습니다"), "{}", err(&damaged));
    assert_eq!(serde_json::from_str::<Json>(&out(&damaged)).unwrap(), without);
    assert_eq!(fs::read_to_string(dir.path().join("ledger.json")).unwrap(), "{\"version\": 1,");
}

#[test]
fn before_anybody_has_sent_the_board_names_the_whole_roster() {
    let dir = folder();
    fs::write(dir.path().join("planbook.toml"), "roster = [\"기획실\", \"소방본부\"]\n").unwrap();
    let status = planbook(dir.path(), &["status", "."]);
    assert_eq!(code(&status), 2);
    assert!(out(&status).contains("기획실    미제출\n소방본부  미제출"), "{}", out(&status));
    assert!(out(&status).contains("통합 문서 0개, 미제출 조직 2곳"));
}

#[test]
fn a_workbook_that_cannot_be_read_is_on_the_board_with_its_name() {
    let (dir, _) = with_wrong_weights();
    fs::write(dir.path().join("workbooks/소방본부.xlsx"), "글").unwrap();
    let standings: BTreeMap<String, String> = board(dir.path())["workbooks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["file"].as_str().unwrap().into(), line["standing"].as_str().unwrap().into()))
        .collect();
    assert_eq!(standings["workbooks/소방본부.xlsx"], "unreadable");
    let english = out(&planbook(dir.path(), &["status", ".", "--lang", "en"]));
    assert!(english.contains("workbooks/소방본부.xlsx  not readable      1       1"), "{english}");
}

#[test]
fn what_is_fixed_in_a_corrected_copy_was_held_against_the_original() {
    let (dir, id) = with_wrong_weights();
    planbook(dir.path(), &["return", "."]);
    let copy = "workbooks/기획실(수정본).xlsx";
    fs::write(dir.path().join(copy), answered([60, 40], &[(&id, "수정함", "")])).unwrap();
    let lines = |dir: &Path| -> BTreeMap<String, Json> {
        let lines = board(dir)["workbooks"].as_array().unwrap().clone();
        lines.into_iter().map(|line| (line["file"].as_str().unwrap().to_owned(), line)).collect()
    };
    let before = lines(dir.path());
    let told = |line: &Json| (line["still_there"].clone(), line["standing"].clone(), line["round"].clone());
    assert_eq!(told(&before[FILE]), (json!(0), json!("returned"), json!(1)));
    assert_eq!(told(&before[copy]), (json!(0), json!("sent_again"), json!(2)));
    assert_eq!((&before[copy]["settled"], &before[copy]["others"]), (&json!(1), &json!([FILE])));
    let status = out(&planbook(dir.path(), &["status", "."]));
    for says in [
        "기획실 (기획실.xlsx)".to_owned(),
        "기획실 (기획실(수정본).xlsx)".to_owned(),
        format!("(R005): {copy}, {FILE}."),
    ] {
        assert!(status.contains(&says), "{says}: {status}");
    }
    planbook(dir.path(), &["return", "."]);
    let letter = fs::read_to_string(dir.path().join("output/returned/workbooks/기획실.txt")).unwrap();
    assert!(letter.contains(&format!("다른 파일에도 있습니다: {copy}")), "{letter}");
    assert!(!letter.contains("그대로인 것이"), "{letter}");
    assert_eq!(lines(dir.path())[copy]["round"], 2);
    // A copy that changes nothing settles nothing, and takes no answers from the original.
    fs::write(dir.path().join(FILE), answered([60, 50], &[(&id, "이견 있음", "맞습니다")])).unwrap();
    plan([60, 50]).save(dir.path().join(copy)).unwrap();
    let after = lines(dir.path());
    assert_eq!(after[FILE]["settled"], 0);
    let of_original =
        findings(dir.path()).into_iter().find(|f| f["rule"] == "W101" && f["at"]["file"] == FILE);
    assert_eq!(of_original.unwrap()["answer"]["action"], "disagree");
}
