//! `planbook forms` and `[[forms]]`: forms are listed, taught once, and known again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::common::{code, command, err, out, planbook};

/// A plan in words that planbook knows.
fn known(org: &str, year: i32) -> String {
    format!(
        "{org} 성과관리계획\n\n관점,전략목표,성과지표,{}년 실적,{year}년 목표,단위,비중\n\
         시민,편한 교통,버스 만족도,80,82,점,60\n조직,배우는 조직,교육 시간,40,42,시간,40\n",
        year - 1
    )
}

/// A plan whose headings are in no vocabulary.
fn foreign(year: i32) -> String {
    format!(
        "하늘과 성과관리계획\n\n갈래,우리가 볼 것,잴 때 쓰는 것,{}년,{year}년,덧붙임\n\
         시민,대기 오염도,㎍,30,28,수치는 낮을수록\n시민,나무 심기,그루,900,1000,\n",
        year - 1
    )
}

fn folder(year: i32, workbooks: &[(&str, String)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join(year.to_string()).join("workbooks");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in workbooks {
        fs::write(folder.join(name), text).unwrap();
    }
    dir
}

fn json(dir: &Path, args: &[&str]) -> Json {
    serde_json::from_str(&out(&planbook(dir, args))).unwrap()
}

/// The forms with their standing in `[[forms]]`, plans or not, and their numbers of tables.
fn met(dir: &Path, year: &str) -> Vec<(Option<String>, bool, usize)> {
    let forms = json(dir, &["forms", year, "--format", "json"]);
    let form = |form: &Json| {
        let taught = form["taught"].as_str().map(str::to_owned);
        (taught, form["is_plan"].as_bool().unwrap(), form["tables"].as_array().unwrap().len())
    };
    forms.as_array().unwrap().iter().map(form).collect()
}

#[test]
fn tables_with_the_same_headings_are_listed_as_one_form() {
    let moved = format!("\n\n{}", known("나래국", 2026));
    let dir = folder(2026, &[("1.csv", known("가람국", 2026)), ("2.csv", moved)]);
    let listed = planbook(dir.path(), &["forms", "2026"]);
    assert_eq!(code(&listed), 0, "{}", err(&listed));
    let text = out(&listed);
    assert!(
        text.starts_with("서식 1 · 확실 · 한 줄에 지표 하나\n통합 문서 2개, 표 2개, 지표 4행\n"),
        "{text}"
    );
    assert!(text.contains("- workbooks/2.csv 2!A5:G5 (지표 2행)\n"), "{text}");
    for (column, heading, role) in [
        ("C", "‘성과지표’", "→ 핵심성과지표"),
        ("D", "‘2025년 실적’", "→ 2025년 실적"),
        ("E", "‘2026년 목표’", "→ 2026년 목표"),
    ] {
        let line = |line: &str| line.starts_with(column) && line.contains(heading) && line.contains(role);
        assert!(text.lines().any(line), "{heading}: {text}");
    }
    let english = out(&planbook(dir.path(), &["forms", "2026", "--lang", "en"]));
    assert!(
        english.starts_with("Form 1 · sure · a row for each KPI\nworkbooks: 2, tables: 2, KPI rows: 4\n"),
        "{english}"
    );
    let narrow = command(dir.path(), &["forms", "2026"]).env("COLUMNS", "40").output().unwrap();
    let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    assert!(out(&narrow).lines().all(|line| width(line) <= 44), "{}", out(&narrow));
}

#[test]
fn teaching_adds_the_forms_and_changes_nothing_else() {
    let dir = folder(2026, &[("1.csv", known("가람국", 2026))]);
    let settings = dir.path().join("2026/planbook.toml");
    let before = "# 우리 시\r\ncity = \"한빛시\" # 이름\r\n\r\n[read]\r\nseconds = 9";
    fs::write(&settings, before).unwrap();
    let taught = planbook(dir.path(), &["forms", "2026", "--teach"]);
    assert_eq!(code(&taught), 0, "{}", err(&taught));
    assert!(err(&taught).contains("planbook.toml에 서식 1개를 적었습니다"), "{}", err(&taught));
    assert!(err(&taught).contains("`planbook check 2026`을"), "{}", err(&taught));
    let text = fs::read_to_string(&settings).unwrap();
    assert!(text.starts_with(before) && text.contains("\r\n\"성과지표\" = \"kpi\"\r\n"), "{text}");
    assert!(text.contains("# C: 핵심성과지표로 보았습니다"), "{text}");
    assert_eq!(met(dir.path(), "2026"), [(Some("서식 1".to_owned()), true, 1)]);
    let again = planbook(dir.path(), &["forms", "2026", "--teach"]);
    assert!(err(&again).contains("더 적을 서식이 없습니다"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&settings).unwrap(), text);
}

#[test]
fn without_a_planbook_toml_one_is_made() {
    let dir = folder(2026, &[("1.csv", known("가람국", 2026))]);
    let taught = planbook(dir.path(), &["--lang", "en", "forms", "2026", "--teach"]);
    assert!(err(&taught).contains("1 form written into 2026/planbook.toml"), "{}", err(&taught));
    let text = fs::read_to_string(dir.path().join("2026/planbook.toml")).unwrap();
    assert!(text.contains("# C: read as KPI") && text.contains("name = \"Form 1\""), "{text}");
}

#[test]
fn teaching_what_was_understood_changes_nothing_of_the_plans() {
    let example: PathBuf = [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("2009");
    fs::create_dir_all(folder.join("workbooks")).unwrap();
    for entry in fs::read_dir(example.join("workbooks")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join("workbooks").join(path.file_name().unwrap())).unwrap();
    }
    let plans = || {
        planbook(dir.path(), &["export", "2009", "-o", "out"]);
        fs::read_to_string(dir.path().join("out/data/indicators.json")).unwrap()
    };
    let before = plans();
    planbook(dir.path(), &["forms", "2009", "--teach"]);
    assert!(met(dir.path(), "2009").iter().all(|(taught, ..)| taught.is_some()));
    assert!(plans() == before);
}

/// What planbook.toml says of [`foreign`].
const FOREIGN: &str = "[[forms]]
name = \"하늘과 서식\"
headings = [\"우리가 볼 것\", \"2025년\", \"2026년\"]
[forms.roles]
\"갈래\" = \"관점\"
\"우리가 볼 것\" = \"성과지표\"
\"잴 때 쓰는 것\" = \"unit\"
\"2025년\" = \"actual 2025\"
\"2026년\" = \"2026년 목표\"
\"덧붙임\" = \"aside\"
";

#[test]
fn a_form_corrected_once_is_read_in_every_workbook_and_year() {
    for year in [2026, 2027] {
        let moved = format!("\n\n\n{}", foreign(year)).replace("하늘과", "바다과");
        let dir = folder(year, &[("1.csv", foreign(year)), ("2.csv", moved)]);
        let name = year.to_string();
        fs::write(dir.path().join(&name).join("planbook.toml"), FOREIGN).unwrap();
        assert_eq!(met(dir.path(), &name), [(Some("하늘과 서식".to_owned()), true, 2)]);
        planbook(dir.path(), &["export", &name, "-o", "out"]);
        let rows: Json =
            serde_json::from_str(&fs::read_to_string(dir.path().join("out/data/indicators.json")).unwrap())
                .unwrap();
        let rows = rows.as_array().unwrap();
        assert_eq!(rows.len(), 4);
        let text = |name: &str| rows[0][name].as_str().unwrap().to_owned();
        assert_eq!(["org", "perspective", "kpi", "unit"].map(text), ["하늘과", "시민", "대기 오염도", "㎍"]);
        let (before, now) = ((year - 1).to_string(), year.to_string());
        assert_eq!(rows[0]["values"], serde_json::json!({ before.clone(): "30", now.clone(): "28" }));
        assert_eq!(rows[0]["kinds"], serde_json::json!({ before: "actual", now: "target" }));
    }
}

#[test]
fn a_table_that_is_no_plan_is_never_read_and_never_asked_about() {
    let prices = known("가람국", 2026).replace("버스 만족도", "연필").replace("교육 시간", "공책");
    let dir = folder(2026, &[("1.csv", prices)]);
    let entry = "[[forms]]\nname = \"물품\"\nheadings = [\"성과지표\", \"비중\"]\nnot_a_plan = true\n";
    fs::write(dir.path().join("2026/planbook.toml"), entry).unwrap();
    assert_eq!(met(dir.path(), "2026"), [(Some("물품".to_owned()), false, 1)]);
    let text = out(&planbook(dir.path(), &["forms", "2026"]));
    assert!(text.starts_with("물품 · 계획이 아님 · "), "{text}");
    let check = json(dir.path(), &["check", "2026", "--format", "json"]);
    let rules: Vec<&str> = check.as_array().unwrap().iter().filter_map(|it| it["rule"].as_str()).collect();
    assert!(!rules.contains(&"R002") && !rules.contains(&"R017"), "{rules:?}");
}

#[test]
fn a_wrong_role_is_told_with_the_line_as_it_should_be() {
    let dir = folder(2026, &[("1.csv", foreign(2026))]);
    let wrong = FOREIGN.replace("\"unit\"", "\"unitt\"");
    fs::write(dir.path().join("2026/planbook.toml"), wrong).unwrap();
    let output = planbook(dir.path(), &["forms", "2026"]);
    assert_eq!(code(&output), 2);
    let told = err(&output);
    assert!(told.contains("unitt") && told.contains("\"잴 때 쓰는 것\" = \"unit\""), "{told}");
}

#[test]
fn a_workbook_without_a_plan_is_told_with_its_sheet_and_headings() {
    let dir = folder(2026, &[("1.csv", "품목,규격,값\n연필,HB,300\n".to_owned())]);
    let check = json(dir.path(), &["check", "2026", "--format", "json"]);
    let finding = check.as_array().unwrap().iter().find(|it| it["rule"] == "R002").unwrap();
    let text = finding.to_string();
    assert!(text.contains("1!A1 ") && text.contains("‘품목’, ‘규격’"), "{text}");
}
