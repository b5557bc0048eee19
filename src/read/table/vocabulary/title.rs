//! Titles of plans.

use super::Vocabulary;
use crate::read::table::periods::{is_year, plain_years};
use crate::read::table::words::WORDS;
use crate::text::names::plain_key;

impl Vocabulary {
    /// Splits a title `NAME 균형성과계획 (…)` into the name and the text in brackets.
    pub(in crate::read::table) fn title<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        // The title's words may be letter-spaced; the name before them is kept as written.
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let joined: String = letters.iter().flat_map(|(_, c)| c.to_lowercase()).collect();
        let found =
            self.titles.iter().filter_map(|title| Some((joined.find(title.as_str())?, title.as_str())));
        let (at, title) = found.min_by_key(|(at, title)| (*at, std::cmp::Reverse(title.len())))?;
        let chars_before = joined[..at].chars().count();
        let start = letters.get(chars_before)?.0;
        let note = text[start..].split_once(['(', '（']).map_or("", |(_, note)| note);
        let note = note.trim().trim_end_matches([')', '）']).trim();
        match bare_name(&text[..start]) {
            // `2027년 성과관리계획 (경제실)`: the name follows the words.
            "" => {
                let after =
                    text[start..].rsplit_once([':', '–', '-']).map_or(note, |(_, after)| after.trim());
                // `Rencana Strategis Dinas Pendidikan 2024-2026`.
                let end = letters.get(chars_before + title.chars().count());
                let rest = end.map_or("", |&(end, _)| without_years(&text[end..]));
                if WORDS.is_organisation(rest) {
                    return Some((rest, ""));
                }
                let named = after.chars().any(char::is_alphabetic)
                    && text[..start].chars().any(|c| c.is_ascii_digit());
                named.then_some((after, ""))
            }
            name => Some((name, note)),
        }
    }

    /// Whether a word occurs in titles.
    pub(in crate::read::table) fn is_title_word(&self, word: &str) -> bool {
        let key = plain_key(word);
        self.titles.iter().any(|title| *title == key || key.starts_with(title.as_str()))
    }
}

/// A text without the years and punctuation around it: ` Dinas Pendidikan 2024-2026`.
fn without_years(text: &str) -> &str {
    let is_around =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '–' | '/' | ':' | '(' | ')');
    text.trim_matches(is_around)
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
            c.is_whitespace() || matches!(c, '·' | '-' | ':' | '–' | '—' | '<' | '>' | '《' | '》')
        });
        let (first, rest) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
        let numbering =
            first.ends_with(['.', ')']) && first.trim_end_matches(['.', ')']).chars().all(is_numeral);
        if numbering || is_year(&plain_years(first)) {
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
