//! Mends the syntax errors at which the parser fails.

use super::desk::{Desk, MOST};
use super::line::{self, Mended};
use super::parsed::{complaints, makes_sense, trouble};
use super::scan::{half, is_blank, is_quote};
use super::words;
use crate::project::resolve;

impl Desk {
    /// Reports only the first error.
    pub(super) fn stumble(&mut self) {
        let text = self.text();
        let first = match trouble(&text) {
            Some(offset) => Some((offset, words::LINE.with([]))),
            None => complaints(&text).into_iter().next().map(|it| (it.span.start, it.message)),
        };
        if let Some((offset, message)) = first {
            let (index, column) = self.place(&text, offset);
            self.tell(index, column, message);
        }
    }

    /// Mends syntax errors. Returns whether the parser then reads the whole text.
    pub(super) fn mend_form(&mut self) -> bool {
        for _ in 0..MOST {
            let text = self.text();
            let Some(offset) = trouble(&text) else { return true };
            let (index, column) = self.place(&text, offset);
            self.mend_headings(index);
            if self.text() != text {
                continue;
            }
            if self.tell_same(index, column) {
                continue;
            }
            if self.mend_line(index) || self.mend_above(index) {
                continue;
            }
            self.tell(index, column, words::LINE.with([]));
            self.leave_out(index..index + 1);
            // Without that line, the parser should get further.
            if trouble(&self.text()).is_some_and(|offset| self.line_at(&self.text(), offset) <= index) {
                return false;
            }
        }
        false
    }

    /// Whether the parser gets beyond line `index` once line `changed` is replaced by `line`.
    fn gets_beyond(&self, index: usize, changed: usize, line: &str) -> bool {
        let text = self.text_with(changed, line);
        let Some(offset) = trouble(&text) else { return true };
        let mut lines: Vec<&str> = self.lines.iter().map(String::as_str).collect();
        lines[changed] = line;
        let mut end = 0;
        for line in &lines[..=index] {
            end += line.len() + 1;
        }
        offset >= end && offset + 1 < text.len()
    }

    /// Mends line `index` if a way gets the parser beyond it; ways whose result makes sense come first.
    fn mend_line(&mut self, index: usize) -> bool {
        self.mend(index, index)
    }

    fn mend(&mut self, index: usize, stumbled: usize) -> bool {
        let Some(line) = self.lines.get(index).cloned() else { return false };
        let in_list = self.depth(index) > 0;
        let known = resolve::known(self.heading_of(index));
        let mut ways: Vec<Mended> = line::ways(&line, in_list, &known);
        ways.retain(|mended| self.gets_beyond(stumbled, index, &mended.line));
        let remark = |mended: &Mended| mended.line.starts_with('#');
        let best = ways
            .iter()
            .position(|mended| {
                in_list || !remark(mended) && makes_sense(self.heading_of(index), &mended.line)
            })
            .or(if ways.is_empty() { None } else { Some(0) });
        let Some(best) = best else { return false };
        let Mended { line, remarks } = ways.swap_remove(best);
        for (column, message) in remarks {
            self.tell(index, column, message);
        }
        self.lines[index] = line;
        true
    }

    /// Mends a line above: the beginning of what does not end there, or the entry that lacks a comma.
    fn mend_above(&mut self, index: usize) -> bool {
        let begins = (0..index).rev().find(|above| self.depth(*above) == 0 && self.is_open(*above));
        let last = (0..index).rev().find(|above| !is_idle(&self.lines[*above]));
        if let Some(last) = last
            && self.mend(last, index)
        {
            return true;
        }
        let Some(begins) = begins else { return self.mend_triple(index) };
        if self.mend(begins, index) {
            return true;
        }
        // In a list over several lines, the closing bracket goes after the last entry.
        let entry = (begins..index).rev().find(|above| !is_idle(&self.lines[*above]));
        let Some(entry) = entry else { return false };
        let line = format!("{}\n]", self.lines[entry].trim_end_matches(is_blank));
        if !self.gets_beyond(index, entry, &line) {
            return false;
        }
        let column = self.lines[entry].chars().count();
        self.tell(entry, column, words::BRACKET.with([]));
        self.lines[entry] = line;
        true
    }

