//! `planbook report` and the covering messages, as a user gets them. `report/drive.py` drives the page in a browser.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{code, err, planbook};
use serde_json::Value;

/// The plan of one office in a workbook of text; `sum` is what its weights come to.
fn plan(org: &str, sum: u32) -> String {
    let rest = sum - 60;
    format!(
        "{org} 균형성과계획\n\
         관점,한빛시,,,{org},,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,예산집행률,90,91,%,60,기획-1\n\
         조직 역량 (40),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,{rest},기획-2\n"
    )
}

/// A plan-year folder with these files.
fn folder(settings: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    fs::write(dir.path().join("planbook.toml"), settings).unwrap();
    for (name, text) in files {
        fs::write(dir.path().join("workbooks").join(name), text).unwrap();
    }
    dir
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path).unwrap()
}

/// What the page hands its script.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/json\" id=\"data\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn the_page_holds_the_board_every_finding_the_cascade_and_the_common_kpis() {
    let dir = folder(
        "roster = [\"교통국\", \"기획실\", \"환경국\"]\n",
        &[("교통국.csv", &plan("교통국", 100)), ("기획실.csv", &plan("기획실", 90)), ("깨짐.xlsx", "PK")],
    );
    let output = planbook(dir.path(), &["report", "."]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let page = read(dir.path().join("output/report.html"));
    assert!(page.contains("<title>한빛시 2026년도 성과관리계획 점검 보고서</title>"));
    assert!(page.contains("아직 내지 않은 조직 1곳") && page.contains("파일 1개는 까닭을 보고"));
    for shown in
        ["미제출", "읽지 못함", "시정만족도", "예산집행률", "<svg class=\"chart\"", "id=\"check-W101\""]
    {
        assert!(page.contains(shown), "{shown}");
    }
    planbook(dir.path(), &["export", "."]);
    let all: Vec<Value> = serde_json::from_str(&read(dir.path().join("output/data/findings.json"))).unwrap();
    let data = data(&page);
    let on_page = data["findings"].as_array().unwrap();
    assert_eq!(on_page.len(), all.len());
    for (shown, finding) in on_page.iter().zip(&all) {
        assert_eq!((&shown["id"], &shown["message"]), (&finding["id"], &finding["message"]));
        assert_eq!(shown["file"], finding["at"]["file"]);
        assert_eq!(shown.get("cell").unwrap_or(&Value::Null), &finding["at"]["cell"]);
    }
    assert_eq!(data["links"]["workbooks/기획실.csv"], "../workbooks/%EA%B8%B0%ED%9A%8D%EC%8B%A4.csv");
}

#[test]
fn the_page_is_in_english_too_and_its_bytes_do_not_change() {
    let dir = folder("", &[("기획실.csv", &plan("기획실", 90))]);
    for out in ["one", "two"] {
        planbook(dir.path(), &["report", ".", "-o", out, "--lang", "en"]);
    }
    let page = read(dir.path().join("one/report.html"));
    assert!(
        page.contains("<html lang=\"en\">")
            && page.contains("What to do next")
            && page.contains("Workbooks with findings to return: 1.")
    );
    assert_eq!(page, read(dir.path().join("two/report.html")));
}

