//! Many workbooks on more and more threads: what more cores bring `planbook check`.
//!
//! `cargo bench --no-default-features --bench threads` makes 4,200 workbooks of one plan and 18 KPIs each, reads and checks
//! them on 1, 2, 4 … threads, as many as there are cores, and prints the seconds of each stage beside how many times faster
//! than on one thread that is, and what no number of threads makes shorter: the longest checks, and giving the city's memory
//! back. The program that cargo builds for it needs nothing else: `threads 1000 5` takes 1,000
//! workbooks and the median of five rounds.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod made_up;

use std::time::{Duration, Instant};

use mimalloc::MiMalloc;
use planbook::check::{self, CHECKS, Report};
use planbook::consolidate::{Context, consolidate};
use planbook::project::{Config, files};
use planbook::read::read_workbooks;

/// As in the program itself.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Listing, reading, consolidating, checking and all together.
type Times = [Duration; 5];

fn main() {
    // Cargo adds flags of its own.
    let mut numbers = std::env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let (number, rounds) = (numbers.next().unwrap_or(4_200), numbers.next().unwrap_or(3));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let all = made_up::workbooks(number);
    let folder = made_up::folder_of(&all, number);
    println!("{number} workbooks, {cores} cores, median of {rounds} rounds");
    println!("threads |  listing |  reading          |  consolidating    |  checking         |  all");
    let mut one = None;
    for threads in counts(cores) {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let times = pool.install(|| median((0..rounds).map(|_| run(folder.path())).collect()));
        let one = *one.get_or_insert(times);
        let stage = |at: usize| {
            let (time, single): (Duration, Duration) = (times[at], one[at]);
            format!("{:7.3} s {:5.2} x", time.as_secs_f64(), single.as_secs_f64() / time.as_secs_f64())
        };
        println!(
            "{threads:7} | {:6.3} s | {} | {} | {} | {}",
            times[0].as_secs_f64(),
            stage(1),
            stage(2),
            stage(3),
            stage(4)
        );
    }
    alone(folder.path());
}

/// What runs on one thread whatever their number.
fn alone(folder: &std::path::Path) {
    let config = Config::default();
    let city = consolidate(read_workbooks(files::list(folder).found, &config, None), &config);
    let context = Context { city: &city, config: &config };
    let mut checks: Vec<_> = CHECKS
        .iter()
        .map(|check| {
            let start = Instant::now();
            let mut report = Report::new(context);
            (check.run)(&context, &mut report);
            (start.elapsed(), check.code)
        })
        .collect();
    checks.sort();
    let longest =
        checks.iter().rev().take(6).map(|(time, code)| format!("{code} {:.3} s", time.as_secs_f64()));
    println!("longest checks: {}", longest.collect::<Vec<_>>().join(", "));
    let start = Instant::now();
    drop(city);
    println!("giving memory back: {:.3} s", start.elapsed().as_secs_f64());
}

/// 1, 2, 4 … and the number of cores.
fn counts(cores: usize) -> Vec<usize> {
    let mut counts: Vec<usize> =
        std::iter::successors(Some(1), |count| Some(count * 2)).take_while(|count| *count < cores).collect();
    counts.push(cores);
    counts
}

fn run(folder: &std::path::Path) -> Times {
    let config = Config::default();
    let start = Instant::now();
    let listing = files::list(folder);
    let listed = Instant::now();
    let submissions = read_workbooks(listing.found.clone(), &config, None);
    let read = Instant::now();
    let city = consolidate(submissions, &config);
    let consolidated = Instant::now();
    let findings = check::run(&Context { city: &city, config: &config });
    let checked = Instant::now();
    assert!(city.submissions.iter().all(|submission| submission.outcome.is_ok()));
    std::hint::black_box(findings);
    [listed - start, read - listed, consolidated - read, checked - consolidated, checked - start]
}

/// Stage by stage.
fn median(rounds: Vec<Times>) -> Times {
    std::array::from_fn(|stage| {
        let mut times: Vec<Duration> = rounds.iter().map(|times| times[stage]).collect();
        times.sort();
        times[times.len() / 2]
    })
}
