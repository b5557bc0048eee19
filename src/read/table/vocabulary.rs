//! The words of headings, and their meaning in a plan table.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::periods::{plain_years, take_year};
use super::role::{Label, Role};
use super::taught::Taught;
use super::words::{WORDS, WordMeaning, key, longest_first};
use crate::plan::{COLUMNS, Field};
use crate::project::config::{FixedTable, FormEntry, LabelSettings};
use crate::text::names::plain_key;

mod guess;
mod known;
pub(super) mod lines;
mod period;
mod title;

use known::KnownHeadings;

/// First letters of the built-in KPI headings.
static KPI_INITIALS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    let is_kpi = |meanings: &[WordMeaning]| meanings[0].role == Role::Column(Field::Kpi);
    let words = WORDS.meanings.iter().filter(|(_, meanings)| is_kpi(meanings));
    words.filter_map(|(word, _)| word.chars().next()).collect()
});

/// The built-in words, those configured in planbook.toml, and the tables configured by position.
pub(in crate::read) struct Vocabulary {
    /// Configured words; they override built-in ones.
    taught: BTreeMap<String, Role>,
    /// First letters of KPI headings, to reject most cells quickly.
    kpi_initials: BTreeSet<char>,
    /// Tables at fixed positions.
    pub(super) fixed: Vec<FixedTable>,
    /// Forms known by their headings.
    pub(super) forms: Taught,
    parents: Vec<String>,
    titles: Vec<String>,
    totals: Vec<String>,
    footnotes: Vec<String>,
    known: KnownHeadings,
}

impl Vocabulary {
    /// The built-in words, and the words and forms of planbook.toml.
    pub(in crate::read) fn of(labels: &LabelSettings, forms: &[FormEntry]) -> Self {
        Self { forms: Taught::new(forms), ..Self::new(labels) }
    }

    /// The built-in and configured words.
    pub(in crate::read) fn new(labels: &LabelSettings) -> Self {
        let columns = COLUMNS.iter().map(|column| (Role::Column(column.field), labels.taught(column.field)));
        let values = [(Role::Target, &*labels.target), (Role::Actual, &*labels.actual)];
        let taught: BTreeMap<String, Role> = columns
            .chain(values)
            .flat_map(|(role, words)| words.iter().map(move |word| (key(word), role)))
            .filter(|(word, _)| !word.is_empty())
            .collect();
        let parents: Vec<String> =
            longest_first(labels.parent.iter()).into_iter().chain(WORDS.parents.iter().cloned()).collect();
        let is_kpi = |role: Role| role == Role::Column(Field::Kpi);
        let configured = taught.iter().filter(|(_, role)| is_kpi(**role)).map(|(word, _)| word);
        Self {
            kpi_initials: configured
                .chain(&parents)
                .filter_map(|word| word.chars().next())
                .chain(KPI_INITIALS.iter().copied())
                .collect(),
            taught,
            fixed: labels.fixed.clone(),
            forms: Taught::default(),
            parents,
            titles: with_taught(&WORDS.titles, &labels.title, plain_key),
            totals: labels.total.iter().map(|word| key(word)).collect(),
            footnotes: with_taught(&WORDS.footnotes, &labels.footnote, plain_key),
            known: KnownHeadings::default(),
        }
    }