#[cfg(unix)]
#[test]
fn nothing_from_a_workbook_becomes_markup_or_script() {
    let evil =
        "가<img src=x onerror=alert(1)></script><script>alert(2)</script>{{lang}}\u{2028}\"'`&amp;--><!--";
    let text = plan(evil, 90)
        .replace("시정만족도", evil)
        .replace("배우는 조직", evil)
        .replace("시간,", "</svg><b>시간,");
    let dir = folder("", &[("<b>악&\u{202e}.csv", &text), ("javascript:alert(3).csv", &plan("기획실", 80))]);
    let output = planbook(dir.path(), &["report", "."]);
    assert!(code(&output) < 2, "{}", err(&output));
    let page = read(dir.path().join("output/report.html"));
    for bad in ["<img", "<script>alert", "<b>악", "</svg><b>", "href=\"javascript", "\u{2028}", "\u{202e}"] {
        assert!(!page.contains(bad), "{bad:?}");
    }
    // Exactly the page's own script and data.
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    // All the same it is there, as text.
    assert!(data(&page)["findings"].to_string().contains("가<img src=x onerror=alert(1)></script>"));
    assert!(page.contains("가&lt;img src&#x3D;x onerror"));
    let policy = page.replace("&#x27;", "'");
    assert!(policy.contains("default-src 'none'; script-src 'sha256-"));
    for outside in ["http://", "https://", "url(", "@import", "innerHTML"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_folder_without_findings_or_without_a_readable_workbook_has_a_page_too() {
    let dir = folder("", &[("깨짐.xlsx", "PK"), ("빈.csv", "")]);
    let output = planbook(dir.path(), &["report", "."]);
    assert_eq!(code(&output), 2);
    let page = read(dir.path().join("output/report.html"));
    assert!(
        page.contains("읽지 못함") && page.contains("시 지표를 인용한 계획이 없습니다"),
        "{}",
        err(&output)
    );
    assert!(data(&page)["findings"].as_array().unwrap().iter().any(|finding| finding["rule"] == "R001"));
    assert_eq!(code(&planbook(dir.path(), &["report", "없음"])), 2);
}

#[test]
fn templates_are_copied_out_changed_and_their_errors_told_with_file_and_line() {
    let dir = folder("", &[("기획실.csv", &plan("기획실", 90))]);
    let report = |args: &[&str]| planbook(dir.path(), &[&["report", "."], args].concat());
    assert_eq!(code(&report(&["--eject"])), 0);
    assert!(!dir.path().join("output").exists());
    let own = dir.path().join("templates/report");
    assert!(own.join("report.css").is_file() && own.join("summary.hbs").is_file());
    fs::write(own.join("checks.hbs"), "<p>우리 시의 점검</p>\r\n").unwrap();
    fs::write(own.join("report.css"), "body { color: red }\r\n").unwrap();
    let output = report(&[]);
    assert!(
        err(&output).contains("templates/report 폴더의 서식을 씁니다: checks.hbs, report.css"),
        "{}",
        err(&output)
    );
    let page = read(dir.path().join("output/report.html"));
    assert!(page.contains("<p>우리 시의 점검</p>") && page.contains("body { color: red }"));

    fs::write(own.join("summary.hbs"), "<p>\n  {{summary.opne}}</p>").unwrap();
    let output = report(&[]);
    assert_eq!(code(&output), 2);
    let told = err(&output);
    assert!(told.contains("templates/report/summary.hbs 2줄") && told.contains("summary.opne"), "{told}");
    assert!(told.contains("내장 서식을 씁니다"), "{told}");
    assert_eq!(page, read(dir.path().join("output/report.html")), "the page made before is left alone");
    fs::write(own.join("summary.hbs"), "{{#if summary.open}}").unwrap();
    assert!(err(&report(&["--lang", "en"])).contains("templates/report/summary.hbs, line 1"));
}

#[test]
fn build_makes_the_page_and_a_wrong_template_stops_nothing_else() {
    let dir = folder("", &[("기획실.csv", &plan("기획실", 90))]);
    let own = dir.path().join("templates/letter");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("ko.hbs"), "{{nobody}}").unwrap();
    let output = planbook(dir.path(), &["build", "."]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("templates/letter/ko.hbs 1줄"), "{}", err(&output));
    for made in ["report.html", "cascade.xlsx", "returned/workbooks/기획실.csv", "data/returned.json"] {
        assert!(dir.path().join("output").join(made).is_file(), "{made}");
    }
    assert_eq!(receipts(dir.path())["workbooks/기획실.csv"]["letter"], Value::Null);
    // The round counts all the same.
    assert_eq!(code(&planbook(dir.path(), &["return", "."])), 2);
    assert!(dir.path().join("ledger.json").is_file());
}

fn receipts(dir: &Path) -> BTreeMap<String, Value> {
    let all: Vec<Value> = serde_json::from_str(&read(dir.join("output/data/returned.json"))).unwrap();
    all.into_iter().map(|receipt| (receipt["file"].as_str().unwrap().to_owned(), receipt)).collect()
}

/// A workbook of Excel's own form with the plan that `text` writes.
fn xlsx(text: &str) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("계획").unwrap();
    for (row, line) in (0..).zip(text.lines()) {
        for (col, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, col, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn every_workbook_gets_a_covering_message_that_fits_it() {
    let settings = "checks.T406.off = true\n[return]\ndue = \"1월 20일\"\ncontact = \"기획담당관 (02-120)\"\n\
                    [[city_kpis]]\ngoal = \"믿음직한 시\"\nkpi = \"시정만족도\"\ntarget = \"70%\"\n";
    let dir = folder(settings, &[("문서.csv", &plan("문서국", 90)), ("깨짐.xlsx", "PK")]);
    fs::write(dir.path().join("workbooks/교통국.xlsx"), xlsx(&plan("교통국", 90))).unwrap();
    fs::write(dir.path().join("workbooks/기획실.xlsx"), xlsx(&plan("기획실", 100))).unwrap();
    fs::write(dir.path().join("workbooks/기획실.xlsm.csv"), plan("감사관", 100).replace("91", "92")).unwrap();
    let output = planbook(dir.path(), &["return", "."]);
    assert!(err(&output).contains("안내문 5개"), "{}", err(&output));
    let receipts = receipts(dir.path());
    let letter = |file: &str| -> String {
        let name = receipts[&format!("workbooks/{file}")]["letter"].as_str().unwrap();
        assert!(name.starts_with("returned/workbooks/") && name.ends_with(".txt"), "{name}");
        read(dir.path().join("output").join(name))
    };
    let annotated = letter("교통국.xlsx");
    assert!(
        annotated.starts_with("\u{feff}제목: 한빛시 2026년도")
            && !annotated.replace("\r\n", "").contains('\n')
    );
    for line in [
        "교통국 담당자께",
        "‘계획’ 시트: 오류",
        "‘검토의견’ 시트",
        "1월 20일까지",
        "문의: 기획담당관 (02-120)",
    ] {
        assert!(annotated.contains(line), "{line}\n{annotated}");
    }
    assert!(
        annotated.contains("- 오류는 계획을 확정하기 전에") && !annotated.contains("까닭: "),
        "{annotated}"
    );

    let substituted = letter("문서.csv");
    assert!(
        substituted.contains("문서_검토의견.xlsx 파일을 열어") && substituted.contains("까닭: "),
        "{substituted}"
    );
    let broken = letter("깨짐.xlsx");
    assert!(
        broken.contains("파일을 읽을 수 없었습니다") && broken.contains("깨짐_검토의견.xlsx"),
        "{broken}"
    );
    assert!(broken.contains("성과관리계획 담당자께"), "{broken}");
    let clean = letter("기획실.xlsx");
    assert!(clean.contains("지적 사항: 없음") && clean.contains("따로 하실 일은 없습니다"), "{clean}");
    assert!(!clean.contains("하실 일\r\n"), "{clean}");

    planbook(dir.path(), &["return", "."]);
    assert_eq!(annotated, letter("교통국.xlsx"), "the same once more");
    planbook(dir.path(), &["return", ".", "--lang", "en"]);
    assert!(letter("교통국.xlsx").contains("To 교통국\r\n"));
}

#[test]
fn two_workbooks_of_one_stem_get_a_message_each() {
    let dir = folder(
        "",
        &[("기획실.csv", &plan("기획실", 90)), ("기획실.tsv", &plan("감사관", 90).replace(',', "\t"))],
    );
    planbook(dir.path(), &["return", "."]);
    let letters: Vec<String> =
        receipts(dir.path()).values().map(|receipt| receipt["letter"].as_str().unwrap().to_owned()).collect();
    assert_eq!(letters, ["returned/workbooks/기획실.txt", "returned/workbooks/기획실.tsv.txt"]);
    for letter in &letters {
        assert!(dir.path().join("output").join(letter).is_file());
    }
}

#[test]
fn the_message_can_be_worded_otherwise() {
    let dir = folder("", &[("기획실.csv", &plan("기획실", 90))]);
    assert_eq!(code(&planbook(dir.path(), &["return", ".", "--eject"])), 0);
    assert!(!dir.path().join("output").exists() && !dir.path().join("ledger.json").exists());
    let own = dir.path().join("templates/letter");
    assert!(own.join("en.hbs").is_file());
    fs::write(own.join("ko.hbs"), "{{to}}: {{counts}} & <{{file}}>\n").unwrap();
    planbook(dir.path(), &["return", "."]);
    let letter = read(dir.path().join("output/returned/workbooks/기획실.txt"));
    assert!(
        letter.starts_with("\u{feff}기획실: 오류 ") && letter.ends_with("& <기획실.csv>\r\n"),
        "{letter}"
    );
}

#[test]
fn a_file_that_could_not_be_read_got_the_advice_to_correct_it_in_excel_and_a_picture_got_a_letter() {
    let locked = "\u{fffd}";
    let dir = folder(
        "roster = [\"교통국\", \"환경국\", \"복지국\", \"문화국\", \"소방국\"]\n",
        &[
            ("교통국.csv", &plan("교통국", 100)),
            ("환경국_2026.hwp", locked),
            ("복지국.xlsx", ""),
            ("문화국.xlsx", "PK\u{3}\u{4}"),
            ("로고.png", "x"),
            ("공문.hwp", "x"),
            ("교통국.pdf", "x"),
        ],
    );
    let returned = planbook(dir.path(), &["return", "."]);
    let folder = dir.path().join("output/returned/workbooks");
    for (file, advice) in [
        ("환경국_2026", "1. 계획을 엑셀 서식(통합 문서)에 옮겨 적어 .xlsx로 보내 주십시오"),
        ("복지국", "1. 보내는 도중에 끊겼을 수 있습니다. 가지고 계신 원본을 다시 보내 주십시오"),
        ("문화국", "1. 보내신 파일을 엑셀이나 한셀에서 열어 보십시오. 열리면 .xlsx로 다시 저장하여"),
    ] {
        let letter = read(folder.join(format!("{file}.txt")));
        assert!(letter.contains(advice) && !letter.contains("이름 그대로"), "{letter}");
        assert!(letter.contains(&format!("{} 담당자께", file.trim_end_matches("_2026"))), "{letter}");
    }
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| ["로고", "공문", "교통국.pdf"].iter().any(|stranger| name.contains(stranger)))
        .collect();
    names.sort();
    assert_eq!(names, [""; 0], "nobody is to answer for these");
    assert!(
        err(&returned).contains("통합 문서 3개(읽지 못한 것 2개), 통합 문서가 아닌 문서 4개"),
        "{}",
        err(&returned)
    );

    let status = crate::common::out(&planbook(dir.path(), &["status", "."]));
    assert!(status.contains("workbooks/환경국_2026.hwp  읽지 못함"), "{status}");
    let missing: Vec<&str> = status.lines().filter(|line| line.contains("  미제출")).collect();
    assert_eq!(missing, ["소방국                     미제출"], "{status}");
    assert!(status.contains("이 표에 없는 지적 4건: 오류 0건, 경고 4건, 참고 0건"), "{status}");
    let explained = crate::common::out(&planbook(dir.path(), &["explain", "R001"]));
    assert!(explained.contains("경고입니다"), "{explained}");
}

#[test]
fn a_letter_sent_to_notes_that_were_not_there_and_asked_to_mend_what_is_no_plan() {
    let dir =
        folder("checks.T406.off = true\nchecks.W102.off = true\nchecks.W101.severity = \"info\"\n", &[]);
    let put =
        |name: &str, text: &str| fs::write(dir.path().join("workbooks").join(name), xlsx(text)).unwrap();
    put("교통국.xlsx", &plan("교통국", 90));
    put("환경국.xlsx", "회의 자료\n이름,전화\n");
    planbook(dir.path(), &["scorecards", "."]);
    fs::copy(dir.path().join("output/scorecards/01_교통국.xlsx"), dir.path().join("workbooks/복지국.xlsx"))
        .unwrap();
    planbook(dir.path(), &["return", "."]);
    let receipts = receipts(dir.path());
    for (file, says, not) in [
        ("교통국", "셀에는 표시하지 않았습니다", "메모와 색"),
        ("환경국", "2. 계획표가 든 파일인지 확인하십시오", "그 파일에서 바로 고쳐"),
        ("복지국", "부서의 계획이 든 통합 문서를 보내 주십시오", "메모와 색"),
    ] {
        let letter = read(dir.path().join(format!("output/returned/workbooks/{file}.txt")));
        let noted = receipts[&format!("workbooks/{file}.xlsx")]["notes"].as_array().unwrap().len();
        assert!(letter.contains(says) && !letter.contains(not), "{noted} {letter}");
    }
}

#[test]
fn a_picture_with_the_name_of_an_organisation_left_it_as_not_sent_and_without_a_letter() {
    let files =
        [("교통국.csv", &*plan("교통국", 100)), ("40_물관리국.jpg", "x"), ("환경국 단체사진.jpg", "x")];
    let dir = folder("roster = [\"교통국\", \"물관리국\", \"환경국\"]\n", &files);
    planbook(dir.path(), &["return", "."]);
    let letter = read(dir.path().join("output/returned/workbooks/40_물관리국.txt"));
    assert!(letter.contains("물관리국 담당자께") && letter.contains("까닭: 그림 파일(.jpg)"), "{letter}");
    let status = crate::common::out(&planbook(dir.path(), &["status", "."]));
    assert!(status.contains("workbooks/40_물관리국.jpg  읽지 못함"), "{status}");
    assert_eq!(status.lines().filter(|line| line.contains("  미제출")).count(), 1, "{status}");
    assert!(!dir.path().join("output/returned/workbooks/환경국 단체사진.txt").exists());
}
