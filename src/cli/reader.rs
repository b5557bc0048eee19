//! The reader process: planbook starts itself for a workbook that may be dangerous, so that what takes a process
//! down takes down only this one. Not for users, so it stands in no help.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use cap::Cap;
use mimalloc::MiMalloc;
use planbook::read::{Worker, isolate};

/// What stands in place of a command.
const COMMAND: &str = "__read-workbook";

/// Bounds the memory of the reader process. Everywhere else it has no limit.
#[global_allocator]
static MEMORY: Cap<MiMalloc> = Cap::new(MiMalloc, usize::MAX);

/// How to start a reader process; `None` where planbook cannot tell where its own program is.
pub fn worker() -> Option<Worker> {
    let program = std::env::current_exe().ok()?;
    Some(Worker { program, arguments: vec![COMMAND.to_owned()] })
}

/// Whether this process is a reader.
pub fn is_asked_for(args: &[OsString]) -> bool {
    args.get(1).is_some_and(|arg| arg == OsStr::new(COMMAND))
}

/// Reads the one workbook that standard input names. Its panics print as they come: the process that started it
/// reads them.
pub fn run() -> ExitCode {
    let limit = |bytes| {
        // Too late to bound what is in use already; then the clock of the other process has to do.
        let _ = MEMORY.set_limit(bytes);
    };
    match isolate::serve(io::stdin().lock(), io::stdout().lock(), limit) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
