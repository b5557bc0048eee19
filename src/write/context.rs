//! What all outputs of a run are made from.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::book::{BookError, Press};
use crate::check::{FindingIndex, Run};
use crate::consolidate::{City, Context};
use crate::finding::Lang;
use crate::ledger::{Board, Ledger, LedgerError, Rounds};
use crate::project::Config;
use crate::read::Worker;

/// What all outputs of a run are made from; what several of them need is made once.
pub struct WriteContext<'a> {
    /// The plan-year folder.
    pub dir: &'a Path,
    /// The city, the findings, and what was passed over.
    pub run: &'a Run,
    /// planbook.toml.
    pub config: &'a Config,
    /// The language of the outputs.
    pub lang: Lang,
    /// How a workbook that may be dangerous is read.
    pub worker: Option<&'a Worker>,
    /// What the book is printed by, or why there is none; none where nothing is to be printed.
    pub press: Option<&'a Result<Press, BookError>>,
    /// The findings of `run` by workbook, plan and row.
    pub findings: FindingIndex<'a>,
    ledger: OnceLock<Result<Ledger, Arc<LedgerError>>>,
    board: OnceLock<Board>,
}

impl<'a> WriteContext<'a> {
    /// Of `run`, made from the plan-year folder `dir`, without a worker and a press.
    pub fn new(dir: &'a Path, run: &'a Run, config: &'a Config, lang: Lang) -> Self {
        let findings = FindingIndex::of(&run.findings);
        let (worker, press, ledger, board) = (None, None, OnceLock::new(), OnceLock::new());
        Self { dir, run, config, lang, worker, press, findings, ledger, board }
    }

    /// The consolidated city.
    pub fn city(&self) -> &'a City {
        &self.run.city
    }

    /// The city and planbook.toml.
    pub fn plans(&self) -> Context<'a> {
        Context { city: &self.run.city, config: self.config }
    }

    /// The ledger of the plan-year folder, or why it is of no use.
    ///
    /// # Errors
    /// When it cannot be opened, or is no ledger.
    pub fn ledger(&self) -> Result<&Ledger, Arc<LedgerError>> {
        let ledger = self.ledger.get_or_init(|| Ledger::load(self.dir).map_err(Arc::new));
        ledger.as_ref().map_err(Arc::clone)
    }

    /// The submission board. A ledger that is of no use counts as none.
    pub fn board(&self) -> &Board {
        self.board.get_or_init(|| match self.ledger() {
            Ok(ledger) => Board::with(self.run, &self.findings, ledger),
            Err(_) => Board::with(self.run, &self.findings, &Ledger::default()),
        })
    }

    /// The round each workbook is in. Without a ledger of use there is no telling.
    pub fn rounds(&self) -> Rounds {
        self.ledger().map(|_| self.board().rounds()).unwrap_or_default()
    }
}
