//! The data files of a small city, read back by independent parsers.

use std::io;

use serde_json::{Value, json};

use super::*;
use crate::check::{self, Run};
use crate::consolidate::City;
use crate::consolidate::Context;
use crate::files::Output;
use crate::finding::Severity;
use crate::finding::{Finding, Lang};
use crate::plan::Plan;
use crate::project::Config;
use crate::testing::{city, config, consistent_city, plan};
use crate::write::json::lines;
use crate::write::{WriteContext, Writer, Written};

fn bytes(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Vec<u8> {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    out
}

fn parsed(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Value {
    serde_json::from_slice(&bytes(write)).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// One plan whose weights sum to 90, without a column of codes.
fn wrong_city(config: &Config) -> City {
    city(
        [plan("교통국", "가나시")
            .years("2024a 2025t")
            .row("시민 (60) | 편리한 도시 | 시정만족도 | 70% | 편리한 교통 | =교통 \"만족도\" | - | 65.0 | 점 | 50 | ~")
            .row("^ | ^ | ^ | ^ | ^ | 버스, 정시율 | | 1,200 | % | 40 | ~")],
        config,
    )
}

fn found(city: &City, config: &Config) -> Vec<Finding> {
    check::run(&Context { city, config })
}

#[test]
fn indicators_have_the_keys_and_order_of_the_contract() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let records = parsed(|out| indicators_json::write(&Context { city: &city, config: &config }, out));
    assert_eq!(records.as_array().unwrap().len(), city.rows().count());
    let first = &records[0];
    assert_eq!(
        keys(first),
        [
            "plan",
            "row",
            "org",
            "parent_org",
            "perspective",
            "perspective_weight",
            "parent_goal",
            "parent_kpi",
            "parent_target",
            "goal",
            "kpi",
            "values",
            "kinds",
            "unit",
            "weight",
            "codes",
            "source",
        ]
    );
    assert_eq!(first["plan"], 1);
    assert_eq!(first["row"], 0);
    assert_eq!(first["perspective_weight"], "30");
    assert_eq!(
        first["kinds"],
        json!({"2023": "actual", "2024": "actual", "2025": "target", "2026": "target"})
    );
    assert_eq!(keys(&first["source"]), ["file", "sheet", "cells"]);
    assert_eq!(
        first["source"]["cells"],
        json!({
            "perspective": "A6", "parent_goal": "B6", "parent_kpi": "C6", "parent_target": "D6", "goal": "E6",
            "kpi": "F6", "2023": "G6", "2024": "H6", "2025": "I6", "2026": "J6", "unit": "K6", "weight": "L6",
            "code": "M6",
        })
    );
    assert_eq!(keys(&first["source"]["cells"])[6..10], ["2023", "2024", "2025", "2026"]);
}

#[test]
fn a_missing_column_has_no_cell_and_a_merged_one_its_first() {
    let config = Config::default();
    let city = wrong_city(&config);
    let records = parsed(|out| indicators_json::write(&Context { city: &city, config: &config }, out));
    let cells = &records[1]["source"]["cells"];
    assert_eq!(cells["goal"], "E6");
    assert_eq!(cells["kpi"], "F7");
    assert_eq!(cells.get("code"), None);
    assert_eq!(records[1]["values"], json!({"2024": "", "2025": "1,200"}));
}

#[test]
fn the_initiative_stands_only_where_one_is_named() {
    let config = Config::default();
    let mut named: Plan = plan("기획과", "가나시")
        .years("2025t")
        .row("창의 | 목표 | 지표 | 1 | 목표 | 포럼 | 3 | 회 | 100 | 1")
        .into();
    named.rows[0].perspective.weight = None;
    named.rows[0].initiatives.codes = vec!["1".into()];
    named.rows[0].initiatives.name = Some("창의포럼 운영".into());
    let city = city([named], &config);
    let records = parsed(|out| indicators_json::write(&Context { city: &city, config: &config }, out));
    assert_eq!(records[0]["initiative"], "창의포럼 운영");
    assert_eq!(records[0]["codes"], json!(["1"]));
    assert_eq!(records[0]["perspective_weight"], Value::Null);
}

#[test]
fn one_record_a_line_and_an_empty_list_is_one() {
    assert_eq!(bytes(|out| lines(out, std::iter::empty::<u8>())), b"[]\n");
    assert_eq!(bytes(|out| lines(out, [1, 2].into_iter())), b"[\n1,\n2\n]\n");
}

#[test]
fn the_csv_reads_back_with_texts_as_they_were() {
    let config = Config::default();
    let city = wrong_city(&config);
    let text = bytes(|out| indicators_csv::write(&Context { city: &city, config: &config }, out));
    let text = text.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark, for Excel");
    let mut reader = csv::Reader::from_reader(text);
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][at("kpi")], "'=교통 \"만족도\"", "no formula in a spreadsheet");
    assert_eq!(&rows[0][at("value_2024")], "-");
    assert_eq!(&rows[1][at("kpi")], "버스, 정시율");
    assert_eq!((&rows[1][at("value_2025")], &rows[1][at("kind_2025")]), ("1,200", "target"));
    assert_eq!((&rows[1][at("cell_2025")], &rows[1][at("cell_code")]), ("H7", ""));
    assert_eq!(&rows[1][at("file")], "workbooks/01_교통국.xlsx");
}

