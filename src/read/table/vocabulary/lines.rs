//! Lines above and between the rows of a table: headings of objectives, names of perspectives.

use std::sync::LazyLock;

use super::{Vocabulary, before_brackets};
use crate::plan::Field;
use crate::read::table::role::Role;
use crate::read::table::words::{WORDS, WordMeaning, after_number, key};

/// A heading line of an objective: `성과목표 Ⅰ-1. 안전한 도시`, `Goal 2: A safe city`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read::table) struct LevelLine<'t> {
    /// The name of the level as written; empty if the line has only a number.
    pub name: &'t str,
    /// Its number as written.
    pub number: Option<String>,
    /// How deep the number is: 2 for `Ⅰ-1`.
    pub depth_hint: Option<u8>,
    /// The objective.
    pub text: &'t str,
}

/// A longer line is a paragraph.
const MOST_LETTERS: usize = 200;
/// The longest name of a level.
const MOST_OF_A_NAME: usize = 40;

impl Vocabulary {
    /// Reads a heading line of an objective: a level's name with a number or a colon, or a number alone in front.
    pub(in crate::read::table) fn level_line<'t>(&self, text: &'t str) -> Option<LevelLine<'t>> {
        let text = text.trim().trim_start_matches(|c: char| "□■○●◆◇◎▶▷▪•※【<《[〈「『 ".contains(c));
        if text.is_empty() || text.chars().count() > MOST_LETTERS {
            return None;
        }
        self.named_level(text).or_else(|| self.numbered_level(text))
    }

    /// `Goal 2: …`, `基本目標1 …`, `Pilar: …`, `第1章 …`.
    fn named_level<'t>(&self, text: &'t str) -> Option<LevelLine<'t>> {
        if let Some(rest) = text.strip_prefix(['제', '第']) {
            let (number, after) = ObjectiveNumber::read(rest)?;
            let length = (1..=8).rev().find(|&count| {
                let name: String = after.trim_start().chars().take(count).collect();
                name.chars().count() == count && self.is_level(&name, true)
            })?;
            let after = after.trim_start();
            let end = after.char_indices().nth(length).map_or(after.len(), |(at, _)| at);
            return Some(number.line(&after[..end], after_separator(&after[end..])));
        }
        let starts = text.char_indices().take(MOST_OF_A_NAME).map(|(at, _)| at).skip(1);
        for at in starts {
            let (name, rest) = (text[..at].trim_end_matches(['#', ' ']), &text[at..]);
            if let Some(separated) = rest.strip_prefix([':', '：', '–', '—', '】', ']', '>', '》', '\n'])
                && self.is_level(name, false)
                && !separated.trim().is_empty()
            {
                return Some(LevelLine {
                    name: name.trim(),
                    number: None,
                    depth_hint: None,
                    text: separated.trim(),
                });
            }
            let begins = !name.ends_with(|c: char| c.is_ascii_alphanumeric()) || text[..at].ends_with(' ');
            let digit = rest.starts_with(|c: char| c.is_ascii_digit());
            if let Some((number, after)) = ObjectiveNumber::read(rest).filter(|_| begins || digit)
                && number.ends_before(after)
                && self.is_level(without_no(name), true)
            {
                return Some(number.line(without_no(name), after_separator(after)));
            }
        }
        None
    }

    /// `1-1. …`, `Ⅰ. …`, `가. …`: no name of a level, unless one follows (`1. Goal: …`).
    fn numbered_level<'t>(&self, text: &'t str) -> Option<LevelLine<'t>> {
        let (number, after) = ObjectiveNumber::read(text)?;
        let marked = after.starts_with(['.', ')', '、', '．']) || number.depth > 1 || number.is_numeral;
        let rest = after_separator(after);
        let separated = after.len() > rest.len();
        if !marked || !separated || !rest.starts_with(|c: char| c.is_alphabetic()) {
            return None;
        }
        match self.named_level(rest).filter(|line| line.number.is_none()) {
            Some(line) => Some(number.line(line.name, line.text)),
            None => Some(number.line("", rest)),
        }
    }

    /// Whether a text names a level of objectives; `weak` words count beside a number.
    fn is_level(&self, name: &str, weak: bool) -> bool {
        let is_level = |role: Role| matches!(role, Role::Level | Role::Column(Field::Objective));
        let key = key(name);
        let strong = self.role(&key, false).is_some_and(is_level);
        let meanings = || WORDS.meanings_of(&key).into_iter().flatten();
        !key.is_empty() && (strong || weak && meanings().any(|meaning| is_level(meaning.role)))
    }

    /// The perspective that a line names: `고객 관점 (30)`, `PERSPECTIVA FINANCIERA`, `Perspective: Customer`, `Financial`.
    pub(in crate::read::table) fn perspective_line(&self, text: &str) -> Option<String> {
        let text = after_number(text).trim_end_matches([':', '：']).trim();
        if text.is_empty() || text.chars().count() > MOST_OF_A_NAME {
            return None;
        }
        let is_word = |key: &str| self.role(key, false) == Some(Role::Column(Field::Perspective));
        if let Some((label, name)) = text.split_once([':', '：'])
            && is_word(&key(label))
        {
            return Some(tidy(name)).filter(|name| !name.is_empty());
        }
        let name = key(before_brackets(text).unwrap_or(text));
        if WORDS.perspectives.contains(&name) {
            return Some(tidy(text));
        }
        let taught = self.taught.keys().map(String::as_str).filter(|word| WORDS.meanings.contains_key(*word));
        let words = PERSPECTIVE_WORDS.iter().copied().chain(taught).filter(|word| is_word(word));
        let named = words.filter_map(|word| name.strip_prefix(word).or_else(|| name.strip_suffix(word))).any(
            |rest| {
                rest.chars().count() >= 2
                    && self.role(rest, false).is_none_or(|_| WORDS.perspectives.contains(rest))
            },
        );
        (named && !is_word(&name)).then(|| tidy(text))
    }
}

