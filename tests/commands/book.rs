//! `planbook book`, as a user types it: settings, templates of one's own, fonts, letters that no font shows.

use crate::common::{code, err, planbook};
use std::fs;
use std::path::Path;

/// A folder with one plan, whose KPI is `kpi`, and `[book]` as given.
fn city(kpi: &str, book: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    let sheet = format!(
        "기획실 균형성과계획\n\
         관점,한빛시,,,기획실,,,,,,\n\
         ,전략목표,핵심성과지표,목표치,전략목표,핵심성과지표,실적치,목표치,단위,비중,주요사업 코드번호\n\
         ,,,,,,2025년,2026년,,,\n\
         시민 고객 (60),믿음직한 시,시정만족도,70%,친절한 민원,{kpi},90,91,%,60,기획-1\n\
         조직 역량 (40),배우는 시,1인당 교육시간,80,배우는 조직,1인당 교육시간,78,80,시간,40,기획-2\n"
    );
    fs::write(dir.path().join("workbooks/기획실.csv"), sheet).unwrap();
    fs::write(dir.path().join("planbook.toml"), format!("[book]\n{book}\n")).unwrap();
    dir
}

#[test]
fn templates_are_copied_out_once_and_never_overwritten() {
    let dir = city("예산집행률", "");
    let first = planbook(dir.path(), &["book", ".", "--eject"]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    let cover = dir.path().join("templates/book/cover.typ");
    assert!(cover.is_file() && err(&first).contains("cover.typ"));
    assert!(!dir.path().join("output").exists());
    fs::write(&cover, "#let cover(book) = page[내 표지]").unwrap();
    fs::remove_file(dir.path().join("templates/book/style.typ")).unwrap();
    let second = err(&planbook(dir.path(), &["book", ".", "--eject"]));
    assert!(second.contains("그대로 둔 파일: cover.typ"), "{second}");
    assert!(dir.path().join("templates/book/style.typ").is_file());
    assert_eq!(fs::read_to_string(&cover).unwrap(), "#let cover(book) = page[내 표지]");
    let book = planbook(dir.path(), &["book", "."]);
    assert!(code(&book) < 2, "{}", err(&book));
    assert!(err(&book).contains("templates/book 폴더의 서식을 씁니다: cover.typ\n"), "{}", err(&book));
}

#[test]
fn there_is_nothing_to_copy_into_where_there_is_no_folder() {
    let dir = tempfile::tempdir().unwrap();
    let output = planbook(dir.path(), &["book", "없음", "--eject"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("없음 폴더가 없습니다") && !dir.path().join("없음").exists());
}

#[test]
fn an_error_in_a_changed_template_is_shown_with_its_place_and_plan() {
    let dir = city("예산집행률", "");
    planbook(dir.path(), &["book", ".", "--eject"]);
    let template = "#let plans(book) = if book.id != \"part-plans\" {\n  text(\"계획\" + book.titel)\n}\n";
    fs::write(dir.path().join("templates/book/plan.typ"), template).unwrap();
    let output = planbook(dir.path(), &["book", "."]);
    assert_eq!(code(&output), 2);
    let told = err(&output);
    for part in [
        "templates/book/plan.typ 2줄 20칸",
        "2 | text(\"계획\" + book.titel)",
        "^^^^^",
        "이때 조판하던 계획: 기획실",
        "부른 곳: book.typ:",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!dir.path().join("output/book.pdf").exists());
}

#[test]
fn a_letter_that_no_font_shows_is_a_finding_with_its_cell() {
    let dir = city("\u{10FFF0} 예산집행률", "");
    let output = planbook(dir.path(), &["build", ".", "--quiet"]);
    assert!(code(&output) < 2, "{}", err(&output));
    let findings = fs::read_to_string(dir.path().join("output/data/findings.json")).unwrap();
    assert!(
        findings.contains("R010") && findings.contains("U+10FFF0") && findings.contains("\"F5\""),
        "{findings}"
    );
    let told = err(&planbook(dir.path(), &["book", "."]));
    assert!(told.contains("U+10FFF0"), "{told}");
    let checked = planbook(dir.path(), &["check", ".", "--format", "json"]);
    assert!(!String::from_utf8(checked.stdout).unwrap().contains("R010"));
}

#[test]
fn right_to_left_words_end_neither_the_book_nor_the_report() {
    let dir = city("שלום עולם (عربي)", "");
    let output = planbook(dir.path(), &["build", "."]);
    assert!(code(&output) < 2, "{}", err(&output));
    assert!(dir.path().join("output/book.pdf").is_file() && dir.path().join("output/report.html").is_file());
    assert!(!err(&output).contains("R015"), "{}", err(&output));
}

#[test]
fn a_plan_at_which_the_typesetter_stops_is_a_finding_of_every_output() {
    let dir = city("ד ד", "");
    planbook(dir.path(), &["book", ".", "--eject"]);
    // Without kerning the shaper stops at right-to-left words.
    let template = dir.path().join("templates/book/book.typ");
    let text = fs::read_to_string(&template).unwrap().replace("kerning: book.kerning", "kerning: false");
    fs::write(&template, text).unwrap();
    let output = planbook(dir.path(), &["build", "."]);
    assert!(code(&output) < 2, "{}", err(&output));
    assert!(err(&output).contains("한 번 더 만듭니다"), "{}", err(&output));
    assert!(dir.path().join("output/book.pdf").is_file());
    for file in ["data/findings.json", "report.html"] {
        assert!(fs::read_to_string(dir.path().join("output").join(file)).unwrap().contains("R015"), "{file}");
    }
}

#[test]
fn a_run_that_fails_half_way_says_which_outputs_are_new_and_which_are_not() {
    let dir = city("예산집행률", "");
    let folder = dir.path().join("templates/book");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("cover.typ"), "#let cover(book) = titel").unwrap();
    let output = planbook(dir.path(), &["build", "."]);
    assert_eq!(code(&output), 2);
    let told = err(&output);
    for part in [
        "새로 만든 것: ",
        "cascade.xlsx",
        "report.html",
        "이전 것이 있으면 그대로인 것: book.pdf",
        "`titel`: 모르는 이름입니다",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(dir.path().join("output/report.html").is_file() && !dir.path().join("output/book.pdf").exists());
}

#[test]
fn a_misspelt_template_is_told() {
    let dir = city("예산집행률", "");
    let folder = dir.path().join("templates/book");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("stlye.typ"), "#let accent = red").unwrap();
    let told = err(&planbook(dir.path(), &["book", "."]));
    assert!(told.contains("stlye.typ") && told.contains("혹시 `style.typ`입니까?"), "{told}");
}

#[test]
fn a_font_that_is_not_there_is_told_and_another_used() {
    let dir = city("예산집행률", "fonts = [\"NanumGothick\"]");
    let output = planbook(dir.path(), &["book", ".", "--verbose"]);
    assert!(code(&output) < 2, "{}", err(&output));
    let told = err(&output);
    assert!(told.contains("NanumGothick") && told.contains("비슷한 이름의 글꼴: "), "{told}");
    assert!(told.contains("쓰인 글꼴: "), "{told}");
}

#[test]
fn a_picture_that_cannot_be_used_is_named_with_what_to_do() {
    let dir = city("예산집행률", "logo = \"휘장.pdf\"");
    let told = |dir: &Path| {
        let output = planbook(dir, &["book", "."]);
        assert_eq!(code(&output), 2);
        err(&output)
    };
    assert!(
        told(dir.path()).contains("[book] logo에 적은 휘장.pdf를")
            && told(dir.path()).contains("그런 파일이 없습니다")
    );
    fs::write(dir.path().join("휘장.pdf"), "%PDF-1.7").unwrap();
    assert!(told(dir.path()).contains("SVG, PNG, JPEG 그림이 아닙니다"));
}

#[test]
fn slips_in_the_settings_of_the_book_are_told_with_line_and_column() {
    let dir = city("예산집행률", "paper = \"A44\"\nparts = [\"cover\", \"plan\"]");
    let told = err(&planbook(dir.path(), &["book", "."]));
    assert!(told.contains("3줄 19칸: 쓸 수 없는 값입니다: `plan`. 혹시 `plans`입니까?"), "{told}");
    fs::write(dir.path().join("planbook.toml"), "[book]\npaper = \"A44\"\naccent = \"red\"\n").unwrap();
    let told = err(&planbook(dir.path(), &["book", "."]));
    assert!(
        told.contains("2줄 9칸: 알 수 없는 종이 크기입니다") && told.contains("3줄 10칸: 색이 아닙니다"),
        "{told}"
    );
}
