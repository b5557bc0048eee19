//! Whole commands as an officer of the planning office types them: in the folder, in whatever order, on a narrow terminal.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::common::{code, command, err, out, planbook};

fn example() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect()
}

/// A sheet of `org` whose KPIs weigh `weights`.
fn sheet(org: &str, weights: [u32; 2]) -> String {
    let [a, b] = weights;
    format!(
        "{org} 균형성과계획\n\
         관점,한빛시,,,{org},,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 ({a}),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,{a},{org}-1\n\
         조직 역량 ({b}),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{b},{org}-2\n"
    )
}

/// A plan year `2026` with two plans: the weights of 기획실 are right, those of 교통국 add up to 120.
fn city() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let workbooks = dir.path().join("2026/workbooks");
    fs::create_dir_all(&workbooks).unwrap();
    fs::write(workbooks.join("01_기획실.csv"), sheet("기획실", [60, 40])).unwrap();
    fs::write(workbooks.join("02_교통국.csv"), sheet("교통국", [60, 60])).unwrap();
    fs::write(dir.path().join("2026/planbook.toml"), "roster = [\"교통국\", \"기획실\"]\n").unwrap();
    dir
}

fn findings(output: &Output) -> Vec<serde_json::Value> {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The id of the finding that the weights of 교통국 are wrong.
fn id(dir: &Path) -> String {
    let all = findings(&planbook(dir, &["check", "2026", "--format", "json"]));
    all.iter().find(|finding| finding["rule"] == "W101").unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_command_takes_the_current_folder() {
    let dir = city();
    let year = dir.path().join("2026");
    for args in [
        &["check"][..],
        &["status"],
        &["export"],
        &["cascade"],
        &["report"],
        &["return"],
        &["scorecards"],
        &["score"],
        &["form"],
        &["build"],
    ] {
        let output = planbook(&year, args);
        assert_eq!(code(&output), 1, "{args:?}: {}", err(&output));
    }
    let diff = planbook(&year, &["diff", "../2026"]);
    assert_eq!(code(&diff), 0, "{}", err(&diff));
    assert_eq!(code(&planbook(&year, &["diff"])), 2, "the older side is no matter of course");
    let new = tempfile::tempdir().unwrap();
    let init = planbook(new.path(), &["init"]);
    assert!(
        new.path().join("workbooks").is_dir() && err(&init).contains("`planbook check`"),
        "{}",
        err(&init)
    );
}

#[test]
fn waive_takes_folder_and_id_in_either_order() {
    for turned in [false, true] {
        let dir = city();
        let id = id(dir.path());
        let (first, second) = if turned { ("2026", &*id) } else { (&*id, "2026") };
        let output = planbook(dir.path(), &["waive", first, second, "--reason", "하반기에 고침"]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(fs::read_to_string(dir.path().join("2026/planbook.toml")).unwrap().contains(&id));
    }
    let dir = city();
    let without = planbook(dir.path(), &["waive", "2026", "--reason", "하반기에 고침"]);
    assert_eq!(code(&without), 2);
    assert!(err(&without).contains("식별번호가 없습니다"), "{}", err(&without));
}

#[test]
fn check_and_explain_take_their_words_in_any_order() {
    let dir = city();
    for args in [["check", "2026", "w101"], ["check", "W101", "2026"]] {
        let output = planbook(dir.path(), &[&args[..], &["--format", "json"]].concat());
        assert!(findings(&output).iter().all(|finding| finding["rule"] == "W101"));
        assert_eq!((code(&output), findings(&output).len()), (1, 1));
    }
    let several = planbook(dir.path(), &["explain", "T406", "2026", "W101-0123456789"]);
    assert!(out(&several).starts_with("T406") && out(&several).contains("\nW101 오류"), "{}", out(&several));
    let two = planbook(dir.path(), &["check", "2026", "."]);
    assert_eq!(code(&two), 2);
    assert!(err(&two).contains("폴더는 하나만"), "{}", err(&two));
}

#[test]
fn help_lists_arguments_in_the_order_of_use_and_in_one_language() {
    let dir = tempfile::tempdir().unwrap();
    for (name, usage, first, second) in [
        (
            "waive",
            "planbook waive [폴더] <식별번호> --reason <사유> [선택 사항]",
            "  [폴더] ",
            "  <식별번호> ",
        ),
        ("diff", "planbook diff <이전> [이후] [선택 사항]", "  <이전> ", "  [이후] "),
    ] {
        let help = out(&planbook(dir.path(), &[name, "--help"]));
        assert!(help.contains(&format!("사용법: {usage}\n")), "{help}");
        assert!(help.find(first).unwrap() < help.find(second).unwrap(), "{help}");
        assert_eq!(out(&planbook(dir.path(), &["help", name])), help);
    }
    let all = "build check diff book cascade export form forms report return scorecards score explain init status waive";
    for name in all.split(' ').chain(["help"]) {
        let help = out(&planbook(dir.path(), &[name, "--help"]));
        assert!(!help.contains("OPTIONS") && !help.contains("COMMAND"), "{help}");
    }
    assert!(out(&planbook(dir.path(), &["--help"])).contains("사용법: planbook <명령> [폴더] [선택 사항]\n"));
}

#[test]
fn a_folder_alone_is_built_into_itself() {
    let dir = city();
    let output = planbook(dir.path(), &["2026"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(err(&output).starts_with("2026 폴더의 모든 결과를 그 안의 output 폴더에"), "{}", err(&output));
    assert!(dir.path().join("2026/output/cascade.xlsx").is_file() && !dir.path().join("output").exists());
    let elsewhere = planbook(dir.path(), &["-q", "2026", "-o", "결과"]);
    assert_eq!((code(&elsewhere), err(&elsewhere)), (1, String::new()));
    assert!(dir.path().join("결과/cascade.xlsx").is_file());
}

#[test]
fn the_folder_of_the_workbooks_alone_means_its_plan_year() {
    for (from, path) in [("", "2026/workbooks"), ("2026", "workbooks/"), ("2026/workbooks", ".")] {
        let dir = city();
        fs::remove_file(dir.path().join("2026/planbook.toml")).unwrap();
        let output = planbook(&dir.path().join(from), &[path]);
        assert_eq!(code(&output), 1, "{}", err(&output));
        assert!(dir.path().join("2026/output/cascade.xlsx").is_file(), "{path}: {}", err(&output));
        let workbooks = fs::read_dir(dir.path().join("2026/workbooks")).unwrap().count();
        assert_eq!(workbooks, 2, "{path}");
    }
}

#[test]
fn a_workbook_alone_is_checked_as_one_of_its_plan_year() {
    let dir = city();
    let file = "2026/workbooks/02_교통국.csv";
    for args in
        [&[file][..], &["check", file], &["check", "2026", "--file", "02_교통국"], &["check", "--file", file]]
    {
        let output = planbook(dir.path(), args);
        assert_eq!(code(&output), 1, "{args:?}: {}", err(&output));
        assert!(out(&output).contains("오류 W101  workbooks/02_교통국.csv"), "{args:?}: {}", out(&output));
        assert!(!out(&output).contains("기획실"), "{args:?}: {}", out(&output));
    }
    let other = planbook(dir.path(), &["2026/workbooks/01_기획실.csv"]);
    assert_eq!(code(&other), 0, "{}", out(&other));
    // One that lies in no plan year is checked by itself.
    fs::write(dir.path().join("교통국.csv"), sheet("교통국", [60, 60])).unwrap();
    let alone = planbook(dir.path(), &["교통국.csv"]);
    assert_eq!(code(&alone), 1);
    assert!(err(&alone).contains("이 통합 문서만 점검합니다"), "{}", err(&alone));
}

#[test]
fn filters_hold_for_every_form_and_for_the_exit_code() {
    let dir = city();
    let check = |args: &[&str]| planbook(dir.path(), &[&["check", "2026"], args].concat());
    assert_eq!(code(&check(&["--org", "교통국"])), 1);
    assert_eq!(code(&check(&["--org", "기획실"])), 0);
    assert_eq!(code(&check(&["--code", "W101,W102"])), 1);
    assert_eq!(code(&check(&["--code", "T406"])), 0);
    assert_eq!(code(&check(&["--file", "02_교통국.csv"])), 1);
    assert_eq!(code(&check(&["--file", "01_기획실.csv", "--file", "workbooks/02_교통국.csv"])), 1);
    let json = check(&["--org", "교통국", "--code", "W101", "--format", "json"]);
    assert_eq!((code(&json), findings(&json).len()), (1, 1));
    let none = check(&["--org", "기획실", "--code", "W101", "--format", "json"]);
    assert_eq!((code(&none), findings(&none).len()), (0, 0));
    let sarif = check(&["--code", "W101", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_asked_for_and_not_there_is_told_with_what_is_near() {
    let dir = city();
    for (args, trouble, near) in [
        (["check", "2026", "--org", "교통과"], "그런 조직의 계획이 없습니다: 교통과", "혹시 교통국입니까?"),
        (["check", "2026", "--code", "W109"], "없는 점검 코드입니다: `W109`", "혹시 W10"),
        (["check", "2026", "--file", "교통국.xlsx"], "그런 통합 문서가 없습니다", "workbooks/02_교통국.csv"),
        (["score", "2026", "--org", "교통"], "그런 조직의 계획이 없습니다: 교통", "혹시 교통국입니까?"),
    ] {
        let output = planbook(dir.path(), &args);
        assert_eq!((code(&output), out(&output)), (2, String::new()), "{args:?}");
        assert!(err(&output).contains(trouble) && err(&output).contains(near), "{args:?}: {}", err(&output));
    }
    let misspelt = planbook(dir.path(), &["chek", "2026"]);
    assert_eq!(code(&misspelt), 2);
    assert!(err(&misspelt).contains("없는 명령입니다: `chek`") && err(&misspelt).contains("`check`"));
}

#[test]
fn an_organisation_whose_file_gave_no_plan_was_not_found_by_its_name() {
    let dir = city();
    let year = dir.path().join("2026");
    fs::write(year.join("planbook.toml"), "roster = [\"교통국\", \"재무국\", \"소방국\", \"환경국\"]\n")
        .unwrap();
    fs::write(year.join("workbooks/03_재무국.hwp"), "계획").unwrap();
    fs::write(year.join("workbooks/04_소방국.csv"), "안내\n").unwrap();
    for (org, rule) in [("재무국", "R001"), ("소방국", "R002"), ("환경국", "R009")] {
        let found = findings(&planbook(dir.path(), &["check", "2026", "--org", org, "--format", "json"]));
        assert_eq!(found.len(), 1, "{org}: {found:?}");
        assert_eq!((&found[0]["rule"], &found[0]["org"]), (&rule.into(), &org.into()));
    }
    let unknown = err(&planbook(dir.path(), &["check", "2026", "--org", "없는곳"]));
    assert!(unknown.contains("`planbook status 2026 --verbose`로"), "{unknown}");
}

#[test]
fn a_waiver_whose_finding_is_gone_was_not_told() {
    let dir = city();
    let toml = dir.path().join("2026/planbook.toml");
    let waiver = |id: &str| format!("[[waive]]\nid = \"{id}\"\nreason = \"협의\"\n");
    // Letters that no font has are found by the book alone.
    let ids = [id(dir.path()), "R010-0123456789".into(), "W101-0123456789".into(), "S304-0123456789".into()];
    fs::write(&toml, ids.iter().map(|id| waiver(id)).collect::<String>()).unwrap();
    let told = err(&planbook(dir.path(), &["check", "2026"]));
    assert!(told.contains("지금 없는 지적 사항 2건: W101-0123456789, S304-0123456789. "), "{told}");
    assert!(!err(&planbook(dir.path(), &["check", "2026", "--org", "교통국"])).contains("지금 없는"));
}

#[test]
fn a_setting_to_paste_was_shown_in_one_line_with_escapes() {
    let text = out(&narrow(&["check", ".", "--code", "L205"]));
    assert!(text.contains("붙여 넣을 내용:\n      [[city_kpis]]\n      goal = \""), "{text}");
    let out = tempfile::tempdir().unwrap();
    planbook(&example(), &["report", ".", "-o", &out.path().to_string_lossy()]);
    let page = fs::read_to_string(out.path().join("report.html")).unwrap();
    assert!(page.contains("붙여 넣을 내용:\\n[[city_kpis]]\\ngoal = ") && !page.contains("u{a}"));
}

#[test]
fn a_small_table_in_the_order_of_the_roster_stands_before_the_findings() {
    let dir = city();
    let text = out(&planbook(dir.path(), &["check", "2026"]));
    let lines: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert!(
        lines[0].starts_with("조직") && lines[0].contains("오류") && lines[1].starts_with("합계"),
        "{text}"
    );
    let at = |org: &str| lines.iter().position(|line| line.starts_with(org));
    assert_eq!(at("교통국"), Some(2), "{text}");
    assert!(at("기획실").is_none_or(|at| at == 3), "{text}");
}

/// Runs planbook on a terminal of 80 columns, as far as it can tell.
fn narrow(args: &[&str]) -> Output {
    command(&example(), args).env("COLUMNS", "80").output().unwrap()
}

#[test]
fn on_80_columns_no_line_is_longer_and_no_word_is_cut() {
    use unicode_width::UnicodeWidthStr;

    let plain = |text: String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for args in [
        &["check", ".", "--severity", "info"][..],
        &["check", ".", "--lang", "en"],
        &["status", "."],
        &["explain", "T406"],
        &["explain"],
        &["--help"],
        &["form", "--help"],
        &["check", "--help", "--lang", "en"],
        &["check", "--org", "없는 조직"],
        &["diff", "nowhere", "."],
        &["score"],
    ] {
        let (folded, whole) = (narrow(args), planbook(&example(), args));
        for (folded, whole) in [(out(&folded), out(&whole)), (err(&folded), err(&whole))] {
            // What is to be typed or pasted stands whole.
            let is_offered = |line: &str| line.contains('`') || line.contains(" = ");
            let wide = folded.lines().filter(|line| line.width() > 80 && !is_offered(line));
            let wide: Vec<&str> = wide.collect();
            assert!(wide.is_empty(), "{args:?}: {wide:#?}");
            assert_eq!(plain(folded), plain(whole), "{args:?}");
        }
    }
}

#[test]
fn colours_do_not_change_where_lines_end() {
    let args = ["check", ".", "--org", "경영기획관"];
    let bare = out(&narrow(&args));
    let coloured = out(&narrow(&[&args[..], &["--color", "always"]].concat()));
    let mut without = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\x1b') {
        without.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(without + rest, bare);
}

#[test]
fn data_is_never_folded() {
    for format in ["json", "sarif"] {
        let args = ["check", ".", "--format", format];
        assert!(narrow(&args).stdout == planbook(&example(), &args).stdout, "{format}");
    }
}