/// The built-in words that may mean a perspective.
static PERSPECTIVE_WORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let is_perspective = |meaning: &WordMeaning| meaning.role == Role::Column(Field::Perspective);
    let words = WORDS.meanings.iter().filter(|(_, meanings)| meanings.iter().any(is_perspective));
    words.map(|(word, _)| word.as_str()).collect()
});

/// A text with single spaces.
fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A level's name without the `No.` of the number behind it.
fn without_no(name: &str) -> &str {
    let name = name.trim_end_matches([' ', '_', '-', '.']);
    let short = [" No", " N°", " Nº", " no", " n°", " nº"].iter().find_map(|no| name.strip_suffix(no));
    short.unwrap_or(name).trim_end()
}

fn after_separator(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || ".:：)、．–—-】]>》」』〉".contains(c)).trim_end()
}

/// A number in front of an objective.
struct ObjectiveNumber<'t> {
    written: &'t str,
    depth: u8,
    /// Whether it is a Roman numeral or a circled number.
    is_numeral: bool,
}

impl<'t> ObjectiveNumber<'t> {
    /// Reads `1`, `1-1`, `1.1.2`, `Ⅰ-2`, `II`, `가`, `A`, `①`; returns what follows.
    fn read(text: &'t str) -> Option<(Self, &'t str)> {
        let first = text.chars().next()?;
        let is_numeral = matches!(first, 'Ⅰ'..='Ⅻ' | '①'..='⑳');
        let mut end = component(text)?;
        let mut depth = 1;
        while let Some(rest) = text[end..].strip_prefix(['-', '.', '–', '·'])
            && let Some(more) = component(rest).filter(|_| depth < 9)
            && rest.starts_with(|c: char| c.is_ascii_digit() || !c.is_alphabetic())
        {
            depth += 1;
            end = text.len() - rest.len() + more;
        }
        let number = Self { written: &text[..end], depth, is_numeral };
        // A year numbers no objective.
        let year = number.written.len() == 4 && number.written.bytes().all(|b| b.is_ascii_digit());
        (!year).then_some((number, &text[end..]))
    }

    /// Whether the number ends where a word may: `3개` counts something.
    fn ends_before(&self, after: &str) -> bool {
        !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '%' | ',' | '/'))
    }

    fn line(self, name: &'t str, text: &'t str) -> LevelLine<'t> {
        let counted =
            self.is_numeral || self.written.starts_with(|c: char| c.is_ascii_digit() || "IVX".contains(c));
        LevelLine {
            name: name.trim(),
            number: Some(self.written.to_owned()),
            depth_hint: counted.then_some(self.depth),
            text,
        }
    }
}

/// The length of a number, a Roman numeral or a single letter of a list at the start of `text`.
fn component(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let roman = text.bytes().take_while(|b| b"IVX".contains(b)).count();
    let length = match first {
        _ if digits > 0 => digits,
        'Ⅰ'..='Ⅻ' | '①'..='⑳' => first.len_utf8(),
        _ if roman > 0 => roman,
        'A'..='Z' => 1,
        _ if "가나다라마바사아자차카타파하".contains(first) || "一二三四五六七八九十".contains(first) => {
            first.len_utf8()
        }
        _ => return None,
    };
    let ends = !text[length..].starts_with(|c: char| c.is_alphabetic()) || digits > 0;
    ends.then_some(length)
}
