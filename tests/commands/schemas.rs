//! The JSON Schemas in `docs/schema`: kept as the program has them, and held against what it reads and writes.

use std::fs;
use std::path::{Path, PathBuf};

use planbook::ledger::{Board, Ledger, Receipt};
use planbook::project::Config;
use planbook::read::forms::FormMet;
use planbook::score::ScoreReport;
use planbook::write::diff::json as diff_json;
use planbook::write::export::{cascade_json, findings_json, indicators_json};
use schemars::{Schema, schema_for};
use serde_json::Value;

use crate::common::{err, planbook};
use crate::docs::keep;

fn schemas() -> [(&'static str, Schema); 10] {
    [
        ("planbook", Config::schema()),
        ("indicators", indicators_json::schema()),
        ("findings", findings_json::schema()),
        ("cascade", cascade_json::schema()),
        ("returned", schema_for!(Vec<Receipt>)),
        ("ledger", schema_for!(Ledger)),
        ("status", schema_for!(Board)),
        ("score", schema_for!(ScoreReport)),
        ("forms", schema_for!(Vec<FormMet>)),
        ("diff", diff_json::schema()),
    ]
}

#[test]
fn the_schemas_are_those_of_what_is_read_and_written() {
    for (name, mut schema) in schemas() {
        schema.insert("title".to_owned(), name.into());
        let text = serde_json::to_string_pretty(&schema).unwrap();
        keep(&format!("docs/schema/{name}.json"), &format!("{text}\n"));
    }
}

#[test]
fn what_is_written_for_the_example_goes_by_the_schemas() {
    let example: PathBuf = [env!("CARGO_MANIFEST_DIR"), "examples", "seoul-2009"].iter().collect();
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("seoul");
    fs::create_dir_all(folder.join("workbooks")).unwrap();
    fs::copy(example.join("planbook.toml"), folder.join("planbook.toml")).unwrap();
    for entry in fs::read_dir(example.join("workbooks")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, folder.join("workbooks").join(path.file_name().unwrap())).unwrap();
    }
    let made = |args: &[&str]| {
        let output = planbook(dir.path(), args);
        assert!(output.status.code().is_some_and(|code| code < 2), "{args:?}: {}", err(&output));
        output.stdout
    };
    for args in [["export", "seoul"], ["return", "seoul"], ["scorecards", "seoul"]] {
        made(&args);
    }
    let changed = dir.path().join("changed");
    fs::create_dir(&changed).unwrap();
    let first = fs::read_dir(folder.join("workbooks")).unwrap().flatten().map(|it| it.path()).min().unwrap();
    fs::copy(&first, changed.join(first.file_name().unwrap())).unwrap();
    let read = |name: &str| fs::read(dir.path().join(name)).unwrap();
    for (name, json) in [
        ("indicators", read("output/data/indicators.json")),
        ("findings", read("output/data/findings.json")),
        ("cascade", read("output/data/cascade.json")),
        ("returned", read("output/data/returned.json")),
        ("ledger", read("seoul/ledger.json")),
        ("status", made(&["status", "seoul", "--format", "json"])),
        ("forms", made(&["forms", "seoul", "--format", "json"])),
        ("score", made(&["score", "seoul", "--format", "json"])),
        ("diff", made(&["diff", "seoul", "changed", "--all", "--format", "json"])),
    ] {
        hold(name, &serde_json::from_slice(&json).unwrap());
    }
}

#[test]
fn the_commented_settings_go_by_the_schema() {
    let template = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/planbook.toml");
    let template = fs::read_to_string(template).unwrap();
    let is_example = |rest: &&str| !rest.starts_with([' ', '#', ':']) || rest.starts_with("    {");
    let lines = template.lines().map(|line| line.strip_prefix('#').filter(is_example).unwrap_or(line));
    let text = lines.collect::<Vec<_>>().join("\n");
    hold("planbook", &toml::from_str(&text).unwrap());
}

/// Holds a document against the schema of that name.
fn hold(name: &str, document: &Value) {
    let (_, schema) = schemas().into_iter().find(|(known, _)| *known == name).unwrap();
    let mut wrong = Vec::new();
    check(schema.as_value(), schema.as_value(), document, name, &mut wrong);
    wrong.truncate(10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether `value` is what `schema` says, and has no key that it does not name.
fn check(root: &Value, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let part = root.pointer(name.trim_start_matches('#')).unwrap();
        return check(root, part, value, at, wrong);
    }
    for several in ["anyOf", "oneOf"] {
        if let Some(ways) = schema[several].as_array() {
            let fits = |way: &Value| {
                let mut wrong = Vec::new();
                check(root, way, value, at, &mut wrong);
                wrong.is_empty()
            };
            if !ways.iter().any(fits) {
                wrong.push(format!("{at}: {value} is none of {several}"));
            }
            return;
        }
    }
    let is = |name: &Value| match name.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("{at}: type {other}"),
    };
    let right = match &schema["type"] {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    let listed = schema["enum"].as_array().is_none_or(|known| known.contains(value));
    if !right || !listed || schema.get("const").is_some_and(|only| only != value) {
        wrong.push(format!("{at}: {value}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let part = schema["prefixItems"].get(index).unwrap_or(&schema["items"]);
        check(root, part, item, &format!("{at}[{index}]"), wrong);
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten() {
        if !object.contains_key(name.as_str().unwrap()) {
            wrong.push(format!("{at}: {name} is missing"));
        }
    }
    let patterns = schema["patternProperties"].as_object().and_then(|patterns| patterns.values().next());
    let others = patterns.or_else(|| schema.get("additionalProperties").filter(|it| it.is_object()));
    for (name, part) in object {
        let at = format!("{at}.{name}");
        match schema["properties"].get(name).or(others) {
            Some(known) => check(root, known, part, &at, wrong),
            None => wrong.push(format!("{at} is not in the schema")),
        }
    }
}
