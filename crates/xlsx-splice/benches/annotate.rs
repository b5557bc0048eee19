//! Compares annotating workbooks with copying their packages entry by entry.
//!
//! `cargo bench -p xlsx-splice --bench annotate`
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use xlsx_splice::{
    AddedCell, AddedRow, AddedSheet, Annotation, CellFormat, CellRange, CellRef, Font, Formats, Mark, Rgb,
    Signature, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const SIGNATURE: Signature = Signature::new("bench");
const ROUNDS: usize = 15;
/// Arguments that make this program only read or only annotate a workbook.
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
        let workbook = open(&original);
        black_box(workbook.annotate(&annotation(&workbook)).unwrap());
        return;
    }
    packages("workbooks of the example", &example());
    packages("a workbook of 30,000 rows beside a note", &[large(30_000, 20)]);
    packages("a small sheet beside one of 60,000 rows", &[large(10, 60_000)]);
    memory();
}

fn example() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/seoul-2009/workbooks");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let workbooks = paths.iter().map(|path| std::fs::read(path).unwrap());
    workbooks.filter(|bytes| Workbook::open(bytes, SIGNATURE).is_ok()).collect()
}

fn open(bytes: &[u8]) -> Workbook<'_> {
    Workbook::open(bytes, SIGNATURE).unwrap()
}

/// A workbook with `own` rows on its first sheet and `other` on its second.
fn large(own: u32, other: u32) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, rows) in [("Table", own), ("Other", other)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for row in 0..rows {
            sheet.write_string(row, 0, format!("Item {row}")).unwrap();
            for col in 1..12 {
                sheet.write_number(row, col, f64::from(row) * 1.37 + f64::from(col)).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A dozen notes on the first sheet, and a sheet that lists them.
fn annotation(workbook: &Workbook<'_>) -> Annotation {
    let sheet: Arc<str> = Arc::from(workbook.sheets().unwrap()[0].name.as_str());
    let mut marks = BTreeMap::new();
    let mut rows = BTreeMap::new();
    for row in 0..12 {
        let cell = CellRef::new(4 + row, 11);
        let note = format!("The sum of the column is 97 and must be 100.\nFound: 97\nTo do: correct {cell}.");
        let text = AddedCell { text: note.clone(), format: Some(0), link: Some((sheet.clone(), cell)) };
        rows.insert(row + 1, AddedRow { height: 60.0, cells: vec![text] });
        marks.insert(cell, Mark { fill: Some(0), note: Some(note) });
    }
    let added = AddedSheet {
        name: "Notes".to_owned(),
        tab: Rgb::default(),
        columns: vec![60.0],
        table: CellRange::new(CellRef::new(0, 0), CellRef::new(12, 0)),
        rows,
        merges: Vec::new(),
        choices: Vec::new(),
        formats: Formats {
            fonts: vec![Font { size: 10, ..Font::default() }],
            borders: vec![None],
            cells: vec![CellFormat { wrapped: true, top: true, ..CellFormat::default() }],
        },
    };
    let fills = vec![Rgb([0xf4, 0xb8, 0xb0])];
    Annotation { marks: BTreeMap::from([(sheet, marks)]), fills, sheet: Some(added) }
}

fn packages(what: &str, workbooks: &[Vec<u8>]) {
    let annotations: Vec<Annotation> = workbooks.iter().map(|bytes| annotation(&open(bytes))).collect();
    let (mut raw, mut anew, mut put_in, mut held) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let rounds = if workbooks[0].len() > 1 << 20 { 3 } else { ROUNDS };
    for _ in 0..rounds {
        raw.push(time(|| workbooks.iter().map(|bytes| copied(bytes, true)).sum::<usize>()));
        anew.push(time(|| workbooks.iter().map(|bytes| copied(bytes, false)).sum::<usize>()));
        let all = || workbooks.iter().zip(&annotations);
        put_in.push(time(|| {
            all()
                .map(|(bytes, additions)| open(bytes).annotate(additions).unwrap().bytes.len())
                .sum::<usize>()
        }));
        let made: Vec<_> = all().map(|(bytes, additions)| open(bytes).annotate(additions).unwrap()).collect();
        held.push(time(|| {
            workbooks.iter().zip(&made).for_each(|(bytes, made)| open(bytes).verify(made).unwrap())
        }));
    }
    let (raw, anew, put_in, held) = (median(raw), median(anew), median(put_in), median(held));
    let ratio = |of: Duration| put_in.as_secs_f64() / of.as_secs_f64();
    println!(
        "{what}: additions put in {put_in:?}; copied entry by entry, raw {raw:?} ({:.2}x), unpacked and packed again {anew:?} ({:.2}x); \
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

/// Runs `command` and returns its peak memory in MB (Linux only).
fn peak(command: &mut Command) -> u64 {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM"));
        let now = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        peak = now.unwrap_or(peak);
        if child.try_wait().unwrap().is_some() {
            return peak / 1024;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Peak memory with a large untouched part, compared with the file's size.
fn memory() {
    let dir = std::env::temp_dir().join(format!("xlsx-splice-bench-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    for (what, own, other) in
        [("small", 10, 10), ("huge and not touched", 10, 120_000), ("huge and touched", 120_000, 10)]
    {
        let path = dir.join("workbook.xlsx");
        let bytes = large(own, other);
        std::fs::write(&path, &bytes).unwrap();
        let run =
            |argument: &str| peak(Command::new(std::env::current_exe().unwrap()).arg(argument).arg(&path));
        let (read, annotated) = (run(ONLY_READ), run(ONLY_ANNOTATE));
        println!(
            "memory, {what} ({} KB packed): {annotated} MB at most, {read} MB for reading the file alone",
            bytes.len() / 1024
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
