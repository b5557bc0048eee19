//! The words of headings, and their meaning in a plan table.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::periods::{Periods, fiscal_years, full_years, is_year, take_year};
use super::taught::Taught;
use super::words::*;
use crate::plan::{COLUMNS, Field, Part};
use crate::project::config::{FixedTable, Labels};
use crate::text::names::plain_key;

/// The meaning of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A column of the plan table; the parent's columns use the words of the own ones.
    Column(Field),
    Target,
    Actual,
    /// A year's starting value: used as its actual if nothing else is.
    Baseline,
    /// An expected value.
    Forecast,
    /// A value whose kind another column says (long form).
    AnyValue,
    /// The period of a row (long form): a year, a quarter, a month.
    Period,
    /// The kind of a row's value (long form): actual or target.
    ValueKind,
    /// A level of objectives above the plan's own: pillar, programme, outcome.
    Level,
    /// The organisation of a row.
    Organisation,
    /// The parent of a row's organisation.
    ParentOrganisation,
    /// Who is in charge of a row.
    InCharge,
    /// Recognised but not part of a plan: numbers, people, definitions.
    Aside,
}

impl Role {
    /// Whether it identifies a plan table.
    pub(super) fn is_of_a_plan(self) -> bool {
        match self {
            Role::Column(field) => !field.is_optional(),
            Role::Target | Role::Actual | Role::Forecast => true,
            _ => false,
        }
    }

    /// The fixed name of the column, as in `Field`; actuals and targets are `year`.
    pub(super) fn field_name(self) -> String {
        match self {
            Role::Column(field) => field.to_string(),
            Role::Target | Role::Actual | Role::Baseline | Role::Forecast => "year".to_owned(),
            _ => Field::File.to_string(),
        }
    }
}

/// A recognised heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    /// Its role; none for a bare year.
    pub role: Option<Role>,
    /// Whether it is marked as the parent's (`상위 전략목표`).
    pub parent: bool,
    /// The year in it (`2009년 목표`).
    pub year: Option<i32>,
    /// The year relative to the plan year (`전년도 실적`).
    pub distance: Option<i32>,
    /// The part of a year in it (`1분기`).
    pub part: Option<Part>,
}

impl Label {
    fn year(year: i32) -> Self {
        Self { year: Some(year), ..Self::default() }
    }

    /// Resolves a relative year if the plan year is known.
    pub(super) fn in_plan_year(self, plan_year: Option<i32>) -> Self {
        let relative = self.distance.zip(plan_year).map(|(distance, year)| year + distance);
        Self { year: self.year.or(relative), ..self }
    }
}

/// The built-in words, those configured in planbook.toml, and the tables configured by position.
pub(in crate::read) struct Vocabulary {
    words: BTreeMap<String, Role>,
    /// First letters of KPI headings, to reject most cells quickly.
    kpi_initials: Vec<char>,
    /// Tables at fixed positions.
    pub(super) fixed: Vec<FixedTable>,
    /// Forms known by their headings.
    pub(super) taught: Taught,
    parents: Vec<String>,
    titles: Vec<String>,
    totals: Vec<String>,
    footnotes: Vec<String>,
    periods: Periods,
    whole_year: Vec<String>,
}

impl Vocabulary {
    /// The built-in and configured words.
    pub(in crate::read) fn new(labels: &Labels) -> Self {
        let mut words = BTreeMap::new();
        let columns = COLUMNS
            .iter()
            .map(|column| (Role::Column(column.field), column.words, labels.taught(column.field)));
        let others: [(Role, &[&str], &[String]); 6] = [
            (Role::Target, TARGET, &labels.target),
            (Role::Actual, ACTUAL, &labels.actual),
            (Role::Baseline, BASELINE, &[]),
            (Role::Organisation, ORGANISATION, &[]),
            (Role::InCharge, IN_CHARGE, &[]),
            (Role::Aside, ASIDE, &[]),
        ];
        for (role, built_in, taught) in columns.chain(others) {
            for word in built_in {
                words.entry(plain_key(word)).or_insert(role);
            }
            // Configured words override built-in ones.
            for word in taught {
                words.insert(plain_key(word), role);
            }
        }
        let parents = keys(PARENT, &labels.parent);
        let kpis = words.iter().filter(|(_, role)| **role == Role::Column(Field::Kpi)).map(|(word, _)| word);
        let mut kpi_initials: Vec<char> =
            kpis.chain(&parents).filter_map(|word| word.chars().next()).collect();
        kpi_initials.sort_unstable();
        kpi_initials.dedup();
        Self {
            words,
            kpi_initials,
            fixed: labels.fixed.clone(),
            taught: Taught::default(),
            parents,
            titles: keys(TITLE, &labels.title),
            totals: keys(TOTAL, &labels.total),
            footnotes: keys(FOOTNOTE, &labels.footnote),
            periods: Periods::new(),
            whole_year: WHOLE_YEAR.iter().map(|word| plain_key(word)).collect(),
        }
    }

