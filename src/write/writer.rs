//! What an output is: a [`Writer`], and what it leaves behind, as data.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::book::BookError;
use super::cascade::WorkbookError;
use super::context::WriteContext;
use super::notice::Notice;
use super::scorecard::ScorecardError;
use super::templates::{Set, TemplateError, Templates, own_templates};
use crate::files::{Output, WriteError};
use crate::finding::Finding;
use crate::ledger::LedgerError;

/// Makes one output.
pub trait Writer: Sync {
    /// What it makes as users know it: a file (`cascade.xlsx`), or a folder (`data`).
    fn name(&self) -> &'static str;

    /// Makes it in `output` and enters what was done into `written`: what was done before a failure is told all the same.
    ///
    /// # Errors
    /// When it cannot be made.
    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError>;

    /// Whether it needs the press, which is prepared before the plans are checked.
    fn prints(&self) -> bool {
        false
    }

    /// Whether it is of use where no workbook could be read.
    fn tells_of_unreadable(&self) -> bool {
        false
    }
}

/// What a writer did.
#[derive(Debug, Default)]
pub struct Written {
    /// What is to be told, in the order in which it came up.
    pub told: Vec<Told>,
    /// Findings that came up meanwhile, which every output should have.
    pub findings: Vec<Finding>,
    /// Parts of the output that could not be made, by name, and why. The rest is there.
    pub failed: Vec<(&'static str, WriterError)>,
}

/// One thing to tell.
#[derive(Debug)]
pub enum Told {
    /// A file or folder is new.
    Made(PathBuf),
    /// A line of text.
    Notice(Notice),
    /// The ledger is of no use, or could not be written. The output is there without it.
    NoLedger(Arc<LedgerError>),
}

impl Written {
    /// The files and folders that are new.
    pub fn made(&self) -> impl Iterator<Item = &Path> {
        self.told.iter().filter_map(|told| match told {
            Told::Made(path) => Some(path.as_path()),
            Told::Notice(_) | Told::NoLedger(_) => None,
        })
    }

    pub(super) fn put(&mut self, output: &Output, name: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.add(output.write(name, |file| file.write_all(bytes))?);
        Ok(())
    }

    pub(super) fn add(&mut self, path: PathBuf) {
        self.told.push(Told::Made(path));
    }

    pub(super) fn tell(&mut self, notices: impl IntoIterator<Item = Notice>) {
        self.told.extend(notices.into_iter().map(Told::Notice));
    }

    /// The templates of `set` for the plan-year folder `dir`; tells which of them are its own.
    pub(super) fn templates(&mut self, dir: &Path, set: &'static Set) -> Result<Templates, TemplateError> {
        let templates = Templates::of(dir, set)?;
        let own = templates.changed().collect::<Vec<_>>().join(", ");
        self.tell(own_templates(templates.folder(), &own));
        Ok(templates)
    }
}

/// An output could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WriterError {
    /// A file could not be put in its place.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// cascade.xlsx could not be put together.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// A scorecard could not be put together.
    #[error(transparent)]
    Scorecard(#[from] ScorecardError),
    /// A template of the report or of the covering messages is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The book could not be made.
    #[error(transparent)]
    Book(#[from] BookError),
    /// A mistake of planbook's own stopped it.
    #[error(transparent)]
    Stopped(#[from] Stopped),
}

/// A mistake of planbook's own; where in its source, if that is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("planbook stopped because of a mistake of its own: {0}")]
pub struct Stopped(pub String);
