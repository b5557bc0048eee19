//! Many workbooks: how time and memory of `planbook check` grow with their number.
//!
//! `cargo bench --no-default-features --bench scale` makes up to 10,000 workbooks of one plan and 18 KPIs each, by ten
//! bureaus' worth of offices, checks growing shares of them and prints seconds and peak memory (Linux only).
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod made_up;

use std::process::Command;

const SIZES: [usize; 4] = [1_250, 2_500, 5_000, 10_000];

fn main() {
    let all = made_up::workbooks(SIZES[SIZES.len() - 1]);
    for size in SIZES {
        let folder = made_up::folder_of(&all, size);
        let mut check = Command::new(env!("CARGO_BIN_EXE_planbook"));
        let (time, memory) =
            made_up::measured(check.args(["check", "--quiet", "--format", "json"]).arg(folder.path()));
        println!(
            "{size:>6} workbooks: {:.2} s, {:.2} ms each, {memory} MB at most",
            time.as_secs_f64(),
            time.as_secs_f64() * 1e3 / size as f64
        );
    }
}
