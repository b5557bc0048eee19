//! Slips of the command line: what is typed wrong works where it is plain what is meant, and is told with what to type where not.

use std::fs;
use std::path::Path;

use crate::common::{code, command, err, out, planbook};

/// A sheet of `org` whose weights add up to 120.
fn sheet(org: &str) -> String {
    format!(
        "{org} 균형성과계획\n\
         관점,한빛시,,,{org},,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,60,가-1\n\
         조직 역량 (60),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,60,가-2\n"
    )
}

/// The plan years `서울2009` and `우리 시 2026`, and a file that is no workbook.
fn desk() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for year in ["서울2009", "우리 시 2026"] {
        let workbooks = dir.path().join(year).join("workbooks");
        fs::create_dir_all(&workbooks).unwrap();
        fs::write(workbooks.join("01_교통국.csv"), sheet("교통국")).unwrap();
        fs::write(workbooks.join("02_경쟁력강화본부.csv"), sheet("경쟁력 강화본부")).unwrap();
    }
    fs::write(dir.path().join("README.md"), "# 알림\n").unwrap();
    dir
}

fn id(dir: &Path, year: &str) -> String {
    let listed = out(&planbook(dir, &["check", year, "--format", "json"]));
    listed[listed.find("\"W101-").unwrap() + 1..][..15].to_owned()
}

/// The commands in backticks in `text`, taken apart as a shell does it.
fn offered(text: &str) -> Vec<Vec<String>> {
    let quoted = text.split('`').skip(1).step_by(2).filter_map(|line| line.strip_prefix("planbook "));
    quoted
        .map(|line| {
            let mut words = vec![String::new()];
            let mut inside = false;
            for c in line.chars() {
                match c {
                    '"' => inside = !inside,
                    ' ' if !inside => words.push(String::new()),
                    c => words.last_mut().unwrap().push(c),
                }
            }
            words
        })
        .collect()
}

#[test]
fn a_command_behind_its_folder_or_its_options_simply_works() {
    let dir = desk();
    for args in [
        &["서울2009", "check"][..],
        &["--severity", "오류", "check", "서울2009"],
        &["check", "서울2009", "--severity", "INFO"],
        &["--org", "교통국", "서울2009", "check"],
        &["check", "서울2009", "——org", "교통국"],
        &["check", "서울2009", "-org", "교통국"],
        &["ｃｈｅｃｋ", "서울2009", "Ｗ１０１"],
    ] {
        let output = planbook(dir.path(), args);
        assert_eq!(code(&output), 1, "{args:?}: {}", err(&output));
        assert!(out(&output).contains("비중 합계가 120"), "{args:?}: {}", out(&output));
    }
    let diff = planbook(dir.path(), &["서울2009", "우리 시 2026", "diff"]);
    assert_eq!(code(&diff), 0, "{}", err(&diff));
    assert!(out(&planbook(dir.path(), &["check", "/?"])).contains("사용법: planbook check"));
}

#[test]
fn several_ids_are_waived_however_they_are_parted() {
    for parted in [&["A, B"][..], &["A,", "B"], &["A", "B"], &["A，B"]] {
        let dir = desk();
        let listed = out(&planbook(dir.path(), &["check", "서울2009", "W101", "--format", "json"]));
        let ids: Vec<&str> = listed.match_indices("\"W101-").map(|(at, _)| &listed[at + 1..][..15]).collect();
        let words: Vec<String> =
            parted.iter().map(|word| word.replace('A', ids[0]).replace('B', ids[1])).collect();
        let mut args = vec!["waive", "--reason", "부서 협의", "서울2009"];
        args.extend(words.iter().map(String::as_str));
        let output = planbook(dir.path(), &args);
        assert_eq!(code(&output), 0, "{parted:?}: {}", err(&output));
        let toml = fs::read_to_string(dir.path().join("서울2009/planbook.toml")).unwrap();
        assert_eq!(toml.matches("[[waive]]").count(), 2, "{toml}");
    }
}