#[test]
fn years_of_some_plans_are_columns_for_all() {
    let config = Config::default();
    let row = "창의 | 목표 | 지표 | 1 | 목표 | 포럼";
    let city = city(
        [
            plan("가과", "나시").years("2024a 2025t").row(&format!("{row} | 1 | 2 | 회 | 100 | ")),
            plan("다과", "나시").years("2025t 2026t").row(&format!("{row} | 3 | 4 | 회 | 100 | ")),
        ],
        &config,
    );
    let text = bytes(|out| indicators_csv::write(&Context { city: &city, config: &config }, out));
    let mut reader = csv::Reader::from_reader(&text[3..]);
    let headings = reader.headers().unwrap().clone();
    let values: Vec<usize> = (0..headings.len()).filter(|&at| headings[at].starts_with("value_")).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |row: usize| values.iter().map(|&at| &rows[row][at]).collect::<Vec<_>>();
    assert_eq!((of(0), of(1)), (vec!["1", "2", ""], vec!["", "3", "4"]));
}

#[test]
fn findings_have_the_keys_of_the_contract() {
    let config = Config::default();
    let city = wrong_city(&config);
    let findings = found(&city, &config);
    let records = parsed(|out| findings_json::write(&findings, Lang::Ko, out));
    let record = records.as_array().unwrap().iter().find(|record| record["rule"] == "W101").unwrap();
    assert_eq!(
        keys(record),
        [
            "rule", "severity", "org", "row", "field", "message", "expected", "actual", "hint", "at",
            "related", "id", "answer",
        ]
    );
    assert_eq!((&record["severity"], &record["org"]), (&json!("error"), &json!("교통국")));
    assert_eq!((&record["row"], &record["field"]), (&Value::Null, &json!("weight")));
    assert_eq!(record["at"], json!({"file": "workbooks/01_교통국.xlsx", "sheet": "교통국", "cell": "J6"}));
    let english = parsed(|out| findings_json::write(&findings, Lang::En, out));
    assert_ne!(record["message"], english[0]["message"]);
}

