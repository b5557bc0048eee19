//! Reading and checking the example's workbooks, beside bare calamine reading all their cells.
//!
//! `cargo bench --no-default-features --bench reading` runs both in turn, on one thread and on all, and prints the
//! medians and their ratio.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::fs::File;
use std::hint::black_box;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Sheets, Xlsx, open_workbook_auto};
use planbook::consolidate::{Context, consolidate};
use planbook::project::{Config, files};
use planbook::read::{Worker, read_workbooks};
use rayon::prelude::*;

fn main() {
    // A number among the arguments is the count of rounds; cargo adds flags of its own.
    let rounds: usize = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(31);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009");
    let listing = files::list(&folder);
    let paths: Vec<PathBuf> = listing.found.iter().map(|found| found.path.clone()).collect();
    for threads in [1, std::thread::available_parallelism().map_or(2, usize::from)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let (mut bare, mut read, mut all) = (Vec::new(), Vec::new(), Vec::new());
            for _ in 0..rounds {
                bare.push(time(|| paths.par_iter().map(|path| bare_cells(path)).sum::<usize>()));
                read.push(time(|| read_only(&folder)));
                all.push(time(|| read_and_check(&folder)));
            }
            let (bare, read, all) = (median(bare), median(read), median(all));
            println!(
                "{threads} thread(s), {} workbooks: bare calamine {bare:?}; read {read:?} ({:.2}x); read and check {all:?} ({:.2}x)",
                paths.len(),
                read.as_secs_f64() / bare.as_secs_f64(),
                all.as_secs_f64() / bare.as_secs_f64(),
            );
        });
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

/// Every cell of every sheet, by calamine alone: streamed with its style where calamine can, else as a range.
fn bare_cells(path: &Path) -> usize {
    match open_workbook_auto(path).unwrap() {
        Sheets::Xlsx(mut workbook) => {
            let workbook: &mut Xlsx<BufReader<File>> = &mut workbook;
            let names = workbook.sheet_names();
            let mut count = 0;
            for name in names {
                let mut cells = workbook.worksheet_cells_reader(&name).unwrap();
                while let Some(cell) = cells.next_cell_with_style_id().unwrap() {
                    black_box(cell);
                    count += 1;
                }
            }
            count
        }
        mut other => {
            let names = other.sheet_names();
            names
                .iter()
                .map(|name| {
                    let range = other.worksheet_range(name).unwrap();
                    range
                        .used_cells()
                        .map(|(_, _, data): (usize, usize, &Data)| {
                            usize::from(black_box(data) != &Data::Empty)
                        })
                        .sum::<usize>()
                })
                .sum()
        }
    }
}

fn worker() -> Worker {
    let arguments = vec!["__read-workbook".to_owned()];
    Worker { program: env!("CARGO_BIN_EXE_planbook").into(), arguments, environment: Vec::new() }
}

fn read_only(folder: &Path) -> usize {
    let config = Config::load(folder).unwrap();
    read_workbooks(files::list(folder).found, &config, Some(&worker())).len()
}

fn read_and_check(folder: &Path) -> usize {
    let config = Config::load(folder).unwrap();
    let submissions = read_workbooks(files::list(folder).found, &config, Some(&worker()));
    let city = consolidate(submissions, &config);
    planbook::check::run(&Context { city: &city, config: &config }).len()
}
