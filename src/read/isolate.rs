//! Reads suspicious workbooks in a separate process with limits on memory and time.
//!
//! A panic can be caught; running out of memory or stack ends the process. So planbook starts itself with a
//! hidden command, passes the path and the needed settings, and gets back what was read. Small packages with
//! checked parts do not need this.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use process_control::{ChildExt, Control};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::workbook::{plain_sheets, read_workbook};
use super::{Contents, PlainSheet, ReadError, sniff};
use crate::project::Config;
use crate::project::config::{FormEntry, LabelSettings, ReadLimits};

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

/// What a reader process can return.
pub(super) trait Requestable: DeserializeOwned {
    /// Its name in the task.
    const REQUEST: Request;
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) enum Request {
    Contents,
    Sheets,
}

impl Requestable for Contents {
    const REQUEST: Request = Request::Contents;
}

impl Requestable for Vec<PlainSheet> {
    const REQUEST: Request = Request::Sheets;
}

/// The input of a reader process.
#[derive(Debug, Serialize, Deserialize)]
struct Task {
    want: Request,
    path: PathBuf,
    file: Arc<str>,
    labels: LabelSettings,
    forms: Vec<FormEntry>,
    limits: ReadLimits,
}

/// Reads `path` in a separate process.
pub(super) fn read<T: Requestable>(
    worker: &Worker,
    path: &Path,
    file: &Arc<str>,
    config: &Config,
) -> Result<T, ReadError> {
    let failed = |error: &dyn std::fmt::Display| ReadError::ReaderFailed(error.to_string());
    let (labels, forms, limits) = (config.labels.clone(), config.forms.clone(), config.read.clone());
    let task = Task { want: T::REQUEST, path: path.to_owned(), file: file.clone(), labels, forms, limits };
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
        // If the child ended early, its exit status shows it.
        let _ = input.write_all(&task);
    }
    let control = child.controlled_with_output().time_limit(Duration::from_secs(config.read.seconds));
    // On other systems the process limits itself: see `serve`.
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

/// The memory limit per workbook from planbook.toml.
fn bytes(config: &Config) -> usize {
    usize::try_from(config.read.memory_mb.saturating_mul(1 << 20)).unwrap_or(usize::MAX)
}

fn first_line(errors: &[u8]) -> String {
    let text = String::from_utf8_lossy(errors);
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no answer");
    line.chars().take(200).collect()
}

/// Runs the reader process: reads a task from `input`, limits its memory by calling `limit_memory` with a
/// number of bytes, reads the workbook and writes the result to `output`.
///
/// # Errors
/// If `input` holds no task or `output` cannot be written.
pub fn serve(
    input: impl Read,
    mut output: impl Write,
    limit_memory: impl FnOnce(usize),
) -> std::io::Result<()> {
    let task: Task = serde_json::from_reader(input)?;
    let config = Config { labels: task.labels, forms: task.forms, read: task.limits, ..Config::default() };
    limit_memory(bytes(&config));
    match task.want {
        Request::Contents => {
            let contents = within_memory(read_workbook(&task.path, &task.file, &config), &config);
            serde_json::to_writer(&mut output, &contents)?;
        }
        Request::Sheets => {
            let sheets = sniff::sniff(&task.path).and_then(|source| plain_sheets(source, &task.path));
            serde_json::to_writer(&mut output, &within_memory(sheets, &config))?;
        }
    }
    output.flush()
}

/// A library may report running out of memory as an error of its own: then the workbook is not damaged.
fn within_memory<T>(read: Result<T, ReadError>, config: &Config) -> Result<T, ReadError> {
    let ran_out = |error: ReadError| {
        let is_out_of_memory = error.to_string().contains(&std::io::ErrorKind::OutOfMemory.to_string());
        if is_out_of_memory { ReadError::OutOfMemory(config.read.memory_mb) } else { error }
    };
    read.map_err(ran_out)
}
