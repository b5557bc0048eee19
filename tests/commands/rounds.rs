//! The whole way of a workbook: returned, answered, sent again, until there is nothing more to say.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use crate::common::{err, out, planbook};
use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::{Value as Json, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Checks that ask for more than the one small plan of these tests.
const SETTINGS: &str =
    "[checks]\nT403 = { off = true }\nS306 = { off = true }\nC604 = { off = true }\nC603 = { off = true }\n";

/// Weights that come to 90 (W101 in J5), a year without its target (T405 in H6), a target below the year before (T406 in
/// H5).
const PLAN: &str = "교통국 균형성과계획\n\
    관점,한빛시,,,교통국,,,,,,\n\
    ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
    ,,,,,,2025년,2026년,,,\n\
    시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,85,%,60,기획-1\n\
    조직 역량 (30),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,,시간,30,기획-2\n";

/// The sheets of the workbook that the plan stands in.
const OWN: &str = "xl/worksheets/sheet1.xml";
const REVIEW: &str = "xl/worksheets/sheet2.xml";

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("계획").unwrap();
    for (row, line) in (0..).zip(PLAN.lines()) {
        for (col, text) in (0..).zip(line.split(',')).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A plan-year folder with this one workbook.
fn city(name: &str, content: &[u8]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    fs::write(dir.path().join("workbooks").join(name), content).unwrap();
    fs::write(dir.path().join("planbook.toml"), SETTINGS).unwrap();
    dir
}

fn parts(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// Writes these texts into cells of the workbook, part by part, as a department does.
fn fill_in(path: &Path, cells: &[(&str, &str, &str)]) {
    let mut parts = parts(path);
    for (part, cell, text) in cells {
        let xml = String::from_utf8(parts[*part].clone()).unwrap();
        let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap();
        let tag = start + xml[start..].find('>').unwrap();
        let end =
            if xml[..tag].ends_with('/') { tag + 1 } else { tag + xml[tag..].find("</c>").unwrap() + 4 };
        let style =
            xml[start..tag].split_once(" s=\"").map_or("0", |(_, rest)| rest.split('"').next().unwrap());
        let new = format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        parts.insert((*part).to_owned(), [&xml[..start], &new, &xml[end..]].concat().into_bytes());
    }
    let mut archive = ZipWriter::new(File::create(path).unwrap());
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap();
}

/// The texts of a sheet, row by row.
fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// What the review sheet has on a code: its row as Excel counts, 할 일, 조치 and 의견.
fn answer(path: &Path, code: &str) -> (usize, [String; 3]) {
    let rows = rows(path, "검토의견");
    let row = rows.iter().position(|row| row[1] == code).unwrap();
    (row + 1, [8, 9, 10].map(|column| rows[row][column].clone()))
}

fn board(dir: &Path) -> Json {
    let board: Json =
        serde_json::from_str(&out(&planbook(dir, &["status", ".", "--format", "json"]))).unwrap();
    board["workbooks"][0].clone()
}

fn ledger(dir: &Path) -> Json {
    serde_json::from_slice(&fs::read(dir.join("ledger.json")).unwrap()).unwrap()
}

/// Returns the workbooks and puts the file `name` that came of it where the departments' are.
fn back(dir: &Path, out: &str, name: &str) -> PathBuf {
    planbook(dir, &["return", ".", "-o", out]);
    let sent_again = dir.join("workbooks").join(name);
    fs::copy(dir.join(out).join("returned/workbooks").join(name), &sent_again).unwrap();
    sent_again
}

#[test]
fn a_workbook_goes_to_and_fro_until_nothing_is_left_to_say() {
    let dir = city("교통국.xlsx", &workbook());
    let dir = dir.path();
    let original = dir.join("original.xlsx");
    fs::copy(dir.join("workbooks/교통국.xlsx"), &original).unwrap();
    let first = planbook(dir, &["return", ".", "--date", "2026-01-20"]);
    assert!(err(&first).contains("차수를 기록했습니다: ./ledger.json"), "{}", err(&first));
    assert_eq!(ledger(dir)["workbooks"][0]["rounds"][0]["date"], "2026-01-20");
    let sent = back(dir, "output", "교통국.xlsx");
    assert_eq!((&board(dir)["standing"], &board(dir)["round"]), (&json!("returned"), &json!(1)));

    // The department fills in a target, forgets the weights, and explains the rest.
    let [weights, year, below] = ["W101", "T405", "T406"].map(|code| answer(&sent, code).0);
    let cells = [
        (OWN, "H6".to_owned(), "80"),
        (REVIEW, format!("J{weights}"), "수정함"),
        (REVIEW, format!("J{year}"), "수정함"),
        (REVIEW, format!("J{below}"), "이견 있음"),
        (REVIEW, format!("K{below}"), "예산이 줄었습니다"),
    ];
    fill_in(&sent, &cells.each_ref().map(|(part, cell, text)| (*part, cell.as_str(), *text)));
    let line = board(dir);
    assert_eq!((&line["standing"], &line["round"]), (&json!("sent_again"), &json!(2)));
    assert_eq!((&line["settled"], &line["still_there"]), (&json!(1), &json!(1)), "{line}");
    assert_eq!(line["answered"], json!({"fixed": 2, "disagree": 1, "not_applicable": 0, "other": 0}));
    let check = out(&planbook(dir, &["check", ".", "--severity", "info"]));
    assert!(check.contains("부서의 답: 수정했다고 답했으나 그대로입니다"), "{check}");
    assert!(check.contains("부서의 답: 이견 있음 (예산이 줄었습니다)"), "{check}");
    assert!(!check.contains("T405"), "{check}");

    // What it answered stands there again.
    let sent = back(dir, "second", "교통국.xlsx");
    let (_, [to_do, action, remark]) = answer(&sent, "W101");
    assert!(to_do.starts_with("수정했다고 답했으나 그대로입니다\n"), "{to_do}");
    assert_eq!([action, remark], ["수정함", ""]);
    assert_eq!(answer(&sent, "T406").1[1..], ["이견 있음", "예산이 줄었습니다"]);
    assert!(rows(&sent, "검토의견").iter().all(|row| row[1] != "T405"));
    let rounds = &ledger(dir)["workbooks"][0]["rounds"];
    assert_eq!(rounds.as_array().unwrap().len(), 2);
    assert_eq!(rounds[1]["settled"].as_array().unwrap().len(), 1);
    let returned = fs::read(&sent).unwrap();
    back(dir, "third", "교통국.xlsx");
    assert!(fs::read(&sent).unwrap() == returned, "returned once more, it is the same");
    assert_eq!(ledger(dir)["workbooks"][0]["rounds"].as_array().unwrap().len(), 2);

    // The weights are put right, and the office accepts the rest.
    fill_in(&sent, &[(OWN, "J6", "40"), (OWN, "A6", "조직 역량 (40)")]);
    let left: Vec<Json> =
        serde_json::from_str(&out(&planbook(dir, &["check", ".", "--format", "json"]))).unwrap();
    let [left] = left.as_slice() else { unreachable!("{left:?}") };
    planbook(dir, &["waive", left["id"].as_str().unwrap(), "--reason", "예산에 맞춤"]);
    let clean = back(dir, "fourth", "교통국.xlsx");
    let names = |path: &Path| parts(path).into_keys().collect::<Vec<_>>();
    assert_eq!(names(&clean), names(&original));
    for (name, content) in parts(&clean) {
        assert!(!String::from_utf8_lossy(&content).contains("planbook"), "{name}");
    }
    let mut mended = rows(&original, "계획");
    (mended[5][0], mended[5][7], mended[5][9]) =
        ("조직 역량 (40)".to_owned(), "80".to_owned(), "40".to_owned());
    assert_eq!(rows(&clean, "계획"), mended);
    assert_eq!((&board(dir)["standing"], &board(dir)["settled"]), (&json!("returned"), &json!(2)));
}

#[test]
fn a_review_workbook_that_comes_in_is_answered_by_the_next_and_is_itself_not_returned() {
    let dir = city("교통국.csv", PLAN.as_bytes());
    let dir = dir.path();
    let sent = back(dir, "output", "교통국_검토의견.xlsx");
    let row = answer(&sent, "T406").0;
    fill_in(&sent, &[(REVIEW, &format!("J{row}"), "해당 없음")]);
    assert_eq!((&board(dir)["standing"], &board(dir)["round"]), (&json!("sent_again"), &json!(2)));
    let output = planbook(dir, &["return", ".", "-o", "second"]);
    assert!(err(&output).contains("돌려줄 통합 문서 1개"), "{}", err(&output));
    let returned = dir.join("second/returned/workbooks");
    let mut names: Vec<_> =
        fs::read_dir(&returned).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["교통국.csv", "교통국.txt", "교통국_검토의견.xlsx"]);
    assert_eq!(answer(&returned.join("교통국_검토의견.xlsx"), "T406").1[1], "해당 없음");
    assert_eq!(ledger(dir)["workbooks"].as_array().unwrap().len(), 1);
    assert_eq!(board(dir)["standing"], "returned");
}

#[test]
fn an_answered_workbook_saved_in_another_format_is_copied_without_its_old_review_sheet() {
    let dir = city("교통국.xlsx", &workbook());
    let dir = dir.path();
    let sent = back(dir, "output", "교통국.xlsx");
    let sheet = |name: &str| -> String {
        let cell = |text: &String| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let row = |row: &Vec<String>| {
            format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
        };
        let rows: String = rows(&sent, name).iter().map(row).collect();
        format!("<table:table table:name=\"{name}\">{rows}</table:table>")
    };
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:spreadsheet>{}{}</office:spreadsheet>\
         </office:body></office:document-content>",
        sheet("계획"),
        sheet("검토의견")
    );
    let mut ods = ZipWriter::new(File::create(dir.join("workbooks/교통국.ods")).unwrap());
    let parts = [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)];
    for (name, content) in parts {
        ods.start_file(name, SimpleFileOptions::default()).unwrap();
        ods.write_all(content.as_bytes()).unwrap();
    }
    ods.finish().unwrap();
    fs::remove_file(&sent).unwrap();
    planbook(dir, &["return", ".", "-o", "second"]);
    let review = dir.join("second/returned/workbooks/교통국_검토의견.xlsx");
    let sheets = open_workbook::<Xlsx<_>, _>(&review).unwrap().sheet_names();
    assert_eq!(sheets, ["계획", "검토의견"]);
}

