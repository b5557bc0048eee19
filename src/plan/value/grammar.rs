//! The grammar of values: the forms and the order in which they are tried.

use std::sync::Arc;

use super::normalise::{normalise, squeeze};
use super::number::{Number, scan};
use super::tokens::{Token, tokens};
use super::{Meaning, grade, growth, period};

/// Forms that a whole cell may have, the most specific first.
const FORMS: [fn(&str) -> Option<Meaning>; 7] =
    [not_applicable, period::date, baseline, growth::read, period::frequency, grade, spaced_minus];

/// Words beside a number that add no meaning.
const FILLERS: [&str; 8] = ["총", "계", "합계", "누계", "누적", "달성", "유지", "total"];

/// Words that mark the number beside them as approximate. The value is read as if exact.
const ROUGH: [&str; 7] = ["약", "정도", "내외", "수준", "about", "approx.", "ca."];

/// Signs with the same meaning.
const ROUGH_SIGNS: [char; 5] = ['~', '∼', '～', '≈', '≒'];

/// Longer texts, in bytes, are words, not values: a cell can hold 32,767 letters.
const MAX_BYTES: usize = 3000;

/// Nested brackets are parsed only if they contain no more brackets than this.
const MAX_NESTED_BRACKETS: usize = 8;

/// Texts that mean "not applicable".
const NOT_APPLICABLE: [&str; 5] = ["n/a", "na", "해당없음", "해당사항없음", "notapplicable"];

/// Parses `text`.
pub(super) fn read(text: &str) -> Meaning {
    if text.len() > MAX_BYTES {
        return Meaning::State(text.into(), None);
    }
    read_frequent_form(text).unwrap_or_else(|| read_normalised(&normalise(text)))
}

/// Whether `text` marks its number as approximate: `약 80`, `80건 내외`.
pub(super) fn is_rough(text: &str) -> bool {
    let is_rough = |token: &Token<'_>| matches!(token, Token::Word(word) if is_rough_word(word));
    text.contains(ROUGH_SIGNS) || tokens(&normalise(text)).iter().any(is_rough)
}

fn is_rough_word(word: &str) -> bool {
    ROUGH.contains(&squeeze(word).as_str())
}

/// Fast path for the most frequent forms; the grammar would give the same result.
fn read_frequent_form(text: &str) -> Option<Meaning> {
    match text {
        "" => return Some(Meaning::Empty),
        "-" => return Some(Meaning::NotApplicable),
        _ => {}
    }
    match text.strip_suffix('%') {
        Some(number) => {
            let amount = Number::parse_plain(number)?;
            Some(Meaning::Number(Number { amount, unit: Some("%".into()) }))
        }
        None => Number::parse_plain(text).map(|amount| Meaning::Number(Number::bare(amount))),
    }
}

/// Parses a normalised text.
pub(super) fn read_normalised(text: &str) -> Meaning {
    if text.is_empty() {
        return Meaning::Empty;
    }
    FORMS.iter().find_map(|form| form(text)).unwrap_or_else(|| assemble(text))
}

/// A grade, optionally with its points in brackets.
fn grade(text: &str) -> Option<Meaning> {
    let (name, points) = grade::split(text)?;
    let points = match points.map(read_normalised) {
        Some(
            points @ (Meaning::Number(_)
            | Meaning::Bound(..)
            | Meaning::Range(..)
            | Meaning::Rank(_)
            | Meaning::MultiValue(_)),
        ) => Some(Box::new(points)),
        Some(_) => return None,
        None => None,
    };
    Some(Meaning::Grade(name.into(), points))
}

fn not_applicable(text: &str) -> Option<Meaning> {
    (text.chars().all(|c| c == '-') || NOT_APPLICABLE.contains(&squeeze(text).as_str()))
        .then_some(Meaning::NotApplicable)
}

/// `기준점`, `기준점 +0.5`.
fn baseline(text: &str) -> Option<Meaning> {
    let rest = text.strip_prefix("기준점").or_else(|| {
        text.get(..8).filter(|head| head.eq_ignore_ascii_case("baseline")).map(|head| &text[head.len()..])
    })?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some(Meaning::Baseline(0.0));
    }
    let signed = rest.starts_with(['+', '-', '△']);
    let change = scan(rest).filter(|found| signed && found.rest.trim().is_empty())?;
    Some(Meaning::Baseline(change.number.amount))
}

