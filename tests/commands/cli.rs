//! Whole commands, as a user types them.

use crate::common::{code, command, err, out, planbook};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

fn example() -> String {
    let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect();
    path.to_string_lossy().into_owned()
}

/// A folder with one plan of two KPIs whose weights are `weights`.
fn city(weights: [u32; 2]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    let [a, b] = weights;
    let sheet = format!(
        "기획실 균형성과계획\n\
         관점,한빛시,,,기획실,,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 ({a}),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,{a},기획-1\n\
         조직 역량 ({b}),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{b},기획-2\n"
    );
    fs::write(dir.path().join("workbooks/기획실.csv"), sheet).unwrap();
    dir
}

#[test]
fn no_command_prints_the_help_and_cannot_do_it() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(code(&planbook(dir.path(), &[])), 2);
}

#[test]
fn help_is_korean_unless_the_environment_or_the_user_asks_for_english() {
    let dir = tempfile::tempdir().unwrap();
    let korean = planbook(dir.path(), &["--help"]);
    assert_eq!(code(&korean), 0);
    assert!(out(&korean).contains("사용법:") && !out(&korean).contains("Usage"));
    let by_environment =
        command(dir.path(), &["check", "--help"]).env("LANG", "en_US.UTF-8").output().unwrap();
    assert!(out(&by_environment).contains("Usage:") && !out(&by_environment).contains("사용법"));
    let by_option = planbook(dir.path(), &["--help", "--lang=en"]);
    assert!(out(&by_option).contains("Usage:"));
    let over_the_environment =
        command(dir.path(), &["--lang", "ko", "--help"]).env("LC_ALL", "en_US.UTF-8").output().unwrap();
    assert!(out(&over_the_environment).contains("사용법:"));
}

#[test]
fn help_names_every_command_and_marks_those_to_come() {
    let dir = tempfile::tempdir().unwrap();
    let help = out(&planbook(dir.path(), &["--help"]));
    for name in
        "build check book cascade scorecards score form forms export report return diff explain init status waive"
            .split(' ')
    {
        assert!(help.contains(&format!("\n  {name} ")), "{name}");
    }
    let later = help.lines().filter(|line| line.contains("[다음 버전]")).count();
    assert_eq!(later, 1);
    assert!(!help.contains("__read"));
}

#[test]
fn commands_of_later_versions_say_so_and_exit_2() {
    let dir = tempfile::tempdir().unwrap();
    for args in [&["serve", "x", "-o", "y"][..], &["serve"]] {
        let output = planbook(dir.path(), args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(err(&output).contains("다음 버전") && err(&output).contains("그때까지는"), "{args:?}");
        assert_eq!(out(&output), "", "{args:?}");
    }
}

#[test]
fn a_slip_on_the_command_line_is_told_in_the_users_language() {
    let dir = tempfile::tempdir().unwrap();
    let unknown = planbook(dir.path(), &["chek"]);
    assert_eq!((code(&unknown), out(&unknown)), (2, String::new()));
    assert!(err(&unknown).contains("없는 명령입니다: `chek`") && err(&unknown).contains("`check`입니까"));
    let missing = planbook(dir.path(), &["diff", "--lang", "en"]);
    assert_eq!(code(&missing), 2);
    assert!(err(&missing).contains("something is missing: <OLD>"), "{}", err(&missing));
    for args in
        [&["check", "x", "--format", "xml"][..], &["check", "x", "--nonsense"], &["check", "-q", "-v", "x"]]
    {
        assert_eq!(code(&planbook(dir.path(), args)), 2, "{args:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_an_error_with_a_hint() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file.xlsx"), "").unwrap();
    for (path, words) in
        [("nowhere", "nowhere 폴더가 없습니다"), ("file.xlsx", "폴더가 아닙니다: file.xlsx"), (".", "")]
    {
        let output = planbook(dir.path(), &["status", path]);
        assert_eq!(code(&output), 2, "{path}");
        assert!(err(&output).contains(words), "{}", err(&output));
    }
}

#[test]
fn a_folder_without_a_workbook_says_what_was_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("메모.txt"), "").unwrap();
    let output = planbook(dir.path(), &["build", "."]);
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    assert!(
        err(&output).contains("통합 문서가 없습니다") && err(&output).contains("메모.txt"),
        "{}",
        err(&output)
    );
    assert!(!dir.path().join("output").exists());
}

