//! The reader process: planbook starts itself to read a workbook that may be dangerous, so that a crash ends
//! only that process. It is internal, so no help lists it.

use std::ffi::{OsStr, OsString};
use std::io;
use std::process::ExitCode;

use mimalloc::MiMalloc;
use planbook::read::{Worker, isolate};

/// The argument that takes the place of a command.
const COMMAND: &str = "__read-workbook";

#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

/// Returns how to start a reader process; `None` where planbook cannot locate its own program.
pub fn worker() -> Option<Worker> {
    let program = std::env::current_exe().ok()?;
    // The allocator reserves a gigabyte at once, which would count against a memory limit; with this it takes
    // only what it needs.
    let environment = vec![("MIMALLOC_DISALLOW_ARENA_ALLOC".to_owned(), "1".to_owned())];
    Some(Worker { program, arguments: vec![COMMAND.to_owned()], environment })
}

/// Whether this process is a reader.
pub fn is_asked_for(args: &[OsString]) -> bool {
    args.get(1).is_some_and(|arg| arg == OsStr::new(COMMAND))
}

/// Reads the one workbook named on standard input. Its panics print unchanged, because the parent process
/// reads them.
pub fn run() -> ExitCode {
    match isolate::serve(io::stdin().lock(), io::stdout().lock(), limit_memory) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Limits this process to `bytes` of memory. Linux enforces the limit; macOS accepts but ignores it, so the
/// parent's timeout has to do there. On Windows the parent process sets the limit.
#[cfg(unix)]
fn limit_memory(bytes: usize) {
    use rlimit::{Resource, setrlimit};

    // The program's own code and stacks count as address space too.
    const PROGRAM: u64 = 256 << 20;
    let bytes = bytes as u64;
    let _ = setrlimit(Resource::DATA, bytes, bytes);
    let space = bytes.saturating_add(PROGRAM);
    let _ = setrlimit(Resource::AS, space, space);
}

#[cfg(not(unix))]
fn limit_memory(_: usize) {}
