//! The file of the ledger: read, checked and written.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::history::History;
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

    pub(super) fn save(&self, dir: &Path) -> Result<PathBuf, WriteError> {
        let path = dir.join(LEDGER);
        files::replace(&path, |out| {
            serde_json::to_writer_pretty(&mut *out, self)?;
            out.write_all(b"\n")
        })?;
        Ok(path)
    }
}
