//! Returning workbooks beside openpyxl loading and saving them.
//!
//! `cargo bench --no-default-features --bench returning`. openpyxl is passed over with a word where Python lacks it. What putting
//! remarks in costs by itself is measured in `crates/xlsx-splice`.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs, reason = "a benchmark")]

mod made_up;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

fn main() {
    whole();
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

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
