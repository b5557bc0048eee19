//! Workbooks that may be dangerous are read in a process of their own, with bounds on memory and time.
//!
//! A panic can be caught; running out of memory or stack cannot, and ends the process. So the process that may end
//! is another one: planbook starts itself with a hidden command, hands over the path and what it needs of
//! planbook.toml, and takes back what was read. Small packages whose parts were checked do not need it.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use process_control::{ChildExt, Control};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{Contents, PlainSheet, ReadError, plain_sheets, read_workbook, sniff};
use crate::project::Config;
use crate::project::config::{Labels, ReadLimits};

/// How to start a reader process: the program and the arguments that make it call [`serve`].
#[derive(Clone, Debug)]
pub struct Worker {
    /// The program, usually planbook itself.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Variables of its environment.
    pub environment: Vec<(String, String)>,
}

/// What a reader process can be asked for.
pub(super) trait Wanted: DeserializeOwned {
    /// How the task names it.
    const WANT: Want;
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Want {
    Contents,
    Sheets,
}

impl Wanted for Contents {
    const WANT: Want = Want::Contents;
}

impl Wanted for Vec<PlainSheet> {
    const WANT: Want = Want::Sheets;
}

/// What a reader process is told.
#[derive(Debug, Serialize, Deserialize)]
struct Task {
    want: Want,
    path: PathBuf,
    file: Arc<str>,
    labels: Labels,
    limits: ReadLimits,
}

/// Reads `path` in a process of its own.
pub(super) fn read<T: Wanted>(
    worker: &Worker,
    path: &Path,
    file: &Arc<str>,
    config: &Config,
) -> Result<T, ReadError> {
    let failed = |error: &dyn std::fmt::Display| ReadError::ReaderFailed(error.to_string());
    let (labels, limits) = (config.labels.clone(), config.read.clone());
    let task = Task { want: T::WANT, path: path.to_owned(), file: file.clone(), labels, limits };
    let task = serde_json::to_vec(&task).map_err(|e| failed(&e))?;
    let mut child = Command::new(&worker.program)
        .args(&worker.arguments)
        .envs(worker.environment.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| failed(&e))?;
    if let Some(mut input) = child.stdin.take() {
        // A child that ended early shows in its exit status.
        let _ = input.write_all(&task);
    }
    let control = child.controlled_with_output().time_limit(Duration::from_secs(config.read.seconds));
    // Elsewhere the process bounds itself: see `serve`.
    #[cfg(windows)]
    let control = control.memory_limit(bytes(config));
    let finished = control.terminate_for_timeout().wait().map_err(|e| failed(&e))?;
    let Some(output) = finished else {
        return Err(ReadError::TooSlow(config.read.seconds));
    };
    match serde_json::from_slice::<Result<T, ReadError>>(&output.stdout) {
        Ok(result) => result,
        Err(_) if memchr::memmem::find(&output.stderr, b"memory allocation").is_some() => {
            Err(ReadError::OutOfMemory(config.read.memory_mb))
        }
        Err(_) => Err(ReadError::ReaderFailed(first_line(&output.stderr))),
    }
}

/// The memory that planbook.toml gives one workbook.
fn bytes(config: &Config) -> usize {
    usize::try_from(config.read.memory_mb.saturating_mul(1 << 20)).unwrap_or(usize::MAX)
}

fn first_line(errors: &[u8]) -> String {
    let text = String::from_utf8_lossy(errors);
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no answer");
    line.chars().take(200).collect()
}

/// The other side: reads a task from `input`, bounds its own memory by `limit_memory`, which is given bytes, reads the
/// workbook and writes the result to `output`.
///
/// # Errors
/// When `input` holds no task or `output` cannot be written.
pub fn serve(
    input: impl Read,
    mut output: impl Write,
    limit_memory: impl FnOnce(usize),
) -> std::io::Result<()> {
    let task: Task = serde_json::from_reader(input)?;
    let config = Config { labels: task.labels, read: task.limits, ..Config::default() };
    limit_memory(bytes(&config));
    match task.want {
        Want::Contents => {
            let contents = within_memory(read_workbook(&task.path, &task.file, &config), &config);
            serde_json::to_writer(&mut output, &contents)?;
        }
        Want::Sheets => {
            let sheets = sniff::sniff(&task.path).and_then(|source| plain_sheets(source, &task.path));
            serde_json::to_writer(&mut output, &within_memory(sheets, &config))?;
        }
    }
    output.flush()
}

/// Where memory ran out inside a library, it may have said so by an error of its own: then the workbook is not damaged.
fn within_memory<T>(read: Result<T, ReadError>, config: &Config) -> Result<T, ReadError> {
    let ran_out = |error: ReadError| {
        let told = error.to_string().contains(&std::io::ErrorKind::OutOfMemory.to_string());
        if told { ReadError::OutOfMemory(config.read.memory_mb) } else { error }
    };
    read.map_err(ran_out)
}
