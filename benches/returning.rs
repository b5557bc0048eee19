//! Returning workbooks: beside copying their packages entry by entry, and beside openpyxl loading and saving them.
//!
//! `cargo bench --no-default-features --bench returning`. openpyxl is passed over with a word where Python lacks it.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod made_up;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use planbook::finding::Severity;
use planbook::source::CellRef;
use planbook::write::annotate::{
    Annotation, ColumnKind, Mark, ReviewColumn, ReviewRow, ReviewSheet, annotate, first_sheet, verify,
};
use rust_xlsxwriter::Workbook;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const ROUNDS: usize = 15;
/// The arguments with which this program reads a workbook, or puts remarks into it, and does nothing else.
const ONLY_READ: &str = "only-read";
const ONLY_ANNOTATE: &str = "only-annotate";

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let path = |at: usize| arguments.get(at + 1).map(PathBuf::from);
    if let Some(at) = arguments.iter().position(|argument| argument == ONLY_READ) {
        black_box(std::fs::read(path(at).unwrap()).unwrap());
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == ONLY_ANNOTATE) {
        let original = std::fs::read(path(at).unwrap()).unwrap();
        black_box(annotate(&original, &annotation(&original)).unwrap());
        return;
    }
    packages("42 workbooks of the example", &example());
    packages("a workbook of 30,000 rows beside a note", &[large(30_000, 20)]);
    packages("a small sheet beside one of 60,000 rows", &[large(10, 60_000)]);
    memory();
    whole();
}

fn example() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let workbooks = paths.iter().map(|path| std::fs::read(path).unwrap());
    workbooks.filter(|bytes| first_sheet(bytes).is_ok()).collect()
}

