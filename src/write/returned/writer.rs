//! Writes `returned/` and `data/returned.json`, and enters the round into the ledger on request.

use std::sync::Arc;

use super::leftovers::set_leftovers_aside;
use super::letter::{LETTERS, write_letters};
use super::names::{FOLDER, RECEIPTS};
use super::{give_back, notices, receipt};
use crate::files::Output;
use crate::ledger::{self, Receipt, ReturnedWorkbook};
use crate::write::{Told, WriteContext, Writer, WriterError, Written};

/// The covering messages as a pattern shown to users.
const LETTERS_NAME: &str = "returned/*.txt";

/// Writes `returned/`.
#[derive(Debug)]
pub struct ReturnedWriter {
    /// The round to enter into the ledger, if the output will really be returned to the departments.
    pub round: Option<NewRound>,
}

/// A new round.
#[derive(Clone, Debug, Default)]
pub struct NewRound {
    /// The date on which the workbooks are returned, `2026-01-20`.
    pub date: Option<String>,
}

impl Writer for ReturnedWriter {
    fn name(&self) -> &'static str {
        FOLDER
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let leftovers = set_leftovers_aside(context, output)?;
        written.tell(notices::leftovers(&leftovers, output.folder()));
        let mut receipts = give_back::write(context, output)?;
        // A template error stops only the messages.
        if let Err(error) = letters(context, &receipts, output, written) {
            written.failed.push((LETTERS_NAME, error));
            receipts.iter_mut().for_each(|receipt| receipt.letter = None);
        }
        let path = output.write(RECEIPTS, |out| receipt::write_all(&receipts, out))?;
        written.add(output.path(FOLDER)?);
        written.add(path);
        written.tell(notices::returned(&receipts));
        if let Some(round) = &self.round {
            round.enter(context, &receipts, written);
        }
        Ok(())
    }
}

fn letters(
    context: &WriteContext<'_>,
    receipts: &[Receipt],
    output: &Output,
    written: &mut Written,
) -> Result<(), WriterError> {
    let templates = written.templates(context.dir, &LETTERS)?;
    write_letters(context, receipts, &templates, output)
}

impl NewRound {
    /// If the ledger cannot be written, the workbooks are still there; only the history is missing.
    fn enter(&self, context: &WriteContext<'_>, receipts: &[Receipt], written: &mut Written) {
        let sent: Vec<ReturnedWorkbook> = receipts.iter().filter_map(ReturnedWorkbook::of).collect();
        match ledger::record(context.dir, context.run, &sent, self.date.as_deref()) {
            Ok(recorded) => written.tell(notices::recorded(&recorded)),
            Err(error) => written.told.push(Told::NoLedger(Arc::new(error))),
        }
    }
}
