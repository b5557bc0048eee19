//! The built-in words of headings: one file a language in `templates/vocabulary`. A city's own words belong in
//! `[labels]` of planbook.toml.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use foldhash::HashMap;

use super::periods::Periods;
use super::role::Role;
use crate::plan::COLUMNS;
use crate::text::names::plain_key;

mod key;
mod language;

pub(super) use key::{after_number, key, longest_first, tokens};
pub(super) use language::{HeadNoun, LANGUAGES, LanguageWords, NameWords, PeriodWords};

/// The words of all languages, each under its key.
pub(super) static WORDS: LazyLock<HeadingWords> = LazyLock::new(|| HeadingWords::new(&LANGUAGES));

/// A meaning of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WordMeaning {
    pub role: Role,
    /// Whether the word only suggests the role.
    pub weak: bool,
    /// Whether the word is of a language whose main noun comes first, of one where it comes last.
    pub heads: [bool; 2],
}

/// The words of all languages.
pub(super) struct HeadingWords {
    /// Meanings by key, the first one first, the weak ones last.
    pub meanings: BTreeMap<String, Vec<WordMeaning>>,
    /// The same, for look-ups: every distinct text of a sheet is looked up.
    by_key: HashMap<String, Vec<WordMeaning>>,
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
    /// Words at the beginning of names of organisations (`Dinas`), and at their end (`Department`).
    organisation_words: [BTreeSet<String>; 2],
    organisation_endings: Vec<String>,
    other_endings: Vec<String>,
}

impl HeadingWords {
    fn new(languages: &[LanguageWords]) -> Self {
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
            organisation_words: [HeadNoun::First, HeadNoun::Last].map(|head| {
                let of_head = languages.iter().filter(|language| language.head == head);
                of_head
                    .flat_map(|language| &language.names.organisation_words)
                    .map(|word| plain_key(word))
                    .collect()
            }),
            organisation_endings: names(|n| &n.organisation_endings).cloned().collect(),
            other_endings: names(|n| &n.other_endings).cloned().collect(),
        }
    }

    /// Whether a name ends or reads as names of organisations do: `교통국`, `教育局`, `Parks Department`, `Dinas Pendidikan`.
    pub(super) fn is_organisation(&self, name: &str) -> bool {
        const LONGEST: usize = 14;
        let ends = |endings: &[String]| endings.iter().any(|ending| name.ends_with(ending.as_str()));
        if !name.is_ascii() && !name.contains(char::is_whitespace) {
            let letters = name.chars().count();
            return (3..=LONGEST).contains(&letters)
                && ends(&self.organisation_endings)
                && !ends(&self.other_endings);
        }
        let words: Vec<String> = name.split_whitespace().map(plain_key).collect();
        let [first, .., last] = &words[..] else { return false };
        let [leading, closing] = &self.organisation_words;
        // `Department of Parks`.
        let of = || closing.contains(first) && matches!(words[1].as_str(), "of" | "for");
        leading.contains(first) || closing.contains(last) || of()
    }

    /// The meanings of a key, if it is a word.
    pub(super) fn meanings_of(&self, key: &str) -> Option<&[WordMeaning]> {
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

fn meanings(languages: &[LanguageWords]) -> BTreeMap<String, Vec<WordMeaning>> {
    let mut found: BTreeMap<String, Vec<WordMeaning>> = BTreeMap::new();
    for weak in [false, true] {
        for language in languages {
            let lists = if weak { &language.weak } else { &language.roles };
            let heads = [language.head == HeadNoun::First, language.head == HeadNoun::Last];
            for (id, role) in roles() {
                for word in lists.get(id).into_iter().flatten() {
                    add(found.entry(key(word)).or_default(), WordMeaning { role, weak, heads });
                }
            }
        }
    }
    found.remove("");
    found
}

fn add(meanings: &mut Vec<WordMeaning>, new: WordMeaning) {
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
