//! `ledger.json`: review history by round: submissions, returns and findings.
//!
//! Open findings and answers are always read from the workbooks, so a lost or damaged ledger costs only the
//! history.

mod board;
mod enter;
mod file;
mod history;
mod receipt;
mod run_index;

use std::path::{Path, PathBuf};

pub use board::{Answered, Board, BoardCount, BoardLine, COUNTS, Open, Rounds, SubmissionStatus};
pub use file::{Ledger, LedgerError};
pub use history::{History, RecordedFinding, ReturnedFile, ReturnedWorkbook, Round};
pub use receipt::{NotedCell, Outdated, Receipt, ReturnOutcome};

use crate::check::Run;
use crate::files;

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
