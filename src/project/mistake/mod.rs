//! Finds what is wrong with a planbook.toml, line by line, and how each line should be written.
//!
//! The parser says where it fails. The line there is mended in the usual ways (**line**, **scan**,
//! **value**); the first way that lets the parser get further shows what was wrong. The search then goes on
//! to the next error, so that all are reported at once. A line that cannot be mended is left out of that
//! search. Korean names of settings are replaced first (**office**). Once the syntax is right, names and
//! values are checked in the same way (**meaning**).

mod form;
mod line;
mod meaning;
mod office;
mod scan;
#[cfg(test)]
mod tests;
mod value;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use super::fault::Fault;
use crate::finding::Message;

/// The most errors reported at once.
const MOST: usize = 40;
/// The longest file that is parsed repeatedly, in bytes.
const LONGEST: usize = 1 << 18;

/// The lines of a planbook.toml while they are mended.
struct Desk {
    /// The lines as written.
    written: Vec<String>,
    /// The lines as they should be; two settings split from one line stay in one entry.
    lines: Vec<String>,
    /// The errors: line from 0, column, message.
    told: Vec<(usize, usize, Message)>,
    /// Lines with an error that could not be mended.
    unmended: BTreeSet<usize>,
}

/// All errors in `text`, in the order of its lines; empty only if the text is valid.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let lines: Vec<String> = text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect();
    let mut desk = Desk { written: lines.clone(), lines, told: Vec::new(), unmended: BTreeSet::new() };
    if text.len() > LONGEST {
        desk.stumble();
        return desk.faults();
    }
    desk.mend_names();
    if desk.mend_form() {
        desk.mend_meaning();
    }
    desk.faults()
}

impl Desk {
    /// The text as mended so far.
    fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    /// The same with line `index` replaced.
    fn text_with(&self, index: usize, line: &str) -> String {
        let mut text = String::new();
        for (at, old) in self.lines.iter().enumerate() {
            text.push_str(if at == index { line } else { old });
            text.push('\n');
        }
        text
    }

    /// The line that holds the byte `offset` of `text`, which consists of these lines.
    fn line_at(&self, text: &str, offset: usize) -> usize {
        self.place(text, offset).0
    }

    /// The line and the column, in characters, of the byte `offset`.
    fn place(&self, text: &str, offset: usize) -> (usize, usize) {
        let mut end = 0;
        let offset = offset.min(text.len());
        // An offset after the last letter counts for the last line that is not empty.
        let last = self.lines.iter().rposition(|line| !line.trim().is_empty()).unwrap_or(0);
        for (index, line) in self.lines.iter().enumerate() {
            let begin = end;
            end += line.len() + 1;
            if offset < end || index >= last {
                let before = text.get(begin..offset).unwrap_or_default();
                return (index, before.chars().count());
            }
        }
        (last, 0)
    }

    fn tell(&mut self, line: usize, column: usize, message: Message) {
        let told = self.told.iter().any(|(there, _, other)| *there == line && *other == message);
        if !told {
            self.told.push((line, column, message));
        }
    }

    /// Leaves `lines`, which cannot be mended, out of the further search.
    fn leave_out(&mut self, lines: Range<usize>) {
        for index in lines {
            self.unmended.insert(index);
            if let Some(line) = self.lines.get_mut(index) {
                line.clear();
            }
        }
    }

    /// The heading above line `index`.
    fn heading_of(&self, index: usize) -> Option<&str> {
        let above = self.lines.get(..index)?.iter().rev();
        above
            .map(|line| line.trim_start())
            .find(|line| line.starts_with('['))
            .map(|line| line.lines().next().unwrap_or(line))
    }

    /// The line of the next heading after `index`.
    fn end_of_table(&self, index: usize) -> usize {
        let below = self.lines.iter().enumerate().skip(index + 1);
        let heading = below.into_iter().find(|(_, line)| line.trim_start().starts_with('['));
        heading.map_or(self.lines.len(), |(at, _)| at)
    }

    fn faults(mut self) -> Vec<Fault> {
        self.told.sort_by_key(|(line, column, _)| (*line, *column));
        let (mut faults, mut last) = (Vec::new(), None);
        for (index, column, message) in self.told {
            // Only the first error of a line carries the mended line.
            let first = last.replace(index) != Some(index);
            let written = self.written.get(index).cloned().unwrap_or_default();
            let mended =
                self.lines.get(index).filter(|line| **line != written && !self.unmended.contains(&index));
            faults.push(Fault {
                line: index + 1,
                column: column + 1,
                message,
                written,
                instead: mended.filter(|_| first).cloned(),
            });
        }
        faults
    }
}
