//! The built-in words of headings: one file a language in `templates/vocabulary`. A city's own words belong in
//! `[labels]` of planbook.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use foldhash::HashMap;
use serde::Deserialize;

use super::periods::Periods;
use super::vocabulary::Role;
use crate::plan::COLUMNS;
use crate::text::names::plain_key;

mod key;

pub(super) use key::{after_number, key, tokens};

/// The files by language. The first meaning of a word is the one it has as a heading.
const SOURCES: [&str; 8] = [
    include_str!("../../../templates/vocabulary/ko.toml"),
    include_str!("../../../templates/vocabulary/en.toml"),
    include_str!("../../../templates/vocabulary/ja.toml"),
    include_str!("../../../templates/vocabulary/zh.toml"),
    include_str!("../../../templates/vocabulary/es.toml"),
    include_str!("../../../templates/vocabulary/pt.toml"),
    include_str!("../../../templates/vocabulary/fr.toml"),
    include_str!("../../../templates/vocabulary/id.toml"),
];

pub(super) static LANGUAGES: LazyLock<Vec<Language>> =
    LazyLock::new(|| SOURCES.iter().map(|source| toml::from_str(source).unwrap_or_default()).collect());

/// The words of all languages, each under its key.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(&LANGUAGES));

/// A language's file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Language {
    /// Where the main noun of a phrase stands.
    pub head: Head,
    /// Words without meaning between others: `of`, `del`.
    pub stop: Vec<String>,
    /// Words that do not change what a heading is about: `name`, `description`.
    pub plain: Vec<String>,
    /// Words by role.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Words that only suggest a role.
    pub weak: BTreeMap<String, Vec<String>>,
    pub periods: PeriodWords,
    pub names: NameWords,
}

/// Where the main noun of a phrase stands: `indicator type`, `tipo de indicador`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Head {
    First,
    #[default]
    Last,
}

/// Words of periods.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PeriodWords {
    /// Words beside a year's number.
    pub year: Vec<String>,
    /// Words for a whole year.
    pub whole_year: Vec<String>,
    pub halves: Vec<Vec<String>>,
    pub quarters: Vec<Vec<String>>,
    pub months: Vec<Vec<String>>,
    /// Names of months that are other words too: they count only alone or beside a year.
    pub months_alone: Vec<Vec<String>>,
    pub numbered: NumberedWords,
    /// Years by their distance from the plan year.
    pub relative: BTreeMap<String, Vec<String>>,
}

/// Words with a number before or after them.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NumberedWords {
    pub half: Vec<String>,
    pub quarter: Vec<String>,
    pub month: Vec<String>,
    pub number: Vec<String>,
    /// A year of the plan: `Year 1`.
    pub nth_year: Vec<String>,
    /// Endings of numbers: `1st`.
    pub ordinal: Vec<String>,
}

/// Words of names, titles and rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NameWords {
    /// Words that mark a heading as the parent's.
    pub parent: Vec<String>,
    /// Names of column groups that do not name an organisation.
    pub generic: Vec<String>,
    /// Words of plan titles.
    pub title: Vec<String>,
    /// Headings of total rows.
    pub total: Vec<String>,
    /// Words that mark a line below a table as a note to it.
    pub footnote: Vec<String>,
    /// Words in brackets that mark a heading's column as being for reference.
    pub reference: Vec<String>,
    /// Names of perspectives.
    pub perspectives: Vec<String>,
    /// Tab names that do not name an organisation; a number may follow.
    pub blank_tabs: Vec<String>,
    /// Words of file and tab names that do not name an organisation.
    pub blank_words: Vec<String>,
}

/// A meaning of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub role: Role,
    /// Whether the word only suggests the role.
    pub weak: bool,
    /// Whether the word is of a language whose main noun comes first, of one where it comes last.
    pub heads: [bool; 2],
}

