//! `planbook`, the command: parses, runs, and turns an error into words and an exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
