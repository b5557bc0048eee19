//! Settings written with a Korean name.

use super::desk::{Desk, MOST};
use super::meaning::OF_THE_WHOLE;
use super::scan::{half, is_blank, is_quote};
use crate::project::near::meant;
use crate::project::resolve::complaint::{near_key, no_key};
use crate::project::resolve::known;

impl Desk {
    /// Replaces Korean names of settings by their English ones before the syntax is checked. Otherwise the
    /// user is told to quote such a name, and next that it does not exist. Tables that allow any name stay
    /// unchanged.
    pub(super) fn mend_names(&mut self) {
        let mut here = known(None);
        let mut is_below = false;
        for index in 0..self.lines.len() {
            if self.told.len() >= MOST {
                return;
            }
            let first = self.lines[index].trim_matches(is_blank).chars().next().map(half);
            if first == Some('[') {
                self.mend_heading_names(index);
                (here, is_below) = (known(Some(&self.lines[index])), true);
            } else if first != Some('#') && !here.is_empty() {
                self.mend_name(index, &here, is_below);
            }
        }
    }

    /// Mends `도시 = "서울시"`; `known` are the settings allowed there.
    fn mend_name(&mut self, index: usize, known: &[&str], is_below: bool) {
        let line = self.lines[index].clone();
        let Some((name, _)) = line.split_once(['=', '＝', ':', '：', '→']) else { return };
        let bare = name.trim_matches(|c| is_blank(c) || is_quote(c));
        if bare.is_empty() || bare.is_ascii() || self.depth(index) > 0 {
            return;
        }
        let mut names = known.to_vec();
        if meant(bare, &names).is_none() && is_below {
            names.extend(OF_THE_WHOLE);
        }
        if meant(bare, &names).is_some() {
            self.rename(index, 0, name, bare, &names);
        } else if line[name.len()..].starts_with(['=', '＝']) {
            let column = name.chars().take_while(|c| is_blank(*c) || is_quote(*c)).count();
            self.tell(index, column, no_key(bare, known));
            self.leave_out(index..index + 1);
        }
    }

    /// Mends `[책자]`, `[점검.W101]`.
    fn mend_heading_names(&mut self, index: usize) {
        let mut above: Vec<String> = Vec::new();
        let mut from = self.lines[index]
            .chars()
            .take_while(|c| is_blank(*c) || half(*c) == '[')
            .map(char::len_utf8)
            .sum();
        loop {
            let line = self.lines[index].clone();
            let Some(rest) = line.get(from..) else { return };
            let end = rest.find(|c| matches!(half(c), '.' | ']' | ' ')).unwrap_or(rest.len());
            let name = &rest[..end];
            let bare = name.trim_matches(is_quote);
            let heading = (!above.is_empty()).then(|| format!("[{}]", above.join(".")));
            let names = known(heading.as_deref());
            if bare.is_empty() || names.is_empty() {
                return;
            }
            if bare.is_ascii() {
                above.push(bare.to_owned());
                from += end + 1;
            } else if let Some(own) = meant(bare, &names).filter(|_| self.depth(index) == 0) {
                self.rename(index, from, name, bare, &names);
                above.push(own.to_owned());
                from += own.len() + 1;
            } else {
                return;
            }
        }
    }

    /// Replaces `name`, at byte `from` of line `index`, by the one of `names` that it means.
    fn rename(&mut self, index: usize, from: usize, name: &str, bare: &str, names: &[&str]) {
        let Some(own) = meant(bare, names) else { return };
        let line = &self.lines[index];
        let edges = |c: char| is_blank(c) || is_quote(c);
        let column = line[..from].chars().count() + name.chars().take_while(|c| edges(*c)).count();
        let indent: String = name.chars().take_while(|c| is_blank(*c)).collect();
        let gap = &name[name.trim_end_matches(is_blank).len()..];
        let mended = format!("{}{indent}{own}{gap}{}", &line[..from], &line[from + name.len()..]);
        self.tell(index, column, near_key(bare, own));
        self.lines[index] = mended;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::near::CALLED;

    #[test]
    fn every_setting_is_known_by_a_korean_name_and_none_is_taken_for_another() {
        let headings = [
            None,
            Some("[labels]"),
            Some("[[labels.fixed]]"),
            Some("[[forms]]"),
            Some("[common.\"가\"]"),
            Some("[[city_kpis]]"),
            Some("[checks.W101]"),
            Some("[[waive]]"),
            Some("[style]"),
            Some("[style.numbers]"),
            Some("[book]"),
            Some("[book.margins]"),
            Some("[return]"),
            Some("[score]"),
            Some("[[score.grades]]"),
            Some("[read]"),
        ];
        for heading in headings {
            let names = known(heading);
            assert!(!names.is_empty(), "{heading:?}");
            for name in &names {
                let called = CALLED.iter().filter(|(own, _)| own == name).flat_map(|(_, called)| *called);
                let found = called.filter(|called| meant(called, &names) == Some(*name)).count();
                assert!(found > 0 || *name == "spellings", "{heading:?} {name}");
            }
        }
    }
}
