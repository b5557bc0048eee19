//! The library builds what the command line builds, and says as data what came of it.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use planbook::build::{BuildOptions, Event, WRITERS, failures};
use planbook::write::returned::FOLDER;

/// A plan-year folder with one workbook of the example.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks/08_감사관.xlsx");
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    fs::copy(from, dir.path().join("workbooks/08_감사관.xlsx")).unwrap();
    dir
}

#[test]
fn outputs_are_told_in_the_order_of_the_list_and_one_that_fails_stops_no_other() {
    let dir = folder();
    let out = dir.path().join("output");
    // A folder lies where the file is to go, and a template asks for what there is not.
    fs::create_dir_all(out.join("cascade.xlsx/in the way")).unwrap();
    fs::create_dir_all(dir.path().join("templates/letter")).unwrap();
    fs::write(dir.path().join("templates/letter/ko.hbs"), "{{nothing_like_it}}").unwrap();
    let told = Mutex::new(Vec::new());
    let options = BuildOptions::default();
    let built = planbook::build(dir.path(), &out, &options, &|event| {
        if let Event::Ended(outcome) = event {
            told.lock().unwrap().push(outcome.name);
        }
    })
    .unwrap();
    let names: Vec<&str> = WRITERS.iter().map(|writer| writer.name()).collect();
    assert_eq!(told.into_inner().unwrap(), names);
    let made: Vec<&Path> = built.made().into_iter().map(|path| path.strip_prefix(&out).unwrap()).collect();
    for name in ["data/indicators.json", "scorecards", FOLDER, "report.html"] {
        assert!(made.contains(&Path::new(name)) && out.join(name).exists(), "{name}: {made:?}");
    }
    let failed: Vec<&str> = failures(built.outcomes).iter().map(|(name, _)| *name).collect();
    // Whether there is a book depends on the fonts and on how planbook is built.
    let failed: Vec<&str> = failed.into_iter().filter(|name| *name != "book.pdf").collect();
    assert_eq!(failed, ["cascade.xlsx", "returned/*.txt"]);
}
