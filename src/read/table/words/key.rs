//! A heading as it is looked up: the same for `Name of the indicator`, `indicator_name` and `IndicatorNames`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use super::language::LANGUAGES;

static STOP: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| LANGUAGES.iter().flat_map(|language| &language.stop).map(String::as_str).collect());

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Latin,
    Digit,
    Symbol,
    /// Letters of other scripts.
    Letter,
    Gap,
}

/// The words of a heading: without accents, case, plural endings, stop words and the number in front. Words end
/// at spaces and punctuation, between letters and digits, and at capitals inside a word.
pub(in crate::read::table) fn tokens(text: &str) -> Vec<String> {
    let text = after_number(text);
    let composed: String;
    let text = if text.chars().all(|c| c.is_ascii() || ('가'..='힣').contains(&c)) {
        text
    } else {
        composed = text.nfkc().collect();
        &composed
    };
    let mut found: Vec<String> = Vec::new();
    let mut before = Class::Gap;
    let mut chars = text.chars().peekable();
    let mut was_upper = false;
    while let Some(c) = chars.next() {
        let class = class(c);
        if class != Class::Gap {
            let mut ahead = chars.clone();
            let lower_ahead =
                ahead.next().is_some_and(char::is_lowercase) && ahead.next().is_some_and(char::is_lowercase);
            let capital = class == Class::Latin && c.is_uppercase() && (!was_upper || lower_ahead);
            if class != before || class == Class::Symbol || capital {
                found.push(String::new());
            }
            if let Some(word) = found.last_mut() {
                push(word, c, class);
            }
        }
        was_upper = c.is_uppercase();
        before = class;
    }
    if found.len() > 1 && found.iter().any(|word| !STOP.contains(word.as_str())) {
        found.retain(|word| !STOP.contains(word.as_str()));
    }
    found.iter_mut().for_each(singular);
    found
}

/// A heading's words in one: what the vocabulary is keyed by.
pub(in crate::read::table) fn key(text: &str) -> String {
    tokens(text).concat()
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Latin,
        '0'..='9' => Class::Digit,
        '%' | '#' | '+' | '°' => Class::Symbol,
        '가'..='힣' => Class::Letter,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Class::Latin,
        // Marks of scripts that write vowels as such are part of the word.
        _ if c.is_alphanumeric() || ('\u{e00}'..='\u{e7f}').contains(&c) => Class::Letter,
        _ => Class::Gap,
    }
}

fn push(word: &mut String, c: char, class: Class) {
    match class {
        Class::Latin if !c.is_ascii() => {
            word.extend(c.nfd().take(1).flat_map(char::to_lowercase));
        }
        Class::Latin => word.push(c.to_ascii_lowercase()),
        _ => word.push(c),
    }
}

/// Takes the ending off a Latin word that plural forms differ by: both `measures` and `measure` give `measur`.
fn singular(word: &mut String) {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return;
    }
    if word.ends_with("oes") && word.len() > 4 {
        word.truncate(word.len() - 3);
        word.push_str("ao");
        return;
    }
    let stem = word.strip_suffix("ies").or_else(|| word.strip_suffix("ie")).map(str::len);
    if let Some(stem) = stem.filter(|&stem| stem > 2) {
        word.truncate(stem);
        word.push('y');
        return;
    }
    if word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    if word.len() > 2 && word.ends_with('e') {
        word.pop();
    }
}

/// A heading without the number or bullet in front of it (`(1) 지표`, `A. Target`, `Ⅰ. 목표`).
pub(in crate::read::table) fn after_number(text: &str) -> &str {
    let text = text.trim().trim_start_matches(|c: char| "□■○●◆◇◎▶▷▪•※*·".contains(c) || c.is_whitespace());
    if text.starts_with(|c: char| c.is_ascii_lowercase() && !text[1..].starts_with([')', '.'])) {
        return text;
    }
    let numbered = |rest: &str| {
        let inner = rest.strip_prefix(['(', '（', '[']).and_then(|rest| {
            let (number, rest) = rest.split_once([')', '）', ']'])?;
            (number.chars().count() <= 2 && number.chars().all(char::is_alphanumeric)).then_some(rest.len())
        });
        inner.or_else(|| after_mark(rest).map(str::len)).or_else(|| {
            rest.strip_prefix(|c: char| matches!(c, '①'..='⑳' | '⑴'..='⒇' | '❶'..='❿')).map(str::len)
        })
    };
    let rest = numbered(text).map_or(text, |left| text[text.len() - left..].trim_start());
    if rest.starts_with(char::is_alphabetic) { rest } else { text }
}

/// What follows `12.`, `a)`, `가.`, `Ⅱ.`, `二、`.
fn after_mark(text: &str) -> Option<&str> {
    let end = text.char_indices().take(5).find(|(_, c)| matches!(c, '.' | ')' | '、' | '．'))?.0;
    let (mark, rest) = text.split_at(end);
    let wide = rest.chars().next()?.len_utf8();
    let rest = &rest[wide..];
    let count = mark.chars().count();
    let digits = mark.bytes().all(|b| b.is_ascii_digit());
    // `U.M.` is an abbreviation: a letter needs a space after its full stop.
    let lettered = text[mark.len()..].starts_with([')', '、'])
        || rest.starts_with([' ', '\u{3000}'])
        || !mark.is_ascii();
    let roman = mark.chars().all(|c| "IVX".contains(c) || ('Ⅰ'..='Ⅻ').contains(&c));
    let known = digits && count <= 2 || lettered && (count == 1 || roman && count <= 4);
    (count > 0 && known).then_some(rest)
}

/// The keys of words, longest first.
pub(in crate::read::table) fn longest_first<'a>(words: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut keys: Vec<String> = words.map(|word| key(word)).filter(|key| !key.is_empty()).collect();
    keys.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    keys.dedup();
    keys
}