    /// The meaning of a heading, if `text` is one.
    pub(super) fn label(&self, text: &str) -> Option<Label> {
        // A plain number is a heading only if it is a year.
        if !known::may_be_heading(text) {
            return None;
        }
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'%')) && text.len() != 4 {
            return None;
        }
        known::once(&self.known.labels, text, || self.read_label(text))
    }

    /// Whether a cell is the heading of a KPI column.
    pub(super) fn is_kpi(&self, text: &str) -> bool {
        let initial = text.chars().find(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase());
        let possible = initial
            .is_some_and(|c| !c.is_ascii() && !('가'..='힣').contains(&c) || self.kpi_initials.contains(&c));
        // Shorter than `label`, because every cell of every sheet is asked.
        possible && text.len() <= 120 && known::once(&self.known.kpis, text, || self.reads_kpi(text))
    }

    /// The meaning of a heading, if `text` is one; [`Self::label`] remembers it.
    fn read_label(&self, text: &str) -> Option<Label> {
        let text = &*plain_years(text);
        if let Some(label) = Label::of_date(text) {
            return Some(label);
        }
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%'))
            && text.len() != 4
        {
            return None;
        }
        // A year with a remark in brackets (`2026 (9월말)`) is still a year.
        let remarked = before_brackets(text).map(take_year);
        if let Some((Some(year), rest)) = remarked
            && rest.is_empty()
        {
            let role = self.role(&key(&text[text.find(is_bracket)?..]), true).filter(|role| role.is_value());
            return Some(Label { role, ..Label::year(year) });
        }
        let short = WORDS.periods.with_full_year(text).or_else(|| self.with_full_year(text));
        let text = short.as_deref().unwrap_or(text);
        let (year, rest) = take_year(text);
        if rest.is_empty() || year.is_some() && WORDS.whole_year.contains(&rest) {
            return year.map(Label::year);
        }
        let dated = year.is_some();
        let of = |role| Label { role: Some(role), year, ..Label::default() };
        if let Some(role) = self.role(&rest, dated) {
            return Some(of(role));
        }
        if let Some(label) = self.parents_label(&rest) {
            return Some(Label { year, ..label });
        }
        self.period(year, &rest)
            .or_else(|| self.role_without_brackets(text).map(of))
            .or_else(|| self.role_in_both_languages(text).map(of))
    }

    /// A heading marked as the parent's: `상위 전략목표`, `objetivo superior`.
    fn parents_label(&self, key: &str) -> Option<Label> {
        let role = self.parents.iter().find_map(|word| {
            let rest = key.strip_prefix(word.as_str()).or_else(|| key.strip_suffix(word.as_str()))?;
            self.role(rest, false)
        })?;
        Some(Label { role: Some(role), parent: true, ..Label::default() })
    }

    /// A heading with a name before its word (`한빛시 전략목표`): the name as written, and the word's role.
    pub(super) fn named_label<'t>(&self, text: &'t str) -> Option<(&'t str, Role)> {
        let mut words = text.split_whitespace();
        let last = words.next_back().filter(|last| last.chars().any(char::is_alphabetic))?;
        words.next().filter(|_| known::may_be_heading(text))?;
        let role = self.role(&key(last), false)?;
        let name = text[..text.len() - last.len()].trim();
        matches!(role, Role::Column(Field::Objective) | Role::Column(Field::Kpi) | Role::Target)
            .then_some((name, role))
    }

    /// The organisation named above a group of columns; none for generic words (`자체 계획`). After generic
    /// words, the text in brackets counts (`상위계획(한빛시)`).
    pub(super) fn group_name(&self, text: &str) -> Option<String> {
        let general = |text: &str| WORDS.generic.contains(&key(text));
        match before_brackets(text) {
            Some(before) if general(before) => {
                let inner = text[before.len()..].trim().trim_matches(['(', ')', '（', '）', '[', ']', ' ']);
                (!inner.is_empty()).then(|| inner.to_owned())
            }
            _ => (!general(text)).then(|| text.to_owned()),
        }
    }

    /// Whether a text is the heading of a KPI column; [`Self::is_kpi`] remembers it.
    fn reads_kpi(&self, text: &str) -> bool {
        let (_, key) = take_year(&plain_years(text));
        let role = self.role(&key, false).or_else(|| self.parents_label(&key)?.role);
        let role =
            role.or_else(|| self.role_without_brackets(text)).or_else(|| self.role_in_both_languages(text));
        role == Some(Role::Column(Field::Kpi))
    }

    /// The role of a key. Beside a period, a word for both an objective and a target means the target.
    fn role(&self, key: &str, dated: bool) -> Option<Role> {
        if let Some(&role) = self.taught.get(key) {
            return Some(role);
        }
        let Some(meanings) = WORDS.meanings_of(key) else {
            let bare = key.trim_end_matches(['%', '#']);
            return (bare.len() < key.len() && !bare.is_empty()).then(|| self.role(bare, dated)).flatten();
        };
        let of_a_period = |meaning: &WordMeaning| match meaning.weak {
            true => meaning.role == Role::Target,
            false => meaning.role.is_value(),
        };
        let value = meanings.iter().find(|meaning| dated && of_a_period(meaning));
        let strong = meanings.iter().find(|meaning| !meaning.weak);
        value.or(strong).map(|meaning| meaning.role)
    }

    /// `주요사업 (Initiative)`, `비중 (100%)`: the words before the bracket.
    fn role_without_brackets(&self, text: &str) -> Option<Role> {
        let (year, key) = take_year(before_brackets(text)?);
        (!key.is_empty()).then(|| self.role(&key, year.is_some())).flatten()
    }

    /// `지표명 / KPI`, `Indicator / measure of success`: words that all mean the same.
    fn role_in_both_languages(&self, text: &str) -> Option<Role> {
        let mut roles = text.split(['/', '\n', '|']).map(|part| {
            let (year, key) = take_year(part);
            self.role(&key, year.is_some())
        });
        let first = roles.next()??;
        let mut others = roles.peekable();
        (others.peek().is_some() && others.all(|role| role == Some(first))).then_some(first)
    }

    /// Whether a cell heads a total row: `합 계 (100)`, `계:`.
    pub(super) fn is_total(&self, text: &str) -> bool {
        // Fast path: most cells are too long to be one of these words, even letter-spaced.
        // A text that looks like a formula is none.
        text.len() <= 40
            && !text.starts_with(['@', '=', '+'])
            && self.is_total_word(before_brackets(text).unwrap_or(text))
    }

    fn is_total_word(&self, text: &str) -> bool {
        if text.chars().filter(|c| !c.is_whitespace()).count() > 16 {
            return false;
        }
        let key = key(text);
        WORDS.totals.contains(&key) || self.totals.contains(&key)
    }

    /// Whether a cell heads a total row of something (`시민 소계`, `가중치 합계`, `Subtotal citizens`). A KPI may have
    /// such a name too.
    pub(super) fn is_total_of(&self, text: &str) -> bool {
        if text.len() > 80 {
            return false;
        }
        let text = before_brackets(text).unwrap_or(text).trim().trim_end_matches([':', '：']);
        // `Jumlah` begins the names of many KPIs: it is a total only alone.
        let of_something =
            |word: &str| !word.is_ascii() || word.to_ascii_lowercase().contains("tot") || word.len() == 3;
        let is_total = |word: &str| of_something(word) && self.is_total_word(word);
        let joined = plain_key(text);
        text.split_whitespace().next().is_some_and(is_total)
            || text.split_whitespace().next_back().is_some_and(is_total)
            || ["소계", "합계", "총계"].iter().any(|word| joined.ends_with(word))
    }

    /// Whether a line below a table is a note to it.
    pub(super) fn is_footnote(&self, text: &str) -> bool {
        let key = plain_key(text);
        text.starts_with(['※', '*', '·', '＊', '☞', '◦', '○', '주', '†'])
            || self.footnotes.iter().any(|word| key.contains(word.as_str()))
    }
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '（' | '[')
}

/// The text before the first bracket, if both exist.
fn before_brackets(text: &str) -> Option<&str> {
    let before = text[..text.find(is_bracket)?].trim();
    (!before.is_empty()).then_some(before)
}

/// Whether a cell is only a remark in brackets, such as `(%)` below a heading.
pub(super) fn is_remark(text: &str) -> bool {
    text.starts_with(['(', '（', '[']) && text.ends_with([')', '）', ']'])
}

/// Whether a heading marks its column as being for reference: `(참고: 적지 않는 칸)`.
pub(super) fn is_reference(text: &str) -> bool {
    is_remark(text) && WORDS.references.iter().any(|word| plain_key(text).contains(word.as_str()))
}

fn with_taught(built_in: &[String], taught: &[String], key: fn(&str) -> String) -> Vec<String> {
    let taught = taught.iter().map(|word| key(word)).filter(|word| !word.is_empty());
    built_in.iter().cloned().chain(taught).collect()
}

#[cfg(test)]
mod tests;
