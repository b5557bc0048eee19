//! `planbook return`, as a user types it: the departments' workbooks come back with remarks, and nothing else changed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::common::{err, planbook};
use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use zip::ZipArchive;

/// A copy of the example: a return writes the ledger beside the workbooks.
fn example(dir: &Path) -> PathBuf {
    let from: PathBuf = [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect();
    let to = dir.join("seoul");
    fs::create_dir_all(to.join("workbooks")).unwrap();
    fs::copy(from.join("planbook.toml"), to.join("planbook.toml")).unwrap();
    for entry in fs::read_dir(from.join("workbooks")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join("workbooks").join(path.file_name().unwrap())).unwrap();
    }
    to
}

fn json(path: &Path) -> Vec<Value> {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The compressed bytes of every part, in their order.
fn entries(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index_raw(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn part(path: &Path, name: &str) -> String {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The texts of a sheet's cells, by place.
fn cells(path: &Path, sheet: &str) -> BTreeMap<(u32, u32), String> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range(sheet).unwrap();
    let (top, left) = range.start().unwrap_or_default();
    let all = range.used_cells().map(|(row, col, value)| {
        ((top + u32::try_from(row).unwrap(), left + u32::try_from(col).unwrap()), value.to_string())
    });
    all.collect()
}

/// The plan of one office; `sum` is what its weights come to.
fn plan(org: &str, sum: u32) -> String {
    let (a, b) = (60, sum - 60);
    format!(
        "{org} 균형성과계획\n\
         관점,한빛시,,,{org},,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 ({a}),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,{a},기획-1\n\
         조직 역량 ({b}),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{b},기획-2\n"
    )
}

fn workbook(text: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("계획").unwrap();
    for (row, line) in (0..).zip(text.lines()) {
        for (col, text) in (0..).zip(line.split(',')).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// A plan-year folder with these workbooks.
fn city(workbooks: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in workbooks {
        let path = dir.path().join("workbooks").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

#[test]
fn every_workbook_of_the_example_comes_back_with_its_findings_and_nothing_else_changed() {
    let dir = tempfile::tempdir().unwrap();
    let example = example(dir.path());
    let output = planbook(dir.path(), &["return", "seoul", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1), "the plans hold errors");
    let out = dir.path().join("out");
    let receipts = json(&out.join("data/returned.json"));
    assert_eq!(receipts.len(), 42);
    let mut told = 0;
    for receipt in &receipts {
        let (sent, back) = (
            example.join(receipt["file"].as_str().unwrap()),
            out.join(receipt["returned"].as_str().unwrap()),
        );
        assert_eq!(receipt["returned"], format!("returned/{}", receipt["file"].as_str().unwrap()));
        told += usize::try_from(receipt["findings"].as_u64().unwrap()).unwrap();
        if receipt["outcome"] == "substituted" {
            assert_eq!(fs::read(&sent).unwrap(), fs::read(&back).unwrap(), "{receipt}");
            assert!(out.join(receipt["review"].as_str().unwrap()).exists());
            continue;
        }
        let may_change: Vec<&str> =
            receipt["changed"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let (before, after) = (entries(&sent), entries(&back));
        for ((name, bytes), (new_name, new_bytes)) in before.iter().zip(&after) {
            assert_eq!(name, new_name, "the order of {}", sent.display());
            assert!(
                bytes == new_bytes || may_change.contains(&name.as_str()),
                "{name} of {}",
                sent.display()
            );
        }
        let added = receipt["added"].as_array().unwrap().len();
        assert_eq!(before.len() + added, after.len());
        let sheets = calamine_sheets(&sent);
        for sheet in &sheets {
            assert_eq!(cells(&sent, sheet), cells(&back, sheet), "{} {sheet}", sent.display());
        }
        assert_eq!(calamine_sheets(&back), [sheets, vec!["검토의견".to_owned()]].concat());
    }
    assert_eq!(told, 406, "every finding that stands");
}

fn calamine_sheets(path: &Path) -> Vec<String> {
    open_workbook::<Xlsx<_>, _>(path).unwrap().sheet_names()
}

#[test]
fn a_finding_stands_in_the_note_of_its_cell_and_on_the_review_sheet() {
    let dir = tempfile::tempdir().unwrap();
    example(dir.path());
    planbook(dir.path(), &["return", "seoul", "-o", "."]);
    let back = dir.path().join("returned/workbooks/16_경쟁력강화본부.xlsx");
    let comments = part(&back, "xl/comments1.xml");
    assert!(comments.contains("ref=\"L28\""));
    assert!(comments.contains(
        "[W101] 오류: 비중 합계가 97입니다 (100이어야 합니다)\n비중 합계: 97\n있어야 할 값: 100\n할 일: 비중이 없는 행: L28."
    ));
    assert!(comments.contains("[W103] 오류: "), "both findings of the cell share its note");
    assert!(!comments.contains("planbook.toml"), "a department has no such file");
    let review = cells(&back, "검토의견");
    let row = |text: &str| review.iter().find(|(_, cell)| *cell == text).map(|((row, _), _)| *row).unwrap();
    let heads = row("심각도");
    let head = |name: &str| *review.iter().find(|((row, _), cell)| *row == heads && *cell == name).unwrap().0;
    let at = row("W101-f6559a211c");
    let cell = |name: &str| review.get(&(at, head(name).1)).map_or("", String::as_str);
    assert_eq!(
        [
            "심각도",
            "코드",
            "위치",
            "조직",
            "항목",
            "무엇이 문제인지",
            "적힌 값",
            "있어야 할 값",
            "조치",
            "의견"
        ]
        .map(cell),
        [
            "오류",
            "W101",
            "경쟁력강화본부!L28",
            "경쟁력강화본부",
            "비중",
            "비중 합계가 97입니다 (100이어야 합니다)",
            "비중 합계: 97",
            "100",
            "",
            ""
        ]
    );
    // A hidden sheet has no cell to point at.
    let hidden = cells(&dir.path().join("returned/workbooks/05_홍보기획관.xlsx"), "검토의견");
    assert!(hidden.values().any(|cell| cell == "작년(참고)"));
}

#[test]
fn a_workbook_without_findings_comes_back_byte_for_byte() {
    let clean = workbook(&plan("기획실", 100));
    let wrong = workbook(&plan("교통국", 90));
    let csv = plan("주택국", 100).replace("90,91", "80,85").into_bytes();
    let dir = city(&[("가.xlsx", &clean), ("부서/나.xlsx", &wrong), ("다.csv", &csv)]);
    fs::write(
        dir.path().join("planbook.toml"),
        "[checks]\nT403 = { off = true }\nS306 = { off = true }\nC604 = { off = true }\nC603 = { off = true }\n",
    )
    .unwrap();
    let output = planbook(dir.path(), &["return", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let returned = dir.path().join("output/returned/workbooks");
    assert_eq!(fs::read(returned.join("가.xlsx")).unwrap(), clean);
    assert_eq!(fs::read(returned.join("다.csv")).unwrap(), csv);
    assert_ne!(fs::read(returned.join("부서/나.xlsx")).unwrap(), wrong);
    assert!(
        err(&output).contains("검토 의견을 적은 것 1개, 지적이 없어 그대로인 것 2개"),
        "{}",
        err(&output)
    );
    let first = fs::read(returned.join("부서/나.xlsx")).unwrap();
    planbook(dir.path(), &["return", "."]);
    assert_eq!(fs::read(returned.join("부서/나.xlsx")).unwrap(), first, "the same input, the same bytes");
}

#[test]
fn settled_findings_leave_no_trace_and_open_ones_do_not_pile_up() {
    let wrong = workbook(&plan("교통국", 90));
    let dir = city(&[("나.xlsx", &wrong)]);
    planbook(dir.path(), &["return", ".", "-o", "one"]);
    let annotated = fs::read(dir.path().join("one/returned/workbooks/나.xlsx")).unwrap();
    fs::write(dir.path().join("workbooks/나.xlsx"), &annotated).unwrap();
    planbook(dir.path(), &["return", ".", "-o", "two"]);
    let again = fs::read(dir.path().join("two/returned/workbooks/나.xlsx")).unwrap();
    assert!(again == annotated, "remarks upon remarks");
    let ids: Vec<String> = json(&dir.path().join("two/data/returned.json"))[0]["notes"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|note| note["ids"].as_array().unwrap())
        .map(|id| format!("[[waive]]\nid = {id}\nreason = \"협의함\"\n"))
        .collect();
    fs::write(dir.path().join("planbook.toml"), ids.concat()).unwrap();
    planbook(dir.path(), &["return", ".", "-o", "three"]);
    let clean = dir.path().join("three/returned/workbooks/나.xlsx");
    let sent = dir.path().join("sent.xlsx");
    fs::write(&sent, &wrong).unwrap();
    let names = |path: &Path| entries(path).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&clean), names(&sent));
    for name in names(&sent) {
        assert_eq!(part(&clean, &name), part(&sent, &name), "all is waived, and something of ours is left");
    }
}

#[test]
fn a_workbook_without_a_plan_is_told_so_where_it_opens() {
    let other = workbook("회의 자료\n이름,전화\n");
    let dir = city(&[("가.xlsx", &workbook(&plan("기획실", 100))), ("회의.xlsx", &other)]);
    planbook(dir.path(), &["return", ".", "--lang", "en"]);
    let back = dir.path().join("output/returned/workbooks/회의.xlsx");
    let comments = part(&back, "xl/comments1.xml");
    assert!(comments.contains("ref=\"A1\"") && comments.contains("there is no plan table in the workbook"));
    assert!(cells(&back, "Review").values().any(|cell| cell == "the whole file"));
}

#[test]
fn what_takes_no_remarks_goes_back_with_a_review_workbook_beside_it() {
    let csv = plan("교통국", 90);
    let mut cut_short = workbook(&plan("주택국", 100));
    cut_short.truncate(cut_short.len() / 2);
    let dir = city(&[("교통국[1차].csv", csv.as_bytes()), ("깨짐.xlsx", &cut_short)]);
    let output = planbook(dir.path(), &["return", "."]);
    let out = dir.path().join("output");
    let returned = out.join("returned/workbooks");
    assert_eq!(fs::read(returned.join("교통국[1차].csv")).unwrap(), csv.as_bytes());
    assert_eq!(fs::read(returned.join("깨짐.xlsx")).unwrap(), cut_short);
    let review = returned.join("교통국[1차]_검토의견.xlsx");
    assert_eq!(calamine_sheets(&review), ["교통국_1차_", "검토의견"]);
    let copied = cells(&review, "교통국_1차_");
    assert_eq!(copied.get(&(4, 5)).unwrap(), "예산집행률");
    assert_eq!(copied.get(&(4, 9)).unwrap(), "60", "a number is a number");
    assert!(part(&review, "xl/comments1.xml").contains("[W101]"));
    assert_eq!(calamine_sheets(&returned.join("깨짐_검토의견.xlsx")), ["검토의견"]);
    let receipts = json(&out.join("data/returned.json"));
    for receipt in &receipts {
        assert_eq!(receipt["outcome"], "substituted");
        let reason = receipt["reason"].as_str().unwrap();
        assert!(err(&output).contains(reason), "{reason}");
        let sheet = cells(&out.join(receipt["review"].as_str().unwrap()), "검토의견");
        assert!(sheet.values().any(|cell| cell.contains(reason)), "{reason}");
    }
    let note = &receipts[0]["notes"][0];
    assert_eq!(note["sheet"], "교통국[1차]", "the name that the department knows");
    assert!(!note["ids"].as_array().unwrap().is_empty());
}

#[test]
fn the_office_chooses_what_is_marked_and_the_review_sheet_names_all() {
    let dir = city(&[("나.xlsx", &workbook(&plan("교통국", 90).replace("90,91", "90,85")))]);
    let notes = |out: &str| {
        planbook(dir.path(), &["return", ".", "-o", out]);
        let receipt = json(&dir.path().join(out).join("data/returned.json"))[0].clone();
        let rows = cells(&dir.path().join(out).join("returned/workbooks/나.xlsx"), "검토의견");
        let infos = rows.values().filter(|cell| *cell == "참고").count();
        (receipt["notes"].to_string().contains("T406"), infos)
    };
    let (marked, rows) = notes("few");
    assert!(!marked && rows > 0, "infos are not marked unless asked for");
    fs::write(dir.path().join("planbook.toml"), "[return]\nseverity = \"info\"\n").unwrap();
    assert_eq!(notes("all"), (true, rows));
    fs::write(dir.path().join("planbook.toml"), "[return]\nseverity = \"loud\"\n").unwrap();
    assert_eq!(planbook(dir.path(), &["return", "."]).status.code(), Some(2));
}

#[test]
fn a_sheet_that_the_department_calls_review_stays() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("검토의견").unwrap();
    for (row, line) in (0..).zip(plan("교통국", 90).lines()) {
        for (col, text) in (0..).zip(line.split(',')).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).unwrap();
        }
    }
    let dir = city(&[("나.xlsx", &book.save_to_buffer().unwrap())]);
    planbook(dir.path(), &["return", "."]);
    let back = dir.path().join("output/returned/workbooks/나.xlsx");
    assert_eq!(calamine_sheets(&back), ["검토의견", "검토의견 (planbook)"]);
}

#[test]
fn a_review_workbook_of_an_earlier_run_does_not_stay_beside_the_annotated_one() {
    let dir = city(&[("나.csv", plan("교통국", 90).as_bytes())]);
    planbook(dir.path(), &["return", "."]);
    let review = dir.path().join("output/returned/workbooks/나_검토의견.xlsx");
    assert!(review.exists());
    fs::remove_file(dir.path().join("workbooks/나.csv")).unwrap();
    fs::write(dir.path().join("workbooks/나.xlsx"), workbook(&plan("교통국", 90))).unwrap();
    let output = planbook(dir.path(), &["return", "."]);
    assert!(!review.exists());
    assert!(err(&output).contains("나_검토의견.xlsx는 이제 맞지 않아 지웠습니다"), "{}", err(&output));
    // One that planbook did not make is the office's own.
    fs::write(&review, workbook("회의 자료\n")).unwrap();
    let output = planbook(dir.path(), &["return", "."]);
    assert!(review.exists());
    assert!(err(&output).contains("나_검토의견.xlsx는 planbook이 만든 것이 아니어서"), "{}", err(&output));
    let receipt = json(&dir.path().join("output/data/returned.json"))[0].clone();
    assert_eq!(receipt["outdated"]["removed"], false);
}

#[test]
fn answers_typed_into_the_output_folder_are_kept_when_workbooks_are_returned_again() {
    let dir = city(&[("나.xlsx", &workbook(&plan("교통국", 90)))]);
    planbook(dir.path(), &["return", "."]);
    let back = dir.path().join("output/returned/workbooks/나.xlsx");
    let made = fs::read(&back).unwrap();
    assert!(!err(&planbook(dir.path(), &["return", "."])).contains(".bak"));
    fs::write(&back, workbook("답을 적은 통합 문서\n")).unwrap();
    let typed = fs::read(&back).unwrap();
    let output = planbook(dir.path(), &["return", "."]);
    assert!(err(&output).contains("나.xlsx.bak으로 남겨 두었습니다"), "{}", err(&output));
    assert_eq!(fs::read(&back).unwrap(), made);
    assert_eq!(fs::read(dir.path().join("output/returned/workbooks/나.xlsx.bak")).unwrap(), typed);
    let receipt = json(&dir.path().join("output/data/returned.json"))[0].clone();
    assert_eq!(receipt["aside"], serde_json::json!(["returned/workbooks/나.xlsx.bak"]));
}