#[test]
fn a_document_handed_in_instead_of_a_workbook_stands_among_the_findings_and_on_the_board() {
    let dir = city([60, 40]);
    for name in ["환경국.hwp", "교통국.zip", "복지국.pdf"] {
        fs::write(dir.path().join("workbooks").join(name), "x").unwrap();
    }
    let checked = planbook(dir.path(), &["check", "."]);
    assert_eq!(code(&checked), 0, "a letter that came along is no error: {}", err(&checked));
    let told = out(&checked);
    for words in ["한글 파일(.hwp)은 읽지 못합니다", "압축을 풀어", "다른 문서(.pdf)입니다"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    let board = out(&planbook(dir.path(), &["status", "."]));
    assert!(board.contains("환경국.hwp") && board.contains("교통국.zip"), "{board}");
}

#[test]
fn the_exit_code_tells_whether_errors_stand() {
    assert_eq!(code(&planbook(city([60, 40]).path(), &["check", "."])), 0);
    let wrong = city([60, 60]);
    let output = planbook(wrong.path(), &["check", "."]);
    assert_eq!(code(&output), 1, "{}{}", out(&output), err(&output));
    assert!(out(&output).contains("오류 W101  workbooks/기획실.csv"), "{}", out(&output));
    assert!(out(&output).contains("비중 합계가 120입니다"));
}

#[test]
fn a_waived_finding_is_no_error_and_stays_listed_with_its_reason() {
    let dir = city([60, 60]);
    let output = planbook(dir.path(), &["check", ".", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let waivers: String = findings
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| format!("[[waive]]\nid = {}\nreason = \"하반기에 고침\"\n", finding["id"]))
        .collect();
    fs::write(dir.path().join("planbook.toml"), waivers).unwrap();
    let output = planbook(dir.path(), &["check", "."]);
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(out(&output).contains("유예됨 W101") && out(&output).contains("사유: 하반기에 고침"));
}

#[test]
fn infos_are_counted_and_errors_come_first_unless_all_are_asked_for() {
    let folded = out(&planbook(Path::new("/"), &["check", &example()]));
    let whole = out(&planbook(Path::new("/"), &["check", &example(), "--severity", "info"]));
    let errors = out(&planbook(Path::new("/"), &["check", &example(), "--severity", "error"]));
    assert!(
        folded.contains("\n참고 T406 목표가 최근 실적보다 낮음: ") && folded.contains("`--severity info`")
    );
    assert!(!folded.contains("  참고 T406") && whole.contains("  참고 T406"));
    assert!(folded.contains("\n  경고 ") && !errors.contains("\n  경고 ") && errors.contains("\n경고 "));
    // Before the first of them stands the table.
    let groups: Vec<bool> = whole.split("\n\n").skip(1).map(|group| group.contains("\n  오류 ")).collect();
    assert!(groups.is_sorted_by(|a, b| a >= b), "{groups:?}");
}

#[test]
fn a_slip_in_planbook_toml_stops_with_line_and_column() {
    let dir = city([60, 40]);
    fs::write(dir.path().join("planbook.toml"), "city = \"한빛시\"\nyaer = 2026\n").unwrap();
    let output = planbook(dir.path(), &["check", "."]);
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    assert!(err(&output).contains("2줄 1칸") && err(&output).contains("`year`"), "{}", err(&output));
}

#[test]
fn all_slips_in_planbook_toml_are_told_with_the_lines_as_they_should_be() {
    let dir = city([60, 40]);
    let path = dir.path().join("planbook.toml");
    fs::write(&path, "city: “한빛시”\n[spellings]\n예산 집행율 = 예산집행률\n").unwrap();
    let told = err(&planbook(dir.path(), &["check", "."]));
    for line in [
        "  1줄 5칸: 이름과 값 사이에는 등호(=) 하나를 적어야 합니다",
        "      city: “한빛시”",
        "    이렇게: city = \"한빛시\"",
        "  3줄 1칸: 이름에 띄어쓰기나 한글이 있으면 큰따옴표로 묶으십시오",
        "    이렇게: \"예산 집행율\" = \"예산집행률\"",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
    fs::rename(&path, dir.path().join("planbook.toml.txt")).unwrap();
    let told = err(&planbook(dir.path(), &["check", "."]));
    assert!(told.contains("planbook.toml.txt") && told.contains("파일 확장명"), "{told}");
}

#[test]
fn a_waiver_goes_into_a_file_that_an_older_editor_saved() {
    let dir = city([60, 30]);
    let path = dir.path().join("planbook.toml");
    let utf16: Vec<u8> = "\u{feff}city = \"한빛시\"\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(&path, utf16).unwrap();
    let listed = out(&planbook(dir.path(), &["check", ".", "--format", "json"]));
    let id = &listed[listed.find("W101-").unwrap()..][..15];
    let output = planbook(dir.path(), &["waive", id, ".", "--reason", "다시 정함"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("\u{feff}city = \"한빛시\"\r\n") && text.contains(id), "{text}");
}

#[test]
fn data_goes_to_standard_output_and_talk_to_standard_error() {
    let dir = city([60, 40]);
    fs::write(dir.path().join("workbooks/메모.txt"), "").unwrap();
    // What Excel leaves beside an open workbook is no news.
    fs::write(dir.path().join("workbooks/~$기획실.xlsx"), "").unwrap();
    let json = planbook(dir.path(), &["check", ".", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert!(findings.is_array());
    assert!(err(&json).contains("메모.txt") && !err(&json).contains("~$기획실.xlsx"), "{}", err(&json));
    let sarif = planbook(dir.path(), &["check", ".", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let quiet = planbook(dir.path(), &["check", ".", "--quiet"]);
    assert_eq!(err(&quiet), "");
    let build = planbook(dir.path(), &["export", "."]);
    assert_eq!(out(&build), "");
}

#[test]
fn without_a_readable_workbook_the_findings_say_why_and_the_code_is_2() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    fs::write(dir.path().join("workbooks/빈 파일.xlsx"), "").unwrap();
    let output = planbook(dir.path(), &["check", ".", "--format", "json"]);
    assert_eq!(code(&output), 2);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(findings[0]["rule"], "R001");
    let build = planbook(dir.path(), &["build", "."]);
    assert_eq!(code(&build), 2);
    assert!(!dir.path().join("output").exists());
}

#[test]
fn a_workbook_that_cannot_be_read_does_not_stop_the_others() {
    let dir = city([60, 40]);
    fs::write(dir.path().join("workbooks/깨짐.xls"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
        .unwrap();
    fs::create_dir(dir.path().join("workbooks/폴더.xlsx")).unwrap();
    let output = planbook(dir.path(), &["check", "."]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("오류 R001  workbooks/깨짐.xls"), "{}", out(&output));
    assert!(out(&output).contains("오류 R001  workbooks/폴더.xlsx"));
    assert!(out(&output).contains("통합 문서 3개(읽지 못한 것 2개), 계획 1개, 지표 2개"));
}

#[cfg(unix)]
#[test]
fn what_libraries_say_of_broken_files_was_told_in_english() {
    let dir = city([60, 40]);
    let put = |name: &str, bytes: &[u8]| fs::write(dir.path().join("workbooks").join(name), bytes).unwrap();
    let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    put("끊김.xlsx", b"PK\x03\x04 cut off");
    put("깨짐.xls", &compound);
    put("이진.xls", &[0, 1, 2, 3]);
    put("장치.ods", b"PK\x05\x06");
    let told = out(&planbook(dir.path(), &["check", ".", "--code", "R001"]));
    assert_eq!(
        told.matches("파일이 중간에 끊겼거나 손상되어 통합 문서로 열리지 않습니다").count(),
        3,
        "{told}"
    );
    let words = told.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 5);
    let strange: Vec<&str> = words.filter(|word| *word != "workbooks").collect();
    assert_eq!(strange, [""; 0], "{told}");
}

#[test]
fn control_characters_in_a_file_name_do_not_reach_the_terminal() {
    let dir = city([60, 40]);
    fs::write(dir.path().join("workbooks/a\n\u{1b}[31m\u{202e}.xlsx"), "no workbook").unwrap();
    fs::write(dir.path().join("workbooks/b\r\u{7}.hwp"), "").unwrap();
    for args in [&["check", "."][..], &["export", "."]] {
        let output = planbook(dir.path(), args);
        for text in [out(&output), err(&output)] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\r', '\u{7}']), "{text:?}");
        }
    }
}

#[test]
fn colours_only_when_asked_for_or_on_a_terminal() {
    let dir = city([60, 60]);
    assert!(!out(&planbook(dir.path(), &["check", "."])).contains('\u{1b}'));
    assert!(out(&planbook(dir.path(), &["check", ".", "--color", "always"])).contains("\u{1b}[1;31m오류"));
}

#[test]
fn init_makes_a_folder_that_checks_out_and_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let made = planbook(dir.path(), &["init", "2026"]);
    assert_eq!(code(&made), 0);
    assert!(err(&made).contains("`planbook check 2026`"), "{}", err(&made));
    let toml = dir.path().join("2026/planbook.toml");
    assert!(fs::read_to_string(&toml).unwrap().starts_with("# planbook.toml"));
    assert!(dir.path().join("2026/workbooks").is_dir());
    let empty = planbook(dir.path(), &["check", "2026"]);
    assert!(err(&empty).contains("통합 문서가 없습니다"), "{}", err(&empty));
    fs::write(&toml, "year = 2026\n").unwrap();
    let again = planbook(dir.path(), &["init", "2026"]);
    assert_eq!(code(&again), 2);
    assert!(err(&again).contains("이미 있어 그대로 두었습니다"));
    assert_eq!(fs::read_to_string(&toml).unwrap(), "year = 2026\n");
}

#[test]
fn explain_tells_of_a_check_in_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let korean = planbook(dir.path(), &["explain", "w101"]);
    assert_eq!(code(&korean), 0);
    assert!(
        out(&korean).starts_with("W101 오류  비중의 합이 정해진 값과 다름")
            && out(&korean).contains("고치는 법")
    );
    let english = planbook(dir.path(), &["explain", "W101", "--lang", "en"]);
    assert!(out(&english).contains("To resolve it"));
    let unknown = planbook(dir.path(), &["explain", "W109"]);
    assert_eq!((code(&unknown), out(&unknown)), (2, String::new()));
    assert!(err(&unknown).contains("없는 점검 코드입니다: `W109`"));
    let all = planbook(dir.path(), &["explain"]);
    assert_eq!(out(&all).lines().count(), planbook::finding::Code::ALL.len());
}

#[test]
fn export_and_cascade_put_their_files_in_place() {
    let dir = city([60, 40]);
    assert_eq!(code(&planbook(dir.path(), &["export", ".", "-o", "결과"])), 0);
    for name in ["indicators.json", "indicators.csv", "findings.json", "cascade.json"] {
        assert!(dir.path().join("결과/data").join(name).is_file(), "{name}");
    }
    assert_eq!(code(&planbook(dir.path(), &["cascade", "."])), 0);
    assert!(dir.path().join("output/cascade.xlsx").is_file());
}

#[test]
fn outputs_never_go_onto_the_plans() {
    let dir = city([60, 40]);
    for out in [".", "workbooks", "workbooks/2025"] {
        let output = planbook(dir.path(), &["export", ".", "-o", out]);
        assert_eq!(code(&output), 2, "{out}");
        assert!(err(&output).contains("통합 문서를 읽는 폴더입니다"), "{}", err(&output));
        assert!(err(&output).contains("`-o`"), "{}", err(&output));
    }
}

#[test]
fn outputs_of_a_run_on_workbooks_alone_never_lie_among_them() {
    let dir = city([60, 40]);
    let workbooks = dir.path().join("workbooks");
    let output = planbook(&workbooks, &["export", "."]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("통합 문서를 읽는 폴더입니다"), "{}", err(&output));
    assert!(!workbooks.join("output").exists());
    assert_eq!(code(&planbook(dir.path(), &["export", "workbooks"])), 0);
    // What lies there from elsewhere is no plan.
    fs::rename(dir.path().join("output"), workbooks.join("output")).unwrap();
    fs::copy(workbooks.join("기획실.csv"), workbooks.join("output/data/indicators.csv")).unwrap();
    let listed = out(&planbook(dir.path(), &["status", "."]));
    assert!(!listed.contains("indicators"), "{listed}");
}

#[test]
fn file_links_are_the_same_however_the_paths_are_typed() {
    let dir = city([60, 40]);
    let root = dir.path().canonicalize().unwrap();
    let [plans, out] = [root.clone(), root.join("output")].map(|path| path.to_string_lossy().into_owned());
    let made: Vec<Vec<u8>> =
        [(".", "output"), (".", &*out), (&*plans, "output"), (&*plans, &*out), ("workbooks/..", "./output")]
            .into_iter()
            .map(|(plans, out)| {
                assert_eq!(code(&planbook(dir.path(), &["cascade", plans, "-o", out])), 0);
                fs::read(dir.path().join("output/cascade.xlsx")).unwrap()
            })
            .collect();
    assert!(made.iter().all(|bytes| *bytes == made[0]));
}

#[test]
fn the_example_builds_twice_to_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    for out in ["one", "two"] {
        let output = planbook(dir.path(), &["build", &example(), "-o", out]);
        assert_eq!(code(&output), 1, "{}", err(&output));
        assert!(
            ["scorecards", "report.html"].iter().all(|name| err(&output).contains(name)),
            "{}",
            err(&output)
        );
    }
    for name in [
        "data/indicators.json",
        "data/findings.json",
        "data/cascade.json",
        "data/indicators.csv",
        "cascade.xlsx",
        "report.html",
        "scorecards/01_대변인.xlsx",
    ] {
        let [one, two] = ["one", "two"].map(|out| fs::read(dir.path().join(out).join(name)).unwrap());
        assert!(one == two, "{name}");
    }
}

#[cfg(not(feature = "book"))]
#[test]
fn without_the_book_build_does_the_rest_and_book_cannot() {
    let dir = city([60, 40]);
    let build = planbook(dir.path(), &["build", "."]);
    assert_eq!(code(&build), 0);
    assert!(err(&build).contains("책자 기능 없이"), "{}", err(&build));
    assert!(dir.path().join("output/cascade.xlsx").is_file());
    assert_eq!(code(&planbook(dir.path(), &["book", "."])), 2);
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    let mut child = command(Path::new("/"), &["check", &example()]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

/// The table of findings in the example's README, as `check` counts them today.
#[test]
fn the_readme_of_the_example_counts_what_check_finds() {
    use std::collections::BTreeMap;

    use planbook::finding::Code;

    let output = planbook(Path::new("/"), &["check", &example(), "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for finding in findings.as_array().unwrap() {
        let [rule, severity] = ["rule", "severity"].map(|key| finding[key].as_str().unwrap());
        *counts.entry((rule, severity)).or_default() += 1;
    }
    let table: String = Code::ALL
        .iter()
        .map(|code| {
            let [errors, warnings, infos] = ["error", "warning", "info"].map(|severity| {
                counts.get(&(code.as_str(), severity)).map(ToString::to_string).unwrap_or_default()
            });
            let title = code.title();
            format!("| {code} | {} / {} | {errors} | {warnings} | {infos} |\n", title.ko, title.en)
        })
        .collect();
    let readme = fs::read_to_string(Path::new(&example()).join("README.md")).unwrap();
    assert!(readme.contains(&table), "examples/seoul-2009/README.md should have this table:\n{table}");
}

#[cfg(feature = "book")]
#[test]
fn one_organisations_book_has_its_name_and_leaves_the_whole_book_alone() {
    let dir = city([60, 40]);
    let made = planbook(dir.path(), &["book", ".", "--org", "기획실"]);
    assert_eq!(code(&made), 0, "{}", err(&made));
    let single = planbook(dir.path(), &["book", ".", "--org", "기획실", "--only"]);
    assert_eq!(code(&single), 0, "{}", err(&single));
    let is_there = |name: &str| dir.path().join("output").join(name).exists();
    assert!(is_there("book-기획실.pdf") && is_there("plan-기획실.pdf") && !is_there("book.pdf"));
    let unknown = planbook(dir.path(), &["book", ".", "--org", "기획"]);
    assert_eq!(code(&unknown), 2);
    assert!(err(&unknown).contains("`기획`이라는 조직의 계획이 없습니다"), "{}", err(&unknown));
    assert!(err(&unknown).contains("기획실"));
}

#[test]
fn a_part_of_a_plan_year_folder_is_told_from_the_whole() {
    let dir = city([60, 40]);
    fs::write(dir.path().join("planbook.toml"), "city = '가나시'\n").unwrap();
    let told = err(&planbook(dir.path(), &["check", "workbooks"]));
    assert!(
        told.contains("workbooks 폴더는 . 폴더의 일부입니다") || told.contains("폴더의 일부입니다"),
        "{told}"
    );
    assert!(!err(&planbook(dir.path(), &["check", "."])).contains("폴더의 일부입니다"));
}