    /// Mends text in three quotes that does not end.
    fn mend_triple(&mut self, index: usize) -> bool {
        let opens =
            |line: &String| ["\"\"\"", "'''"].iter().any(|quotes| line.matches(quotes).count() % 2 == 1);
        let Some(begins) = (0..=index).rev().find(|above| opens(&self.lines[*above])) else { return false };
        self.mend(begins, index)
    }

    /// Whether line `index` opens a bracket that it does not close.
    fn is_open(&self, index: usize) -> bool {
        self.depth(index + 1) > self.depth(index)
    }

    /// How many brackets are open at the beginning of line `index`.
    pub(super) fn depth(&self, index: usize) -> usize {
        let mut depth = 0usize;
        for line in self.lines.iter().take(index).flat_map(|line| line.lines()) {
            let is_heading =
                depth == 0 && line.trim_start_matches(is_blank).chars().next().map(half) == Some('[');
            if is_heading {
                continue;
            }
            let mut quote = None;
            for c in line.chars() {
                match quote {
                    Some(open) if c == open => quote = None,
                    Some(_) => {}
                    None if is_quote(c) => quote = Some(c),
                    None => match half(c) {
                        '#' => break,
                        '[' | '{' => depth += 1,
                        ']' | '}' => depth = depth.saturating_sub(1),
                        _ => {}
                    },
                }
            }
        }
        depth
    }

    /// Writes the headings of lists with two brackets and all others with one, down to line `index`.
    pub(super) fn mend_headings(&mut self, index: usize) {
        for at in 0..=index.min(self.lines.len().saturating_sub(1)) {
            let line = self.lines[at].clone();
            if !line.trim_start().starts_with('[') {
                continue;
            }
            let kind = |mended: &Mended| {
                mended
                    .remarks
                    .iter()
                    .all(|(_, m)| m.wording == &words::ONE_OF_MANY || m.wording == &words::ONE_ONLY)
            };
            let way = line::ways(&line, false, &[]).into_iter().find(kind);
            // An entry of a list may look like a heading.
            let Some(Mended { line, remarks }) = way.filter(|_| self.depth(at) == 0) else { continue };
            for (column, message) in remarks {
                self.tell(at, column, message);
            }
            self.lines[at] = line;
        }
    }

    /// Reports a setting or heading that already exists above, and leaves it out. The parser fails at its
    /// name.
    fn tell_same(&mut self, index: usize, column: usize) -> bool {
        let before = self.lines.get(index).map(|line| line.chars().take(column));
        if before.is_none_or(|mut before| before.any(|c| c == '=')) {
            return false;
        }
        let Some(own) = self.path(index) else { return false };
        let is_heading = |line: &str| line.trim_start().starts_with('[');
        let entry = (0..index).rev().find(|at| is_heading(&self.lines[*at]));
        let reach = entry.filter(|at| self.lines[*at].trim_start().starts_with("[[")).unwrap_or(0);
        let Some(earlier) = (reach..index).find(|at| self.path(*at).as_ref() == Some(&own)) else {
            return false;
        };
        let line = ("line", (earlier + 1).to_string());
        let (is_table, twice) = (is_heading(&self.lines[index]), is_heading(&self.lines[earlier]));
        let wording = if is_table && twice { &words::SAME_TABLE } else { &words::SAME_KEY };
        self.tell(index, column, wording.with([line]));
        let end = if is_table { self.end_of_table(index) } else { index + 1 };
        self.leave_out(index..end);
        true
    }

    /// The full name of the setting or table on a line; `None` for a `[[list]]` heading.
    fn path(&self, index: usize) -> Option<String> {
        let line = self.lines.get(index)?.trim_start();
        let bare = |name: &str| name.replace([' ', '\t', '"', '\''], "");
        if let Some(heading) = line.strip_prefix('[') {
            let name = heading.split_once(']').filter(|_| !heading.starts_with('['))?.0;
            return Some(bare(name));
        }
        let name = bare(line.split_once('=').filter(|_| !line.starts_with('#'))?.0);
        let above = self.heading_of(index).map(|heading| bare(heading.trim_matches(['[', ']'])));
        Some(above.map_or_else(|| name.clone(), |above| format!("{above}.{name}")))
    }
}

/// Whether a line sets nothing.
fn is_idle(line: &str) -> bool {
    line.trim_start_matches(is_blank).is_empty() || line.trim_start().starts_with('#')
}
