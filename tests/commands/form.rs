//! Forms for the next year, by whole commands: the example's, an empty one, and what is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{code, err, out, planbook};
use crate::package::Book;
use planbook::text::names::plain_key;
use serde_json::Value;

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009")
}

/// Makes the forms of the example into `dir/out`, and a plan-year folder `dir/next` of them.
fn forms(dir: &Path, args: &[&str]) -> String {
    let example = example();
    let all: Vec<&str> =
        ["form", example.to_str().unwrap(), "-o", "out"].into_iter().chain(args.iter().copied()).collect();
    let output = planbook(dir, &all);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let next = dir.join("next/workbooks");
    fs::create_dir_all(&next).unwrap();
    for file in fs::read_dir(dir.join("out/forms")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), next.join(file.file_name())).unwrap();
    }
    fs::copy(example.join("planbook.toml"), dir.join("next/planbook.toml")).unwrap();
    err(&output)
}

fn records(dir: &Path, folder: &str) -> Vec<Value> {
    let out = format!("data-{}", folder.len());
    let output = planbook(dir, &["export", folder, "-o", &out, "-q"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    let json = fs::read_to_string(dir.join(out).join("data/indicators.json")).unwrap();
    serde_json::from_str(&json).unwrap()
}

fn findings(dir: &Path, folder: &str) -> BTreeMap<String, usize> {
    let output = planbook(dir, &["check", folder, "--format", "json", "--severity", "info"]);
    let all: Vec<Value> = serde_json::from_str(&out(&output)).unwrap();
    let mut counts = BTreeMap::new();
    for finding in &all {
        *counts.entry(finding["rule"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn the_forms_of_the_example_say_what_its_plans_said_a_year_on() {
    let dir = tempfile::tempdir().unwrap();
    let told = forms(dir.path(), &[]);
    assert!(
        told.contains("2010년 서식: 통합 문서 42개, 계획 58개") && !told.contains("다시 읽으면"),
        "{told}"
    );
    let (old, new) = (records(dir.path(), example().to_str().unwrap()), records(dir.path(), "next"));
    assert_eq!(old.len(), 1031);
    assert_eq!(new.len(), old.len());
    // Declared misprints are not handed on.
    let declared = planbook::project::Config::load(&example()).unwrap().spellings;
    let declared: BTreeMap<String, &String> =
        declared.iter().map(|(from, to)| (plain_key(from), to)).collect();
    let mut corrected = 0;
    for (old, new) in old.iter().zip(&new) {
        for field in [
            "plan",
            "row",
            "org",
            "parent_org",
            "perspective",
            "perspective_weight",
            "parent_goal",
            "parent_kpi",
            "goal",
            "kpi",
            "unit",
            "weight",
            "codes",
        ] {
            let name = old[field].as_str().and_then(|text| declared.get(&plain_key(text)));
            corrected += usize::from(name.is_some_and(|name| old[field] != **name));
            match name {
                Some(name) => assert_eq!(new[field], **name, "{field} of {old}"),
                None => assert_eq!(new[field], old[field], "{field} of {old}"),
            }
        }
        let (was, is) = (&old["values"], &new["values"]);
        assert_eq!(is["2008"], was["2008"], "{old}");
        assert_eq!(is["2009"], "", "{old}");
        assert_eq!(is["2010"], was["2010"], "{old}");
        assert_eq!(is["2011"], "", "{old}");
        let kinds = ["2008", "2009", "2010", "2011"].map(|year| new["kinds"][year].as_str().unwrap());
        assert_eq!(kinds, ["actual", "actual", "target", "target"]);
    }
    assert!(corrected > 0);
}

#[test]
fn the_forms_of_the_example_have_no_findings_of_our_own() {
    let dir = tempfile::tempdir().unwrap();
    forms(dir.path(), &[]);
    let (before, after) = (findings(dir.path(), example().to_str().unwrap()), findings(dir.path(), "next"));
    for (rule, count) in &after {
        // A target of the new plan year that the former plan left open is for the department to enter.
        if rule != "T405" {
            assert!(
                before.get(rule).is_some_and(|known| known >= count),
                "{rule}: {count}, before {before:?}"
            );
        }
    }
    assert!(!after.keys().any(|rule| rule.starts_with('R')), "{after:?}");
}

#[test]
fn one_department_another_year_in_english() {
    let dir = tempfile::tempdir().unwrap();
    let told = forms(dir.path(), &["--org", "교육기획관", "--year", "2012", "--lang", "en"]);
    assert!(
        told.contains("made out/forms/12_경영기획실.xlsx (forms for 2012: 1 workbooks, 4 plans)"),
        "{told}"
    );
    assert!(!told.contains("read again"), "{told}");
    let found = findings(dir.path(), "next");
    // The other organisations of the roster are missing, rightly.
    assert!(found.keys().all(|rule| rule == "R009" || !rule.starts_with('R')), "{found:?}");
}

#[test]
fn every_form_reads_back_in_english_too() {
    let dir = tempfile::tempdir().unwrap();
    let told = forms(dir.path(), &["--lang", "en"]);
    assert!(told.contains("42 workbooks, 58 plans") && !told.contains("read again"), "{told}");
}

#[test]
fn an_empty_form_needs_a_name_and_a_parent() {
    let dir = tempfile::tempdir().unwrap();
    let example = example();
    let form = |args: &[&str]| {
        let all: Vec<&str> = ["form", example.to_str().unwrap(), "-o", "out"]
            .into_iter()
            .chain(args.iter().copied())
            .collect();
        let output = planbook(dir.path(), &all);
        (code(&output), err(&output))
    };
    for (args, words) in [
        (&["--blank"][..], "새 조직의 이름이 없습니다"),
        (&["--blank", "--org", "보행과"], "--parent 서울시"),
        (&["--blank", "--org", "복지국", "--parent", "서울시"], "복지국의 계획이 이미 있어"),
        (&["--blank", "--org", "보행과", "--parent", "도시교통본"], "혹시 도시교통본부입니까?"),
        (&["--org", "달나라과"], "달나라과"),
        (&["--year", "2008"], "2008년 서식을 만들 수 없습니다"),
    ] {
        let (code, told) = form(args);
        assert!(code == 2 && told.contains(words), "{args:?}: {told}");
    }
    assert!(!dir.path().join("out/forms").exists());
    let (code, told) = form(&["--blank", "--org", "보행과", "--parent", "도시교통본부"]);
    assert!(code == 1 && told.contains("out/forms/보행과.xlsx"), "{told}");
}

#[test]
fn inputs_are_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let plans = dir.path().join("forms");
    fs::create_dir(&plans).unwrap();
    let name = "01_대변인.xlsx";
    fs::copy(example().join("workbooks").join(name), plans.join(name)).unwrap();
    let before = fs::read(plans.join(name)).unwrap();
    let output = planbook(dir.path(), &["form", "forms", "-o", "."]);
    assert_eq!(code(&output), 2, "{}", err(&output));
    assert!(fs::read(plans.join(name)).unwrap() == before);
}

#[test]
fn what_was_typed_into_a_form_is_kept_once_and_all_others_are_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let example = example();
    let make = |year: &str| {
        err(&planbook(dir.path(), &["form", example.to_str().unwrap(), "-o", "out", "--year", year]))
    };
    make("2011");
    // Another year: each form says something else, and nobody has filled one.
    let told = make("2010");
    assert!(!told.contains("옮겨") && !told.contains("bak"), "{told}");
    let forms = dir.path().join("out/forms");
    let typed: Vec<_> =
        ["01_대변인.xlsx", "16_경쟁력강화본부.xlsx"].map(|name| (name, saved(&forms.join(name)))).into();
    // What an earlier version put aside is its own and nothing strange.
    fs::write(forms.join("01_대변인.xlsx.bak2"), "").unwrap();
    let told = make("2010");
    assert!(told.contains("저장한 서식 2개를") && !told.contains("이번에 만들지 않은"), "{told}");
    for (name, bytes) in typed {
        assert!(fs::read(dir.path().join("out/이전/forms").join(name)).unwrap() == bytes);
    }
    let again = make("2010");
    assert!(!again.contains("옮겨"), "{again}");
}

/// Gives a workbook the date of another program that has saved it, and tells what it then holds.
fn saved(path: &Path) -> Vec<u8> {
    let (part, mut book) = ("docProps/core.xml", Book::of(&fs::read(path).unwrap()));
    let text = book.text(part);
    let (before, after) = text.split_once("<dcterms:modified xsi:type=\"dcterms:W3CDTF\">").unwrap();
    let bytes = book
        .set(part, format!("{before}<dcterms:modified xsi:type=\"dcterms:W3CDTF\">2099{}", &after[4..]))
        .pack();
    fs::write(path, &bytes).unwrap();
    bytes
}
