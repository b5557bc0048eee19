//! Mends names and values of a file whose syntax is right.

use super::desk::{Desk, MOST};
use super::parsed::{complaints, trouble};
use super::scan::{is_blank, is_quote, quoted};
use super::value::{is_path, number, switch};
use super::words;
use crate::finding::Message;
use crate::project::near::near;
use crate::project::resolve;
use crate::project::resolve::complaint::{Cause, Complaint, SettingKind};

/// Settings above all headings.
pub(super) const OF_THE_WHOLE: [&str; 4] = ["city", "year", "roster", "lower_is_better"];

impl Desk {
    /// Reports invalid names and values, and mends them where the right one can be guessed. A mended one
    /// may reveal another mistake, so this repeats until nothing more can be mended.
    pub(super) fn mend_meaning(&mut self) {
        self.mend_headings_alone();
        self.mend_paths();
        for _ in 0..MOST {
            let mut complaints = complaints(&self.text());
            complaints.truncate(MOST);
            complaints.iter().for_each(|complaint| self.tell_complaint(complaint));
            // From the end, so that the other offsets stay valid.
            let mended = complaints.iter().rev().filter(|complaint| self.replace(complaint)).count();
            if mended == 0 {
                return;
            }
        }
    }

    /// Mends headings, unless that breaks the syntax.
    fn mend_headings_alone(&mut self) {
        let (lines, told) = (self.lines.clone(), self.told.len());
        self.mend_headings(usize::MAX);
        if trouble(&self.text()).is_some() {
            self.lines = lines;
            self.told.truncate(told);
        }
    }

    fn tell_complaint(&mut self, complaint: &Complaint) {
        // A line that was left out may hold what is missing.
        if complaint.cause == Cause::Missing && !self.unmended.is_empty() {
            return;
        }
        let (index, column) = self.place(&self.text(), complaint.span.start);
        let misplaced = self.misplaced(index, complaint);
        self.tell(index, column, misplaced.unwrap_or_else(|| complaint.message.clone()));
    }

    /// The message for a top-level setting written below a heading.
    fn misplaced(&self, index: usize, complaint: &Complaint) -> Option<Message> {
        self.heading_of(index)?;
        let (name, _) = self.lines.get(index)?.split_once('=')?;
        let name = name.trim().trim_matches('"');
        let unknown = matches!(complaint.cause, Cause::Name(_) | Cause::SettingKind(_));
        (unknown && OF_THE_WHOLE.contains(&name)).then(|| words::MISPLACED.with([("key", name.to_owned())]))
    }

    /// Writes what is probably meant, if that resolves the complaint.
    fn replace(&mut self, complaint: &Complaint) -> bool {
        let text = self.text();
        let (index, _) = self.place(&text, complaint.span.start);
        let mended = self.misplaced(index, complaint).is_none().then(|| self.mended(index, &text, complaint));
        match mended.flatten() {
            Some(line) => self.lines[index] = line,
            None => {
                if matches!(complaint.cause, Cause::Name(_) | Cause::SettingKind(_)) {
                    self.unmended.insert(index);
                }
                return false;
            }
        }
        true
    }

    /// Line `index` of `text` with the complaint's cause mended.
    fn mended(&self, index: usize, text: &str, complaint: &Complaint) -> Option<String> {
        let begin: usize = self.lines[..index].iter().map(|line| line.len() + 1).sum();
        let line = self.lines.get(index)?;
        let (from, to, end) = (complaint.span.start, complaint.span.end, begin + line.len());
        let raw = text.get(from..to).filter(|_| begin <= from && to <= end)?;
        let is_heading = line.trim_start().starts_with('[') && self.depth(index) == 0;
        if is_heading && matches!(complaint.cause, Cause::SettingKind(_)) {
            return None;
        }
        // The line must have fewer mistakes of the same kind. Where a name or a kind was wrong, mending it
        // may reveal another mistake.
        let count = |complaints: &[Complaint], end: usize| {
            let here = complaints.iter().filter(|it| (begin..=end).contains(&it.span.start));
            let alike = here.filter(|it| it.cause.is_like(&complaint.cause)).count();
            (alike, if complaint.cause == Cause::Value { complaints.len() } else { 0 })
        };
        let (alike, all) = count(&complaints(text), end);
        proposals(raw, complaint).into_iter().find_map(|proposal| {
            let line = format!("{}{proposal}{}", &text[begin..from], &text[to..end]);
            let (_, left) = resolve::settings(&self.text_with(index, &line))?;
            let (alike_left, all_left) = count(&left, begin + line.len());
            (alike_left < alike && (all_left < all || all == 0)).then_some(line)
        })
    }

    /// Finds paths that lost letters to backslashes without a parser error.
    pub(super) fn mend_paths(&mut self) {
        for index in 0..self.lines.len() {
            let line = self.lines[index].clone();
            if line.trim_start().starts_with('#') || !line.contains('\\') {
                continue;
            }
            let Some((before, raw)) = line.split_once('"').and_then(|(before, rest)| {
                let raw = rest.split('"').next()?;
                Some((before, format!("\"{raw}\"")))
            }) else {
                continue;
            };
            if !is_path(&raw) {
                continue;
            }
            let mended = line.replacen(&raw, &quoted(raw.trim_matches('"')), 1);
            if mended != line && trouble(&self.text_with(index, &mended)).is_none() {
                let column = before.chars().count() + raw.chars().position(|c| c == '\\').unwrap_or(0);
                self.tell(index, column, words::BACKSLASH.with([]));
                self.lines[index] = mended;
            }
        }
    }
}

/// What `raw`, which a complaint is about, may mean.
fn proposals(raw: &str, complaint: &Complaint) -> Vec<String> {
    let bare = raw.trim_matches(|c: char| is_quote(c) || is_blank(c));
    let in_place = |text: &str| if raw.starts_with(is_quote) { quoted(text) } else { text.to_owned() };
    let mut proposals: Vec<String> = complaint.near().map(in_place).into_iter().collect();
    match complaint.cause {
        Cause::Value if bare.is_empty() => {}
        Cause::Value => {
            proposals.push(in_place(&format!("#{}", bare.trim_start_matches('#').trim())));
            proposals.extend(near(bare, &["error", "warning", "info"]).map(in_place));
            proposals.extend(number(bare).as_deref().map(in_place));
        }
        Cause::SettingKind(SettingKind::Number) => {
            proposals.extend(number(bare));
            proposals.extend(number(bare).and_then(|number| Some(number.split_once('.')?.0.to_owned())));
        }
        Cause::SettingKind(SettingKind::Switch) => {
            proposals.extend(switch(bare).map(str::to_owned));
            proposals.extend(match bare {
                "1" => Some("true".to_owned()),
                "0" => Some("false".to_owned()),
                _ => None,
            });
        }
        Cause::SettingKind(SettingKind::Text) => proposals.push(quoted(bare)),
        Cause::SettingKind(SettingKind::List) => {
            proposals.push(format!("[{}]", if bare == raw { quoted(raw) } else { raw.to_owned() }));
            proposals.push(format!("[{raw}]"));
        }
        Cause::SettingKind(SettingKind::Table) | Cause::Name(_) | Cause::Missing => {}
    }
    proposals
}
