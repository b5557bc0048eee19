//! `planbook diff`, as typed: two folders, two workbooks, and what cannot be compared.

use std::fs;

use crate::common::{code, err, out, planbook};
use calamine::{Reader, Xlsx};
use serde_json::Value as Json;

const PLAN: &str = "기획실 균형성과계획\n\
    관점,한빛시,,,기획실,,,,,,\n\
    ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
    ,,,,,,2025년,2026년,,,\n\
    시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,60,기획-1\n\
    조직 역량 (40),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,\"1,078\",80,시간,40,기획-2\n";

/// A folder with `old` and `new`, each with the workbooks given by name and text.
fn folders(old: &[(&str, &str)], new: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (side, files) in [("old", old), ("new", new)] {
        let workbooks = dir.path().join(side).join("workbooks");
        fs::create_dir_all(&workbooks).unwrap();
        for (name, text) in files {
            fs::write(workbooks.join(name), text).unwrap();
        }
    }
    dir
}

#[test]
fn a_changed_target_is_one_line_and_exit_code_0() {
    let new = PLAN.replace(",90,91,", ",90,95,");
    let dir = folders(&[("기획실.csv", PLAN)], &[("기획실.csv", &new)]);
    let output = planbook(dir.path(), &["diff", "old", "new"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(
        out(&output),
        "기획실\n  내용 바뀜  예산집행률 · 목표치 2026: 91 → 95\n\n계획 1개 가운데 1개가 바뀜: 내용 바뀜 1건\n"
    );
    let english = planbook(dir.path(), &["diff", "old", "new", "--lang", "en"]);
    assert!(out(&english).contains("changed  예산집행률 · target 2026: 91 → 95"), "{}", out(&english));
}

#[test]
fn the_same_folder_twice_has_no_changes() {
    let dir = folders(&[("기획실.csv", PLAN)], &[]);
    let output = planbook(dir.path(), &["diff", "old", "old"]);
    assert_eq!((code(&output), &*out(&output)), (0, "계획 1개 가운데 0개가 바뀜: 바뀐 것이 없습니다\n"));
}

#[test]
fn what_is_merely_written_otherwise_is_counted_and_shown_on_demand() {
    let new = PLAN
        .replace("1인당 교육시간,\"1,078\"", "1인당  교육 시간,1078")
        .replace("친절한 민원", "친절한민원");
    let dir = folders(&[("기획실.csv", PLAN)], &[("기획실.csv", &new)]);
    let output = planbook(dir.path(), &["diff", "old", "new"]);
    assert_eq!(out(&output), "계획 1개 가운데 0개가 바뀜: 바뀐 것이 없습니다 (표기만 다른 곳 3곳)\n");
    let all = out(&planbook(dir.path(), &["diff", "old", "new", "--all"]));
    assert!(all.contains("표기만 다름  1인당 교육 시간 · 실적치 2025: 1,078 → 1078"), "{all}");
}

#[test]
fn json_gives_every_change_with_its_cells() {
    let new = PLAN.replace("시민 고객 (60)", "시민 고객 (50)").replace(",%,60,", ",%,50,");
    let dir = folders(&[("기획실.csv", PLAN)], &[("기획실.csv", &new)]);
    let output = planbook(dir.path(), &["diff", "old", "new", "--format", "json", "--quiet"]);
    let json: Json = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(err(&output), "");
    assert_eq!(json["counts"]["changed"], 2);
    let weight = &json["changes"][1];
    assert_eq!((&weight["org"], &weight["item"]), (&"기획실".into(), &"weight".into()));
    assert_eq!((&weight["old"], &weight["new"]), (&"60".into(), &"50".into()));
    assert_eq!(weight["kpis"], serde_json::json!(["예산집행률"]));
    assert_eq!(weight["at"]["new"]["cell"], "J5");
    assert_eq!(weight["at"]["new"]["file"], "workbooks/기획실.csv");
}

#[test]
fn two_workbooks_are_compared_whatever_they_are_called() {
    let new = PLAN.replace("예산집행률,90,91", "예산집행률,90,92").replace("기획실", "기획조정실");
    let dir = folders(&[("a.csv", PLAN)], &[("b.csv", &new)]);
    let output = planbook(dir.path(), &["diff", "old/workbooks/a.csv", "new/workbooks/b.csv"]);
    let told = out(&output);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(told.contains("이름 바뀜  계획: 기획실 → 기획조정실"), "{told}");
    assert!(told.contains("예산집행률 · 목표치 2026: 91 → 92"), "{told}");
}

#[test]
fn settings_of_the_folder_a_workbook_lies_in_count() {
    let new = PLAN.replace("예산집행률", "예산을 쓴 비율");
    let dir = folders(&[("a.csv", PLAN)], &[("a.csv", &new)]);
    fs::write(dir.path().join("new/planbook.toml"), "[spellings]\n\"예산을 쓴 비율\" = \"예산집행률\"\n")
        .unwrap();
    let output = planbook(dir.path(), &["diff", "old/workbooks/a.csv", "new/workbooks/a.csv"]);
    assert_eq!(
        out(&output),
        "계획 1개 가운데 0개가 바뀜: 바뀐 것이 없습니다 (표기만 다른 곳 1곳)\n",
        "{}",
        err(&output)
    );
}

#[test]
fn a_broken_workbook_stops_nothing_and_is_not_told_as_removed() {
    let other = PLAN.replace("기획실", "교통국");
    let changed = other.replace(",90,91,", ",90,95,");
    let dir = folders(&[("a.csv", PLAN), ("b.csv", &other)], &[("b.csv", &changed)]);
    fs::write(dir.path().join("new/workbooks/a.csv"), "").unwrap();
    let output = planbook(dir.path(), &["diff", "old", "new"]);
    assert_eq!(code(&output), 1);
    let told = out(&output);
    assert!(told.contains("교통국\n  내용 바뀜"), "{told}");
    assert!(told.contains("기획실\n  견주지 못했습니다") && !told.contains("삭제"), "{told}");
    assert!(err(&output).contains("workbooks/a.csv"), "{}", err(&output));
}

#[test]
fn what_cannot_be_compared_is_told_plainly_with_exit_code_2() {
    let dir = folders(&[("a.csv", PLAN)], &[("a.csv", PLAN)]);
    for (args, words) in [
        (["diff", "old", "new/workbooks/a.csv"].as_slice(), "폴더와 통합 문서는 비교할 수 없습니다"),
        (&["diff", "old/workbooks/a.csv", "new"], "폴더와 통합 문서는 비교할 수 없습니다"),
        (&["diff", "old", "nowhere"], "폴더나 파일이 없습니다"),
        (&["diff", "old", "new", "-o", "changes"], "통합 문서의 이름이 아닙니다"),
    ] {
        let output = planbook(dir.path(), args);
        assert_eq!((code(&output), &*out(&output)), (2, ""), "{args:?}");
        assert!(err(&output).contains(words), "{args:?}: {}", err(&output));
    }
}

#[test]
fn the_workbook_has_old_and_new_side_by_side_and_overwrites_no_plan() {
    let new = PLAN.replace(",90,91,", ",90,95,");
    let dir = folders(&[("a.csv", PLAN)], &[("a.csv", &new)]);
    let output = planbook(dir.path(), &["diff", "old", "new", "-o", "out/신구대비.xlsx"]);
    assert_eq!((code(&output), &*out(&output)), (0, ""), "{}", err(&output));
    let path = dir.path().join("out/신구대비.xlsx");
    let first = fs::read(&path).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let table = book.worksheet_range("신구대비표").unwrap();
    let row: Vec<String> = table.rows().nth(3).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(row[..6], ["기획실", "내용 바뀜", "예산집행률", "목표치 2026", "91", "95"]);
    planbook(dir.path(), &["diff", "old", "new", "-o", "out/신구대비.xlsx"]);
    assert_eq!(fs::read(&path).unwrap(), first);

    let into = planbook(dir.path(), &["diff", "old", "new", "-o", "new/workbooks/x.xlsx"]);
    assert_eq!(code(&into), 2, "{}", err(&into));
    assert!(!dir.path().join("new/workbooks/x.xlsx").exists());
    let copies = ["a.xlsx", "b.xlsx"].map(|name| dir.path().join(name));
    for copy in &copies {
        fs::copy(&path, copy).unwrap();
    }
    for onto in ["a.xlsx", "b.xlsx"] {
        let output = planbook(dir.path(), &["diff", "a.xlsx", "b.xlsx", "-o", onto]);
        assert_eq!(code(&output), 2, "{onto}: {}", err(&output));
    }
    assert!(copies.iter().all(|copy| fs::read(copy).unwrap() == first));
}

#[test]
fn the_workbook_of_changes_may_stand_in_the_plan_year_folder_beside_workbooks() {
    let dir = tempfile::tempdir().unwrap();
    for year in ["2008", "2009"] {
        fs::create_dir_all(dir.path().join(year).join("workbooks")).unwrap();
        let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("examples/seoul-2009/workbooks/08_감사관.xlsx");
        fs::copy(example, dir.path().join(year).join("workbooks/08_감사관.xlsx")).unwrap();
    }
    let here = dir.path().join("2009");
    let output = planbook(&here, &["diff", "../2008", ".", "-o", "신구대비.xlsx"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(here.join("신구대비.xlsx").is_file());
    assert_eq!(code(&planbook(&here, &["diff", "../2008", ".", "-o", "workbooks/신구대비.xlsx"])), 2);
}