/// `- 5,809`: one number after a dash and a space, as accounting formats show it.
fn spaced_minus(text: &str) -> Option<Meaning> {
    let found = scan(text.strip_prefix("- ")?.trim_start())?;
    let Number { amount, unit } = found.number;
    found.rest.trim().is_empty().then_some(Meaning::Number(Number { amount: -amount, unit }))
}

/// A number or similar value, with its words.
#[derive(Default)]
struct ValueItem {
    label: String,
    value: Option<Meaning>,
}

impl ValueItem {
    fn add_label(&mut self, word: &str) {
        if !self.label.is_empty() {
            self.label.push(' ');
        }
        self.label.push_str(word);
    }
}

/// Combines numbers, brackets and words.
fn assemble(text: &str) -> Meaning {
    let mut items: Vec<ValueItem> = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Value(value) => match items.last_mut() {
                Some(item) if item.value.is_none() => item.value = Some(value),
                _ => items.push(ValueItem { label: String::new(), value: Some(value) }),
            },
            Token::Word(word) if FILLERS.contains(&squeeze(word).as_str()) || is_rough_word(word) => {}
            Token::Word(word) => match items.last_mut() {
                Some(item) if item.value.is_none() => item.add_label(word),
                _ => items.push(ValueItem { label: word.to_owned(), value: None }),
            },
            Token::Bracket(inner) => add_bracket(&mut items, inner),
        }
    }
    // Words after the last number describe it.
    if let [.., before, last] = items.as_mut_slice()
        && last.value.is_none()
    {
        before.add_label(&last.label);
        items.pop();
    }
    meaning_of(text, items)
}

/// A number in brackets forms a pair with the number before it, or belongs to the word before it; words in
/// brackets describe the number before them.
fn add_bracket(items: &mut Vec<ValueItem>, inner: &str) {
    let nested = inner.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    let second =
        if nested > MAX_NESTED_BRACKETS { None } else { single_number(read_normalised(inner.trim())) };
    let last = items.last_mut();
    match (second, last) {
        (
            Some(second),
            Some(ValueItem { value: value @ Some(Meaning::Number(_) | Meaning::NotApplicable), .. }),
        ) => {
            let first = match value.take() {
                Some(Meaning::Number(first)) => Some(Box::new(first)),
                _ => None,
            };
            *value = Some(Meaning::Pair(first, second));
        }
        (Some(second), Some(item)) if item.value.is_none() => item.value = Some(Meaning::Number(second)),
        (Some(second), None) => {
            items.push(ValueItem { label: String::new(), value: Some(Meaning::Pair(None, second)) });
        }
        (_, Some(item)) => item.add_label(inner.trim()),
        (None, None) => items.push(ValueItem { label: inner.trim().to_owned(), value: None }),
    }
}

/// The number in a bracket, if it holds exactly one and nothing that changes its meaning.
fn single_number(inner: Meaning) -> Option<Number> {
    match inner {
        Meaning::Number(number) | Meaning::Bound(_, number) => Some(number),
        Meaning::Rank(place) => Some(Number { amount: place, unit: Some("위".into()) }),
        _ => None,
    }
}

/// The meaning of a whole cell from its `items`.
fn meaning_of(text: &str, items: Vec<ValueItem>) -> Meaning {
    let mut found: Vec<(Arc<str>, Meaning)> =
        items.into_iter().filter_map(|item| Some((Arc::from(item.label), item.value?))).collect();
    match found.len() {
        0 => Meaning::State(text.into(), None),
        1 => match found.remove(0) {
            (label, value) if label.is_empty() => ranked(value),
            (label, value) => Meaning::State(label, Some(Box::new(value))),
        },
        _ if found.iter().all(|(label, _)| label.is_empty()) => {
            Meaning::MultiValue(found.into_iter().map(|(_, value)| value).collect())
        }
        _ => Meaning::Parts(found),
    }
}

/// `83위` and `10th` are ranks.
fn ranked(value: Meaning) -> Meaning {
    match value {
        Meaning::Number(Number { amount, unit: Some(unit) })
            if matches!(&*unit, "위" | "st" | "nd" | "rd" | "th") =>
        {
            Meaning::Rank(amount)
        }
        other => other,
    }
}