#[test]
fn a_slip_is_told_with_what_to_type() {
    let dir = desk();
    let id = id(dir.path(), "서울2009");
    for (args, advice) in [
        (&["check", "서울2009", "--org", "경쟁력", "강화본부"][..], "`--org \"경쟁력 강화본부\"`"),
        (&["waive", &id, "서울2009", "--reason", "부서", "협의"], "`--reason \"부서 협의\"`"),
        (&["waive", "--reason=부서", "협의", "후", "서울2009", &id], "`--reason \"부서 협의 후\"`"),
        (&["status", "우리", "시", "2026"], "`\"우리 시 2026\"`"),
        (&["init", "새", "해", "2027"], "`\"새 해 2027\"`"),
        (&["check", "서울2009/workbooks/05", "홍보.xlsx"], "`\"서울2009/workbooks/05 홍보.xlsx\"`"),
        (&["우리", "시", "2026"], "`\"우리 시 2026\"`"),
        (&["check", "서을2009"], "혹시 `서울2009`입니까?"),
        (&["서을2009", "build"], "혹시 `서울2009`입니까?"),
        (&["서을2009"], "혹시 `서울2009`입니까?"),
        (&["waive", "서을2009", &id, "--reason", "까닭"], "혹시 `서울2009`입니까?"),
        (&["diff", "서을2009", "서울2009"], "혹시 `서울2009`입니까?"),
        (&["check", "서울2009/workbooks/01_교통극.csv"], "혹시 `서울2009/workbooks/01_교통국.csv`입니까?"),
        (&["check", "서울2009", "W1O1"], "혹시 `W101`입니까?"),
        (&["help", "waiv"], "혹시 `waive`입니까?"),
        (&["점검", "서울2009"], "혹시 `check`입니까?"),
        (&["서울2009", "chek"], "혹시 `check`입니까?"),
        (&["README.md"], "통합 문서가 아닙니다: README.md"),
        (&["check", "README.md"], "통합 문서가 아닙니다: README.md"),
        (&["diff", "서울2009", "README.md"], "통합 문서가 아닙니다: README.md"),
        (&["status", "서울2009/workbooks/01_교통국.csv"], "한 해 폴더를 적으십시오: `서울2009`"),
        (&["status", "서울2009", "--org", "교통국"], "`--org`를 쓰는 명령: check"),
        (&["build", "서울2009", "우리 시 2026"], "폴더 하나로"),
        (&["diff", "서울2009", "우리 시 2026", "서울2009"], "둘만 비교합니다"),
    ] {
        let output = planbook(dir.path(), args);
        assert_eq!((code(&output), out(&output)), (2, String::new()), "{args:?}");
        assert!(err(&output).contains(advice), "{args:?}: {}", err(&output));
    }
    assert!(!dir.path().join("서울2009/planbook.toml").exists());
}

#[test]
fn a_value_that_is_refused_is_told_with_a_right_one_and_the_help_of_its_command() {
    let dir = desk();
    for (args, like) in [
        (&["waive", "W101-1", "--reason", ""][..], "`--reason \"부서와"),
        (&["waive", "W101-1"], "`--reason \"부서와"),
        (&["waive"], "`planbook waive W101-f6559a211c --reason"),
        (&["diff"], "`planbook diff 2025 2026`"),
        (&["check", "--code"], "`--code W101,T406`"),
        (&["check", "--org", " "], "`--org 교통국`"),
        (&["check", "--severity", "심각"], "error(오류), warning(경고), info(참고)"),
        (&["check", "--format", "xml"], "text, json, sarif"),
        (&["return", "--date", "2026-13-40"], "`--date 2026-01-20`"),
        (&["form", "--year", "이천십"], "`--year 2027`"),
    ] {
        let output = planbook(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        let help = format!("`planbook {} --help`", args[0]);
        assert!(err(&output).contains(like) && err(&output).contains(&help), "{args:?}: {}", err(&output));
    }
    for (option, value) in
        [("--date", "2026년 1월 20일"), ("--date", "2026. 1. 20."), ("--date", "２０２６-０１-２０")]
    {
        let output = planbook(dir.path(), &["return", "서울2009", option, value]);
        assert_eq!(code(&output), 1, "{value}: {}", err(&output));
    }
    assert!(fs::read_to_string(dir.path().join("서울2009/ledger.json")).unwrap().contains("\"2026-01-20\""));
    let form = planbook(dir.path(), &["form", "서울2009", "--year", "2027년"]);
    assert_eq!(code(&form), 1, "{}", err(&form));
}

/// A desk with the plan-year folders `years`, each with its settings.
fn beside(years: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for year in years {
        let workbooks = dir.path().join(year).join("workbooks");
        fs::create_dir_all(&workbooks).unwrap();
        fs::write(workbooks.join("01_교통국.csv"), sheet("교통국")).unwrap();
        fs::write(dir.path().join(year).join("planbook.toml"), "roster = [\"교통국\"]\n").unwrap();
    }
    dir
}

#[test]
fn beside_a_single_plan_year_its_workbooks_were_read_without_its_settings() {
    for year in ["2026", "성과/우리 해"] {
        let dir = beside(&[year]);
        let offered_for = |args: &[&str]| {
            let output = planbook(dir.path(), args);
            assert_eq!((code(&output), out(&output)), (2, String::new()), "{args:?}");
            offered(&err(&output)).pop().unwrap().join(" ")
        };
        assert_eq!(offered_for(&["check"]), format!("check {year}"));
        assert_eq!(offered_for(&["check", "."]), format!("check {year}"));
        assert_eq!(offered_for(&["return"]), format!("return {year}"));
        assert_eq!(offered_for(&["report", "--eject"]), format!("report {year} --eject"));
        assert_eq!(
            offered_for(&["waive", "W101-1", "--reason", "부서 협의"]),
            format!("waive W101-1 {year} --reason 부서 협의")
        );
        assert_eq!(offered_for(&["."]), year);
        let left: Vec<_> =
            fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, [year.split('/').next().unwrap()], "nothing is written beside it");
    }
    let dir = tempfile::tempdir().unwrap();
    planbook(dir.path(), &["init", "2027"]);
    let empty = err(&planbook(dir.path(), &["check"]));
    assert!(empty.contains("지금 폴더에 한 해 폴더가 따로 있습니다: 2027"), "{empty}");
    // Last year's workbooks among those of this year are a part of the folder, as any other folder is.
    let mixed = tempfile::tempdir().unwrap();
    fs::create_dir(mixed.path().join("2025")).unwrap();
    fs::write(mixed.path().join("교통국.csv"), sheet("교통국")).unwrap();
    fs::write(mixed.path().join("2025/기획실.csv"), sheet("기획실")).unwrap();
    assert_eq!(code(&planbook(mixed.path(), &["check"])), 1);
}