#[test]
fn only_a_return_enters_a_round_and_what_hinders_it_is_told() {
    let dir = city("교통국.xlsx", &workbook());
    let dir = dir.path();
    planbook(dir, &["build", "."]);
    assert!(!dir.join("ledger.json").exists(), "nothing was sent yet");
    for slip in ["2026-02-30", "20260120", "내일"] {
        let output = planbook(dir, &["return", ".", "--date", slip]);
        assert_eq!(output.status.code(), Some(2), "{slip}");
    }
    fs::write(dir.join("ledger.json"), "{").unwrap();
    let output = planbook(dir, &["return", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        err(&output).contains("./ledger.json 파일이 손상되어 ./ledger.json.bak에 남겨 두고"),
        "{}",
        err(&output)
    );
    assert_eq!(fs::read_to_string(dir.join("ledger.json.bak")).unwrap(), "{");
    fs::remove_file(dir.join("ledger.json")).unwrap();
    fs::create_dir(dir.join("ledger.json")).unwrap();
    let output = planbook(dir, &["return", ".", "-o", "second"]);
    assert_eq!(output.status.code(), Some(1), "the workbooks are there all the same");
    assert!(err(&output).contains("ledger.json"), "{}", err(&output));
    assert!(dir.join("second/returned/workbooks/교통국.xlsx").exists());
}
