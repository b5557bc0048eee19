//! The library builds what the command line builds, and says as data what came of it.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use planbook::build::{self, BuildOptions, Event, WRITERS, failures};
use planbook::files::Output;
use planbook::write::returned::FOLDER;
use planbook::write::{WriteContext, Writer, WriterError, Written};

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

/// In the place of the book: comes upon something about a plan while it prints.
struct Finder;

/// Counts the findings it is given.
struct Counter(Mutex<Vec<usize>>);

impl Writer for Finder {
    fn name(&self) -> &'static str {
        "finder"
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        _: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let mut found = context.findings[0].clone();
        found.message = found.message.with("letter", "ㅁ".to_owned());
        written.findings.push(found);
        Ok(())
    }

    fn prints(&self) -> bool {
        true
    }
}

impl Writer for Counter {
    fn name(&self) -> &'static str {
        "counter"
    }

    fn write(&self, context: &WriteContext<'_>, _: &Output, _: &mut Written) -> Result<(), WriterError> {
        self.0.lock().unwrap().push(context.findings.len());
        Ok(())
    }
}

#[test]
fn a_finding_that_comes_up_in_one_output_is_in_all_of_them() {
    let dir = folder();
    let (counter, told) = (Counter(Mutex::default()), Mutex::new(Vec::new()));
    let writers: [&dyn Writer; 3] = [&counter, &Finder, &counter];
    let options = BuildOptions::default();
    let built =
        build::write(dir.path(), &dir.path().join("output"), &writers, &options, &|event| match event {
            Event::Ended(outcome) => told.lock().unwrap().push(outcome.name),
            Event::Again => told.lock().unwrap().push("again"),
            _ => {}
        })
        .unwrap();
    let all = built.run.findings.len();
    assert_eq!(counter.0.into_inner().unwrap(), [all - 1, all - 1, all, all]);
    // What is made once more is told once, from the output on that found something.
    assert_eq!(told.into_inner().unwrap(), ["counter", "again", "counter", "finder", "counter"]);
}
