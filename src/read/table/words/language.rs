//! The files of words, one a language.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The files by language. The first meaning of a word is the one it has as a heading.
pub(super) const SOURCES: [&str; 8] = [
    include_str!("../../../../templates/vocabulary/ko.toml"),
    include_str!("../../../../templates/vocabulary/en.toml"),
    include_str!("../../../../templates/vocabulary/ja.toml"),
    include_str!("../../../../templates/vocabulary/zh.toml"),
    include_str!("../../../../templates/vocabulary/es.toml"),
    include_str!("../../../../templates/vocabulary/pt.toml"),
    include_str!("../../../../templates/vocabulary/fr.toml"),
    include_str!("../../../../templates/vocabulary/id.toml"),
];

pub(in crate::read::table) static LANGUAGES: LazyLock<Vec<LanguageWords>> =
    LazyLock::new(|| SOURCES.iter().map(|source| toml::from_str(source).unwrap_or_default()).collect());

/// A language's file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::read::table) struct LanguageWords {
    /// Where the main noun of a phrase stands.
    pub head: HeadNoun,
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
pub(in crate::read::table) enum HeadNoun {
    First,
    #[default]
    Last,
}

/// Words of periods.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::read::table) struct PeriodWords {
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
pub(in crate::read::table) struct NumberedWords {
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
pub(in crate::read::table) struct NameWords {
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
    /// Words in names of organisations: `department`, `dinas`.
    pub organisation_words: Vec<String>,
    /// Endings of names of organisations that are written without blanks: `국`, `課`.
    pub organisation_endings: Vec<String>,
    /// Endings of other words that end like names of organisations: `성과`.
    pub other_endings: Vec<String>,
}