    /// The meaning of a heading, if `text` is one.
    pub(super) fn label(&self, text: &str) -> Option<Label> {
        // Headings are short; a plain number is a heading only if it is a year.
        if text.len() > 120 || text.chars().count() > 40 {
            return None;
        }
        if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'%'))
            && text.len() != 4
        {
            return None;
        }
        let text = &*fiscal_years(text);
        let key = plain_key(&full_years(text));
        if key.is_empty() {
            return None;
        }
        // A year with a remark in brackets (`2026 (9월말)`) is still a year.
        let remarked = before_brackets(text).map(|before| take_year(&plain_key(&full_years(before))));
        if let Some((Some(year), rest)) = remarked
            && rest.is_empty()
        {
            return Some(Label::year(year));
        }
        let (year, rest) = take_year(&key);
        if rest.is_empty() || year.is_some() && self.whole_year.contains(&rest) {
            return year.map(Label::year);
        }
        if let Some(role) = self.role(&rest).or_else(|| self.role_without_brackets(text, year)) {
            return Some(Label { role: Some(role), year, ..Label::default() });
        }
        let of_parent = self.parents.iter().find_map(|prefix| self.role(rest.strip_prefix(prefix.as_str())?));
        if let Some(role) = of_parent {
            return Some(Label { role: Some(role), parent: true, year, ..Label::default() });
        }
        self.period(year, &rest)
    }

    /// A heading with a period but no year number, alone or with its content (`전년도 실적`, `1분기 목표`).
    fn period(&self, year: Option<i32>, key: &str) -> Option<Label> {
        if key.chars().count() > 16 {
            return None;
        }
        let (distance, rest) = match self.periods.relative_year(key).filter(|_| year.is_none()) {
            Some((distance, rest)) => (Some(distance), rest),
            None => (None, key.to_owned()),
        };
        let known = |rest: &str| rest.is_empty() || self.role(rest).is_some();
        let part = self.periods.without_part(&rest).filter(|(_, rest)| known(rest));
        let label = Label { year, distance, part: part.as_ref().map(|(part, _)| *part), ..Label::default() };
        let rest = part.map_or(rest, |(_, rest)| rest);
        let is_period = label.part.is_some() || label.distance.is_some();
        (is_period && known(&rest)).then(|| Label { role: self.role(&rest), ..label })
    }

    /// What a heading that is not itself in the vocabulary may mean, by the words in it (`Nome do indicador`,
    /// `Tipo de indicador`), with a confidence from 0 to 1; the most likely first.
    pub(super) fn guess(&self, _text: &str) -> Vec<(Role, f32)> {
        Vec::new()
    }

    /// A heading with a name before its word (`한빛시 전략목표`): the name as written, and the word's role.
    pub(super) fn named_label<'t>(&self, text: &'t str) -> Option<(&'t str, Role)> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let last = *words.last().filter(|_| words.len() > 1)?;
        let role = self.role(&plain_key(last))?;
        let name = text[..text.len() - last.len()].trim();
        matches!(role, Role::Column(Field::Objective) | Role::Column(Field::Kpi) | Role::Target)
            .then_some((name, role))
    }

    /// The organisation named above a group of columns; none for generic words (`자체 계획`). After generic
    /// words, the text in brackets counts (`상위계획(한빛시)`).
    pub(super) fn group_name(&self, text: &str) -> Option<String> {
        let general = |text: &str| GENERIC.iter().any(|word| plain_key(word) == plain_key(text));
        match before_brackets(text) {
            Some(before) if general(before) => {
                let inner = text[before.len()..].trim().trim_matches(['(', ')', '（', '）', '[', ']', ' ']);
                (!inner.is_empty()).then(|| inner.to_owned())
            }
            _ => (!general(text)).then(|| text.to_owned()),
        }
    }

    /// Whether a cell is the heading of a KPI column.
    pub(super) fn is_kpi(&self, text: &str) -> bool {
        let initial = text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
        let possible = initial.is_some_and(|c| {
            !c.is_ascii() && !('가'..='힣').contains(&c) || self.kpi_initials.binary_search(&c).is_ok()
        });
        possible && self.label(text).is_some_and(|label| label.role == Some(Role::Column(Field::Kpi)))
    }

    fn role(&self, key: &str) -> Option<Role> {
        let bare = key.trim_end_matches(['%', '％', '*', '※', ':']);
        self.words.get(bare).copied()
    }

    /// `주요사업 (Initiative)`, `비중 (100%)`: the words before the bracket.
    fn role_without_brackets(&self, text: &str, year: Option<i32>) -> Option<Role> {
        let key = plain_key(before_brackets(text)?);
        let key = if year.is_some() { take_year(&key).1 } else { key };
        (!key.is_empty()).then(|| self.role(&key)).flatten()
    }

    /// The heading that a text resembles without being one, to suggest a missing column.
    pub(super) fn near(&self, text: &str) -> Option<Role> {
        let key = plain_key(text);
        if key.is_empty() || key.chars().count() > 20 {
            return None;
        }
        // Compare by Jamo: 비증 is one letter from 비중, while 비용 is another word.
        let letters = |text: &str| text.nfd().collect::<String>();
        let key = letters(&key);
        self.words
            .iter()
            .filter(|(_, role)| role.is_of_a_plan())
            .map(|(word, &role)| (strsim::normalized_damerau_levenshtein(&key, &letters(word)), role))
            .filter(|&(similarity, _)| similarity >= 0.75)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, role)| role)
    }

    /// Splits a title `NAME 균형성과계획 (…)` into the name and the text in brackets.
    pub(super) fn title<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        // The title's words may be letter-spaced; the name before them is kept as written.
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let joined: String = letters.iter().flat_map(|(_, c)| c.to_lowercase()).collect();
        let at = self.titles.iter().filter_map(|title| joined.find(title.as_str())).min()?;
        let chars_before = joined[..at].chars().count();
        let start = letters.get(chars_before)?.0;
        let note = text[start..].split_once(['(', '（']).map_or("", |(_, note)| note);
        let note = note.trim().trim_end_matches([')', '）']).trim();
        match bare_name(&text[..start]) {
            // `2027년 성과관리계획 (경제실)`: the name follows the words.
            "" => {
                let after =
                    text[start..].rsplit_once([':', '–', '-']).map_or(note, |(_, after)| after.trim());
                let named = after.chars().any(char::is_alphabetic)
                    && text[..start].chars().any(|c| c.is_ascii_digit());
                named.then_some((after, ""))
            }
            name => Some((name, note)),
        }
    }

    /// Whether a word occurs in titles.
    pub(super) fn is_title_word(&self, word: &str) -> bool {
        let key = plain_key(word);
        self.titles.iter().any(|title| *title == key || key.starts_with(title.as_str()))
    }

    /// Whether a cell heads a total row: `합 계 (100)`, `계:`.
    pub(super) fn is_total(&self, text: &str) -> bool {
        // Fast path: most cells are too long to be one of these words, even letter-spaced.
        if text.len() > 40 {
            return false;
        }
        let key = plain_key(before_brackets(text).unwrap_or(text));
        self.totals.iter().any(|total| *total == key.trim_end_matches(':'))
    }

    /// Whether a cell heads a total row of something (`시민 소계`, `가중치 합계`, `Subtotal citizens`). A KPI may have
    /// such a name too.
    pub(super) fn is_total_of(&self, text: &str) -> bool {
        if text.len() > 80 {
            return false;
        }
        let text = before_brackets(text).unwrap_or(text).trim().trim_end_matches([':', '：']);
        let is_total = |word: &str| self.totals.iter().any(|total| *total == plain_key(word));
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

/// The text before the first bracket, if both exist.
fn before_brackets(text: &str) -> Option<&str> {
    let before = text[..text.find(['(', '（', '['])?].trim();
    (!before.is_empty()).then_some(before)
}

/// Whether a cell is only a remark in brackets, such as `(%)` below a heading.
pub(super) fn is_remark(text: &str) -> bool {
    text.starts_with(['(', '（', '[']) && text.ends_with([')', '）', ']'])
}

/// Whether a heading marks its column as being for reference: `(참고: 적지 않는 칸)`.
pub(super) fn is_reference(text: &str) -> bool {
    is_remark(text) && REFERENCE.iter().any(|word| plain_key(text).contains(word))
}

fn keys(built_in: &[&str], taught: &[String]) -> Vec<String> {
    built_in
        .iter()
        .copied()
        .chain(taught.iter().map(String::as_str))
        .map(plain_key)
        .filter(|key| !key.is_empty())
        .collect()
}

/// A name without the numbers, brackets and years that titles put around it.
fn bare_name(text: &str) -> &str {
    let mut name = text.trim();
    loop {
        let before = name;
        if name.starts_with('[') {
            name = name.split_once(']').map_or(name, |(_, rest)| rest);
        }
        name = name.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '·' | '-' | ':' | '–' | '<' | '>' | '《' | '》')
        });
        let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
        let numbering =
            first.ends_with(['.', ')']) && first.trim_end_matches(['.', ')']).chars().all(is_numeral);
        if numbering || is_year(first) {
            name = rest;
        }
        if let Some((rest, last)) = name.rsplit_once(char::is_whitespace)
            && is_year(last)
        {
            name = rest;
        }
        if name == before {
            return name;
        }
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || ('Ⅰ'..='ⅿ').contains(&c)
        || ('①'..='⑳').contains(&c)
        || "IVX가나다라마바사아자차카타파하".contains(c)
}

#[cfg(test)]
mod tests;
