//! When two names mean the same: spelling folded, then the table of spellings.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A name as it is compared: NFKC, without case, spaces, dots, hyphens and brackets, spellings folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(Arc<str>);

impl NameKey {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing is left of the name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Folds names. Letters are folded anywhere in a name (`율` to `률`), whole names by the table of spellings.
#[derive(Clone, Debug, Default)]
pub struct Names {
    letters: Vec<(String, String)>,
    whole: BTreeMap<String, String>,
}

impl Names {
    /// A folder with `letters` replaced anywhere and `whole` names replaced as a whole.
    pub fn new<'a>(
        letters: impl IntoIterator<Item = (&'a str, &'a str)>,
        whole: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let mut names = Self {
            letters: letters
                .into_iter()
                .map(|(from, to)| (plain_key(from), plain_key(to)))
                .filter(|(from, _)| !from.is_empty())
                .collect(),
            whole: BTreeMap::new(),
        };
        for (spelling, name) in whole {
            let (from, to) = (names.folded(spelling), names.folded(name));
            if from != to && !from.is_empty() {
                names.whole.insert(from, to);
            }
        }
        names
    }

    /// The key of `name`.
    pub fn key(&self, name: &str) -> NameKey {
        let mut folded = self.folded(name);
        // A spelling may lead to another spelling; the bound keeps a circle in the table from hanging.
        for _ in 0..4 {
            match self.whole.get(&folded) {
                Some(to) if *to != folded => folded.clone_from(to),
                _ => break,
            }
        }
        NameKey(folded.into())
    }

    fn folded(&self, name: &str) -> String {
        let mut key = plain_key(name);
        for (from, to) in &self.letters {
            if key.contains(from.as_str()) {
                key = key.replace(from.as_str(), to);
            }
        }
        key
    }
}

/// NFKC, lower case, without spaces, dots, hyphens and the signs of brackets (their content stays).
pub fn plain_key(name: &str) -> String {
    // Most names are Hangul syllables and ASCII, which are their own normal form.
    if name.chars().all(|c| c.is_ascii() || ('가'..='힣').contains(&c)) {
        return name.chars().filter(|&c| !is_passed_over(c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    name.nfkc().filter(|&c| !is_passed_over(c)).flat_map(char::to_lowercase).collect()
}

/// Whether a character does not count when names are compared.
fn is_passed_over(c: char) -> bool {
    match c {
        '가'..='힣' => false,
        '.' | ',' | '-' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '\'' | '"' | '/' => true,
        '·' | 'ㆍ' | '‧' | '∙' | '•' | '・' | '‐' | '‑' | '–' | '—' | '「' | '」' => true,
        '‘' | '’' | '“' | '”' | '\u{200b}' | '\u{feff}' => true,
        _ => c.is_whitespace() || c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_kpi_share_a_key() {
        let names = Names::new([("율", "률")], [("위험관리 매뉴얼 완성도", "위기관리 매뉴얼 완성도")]);
        assert_eq!(names.key("예산집행율"), names.key("예산 집행률"));
        assert_eq!(names.key("위험관리매뉴얼 완성도"), names.key("위기관리 매뉴얼완성도"));
        assert_eq!(names.key("공무원 청렴도 (서울시)"), names.key("공무원청렴도(서울시)"));
        assert_ne!(names.key("공무원 청렴도 (서울시)"), names.key("공무원 청렴도"));
        assert_eq!(names.key("ＫＰＩ·１"), names.key("kpi1"));
    }

    #[test]
    fn a_circle_in_the_table_ends() {
        let names = Names::new([], [("a", "b"), ("b", "a")]);
        assert!(!names.key("a").is_empty());
    }
}