/// The words of all languages.
pub(super) struct Words {
    /// Meanings by key, the first one first, the weak ones last.
    pub meanings: BTreeMap<String, Vec<Meaning>>,
    /// The same, for look-ups: every distinct text of a sheet is looked up.
    by_key: HashMap<String, Vec<Meaning>>,
    /// Plain words and whether their key is one.
    pub plain: BTreeSet<String>,
    pub parents: Vec<String>,
    pub generic: BTreeSet<String>,
    pub titles: Vec<String>,
    pub totals: BTreeSet<String>,
    pub footnotes: Vec<String>,
    pub references: Vec<String>,
    pub perspectives: BTreeSet<String>,
    pub whole_year: BTreeSet<String>,
    pub periods: Periods,
    blank_tabs: BTreeSet<String>,
    blank_words: BTreeSet<String>,
}

impl Words {
    fn new(languages: &[Language]) -> Self {
        let names = |of: fn(&NameWords) -> &Vec<String>| languages.iter().flat_map(move |l| of(&l.names));
        let plain_keys = |of| names(of).map(|word| plain_key(word));
        let meanings = meanings(languages);
        Self {
            by_key: meanings.iter().map(|(key, meanings)| (key.clone(), meanings.clone())).collect(),
            meanings,
            plain: languages.iter().flat_map(|l| &l.plain).map(|word| key(word)).collect(),
            parents: longest_first(names(|n| &n.parent)),
            generic: names(|n| &n.generic).map(|word| key(word)).collect(),
            titles: plain_keys(|n| &n.title).collect(),
            totals: names(|n| &n.total).map(|word| key(word)).collect(),
            footnotes: plain_keys(|n| &n.footnote).collect(),
            references: plain_keys(|n| &n.reference).collect(),
            perspectives: names(|n| &n.perspectives).map(|word| key(word)).collect(),
            whole_year: languages.iter().flat_map(|l| &l.periods.whole_year).map(|word| key(word)).collect(),
            periods: Periods::new(languages.iter().map(|l| &l.periods)),
            blank_tabs: plain_keys(|n| &n.blank_tabs).collect(),
            blank_words: plain_keys(|n| &n.blank_words).collect(),
        }
    }

    /// The meanings of a key, if it is a word.
    pub(super) fn meanings_of(&self, key: &str) -> Option<&[Meaning]> {
        self.by_key.get(key).map(Vec::as_slice)
    }
}

/// Whether the key of a tab's name says nothing about whose it is.
pub(super) fn is_blank_tab(key: &str) -> bool {
    WORDS.blank_tabs.contains(key)
}

/// Whether the key of a word in a file's or tab's name says nothing about whose it is.
pub(super) fn is_blank_word(key: &str) -> bool {
    WORDS.blank_words.contains(key)
}

/// The keys of words, longest first.
pub(super) fn longest_first<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut keys: Vec<String> = words.map(|word| key(word)).filter(|key| !key.is_empty()).collect();
    keys.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    keys.dedup();
    keys
}

/// The roles by their names in the files, in the order in which they win.
pub(super) fn roles() -> impl Iterator<Item = (&'static str, Role)> {
    let columns = COLUMNS.iter().map(|column| (column.id, Role::Column(column.field)));
    columns.chain([
        ("target", Role::Target),
        ("actual", Role::Actual),
        ("baseline", Role::Baseline),
        ("forecast", Role::Forecast),
        ("value", Role::AnyValue),
        ("period", Role::Period),
        ("kind", Role::ValueKind),
        ("level", Role::Level),
        ("org", Role::Organisation),
        ("parent_org", Role::ParentOrganisation),
        ("in_charge", Role::InCharge),
        ("aside", Role::Aside),
    ])
}

fn meanings(languages: &[Language]) -> BTreeMap<String, Vec<Meaning>> {
    let mut found: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
    for weak in [false, true] {
        for language in languages {
            let lists = if weak { &language.weak } else { &language.roles };
            let heads = [language.head == Head::First, language.head == Head::Last];
            for (id, role) in roles() {
                for word in lists.get(id).into_iter().flatten() {
                    add(found.entry(key(word)).or_default(), Meaning { role, weak, heads });
                }
            }
        }
    }
    found.remove("");
    found
}

fn add(meanings: &mut Vec<Meaning>, new: Meaning) {
    match meanings.iter_mut().find(|known| known.role == new.role) {
        Some(known) => {
            for (known, new) in known.heads.iter_mut().zip(new.heads) {
                *known |= new;
            }
        }
        None => meanings.push(new),
    }
}

#[cfg(test)]
mod tests;
