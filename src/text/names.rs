//! When two names mean the same: names are normalised, then looked up in the table of spellings.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A normalised name for comparison: NFKC, lower case, without spaces, dots, hyphens and brackets, spellings
/// resolved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameKey(Arc<str>);

impl NameKey {
    /// The normalised text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether normalising left nothing of the name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Normalises names: replaces letters anywhere in a name (`율` by `률`), and whole names by the table of
/// spellings.
#[derive(Clone, Debug, Default)]
pub struct Names {
    letters: Vec<(String, String)>,
    /// Normalised spelling → normalised name; chains of spellings are already followed to their end.
    whole: BTreeMap<String, String>,
    /// Names as planbook.toml writes them.
    declared: BTreeMap<NameKey, Arc<str>>,
}

impl Names {
    /// Replaces `letters` anywhere in a name and `whole` names as a whole.
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
            declared: BTreeMap::new(),
        };
        let mut next = BTreeMap::new();
        for (spelling, name) in whole {
            let (from, to) = (names.normalised(spelling), names.normalised(name));
            if from != to && !from.is_empty() {
                next.insert(from, to);
            }
        }
        names.whole = next.keys().map(|from| (from.clone(), end_of_chain(from, &next))).collect();
        names
    }

    /// Records how planbook.toml writes `name`. The first way of writing it wins; a spelling of another name
    /// is ignored.
    pub fn declare(&mut self, name: &str) {
        let key = self.key(name);
        if !key.is_empty() && key.as_str() == self.normalised(name) {
            self.declared.entry(key).or_insert_with(|| name.trim().into());
        }
    }

    /// The name of `key` as planbook.toml writes it, if it does.
    pub fn declared(&self, key: &NameKey) -> Option<&Arc<str>> {
        self.declared.get(key)
    }

    /// The key of `name`.
    pub fn key(&self, name: &str) -> NameKey {
        let normalised = self.normalised(name);
        NameKey(
            self.whole.get(&normalised).map_or_else(|| normalised.as_str().into(), |to| to.as_str().into()),
        )
    }

    fn normalised(&self, name: &str) -> String {
        let mut key = plain_key(name);
        for (from, to) in &self.letters {
            if key.contains(from.as_str()) {
                key = key.replace(from.as_str(), to);
            }
        }
        key
    }
}

/// The last name of the chain of spellings that starts at `from`. A cycle resolves to its smallest member.
fn end_of_chain(from: &str, next: &BTreeMap<String, String>) -> String {
    let (mut met, mut at) = (vec![from], from);
    while let Some(to) = next.get(at) {
        if let Some(begin) = met.iter().position(|known| *known == to.as_str()) {
            return met[begin..].iter().min().map_or_else(String::new, |least| (*least).to_owned());
        }
        met.push(to);
        at = to;
    }
    at.to_owned()
}