#[test]
fn beside_several_plan_years_every_command_was_offered_check() {
    let dir = beside(&["2025", "2026"]);
    for (args, offers) in [
        (&["diff", "2025"][..], "diff 2025 2026"),
        (&["diff", "2026"], "diff 2026 2025"),
        (&["score"], "score 2025"),
        (&["check", "w101", "--severity", "info"], "check w101 2025 --severity info"),
        (&["form", "--year", "2027"], "form 2025 --year 2027"),
    ] {
        let told = err(&planbook(dir.path(), args));
        assert_eq!(offered(&told)[0].join(" "), offers, "{told}");
    }
}

#[test]
fn what_is_offered_was_folded_unquoted_or_lacked_its_folder() {
    let dir = desk();
    let year = dir.path().join("우리 시 2026");
    fs::write(year.join("planbook.toml"), "[common.\"민원 처리기간\"]\nrequired = true\n").unwrap();
    let narrow = |args: &[&str]| {
        let output = command(dir.path(), args).env("COLUMNS", "60").output().unwrap();
        out(&output) + &err(&output)
    };
    let told = narrow(&["check", "우리 시 2026", "S304"]);
    let whole = |line: &str| line.contains("`planbook waive S304-") && line.ends_with("\"사유\"`");
    assert_eq!(told.lines().filter(|line| whole(line)).count(), 2, "{told}");
    let missing = narrow(&["form", "우리 시 2026", "--blank"]);
    let form = "`planbook form \"우리 시 2026\" --blank --org 새조직 --parent 한빛시`";
    assert!(missing.contains(form), "{missing}");
    let parent = narrow(&["form", "우리 시 2026", "--blank", "--org", "새조직", "--parent", "없는곳"]);
    assert!(parent.contains("`--parent`에는 시 이름(한빛시)") && !parent.contains("`--blank`"), "{parent}");
    // What is read anywhere cannot know the folder.
    let json = out(&planbook(dir.path(), &["check", "우리 시 2026", "S304", "--format", "json"]));
    assert!(json.contains(" 폴더 --reason"), "{json}");
}

#[test]
fn every_command_that_is_offered_works_as_it_is_printed() {
    let dir = desk();
    let nested = dir.path().join("서울2009");
    let other = "../우리 시 2026";
    let mut tried = 0;
    for args in [
        &["export", other][..],
        &["return", other],
        &["scorecards", other],
        &[other],
        &["score", other, "--scorecards", "없음"],
        &["waive", other, "--reason", "부서 협의"],
        &["waive", "W101-0123456789", other, "--reason", "부서 협의"],
        &["form", other, "--org", "없는 곳"],
        &["check", other, "."],
        &["serve", other],
        &["init", "../새 해"],
        &["check", ".."],
    ] {
        let output = planbook(&nested, args);
        for command in offered(&err(&output)).into_iter().filter(|words| words[0] != "serve") {
            let words: Vec<&str> = command.iter().map(String::as_str).collect();
            let again = planbook(&nested, &words);
            let is_empty = err(&again).contains("통합 문서가 없습니다");
            assert!(code(&again) < 2 || is_empty, "{args:?} offered {words:?}: {}", err(&again));
            tried += 1;
        }
    }
    assert!(tried >= 12, "{tried}");
}

#[test]
fn an_open_finding_offers_the_command_that_waives_it_and_a_waived_one_does_not() {
    let dir = desk();
    fs::write(dir.path().join("우리 시 2026/planbook.toml"), "[common.\"민원 처리기간\"]\nrequired = true\n")
        .unwrap();
    let check = || out(&planbook(dir.path(), &["check", "우리 시 2026", "S304", "--org", "교통국"]));
    let open = check();
    let command = offered(&open).into_iter().find(|words| words[0] == "waive").unwrap();
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    assert_eq!(words[2..], ["우리 시 2026", "--reason", "사유"], "{open}");
    let waived = planbook(dir.path(), &words);
    assert_eq!(code(&waived), 0, "{}", err(&waived));
    assert!(err(&waived).contains("우리 시 2026/planbook.toml에 적었습니다"), "{}", err(&waived));
    assert!(check().contains("유예됨 S304") && !check().contains("planbook waive"), "{}", check());
}
