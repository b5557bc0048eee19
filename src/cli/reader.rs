//! The reader process: planbook starts itself for a workbook that may be dangerous, so that what takes a process
//! down takes down only this one. Not for users, so it stands in no help.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use mimalloc::MiMalloc;
use planbook::read::{Worker, isolate};

/// What stands in place of a command.
const COMMAND: &str = "__read-workbook";

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// How to start a reader process; `None` where planbook cannot tell where its own program is.
pub fn worker() -> Option<Worker> {
    let program = std::env::current_exe().ok()?;
    // The allocator reserves a gigabyte at once, which a bound on memory would count as used: here it takes what it needs.
    let environment = vec![("MIMALLOC_DISALLOW_ARENA_ALLOC".to_owned(), "1".to_owned())];
    Some(Worker { program, arguments: vec![COMMAND.to_owned()], environment })
}

/// Whether this process is a reader.
pub fn is_asked_for(args: &[OsString]) -> bool {
    args.get(1).is_some_and(|arg| arg == OsStr::new(COMMAND))
}

/// Reads the one workbook that standard input names. Its panics print as they come: the process that started it
/// reads them.
pub fn run() -> ExitCode {
    match isolate::serve(io::stdin().lock(), io::stdout().lock(), limit_memory) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Has the operating system give this process no more than `bytes` of memory. Linux holds to it; macOS takes the limit
/// and does not enforce it, so there the clock of the other process has to do. On Windows the other process sets it.
#[cfg(unix)]
fn limit_memory(bytes: usize) {
    use rlimit::{Resource, setrlimit};

    // What the program itself takes up, its code and its stacks, is address space too.
    const PROGRAM: u64 = 256 << 20;
    let bytes = bytes as u64;
    let _ = setrlimit(Resource::DATA, bytes, bytes);
    let space = bytes.saturating_add(PROGRAM);
    let _ = setrlimit(Resource::AS, space, space);
}

#[cfg(not(unix))]
fn limit_memory(_: usize) {}