#[test]
fn a_waived_finding_says_why_and_a_file_has_no_cell() {
    let plain = Config::default();
    let id =
        found(&wrong_city(&plain), &plain).iter().find(|f| f.rule.as_str() == "W101").unwrap().id.clone();
    let config = config(&format!("[[waive]]\nid = \"{id}\"\nreason = \"내년에 고침\""));
    let mut findings = found(&wrong_city(&config), &config);
    findings.retain(|finding| finding.id == id);
    findings[0].at = crate::source::Place::file(&findings[0].at.file);
    let records = parsed(|out| findings_json::write(&findings, Lang::Ko, out));
    assert_eq!(records[0]["waived"], "내년에 고침");
    assert_eq!((&records[0]["at"]["sheet"], &records[0]["at"]["cell"]), (&Value::Null, &Value::Null));
    let sarif = parsed(|out| sarif::write(&findings, Lang::Ko, out));
    let suppressions = &sarif["runs"][0]["results"][0]["suppressions"];
    assert_eq!(suppressions, &json!([{"kind": "external", "justification": "내년에 고침"}]));
}

#[test]
fn the_cascade_nests_offices_under_departments() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let cascade = parsed(|out| cascade_json::write(&Context { city: &city, config: &config }, out));
    assert_eq!(keys(&cascade), ["city", "year", "goals", "loose", "common", "rollups", "missing"]);
    assert_eq!((&cascade["city"], &cascade["year"]), (&json!("가나시"), &json!(2025)));
    let kpi = &cascade["goals"][0]["kpis"][0];
    assert_eq!(
        (&kpi["kpi"], &kpi["target"], &kpi["declared"]),
        (&json!("시정만족도"), &json!("70%"), &json!(false))
    );
    assert_eq!(kpi["citations"], 2);
    let top = &kpi["rows"][0];
    assert_eq!(keys(top), ["plan", "row", "org", "goal", "kpi", "target", "unit", "weight", "link", "below"]);
    assert_eq!(
        (&top["org"], &top["target"], &top["link"]),
        (&json!("교통국"), &json!("65.0"), &json!("contributory"))
    );
    assert_eq!((&top["below"][0]["org"], &top["below"][0]["link"]), (&json!("도로과"), &json!("direct")));
    assert_eq!(kpi["rows"][1]["org"], "환경국");
    let sum = cascade["rollups"].as_array().unwrap().iter().find(|sum| sum["org"] == "교통국").unwrap();
    assert_eq!(keys(sum), ["kpi", "plan", "row", "org", "year", "value", "sum", "children"]);
    let common = &cascade["common"][0];
    assert_eq!(keys(common), ["kpi", "rollup", "required", "rows"]);
    assert_eq!(keys(&common["rows"][0]), ["plan", "row", "org", "values", "unit"]);
}

#[test]
fn sarif_has_the_structure_of_2_1_0() {
    let config = Config::default();
    let city = wrong_city(&config);
    let findings = found(&city, &config);
    let log = parsed(|out| sarif::write(&findings, Lang::En, out));
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    for (result, finding) in results.iter().zip(&findings) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let level = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "note",
        };
        assert_eq!(result["level"], level);
        assert_eq!(result["partialFingerprints"]["planbookId/v1"], finding.id.as_str());
        let physical = &result["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(physical["uri"], "workbooks/01_%EA%B5%90%ED%86%B5%EA%B5%AD.xlsx");
        assert!(run["originalUriBaseIds"].get(physical["uriBaseId"].as_str().unwrap()).is_some());
    }
    let weights = results.iter().find(|result| result["ruleId"] == "W101").unwrap();
    assert_eq!(weights["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "교통국!J6");
    assert!(weights["message"]["text"].as_str().unwrap().starts_with("교통국!J6: the weights sum to 90"));
}

#[test]
fn all_files_go_into_data() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let output = Output::new(&dir.path().join("out"), &dir.path().join("in")).unwrap();
    let run = Run { city, findings: Vec::new(), passed_over: Vec::new() };
    let context = WriteContext::new(dir.path(), &run, &config, Lang::Ko);
    let mut written = Written::default();
    DataWriter.write(&context, &output, &mut written).unwrap();
    let files: Vec<_> = written.made().collect();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["indicators.json", "indicators.csv", "findings.json", "cascade.json"]);
    assert!(files.iter().all(|file| file.starts_with(dir.path().join("out/data")) && file.is_file()));
}
