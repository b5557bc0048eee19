//! `ledger.json`: review history by round: submissions, returns and findings.
//!
//! Open findings and answers are always read from the workbooks, so a lost or damaged ledger costs only the
//! history.

mod board;
mod enter;
mod history;
mod receipt;
mod run_index;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use board::{Answered, Board, BoardLine, COUNTS, Count, Open, Rounds, SubmissionStatus};
pub use history::{History, RecordedFinding, ReturnedFile, ReturnedWorkbook, Round};
pub use receipt::{NotedCell, Outcome, Outdated, Receipt};

use crate::check::Run;
use crate::files::{self, WriteError};
use crate::project::files::LEDGER;

/// The format version; other versions are not read.
const VERSION: u32 = 1;

/// Every round with every workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// A ledger that cannot be used, or not written.
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
    /// It is not a ledger, or has an unknown format version.
    #[error("{}: {detail}", path.display())]
    Damaged {
        /// The ledger.
        path: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// It cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What [`record`] wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The ledger.
    pub path: PathBuf,
    /// Where a damaged ledger was moved, if there was one.
    pub set_aside: Option<PathBuf>,
    /// Whether anything new was recorded.
    pub changed: bool,
}

impl Ledger {
    /// Reads the ledger of the plan-year folder `dir`; empty where there is none.
    ///
    /// # Errors
    /// When it cannot be opened, or is not a ledger.
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

/// Records in the ledger of the plan-year folder `dir` which workbooks of `run` were returned. A workbook
/// identical to the returned or last submitted one stays in the same round. A damaged ledger is renamed and a
/// new one begun.
///
/// # Errors
/// When the ledger cannot be opened or written.
pub fn record(
    dir: &Path,
    run: &Run,
    sent: &[ReturnedWorkbook],
    date: Option<&str>,
) -> Result<Recorded, LedgerError> {
    let (mut ledger, set_aside) = match Ledger::load(dir) {
        Ok(ledger) => (ledger, None),
        Err(LedgerError::Damaged { path, .. }) => (Ledger::default(), Some(files::set_aside(&path)?)),
        Err(error) => return Err(error),
    };
    let before = ledger.clone();
    ledger.enter(run, sent, date);
    let path = ledger.save(dir)?;
    Ok(Recorded { path, set_aside, changed: ledger != before })
}

#[cfg(test)]
mod tests;
