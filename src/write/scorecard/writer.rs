//! Writes `scorecards/`. Carries over entries from this year's scorecards in their folder or among the plans.
//! Moves scorecards of another year to a separate folder, and renames one whose entries would be lost.

use std::collections::BTreeMap;

use super::fate::{Fate, fate};
use super::notices::{earlier, kept, moved};
use super::workbooks::{FOLDER, Scorecard, names, workbooks};
use crate::files::{self, Output, WriteError};
use crate::read::{Submission, is_as_made, read_folder};
use crate::score::{Entries, RowIds};
use crate::write::{WriteContext, Writer, WriterError, Written};

/// Writes `scorecards/`.
#[derive(Debug)]
pub struct ScorecardsWriter;

impl Writer for ScorecardsWriter {
    fn name(&self) -> &'static str {
        FOLDER
    }

    fn write(
        &self,
        context: &WriteContext<'_>,
        output: &Output,
        written: &mut Written,
    ) -> Result<(), WriterError> {
        let (city, ids) = (context.city(), RowIds::of(context.city()));
        let folder = output.path(FOLDER)?;
        let old = read_folder(&folder, context.config, context.worker);
        let entries = Entries::of(old.iter().chain(city.workbooks()), city, &ids);
        let made = workbooks(&context.plans(), &context.findings, &entries, context.lang)?;
        let mut clearing = Clearing { context, output, moved: BTreeMap::new(), spent: 0, gone: 0 };
        let names = names(city);
        for file in &old {
            let fate = fate(file, &names, (city, &ids), &entries, context.lang);
            clearing.clear(file, fate, written)?;
        }
        let saved = clearing.set_saved_aside(&made)?;
        clearing.tell(saved, written)?;
        for scorecard in made {
            output.put(place(&scorecard.name), &scorecard.bytes)?;
        }
        written.add(folder);
        Ok(())
    }
}

/// The path of the scorecard `name`, relative to the output folder.
fn place(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// Moves existing files out of the way of new scorecards.
struct Clearing<'a> {
    context: &'a WriteContext<'a>,
    output: &'a Output,
    /// The number of scorecards of another year or city moved to each folder.
    moved: BTreeMap<String, usize>,
    /// The number whose results are all on new scorecards.
    spent: usize,
    /// The number with results of organisations without a plan.
    gone: usize,
}

impl Clearing<'_> {
    /// Applies `fate` to an old `file`.
    fn clear(&mut self, file: &Submission, fate: Fate, written: &mut Written) -> Result<(), WriteError> {
        let name = place(&file.file);
        match fate {
            Fate::Stays => {}
            Fate::Left(why) => written.tell([kept(&file.file, &why, None)]),
            Fate::Aside(why) => {
                let aside = files::set_aside(&self.output.path(&name)?)?;
                written.tell([kept(&file.file, &why, Some(&aside))]);
            }
            Fate::Spent => {
                self.to_earlier(&name)?;
                self.spent += 1;
            }
            Fate::Gone => {
                self.to_earlier(&name)?;
                self.gone += 1;
            }
            Fate::Elsewhere(folder) => {
                let folder = place(&folder);
                self.output.move_aside(&name, &format!("{folder}/{}", file.file))?;
                *self.moved.entry(folder).or_default() += 1;
            }
        }
        Ok(())
    }

    fn to_earlier(&self, name: &str) -> Result<(), WriteError> {
        self.output.move_aside(name, &format!("{}/{name}", files::earlier(self.context.lang))).map(drop)
    }

    /// Moves away the scorecards that somebody has saved and that `made` would replace: the new ones have
    /// their results, but not their notes, sheets or formulas. Returns how many.
    fn set_saved_aside(&self, made: &[Scorecard]) -> Result<usize, WriteError> {
        let mut count = 0;
        for scorecard in made {
            let name = place(&scorecard.name);
            let there = files::content(&self.output.path(&name)?);
            if there.is_empty() || there == scorecard.bytes || is_as_made(&there) {
                continue;
            }
            self.to_earlier(&name)?;
            count += 1;
        }
        Ok(count)
    }

    /// Reports how many were moved where; `saved` is the number of those that somebody has saved.
    fn tell(self, saved: usize, written: &mut Written) -> Result<(), WriteError> {
        let to = self.output.path(place_of_earlier(self.context))?;
        written.tell(earlier(self.spent, self.gone, saved, &to));
        for (folder, count) in self.moved {
            written.tell([moved(count, &self.output.path(folder)?, self.context.city().year)]);
        }
        Ok(())
    }
}

fn place_of_earlier(context: &WriteContext<'_>) -> String {
    format!("{}/{FOLDER}", files::earlier(context.lang))
}
