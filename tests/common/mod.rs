//! planbook run as a user types it, for the tests of whole commands.
#![allow(dead_code, clippy::unwrap_used, reason = "each file of tests uses some of it")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs planbook in `dir` in Korean, the default.
pub fn planbook(dir: &Path, args: &[&str]) -> Output {
    command(dir, args).output().unwrap()
}

/// planbook in `dir`, ready to be run.
pub fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planbook"));
    command.current_dir(dir).args(args).stdin(Stdio::null());
    for variable in ["LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// The exit code.
pub fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// What was printed.
pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// What was said beside it.
pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
