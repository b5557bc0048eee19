//! `ledger.json`: what went to and fro between the office and the departments, round by round.
//!
//! It is history and nothing else. What is open and what was answered is always read anew from the workbooks, so a
//! ledger that is lost or damaged costs only what was before.

mod board;
mod history;

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use board::{Answered, Board, Line, Open, Standing};
pub use history::{Found, History, Returned, Round, Sent};

use crate::pipeline::Run;
use crate::project::files::LEDGER;
use crate::write::files::{self, WriteError};

/// The form that is written; of another one nothing is known.
const VERSION: u32 = 1;

/// Every round with every workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    version: u32,
    /// By the name of the workbook.
    pub workbooks: Vec<History>,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { version: VERSION, workbooks: Vec::new() }
    }
}

/// A ledger that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be opened.
    #[error("{}: {source}", path.display())]
    Io {
        /// The ledger.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is no ledger, or one of a form that this planbook does not know.
    #[error("{}: {detail}", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
}

/// What [`record`] wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The ledger.
    pub path: PathBuf,
    /// Where a damaged one was put, if there was one.
    pub set_aside: Option<PathBuf>,
}

impl Ledger {
    /// Reads the ledger of the plan-year folder `dir`. Where there is none, nothing has been sent yet.
    ///
    /// # Errors
    /// When it cannot be opened, or is no ledger.
    pub fn load(dir: &Path) -> Result<Self, LedgerError> {
        let path = dir.join(LEDGER);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(LedgerError::Io { path, source }),
        };
        match serde_json::from_slice::<Self>(&bytes) {
            Ok(ledger) if ledger.version == VERSION => Ok(ledger),
            Ok(Self { version, .. }) => {
                Err(LedgerError::Damaged { path, detail: format!("version {version}") })
            }
            Err(error) => Err(LedgerError::Damaged { path, detail: error.to_string() }),
        }
    }

    fn save(&self, dir: &Path) -> Result<PathBuf, WriteError> {
        let path = dir.join(LEDGER);
        files::replace(&path, |out| {
            serde_json::to_writer_pretty(&mut *out, self)?;
            out.write_all(b"\n")
        })?;
        Ok(path)
    }
}

/// Enters into the ledger of the plan-year folder `dir` that the workbooks of `run` were returned as `sent` says. A
/// workbook that came in as it was returned, or as it came in the last time, is still in the same round. A damaged
/// ledger is kept under another name, and a new one begun.
///
/// # Errors
/// When the ledger cannot be opened or written.
pub fn record(dir: &Path, run: &Run, sent: &[Sent], date: Option<&str>) -> Result<Recorded, WriteError> {
    let (mut ledger, set_aside) = match Ledger::load(dir) {
        Ok(ledger) => (ledger, None),
        Err(LedgerError::Damaged { path, .. }) => (Ledger::default(), Some(files::set_aside(&path)?)),
        Err(LedgerError::Io { path, source }) => return Err(WriteError::Io { path, source }),
    };
    ledger.enter(run, sent, date);
    Ok(Recorded { path: ledger.save(dir)?, set_aside })
}

/// The SHA-256 of `bytes`, in hexadecimal digits: how the ledger tells one state of a workbook from another.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The SHA-256 of the file at `path`.
fn sha256_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            read => hash.update(&buffer[..read]),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
