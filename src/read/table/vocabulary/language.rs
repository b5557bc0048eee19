//! The words of each language, from `templates/vocabulary`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The files, in the order in which their words count where they differ.
const FILES: [(&str, &str); 8] = [
    ("ko", include_str!("../../../../templates/vocabulary/ko.toml")),
    ("en", include_str!("../../../../templates/vocabulary/en.toml")),
    ("es", include_str!("../../../../templates/vocabulary/es.toml")),
    ("pt", include_str!("../../../../templates/vocabulary/pt.toml")),
    ("fr", include_str!("../../../../templates/vocabulary/fr.toml")),
    ("ja", include_str!("../../../../templates/vocabulary/ja.toml")),
    ("zh", include_str!("../../../../templates/vocabulary/zh.toml")),
    ("id", include_str!("../../../../templates/vocabulary/id.toml")),
];

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    /// Where the word that decides is in a heading.
    pub head: Head,
    /// Words that mean nothing by themselves (`of`, `de`).
    pub stop: Vec<String>,
    /// Words that add nothing to a heading (`name`, `strategic`).
    pub plain: Vec<String>,
    /// Headings by role.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Words that only suggest a role.
    pub weak: BTreeMap<String, Vec<String>>,
    /// Words of periods.
    pub periods: PeriodWords,
    /// Other words.
    pub names: Names,
}

/// `Tipo de indicador` and `Indicator type` are both types.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Head {
    /// The first word decides.
    First,
    /// The last word decides.
    Last,
}

/// Words of periods.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read::table) struct PeriodWords {
    /// Beside the number of a year.
    pub year: Vec<String>,
    /// The whole of a year.
    pub whole_year: Vec<String>,
    /// The halves by name.
    #[serde(default)]
    pub halves: Vec<Vec<String>>,
    /// The quarters by name.
    #[serde(default)]
    pub quarters: Vec<Vec<String>>,
    /// The months by name.
    #[serde(default)]
    pub months: Vec<Vec<String>>,
    /// Beside the number of a part of a year.
    pub numbered: Numbered,
    /// Years by their distance from the plan year.
    pub relative: BTreeMap<String, Vec<String>>,
}

/// Words beside the number of a part of a year.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::read::table) struct Numbered {
    /// `반기`, `half`.
    pub half: Vec<String>,
    /// `분기`, `quarter`.
    pub quarter: Vec<String>,
    /// `월`, `month`.
    pub month: Vec<String>,
    /// `period`.
    pub number: Vec<String>,
    /// Endings of ordinals (`1st`).
    pub ordinal: Vec<String>,
}

/// Words beside those of headings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    /// In front of a heading that is the parent's.
    pub parent: Vec<String>,
    /// Groups of columns that name no organisation.
    pub generic: Vec<String>,
    /// Words of titles.
    pub title: Vec<String>,
    /// First words of totals.
    pub total: Vec<String>,
    /// Words of notes below a table.
    pub footnote: Vec<String>,
    /// Headings of columns that are for reference.
    pub reference: Vec<String>,
    /// Perspectives.
    pub perspectives: Vec<String>,
    /// Levels of objectives, in lines above their rows.
    pub levels: Vec<String>,
    /// Tabs whose names are no organisation.
    pub blank_tabs: Vec<String>,
    /// Words in names of tabs and files that are no organisation.
    pub blank_words: Vec<String>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    // The files are part of the program and tested; one that does not parse is left out.
    FILES.iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect()
});

/// Every language.
pub(super) fn all() -> &'static [Language] {
    &LANGUAGES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vocabulary_is_understood() {
        for (code, text) in FILES {
            let read = toml::from_str::<Language>(text);
            assert!(read.is_ok(), "{code}: {}", read.unwrap_err());
        }
    }
}
