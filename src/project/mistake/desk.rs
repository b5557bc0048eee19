//! The lines of a planbook.toml while they are mended, and what was found wrong with them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::finding::Message;
use crate::project::fault::Fault;

/// The most errors reported at once.
pub(super) const MOST: usize = 40;
/// The lines of a planbook.toml while they are mended.
pub(super) struct Desk {
    /// The lines as written.
    written: Vec<String>,
    /// The lines as they should be; two settings split from one line stay in one entry.
    pub(super) lines: Vec<String>,
    /// The errors: line from 0, column, message.
    pub(super) told: Vec<(usize, usize, Message)>,
    /// Lines with an error that could not be mended.
    pub(super) unmended: BTreeSet<usize>,
}

impl Desk {
    /// The lines of `text`, none of them mended yet.
    pub(super) fn of(text: &str) -> Self {
        let lines: Vec<String> =
            text.split('\n').map(|line| line.trim_end_matches('\r').to_owned()).collect();
        Self { written: lines.clone(), lines, told: Vec::new(), unmended: BTreeSet::new() }
    }

    /// The text as mended so far.
    pub(super) fn text(&self) -> String {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text
    }

    /// The same with line `index` replaced.
    pub(super) fn text_with(&self, index: usize, line: &str) -> String {
        let mut text = String::new();
        for (at, old) in self.lines.iter().enumerate() {
            text.push_str(if at == index { line } else { old });
            text.push('\n');
        }
        text
    }

    /// The line that holds the byte `offset` of `text`, which consists of these lines.
    pub(super) fn line_at(&self, text: &str, offset: usize) -> usize {
        self.place(text, offset).0
    }

    /// The line and the column, in characters, of the byte `offset`.
    pub(super) fn place(&self, text: &str, offset: usize) -> (usize, usize) {
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

    /// Records an error, once.
    pub(super) fn tell(&mut self, line: usize, column: usize, message: Message) {
        let told = self.told.iter().any(|(there, _, other)| *there == line && *other == message);
        if !told {
            self.told.push((line, column, message));
        }
    }

    /// Leaves `lines`, which cannot be mended, out of the further search.
    pub(super) fn leave_out(&mut self, lines: Range<usize>) {
        for index in lines {
            self.unmended.insert(index);
            if let Some(line) = self.lines.get_mut(index) {
                line.clear();
            }
        }
    }

    /// The heading above line `index`.
    pub(super) fn heading_of(&self, index: usize) -> Option<&str> {
        let above = self.lines.get(..index)?.iter().rev();
        above
            .map(|line| line.trim_start())
            .find(|line| line.starts_with('['))
            .map(|line| line.lines().next().unwrap_or(line))
    }

    /// The line of the next heading after `index`.
    pub(super) fn end_of_table(&self, index: usize) -> usize {
        let below = self.lines.iter().enumerate().skip(index + 1);
        let heading = below.into_iter().find(|(_, line)| line.trim_start().starts_with('['));
        heading.map_or(self.lines.len(), |(at, _)| at)
    }

    /// The errors recorded, in the order of the lines.
    pub(super) fn faults(mut self) -> Vec<Fault> {
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