/// What a mistyped name may mean, best match first: items of `known` (pairs of name and item) whose name
/// contains `asked`, otherwise those with a similar spelling.
pub fn near<T: PartialEq>(asked: &str, known: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Vec<T> {
    const MAX_SUGGESTIONS: usize = 5;
    // Least similarity, from 0 to 1.
    const MIN_SIMILARITY: f64 = 0.5;
    let asked = plain_key(asked);
    let similarity = |name: &str| {
        let name = plain_key(name);
        let contains = !asked.is_empty() && name.contains(&asked);
        strsim::normalized_damerau_levenshtein(&name, &asked) + if contains { 1.0 } else { 0.0 }
    };
    let mut found: Vec<(f64, T)> =
        known.into_iter().map(|(name, known)| (similarity(name.as_ref()), known)).collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    // If any known name contains `asked`, mere similarity does not count.
    let least =
        if found.first().is_some_and(|(similarity, _)| *similarity >= 1.0) { 1.0 } else { MIN_SIMILARITY };
    found.retain(|(similarity, _)| *similarity >= least);
    found.dedup_by(|a, b| a.1 == b.1);
    found.into_iter().take(MAX_SUGGESTIONS).map(|(_, known)| known).collect()
}

/// NFKC, lower case, without spaces, dots, hyphens and bracket characters (their content stays), and without
/// a leading bullet or number.
pub fn plain_key(name: &str) -> String {
    // Fast path: Hangul syllables and ASCII are already in NFKC.
    if name.chars().all(|c| c.is_ascii() || ('가'..='힣').contains(&c)) {
        let name =
            if name.starts_with(|c: char| !c.is_alphabetic()) { without_numbering(name) } else { name };
        return name.chars().filter(|&c| !is_ignored(c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    without_numbering(name)
        .nfkc()
        .filter(|&c| !is_ignored(c))
        .map(|c| if matches!(c, '∼' | '〜') { '~' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A name without its leading list bullet or number (`○ 만족도`, `① 만족도`, `1. 만족도`, `2) 만족도`). `1인당` and `1.5도`
/// are kept.
fn without_numbering(name: &str) -> &str {
    let mut rest = name.trim_start();
    loop {
        let before = rest;
        let is_bullet = |c: char| {
            matches!(c, '①'..='⑳' | '⑴'..='⒇' | '㉠'..='㉻' | '㈀'..='㈜' | '❶'..='❿' | '➀'..='➉' | '■'..='◿' | '☆'..='☑' | '✓'..='✔')
                || matches!(c, '*' | '※' | '•' | '▪' | '❍' | '➢' | '-' | '–')
        };
        rest = rest.trim_start_matches(is_bullet).trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if let Some(after) = rest.get(digits..).and_then(|after| after.strip_prefix(['.', ')']))
            && (1..=2).contains(&digits)
            && after.trim_start().starts_with(char::is_alphabetic)
        {
            rest = after.trim_start();
        }
        if rest.is_empty() {
            return name;
        }
        if rest == before {
            return rest;
        }
    }
}

/// Whether name comparison ignores a character.
fn is_ignored(c: char) -> bool {
    match c {
        '가'..='힣' => false,
        '.' | ',' | '-' | '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '\'' | '"' | '/' => true,
        '·' | 'ㆍ' | 'ᆞ' | '‧' | '∙' | '⋅' | '•' | '・' | '‐' | '‑' | '–' | '—' | '「' | '」' => {
            true
        }
        '‘' | '’' | '“' | '”' | '\u{feff}' | '\u{ad}' => true,
        // Zero-width characters, bidirectional controls, tags.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}' => true,
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
    fn dots_numbering_and_bullets_do_not_distinguish_names() {
        let names = Names::default();
        for spelling in [
            "민원·상담 건수",
            "민원ㆍ상담 건수",
            "민원ᆞ상담 건수",
            "민원⋅상담 건수",
            "○ 민원·상담 건수",
            "① 민원·상담 건수",
            "1. 민원·상담 건수",
            "2) 민원·상담 건수",
            "* 민원·상담 건수",
            "■ 민원·상담 건수",
            "민원\u{200b}·상담 건수",
            "\u{1106}\u{1175}\u{11ab}\u{110b}\u{116f}\u{11ab}·상담 건수",
        ] {
            assert_eq!(names.key(spelling), names.key("민원상담건수"), "{spelling}");
        }
        assert_eq!(names.key("1～2월"), names.key("1∼2월"));
        for (one, other) in [
            ("1인당 교육시간", "인당 교육시간"),
            ("119 출동 시간", "출동 시간"),
            ("1.5도 상승", "도 상승"),
            ("3. 1절 행사", "절 행사"),
            ("2차 점검", "점검"),
        ] {
            assert_ne!(names.key(one), names.key(other), "{one}");
        }
    }

    #[test]
    fn a_cycle_of_spellings_ends() {
        let names = Names::new([], [("a", "b"), ("b", "a"), ("c", "a")]);
        assert!(["a", "b", "c"].iter().all(|name| names.key(name).as_str() == "a"));
    }

    #[test]
    fn a_chain_of_spellings_was_cut_after_four() {
        let chain = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f"), ("f", "g")];
        let names = Names::new([], chain);
        assert!(["a", "c", "f"].iter().all(|name| names.key(name) == names.key("g")));
    }

    #[test]
    fn only_the_last_of_a_chain_is_a_declared_name() {
        let mut names = Names::new([("율", "률")], [("달성도", "달 성율"), ("달성율", "달성 비율")]);
        ["달 성율", "달성 비율", "달성비율"].into_iter().for_each(|name| names.declare(name));
        assert_eq!(names.declared(&names.key("달성도")).map(|name| &**name), Some("달성 비율"));
        assert_eq!(names.declared(&names.key("다른 이름")), None);
    }
}
