//! The workbooks of the example, all scorecards and the city-wide one, beside rust_xlsxwriter writing the same cells bare.
//!
//! `cargo bench --no-default-features --bench workbooks` runs both in turn, on one thread and on all, and prints the medians
//! and their ratio. Bare means: the same numbers, texts and formulas in as many sheets and workbooks, without a format.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::hint::black_box;
use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use calamine::{Data, Range, Reader, Xlsx};
use planbook::check::FindingIndex;
use planbook::consolidate::{Context, consolidate};
use planbook::finding::Lang;
use planbook::project::{Config, files};
use planbook::read::read_workbooks;
use planbook::score::Entries;
use planbook::write::{cascade, scorecard};
use rayon::prelude::*;
use rust_xlsxwriter::{Formula, Workbook};

/// A sheet's cells and formulas.
type Cells = (Range<Data>, Range<String>);

fn main() {
    // A number among the arguments is the count of rounds; cargo adds flags of its own.
    let rounds: usize = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(15);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009");
    let config = Config::load(&folder).unwrap();
    let city = consolidate(read_workbooks(files::list(&folder).found, &config, None), &config);
    let context = Context { city: &city, config: &config };
    let findings = planbook::check::run(&context);
    let findings = FindingIndex::of(&findings);
    let cards = || scorecard::workbooks(&context, &findings, &Entries::default(), Lang::Ko).unwrap();
    let whole = || {
        cascade::workbook(&context, &findings, &planbook::ledger::Rounds::new(), Lang::Ko, Some(".."))
            .unwrap()
    };
    let mut made: Vec<Vec<u8>> = cards().into_iter().map(|card| card.bytes).collect();
    made.push(whole());
    let bytes: usize = made.iter().map(Vec::len).sum();
    let books: Vec<Vec<Cells>> = made.iter().map(|book| cells(book)).collect();
    let count: usize = books.iter().flatten().map(|(range, _)| range.used_cells().count()).sum();
    println!("{} workbooks, {count} cells, {bytes} bytes", books.len());
    for threads in [1, std::thread::available_parallelism().map_or(2, usize::from)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (mut bare, mut ours, mut only) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..rounds {
                bare.push(time(|| books.par_iter().map(|book| write_bare(book)).sum::<usize>()));
                ours.push(time(|| rayon::join(cards, whole)));
                only.push(time(cards));
            }
            let (bare, ours, only) = (median(bare), median(ours), median(only));
            let ratio = ours.as_secs_f64() / bare.as_secs_f64();
            println!("{threads} thread(s): bare {bare:?}; planbook {ours:?} ({ratio:.2}x); scorecards alone {only:?}");
        });
    }
}

fn cells(book: &[u8]) -> Vec<Cells> {
    let mut book = Xlsx::new(Cursor::new(book)).unwrap();
    let names = book.sheet_names();
    let sheet = |name: &String| (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap());
    names.iter().map(sheet).collect()
}

fn write_bare(sheets: &[Cells]) -> usize {
    let mut book = Workbook::new();
    for (range, formulas) in sheets {
        let sheet = book.add_worksheet();
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, cell) in range.used_cells() {
            let (row, col) = (top + u32::try_from(row).unwrap(), left + u32::try_from(col).unwrap());
            let at = (row, u16::try_from(col).unwrap());
            let formula = formulas.get_value((row, col)).filter(|formula| !formula.is_empty());
            match (formula, cell) {
                (Some(formula), value) => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    sheet.write_formula(at.0, at.1, formula).unwrap();
                }
                (None, Data::Float(number)) => {
                    sheet.write_number(at.0, at.1, *number).unwrap();
                }
                (None, other) => {
                    sheet.write_string(at.0, at.1, other.to_string()).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap().len()
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