/// A workbook whose first sheet has `own` rows and whose second one `other`.
fn large(own: u32, other: u32) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in [("계획", own), ("참고", other)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for row in 0..rows {
            sheet.write_string(row, 0, format!("지표 {row}")).unwrap();
            for col in 1..12 {
                sheet.write_number(row, col, f64::from(row) * 1.37 + f64::from(col)).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A dozen notes on the first sheet, and a review sheet.
fn annotation(workbook: &[u8]) -> Annotation {
    let sheet = first_sheet(workbook).unwrap().unwrap();
    let mut marks = BTreeMap::new();
    let mut rows = Vec::new();
    for row in 0..12 {
        let (cell, severity) = (CellRef::new(4 + row, 11), Severity::Error);
        let note = format!(
            "[W101] 오류: 비중 합계가 97입니다 (100이어야 합니다)\n적힌 값: 97\n할 일: {cell}을 고치십시오"
        );
        rows.push(ReviewRow {
            cells: vec![note.clone(), String::new()],
            severity,
            link: Some((sheet.clone(), cell)),
            id: format!("W101-{row}"),
        });
        marks.insert(cell, Mark { severity, note });
    }
    let column = |heading: &str, kind| ReviewColumn { heading: heading.to_owned(), width: 20.0, kind };
    let review = ReviewSheet {
        name: "검토의견".to_owned(),
        title: "검토 의견".to_owned(),
        lead: String::new(),
        columns: vec![column("무엇이 문제인지", ColumnKind::Place), column("조치", ColumnKind::Action)],
        rows,
        choices: vec!["수정함".to_owned()],
    };
    Annotation {
        marks: BTreeMap::from([(Arc::clone(&sheet), marks)]),
        review: Some(review),
        ..Annotation::default()
    }
}

fn packages(what: &str, workbooks: &[Vec<u8>]) {
    let annotations: Vec<Annotation> = workbooks.iter().map(|bytes| annotation(bytes)).collect();
    let (mut raw, mut anew, mut put_in, mut held) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let rounds = if workbooks[0].len() > 1 << 20 { 3 } else { ROUNDS };
    for _ in 0..rounds {
        raw.push(time(|| workbooks.iter().map(|bytes| copied(bytes, true)).sum::<usize>()));
        anew.push(time(|| workbooks.iter().map(|bytes| copied(bytes, false)).sum::<usize>()));
        let all = || workbooks.iter().zip(&annotations);
        put_in.push(time(|| {
            all().map(|(bytes, remarks)| annotate(bytes, remarks).unwrap().bytes.len()).sum::<usize>()
        }));
        let made: Vec<_> = all().map(|(bytes, remarks)| annotate(bytes, remarks).unwrap()).collect();
        held.push(time(|| {
            workbooks.iter().zip(&made).for_each(|(bytes, made)| verify(bytes, made).unwrap())
        }));
    }
    let (raw, anew, put_in, held) = (median(raw), median(anew), median(put_in), median(held));
    let ratio = |of: Duration| put_in.as_secs_f64() / of.as_secs_f64();
    println!(
        "{what}: remarks put in {put_in:?}; copied entry by entry, raw {raw:?} ({:.2}x), unpacked and packed again {anew:?} ({:.2}x); \
         held against the original {held:?}",
        ratio(raw),
        ratio(anew)
    );
}

/// The package copied entry by entry.
fn copied(workbook: &[u8], raw: bool) -> usize {
    let mut from = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..from.len() {
        if raw {
            to.raw_copy_file(from.by_index_raw(index).unwrap()).unwrap();
        } else {
            let mut entry = from.by_index(index).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            to.start_file(entry.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
            to.write_all(&content).unwrap();
        }
    }
    to.finish().unwrap().into_inner().len()
}

/// Memory where a huge part is not touched, beside what the file itself takes.
fn memory() {
    let dir = tempfile::tempdir().unwrap();
    for (what, own, other) in
        [("small", 10, 10), ("huge and not touched", 10, 120_000), ("huge and touched", 120_000, 10)]
    {
        let path = dir.path().join("workbook.xlsx");
        let bytes = large(own, other);
        std::fs::write(&path, &bytes).unwrap();
        let run = |argument: &str| {
            made_up::measured(Command::new(std::env::current_exe().unwrap()).arg(argument).arg(&path)).1
        };
        let (read, annotated) = (run(ONLY_READ), run(ONLY_ANNOTATE));
        println!(
            "memory, {what} ({} KB packed): {annotated} MB at most, {read} MB for reading the file alone",
            bytes.len() / 1024
        );
    }
}

/// The whole example returned by a fresh process, in turn with openpyxl loading and saving its workbooks.
fn whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009");
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("workbooks")).unwrap();
    for entry in std::fs::read_dir(folder.join("workbooks")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, dir.path().join("workbooks").join(path.file_name().unwrap())).unwrap();
    }
    let script = "import sys, glob, os, openpyxl\n\
        for path in sorted(glob.glob(sys.argv[1] + '/workbooks/*.xlsx')):\n    \
        openpyxl.load_workbook(path).save(os.path.join(sys.argv[2], os.path.basename(path)))";
    let has_openpyxl = Command::new("python3").args(["-c", "import openpyxl"]).stderr(Stdio::null()).status();
    let has_openpyxl = has_openpyxl.is_ok_and(|status| status.success());
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let out = dir.path().join("out");
        let mut command = Command::new(env!("CARGO_BIN_EXE_planbook"));
        ours.push(made_up::measured(command.arg("return").arg(dir.path()).arg("-o").arg(&out)).0);
        if has_openpyxl {
            theirs.push(
                made_up::measured(Command::new("python3").args(["-c", script]).arg(dir.path()).arg(&out)).0,
            );
        }
    }
    let ours = median(ours);
    println!(
        "planbook return of the example, a process of its own, read, checked and held against the originals: {ours:?}"
    );
    if theirs.is_empty() {
        println!("no openpyxl to compare with");
    } else {
        let theirs = median(theirs);
        println!(
            "openpyxl, the same workbooks loaded and saved: {theirs:?}; that is {:.1} times as long",
            theirs.as_secs_f64() / ours.as_secs_f64()
        );
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
