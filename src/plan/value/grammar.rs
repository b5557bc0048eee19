//! The grammar of values: which forms there are and in what order they are tried.

use std::sync::Arc;

use super::fold::{fold, squeeze};
use super::number::{Number, scan};
use super::tokens::{Token, tokens};
use super::{Meaning, grade, growth, period};

/// Forms that a whole cell may have, the more particular first.
const FORMS: [fn(&str) -> Option<Meaning>; 7] =
    [nothing, period::date, baseline, growth::read, period::frequency, grade::read, spaced_minus];

/// Words that say nothing about the number beside them.
const FILLERS: [&str; 8] = ["총", "계", "합계", "누계", "누적", "달성", "유지", "total"];

/// Words that say that the number beside them is none to reckon with exactly. In a plan they change nothing.
const ROUGH: [&str; 7] = ["약", "정도", "내외", "수준", "about", "approx.", "ca."];

/// Signs that say the same.
const ROUGH_SIGNS: [char; 5] = ['~', '∼', '～', '≈', '≒'];

/// A text of more bytes is no value but words: a cell can hold 32,767 letters.
const LONGEST: usize = 3000;

/// Brackets within brackets are looked into while they hold no more of their kind.
const MOST_BRACKETS: usize = 8;

/// How a cell says that there is no value.
const NOTHING: [&str; 5] = ["n/a", "na", "해당없음", "해당사항없음", "notapplicable"];

/// What `text` means.
pub(super) fn read(text: &str) -> Meaning {
    if text.len() > LONGEST {
        return Meaning::State(text.into(), None);
    }
    at_first_sight(text).unwrap_or_else(|| read_folded(&fold(text)))
}

/// Whether `text` gives its number only roughly: `약 80`, `80건 내외`.
pub(super) fn is_rough(text: &str) -> bool {
    let is_rough = |token: &Token<'_>| matches!(token, Token::Word(word) if is_rough_word(word));
    text.contains(ROUGH_SIGNS) || tokens(&fold(text)).iter().any(is_rough)
}

fn is_rough_word(word: &str) -> bool {
    ROUGH.contains(&squeeze(word).as_str())
}

/// The forms that most cells have, told without a look at the grammar, which would say the same.
fn at_first_sight(text: &str) -> Option<Meaning> {
    match text {
        "" => return Some(Meaning::Empty),
        "-" => return Some(Meaning::Dash),
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

/// What a folded text means.
pub(super) fn read_folded(text: &str) -> Meaning {
    if text.is_empty() {
        return Meaning::Empty;
    }
    FORMS.iter().find_map(|form| form(text)).unwrap_or_else(|| assemble(text))
}

fn nothing(text: &str) -> Option<Meaning> {
    (text.chars().all(|c| c == '-') || NOTHING.contains(&squeeze(text).as_str())).then_some(Meaning::Dash)
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

/// A number or what is like one, with the words that belong to it.
#[derive(Default)]
struct Item {
    label: String,
    value: Option<Meaning>,
}

impl Item {
    fn add_label(&mut self, word: &str) {
        if !self.label.is_empty() {
            self.label.push(' ');
        }
        self.label.push_str(word);
    }
}

/// Puts numbers, brackets and words together.
fn assemble(text: &str) -> Meaning {
    let mut items: Vec<Item> = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Value(value) => match items.last_mut() {
                Some(item) if item.value.is_none() => item.value = Some(value),
                _ => items.push(Item { label: String::new(), value: Some(value) }),
            },
            Token::Word(word) if FILLERS.contains(&squeeze(word).as_str()) || is_rough_word(word) => {}
            Token::Word(word) => match items.last_mut() {
                Some(item) if item.value.is_none() => item.add_label(word),
                _ => items.push(Item { label: word.to_owned(), value: None }),
            },
            Token::Bracket(inner) => add_bracket(&mut items, inner),
        }
    }
    // Words after the last number say something about it.
    if let [.., before, last] = items.as_mut_slice()
        && last.value.is_none()
    {
        before.add_label(&last.label);
        items.pop();
    }
    settle(text, items)
}

/// A number in brackets makes a pair with the number before it, or is the number of the word before it;
/// words in brackets say what the number before them is.
fn add_bracket(items: &mut Vec<Item>, inner: &str) {
    let nested = inner.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    let second = if nested > MOST_BRACKETS { None } else { single_number(read_folded(inner.trim())) };
    let last = items.last_mut();
    match (second, last) {
        (Some(second), Some(Item { value: value @ Some(Meaning::Number(_) | Meaning::Dash), .. })) => {
            let first = match value.take() {
                Some(Meaning::Number(first)) => Some(Box::new(first)),
                _ => None,
            };
            *value = Some(Meaning::Pair(first, second));
        }
        (Some(second), Some(item)) if item.value.is_none() => item.value = Some(Meaning::Number(second)),
        (Some(second), None) => {
            items.push(Item { label: String::new(), value: Some(Meaning::Pair(None, second)) });
        }
        (_, Some(item)) => item.add_label(inner.trim()),
        (None, None) => items.push(Item { label: inner.trim().to_owned(), value: None }),
    }
}

/// The number a bracket holds, if it holds one and nothing that changes its sense.
fn single_number(inner: Meaning) -> Option<Number> {
    match inner {
        Meaning::Number(number) | Meaning::Bound(_, number) => Some(number),
        Meaning::Rank(place) => Some(Number { amount: place, unit: Some("위".into()) }),
        _ => None,
    }
}

/// The meaning of a whole cell made of `items`.
fn settle(text: &str, items: Vec<Item>) -> Meaning {
    let mut found: Vec<(Arc<str>, Meaning)> =
        items.into_iter().filter_map(|item| Some((Arc::from(item.label), item.value?))).collect();
    match found.len() {
        0 => Meaning::State(text.into(), None),
        1 => match found.remove(0) {
            (label, value) if label.is_empty() => ranked(value),
            (label, value) => Meaning::State(label, Some(Box::new(value))),
        },
        _ if found.iter().all(|(label, _)| label.is_empty()) => {
            Meaning::Sides(found.into_iter().map(|(_, value)| value).collect())
        }
        _ => Meaning::Parts(found),
    }
}

/// `83위` and `10th` are places.
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
