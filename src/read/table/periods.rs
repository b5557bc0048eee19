//! Periods in headings: years, years relative to the plan year, parts of a year.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::words::{PeriodWords, key, longest_first, tokens};
use crate::plan::YearPart;

mod calendar;

pub(super) use calendar::{date, plain_years};

/// The words of periods, normalised once.
#[derive(Debug)]
pub(super) struct Periods {
    relative: Vec<(String, i32)>,
    parts: Vec<(String, YearPart)>,
    /// Words that are a part only alone.
    alone: Vec<(String, YearPart)>,
    numbered: Vec<Numbered>,
    ordinals: Vec<String>,
    /// The first and last letters of the words.
    firsts: BTreeSet<char>,
    lasts: BTreeSet<char>,
}

/// A word that makes a part of a year with a number.
#[derive(Debug)]
struct Numbered {
    word: String,
    part: fn(u8) -> YearPart,
    most: u32,
}

impl Periods {
    /// The words of all languages.
    pub(super) fn new<'a>(languages: impl Iterator<Item = &'a PeriodWords> + Clone) -> Self {
        let relative = languages.clone().flat_map(|words| &words.relative).flat_map(|(distance, words)| {
            let distance = distance.parse().unwrap_or(0);
            words.iter().map(move |word| (key(word), distance))
        });
        let relative = sorted(relative.collect());
        let parts = named(
            languages.clone(),
            &[
                (|w| &w.halves, YearPart::Half),
                (|w| &w.quarters, YearPart::Quarter),
                (|w| &w.months, YearPart::Month),
            ],
        );
        let alone = named(languages.clone(), &[(|w| &w.months_alone, YearPart::Month)]);
        let words = || {
            let parts = parts.iter().chain(&alone).map(|(word, _)| word);
            relative.iter().map(|(word, _)| word).chain(parts)
        };
        Self {
            firsts: words().filter_map(|word| word.chars().next()).collect(),
            lasts: words().filter_map(|word| word.chars().next_back()).collect(),
            numbered: numbered(languages.clone()),
            ordinals: longest_first(languages.flat_map(|words| &words.numbered.ordinal)),
            relative,
            parts,
            alone,
        }
    }

    /// Splits a relative year off a heading's key: `전년도실적` gives -1 and `실적`.
    pub(super) fn relative_year(&self, key: &str) -> Option<(i32, String)> {
        self.relative.iter().find_map(|(word, distance)| {
            let rest = key.strip_prefix(word.as_str()).or_else(|| key.strip_suffix(word.as_str()))?;
            Some((*distance, rest.to_owned()))
        })
    }

    /// Whether a key may have a period in it: most texts have none, and are not compared with each word.
    pub(super) fn may_be_in(&self, key: &str) -> bool {
        let (first, last) = (key.chars().next(), key.chars().next_back());
        key.bytes().any(|b| b.is_ascii_digit())
            || first.is_some_and(|c| self.firsts.contains(&c))
            || last.is_some_and(|c| self.lasts.contains(&c))
    }

    /// Removes a part of a year from a heading's key: `1분기목표` and `q1목표` give `목표`. `None` if there is none.
    /// Three letters may start any word (`market`), so callers must check that the rest is empty or a
    /// heading.
    pub(super) fn without_part(&self, key: &str) -> Option<(YearPart, String)> {
        let alone = self.alone.iter().find(|(word, _)| word == key);
        let alone = alone.map(|(_, part)| (*part, String::new()));
        let worded = alone.or_else(|| {
            self.parts.iter().find_map(|(word, part)| {
                let rest = key.strip_prefix(word.as_str()).or_else(|| key.strip_suffix(word.as_str()))?;
                Some((*part, rest.to_owned()))
            })
        });
        worded.or_else(|| self.numbered_part(key)).or_else(|| self.roman_part(key))
    }

    /// A part of a year by its Roman number: `Trim II`, `IV Trimestre`.
    fn roman_part(&self, key: &str) -> Option<(YearPart, String)> {
        const ROMAN: [(&str, u8); 4] = [("iii", 3), ("iv", 4), ("ii", 2), ("i", 1)];
        let words = self.numbered.iter().filter(|numbered| numbered.word.len() >= 2);
        let found = words.flat_map(|numbered| ROMAN.map(|roman| (numbered, roman))).find(
            |(numbered, (roman, number))| {
                let is_it = |rest: Option<&str>| rest == Some(numbered.word.as_str());
                u32::from(*number) <= numbered.most
                    && (is_it(key.strip_suffix(roman)) || is_it(key.strip_prefix(roman)))
            },
        );
        found.map(|(numbered, (_, number))| ((numbered.part)(number), String::new()))
    }

    /// The part of a year that a bare number means below a heading of such parts: `II` below `Programación trimestral`, `2` below
    /// `분기별 목표`.
    pub(super) fn part_below(&self, heading: &str, text: &str) -> Option<YearPart> {
        const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
        let text = text.trim().trim_end_matches('.');
        let roman = || (1..).zip(ROMAN).find(|(_, roman)| *roman == text).map(|(number, _)| number);
        let number: u8 = text.parse().ok().or_else(roman)?;
        let words = tokens(heading);
        let is_named = |numbered: &&Numbered| {
            let long = numbered.word.chars().count() >= 2 && (numbered.word.len() >= 4);
            long && words.iter().any(|word| word.starts_with(numbered.word.as_str()))
        };
        let numbered = self.numbered.iter().find(is_named)?;
        (1..=numbered.most).contains(&u32::from(number)).then(|| (numbered.part)(number))
    }

    /// Every way to remove a part of a year from a key, the likeliest first.
    pub(super) fn parts_of(&self, key: &str) -> impl Iterator<Item = (YearPart, String)> {
        let first = self.without_part(key);
        let second = first.as_ref().and_then(|_| self.numbered_part(key));
        first.into_iter().chain(second)
    }

    /// A quarter, half or month by its number: `1분기`, `1/4분기` (whose key is `14분기`), `q1`, `1q`, `h2`, `12월`, `1ertrimestr`.
    fn numbered_part(&self, key: &str) -> Option<(YearPart, String)> {
        for (at, _) in key.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
            if key[..at].ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let end = at + key[at..].bytes().take_while(u8::is_ascii_digit).count();
            let cut = (&key[..at], &key[at..end], &key[end..]);
            if let Some(found) = self.numbered.iter().find_map(|word| self.numbered_by(word, cut)) {
                return Some(found);
            }
        }
        None
    }

    fn numbered_by(&self, numbered: &Numbered, cut: (&str, &str, &str)) -> Option<(YearPart, String)> {
        let (before, digits, after) = cut;
        let Numbered { word, part, most } = numbered;
        // `1/4분기` leaves 14.
        let of_four = word.ends_with("분기") && digits.len() == 2 && digits.ends_with('4');
        let number: u8 = if of_four { &digits[..1] } else { digits }.parse().ok()?;
        if !(1..=*most).contains(&u32::from(number)) {
            return None;
        }
        if let Some(rest) = after.strip_prefix(word.as_str()) {
            let before = before.strip_suffix(['제', '第']).unwrap_or(before);
            let rest = rest.strip_prefix(['말', '末']).unwrap_or(rest);
            return Some((part(number), format!("{before}{rest}")));
        }
        if !word.is_ascii() {
            return None;
        }
        let before_number = before.strip_suffix(word.as_str()).map(|rest| format!("{rest}{after}"));
        let ordinal = || {
            let rest =
                self.ordinals.iter().find_map(|ending| after.strip_prefix(ending)?.strip_prefix(word))?;
            Some(format!("{before}{rest}"))
        };
        before_number.or_else(ordinal).map(|rest| (part(number), rest))
    }

    /// `text` with the year of a month in four digits: `Jan-22`, `Q1/24`.
    pub(super) fn with_full_year(&self, text: &str) -> Option<String> {
        let at = text.len().checked_sub(3)?;
        let (head, year) = (text.get(..at)?, text.get(at + 1..)?);
        let short = text[at..].starts_with(['-', '/']) && year.bytes().all(|b| b.is_ascii_digit());
        let is_part = || self.parts_of(&key(head)).any(|(_, rest)| rest.is_empty());
        (short && head.chars().any(char::is_alphabetic) && is_part()).then(|| format!("{head} 20{year}"))
    }

    /// The quarter or half from one month to another: `Jan-Mar`.
    pub(super) fn span(&self, text: &str) -> Option<YearPart> {
        let month = |text: &str| match self.parts_of(&key(text)).find(|(_, rest)| rest.is_empty())?.0 {
            YearPart::Month(month) => Some(month),
            _ => None,
        };
        let (first, last) = text.split_once(['-', '–', '~', '～', '/'])?;
        let last = month(last)?;
        let first = month(first).or_else(|| first.trim().parse().ok())?;
        match (first, last) {
            (1 | 4 | 7 | 10, last) if last == first + 2 => Some(YearPart::Quarter(last / 3)),
            (1 | 7, last) if last == first + 5 => Some(YearPart::Half(last / 6)),
            _ => None,
        }
    }
}

/// Longest word first: 전년도 before 전년.
fn sorted<T>(mut words: Vec<(String, T)>) -> Vec<(String, T)> {
    words.retain(|(word, _)| !word.is_empty());
    words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    words.dedup_by(|a, b| a.0 == b.0);
    words
}

/// A list of names by their number, and the part of a year that they are.
type PeriodNames = (fn(&PeriodWords) -> &Vec<Vec<String>>, fn(u8) -> YearPart);

fn named<'a>(
    languages: impl Iterator<Item = &'a PeriodWords>,
    lists: &[PeriodNames],
) -> Vec<(String, YearPart)> {
    let mut found = Vec::new();
    for language in languages {
        for (list, part) in lists {
            for (number, words) in (1..).zip(list(language)) {
                found.extend(words.iter().map(|word| (key(word), part(number))));
            }
        }
    }
    sorted(found)
}

fn numbered<'a>(languages: impl Iterator<Item = &'a PeriodWords> + Clone) -> Vec<Numbered> {
    type Kind = (fn(&PeriodWords) -> &Vec<String>, fn(u8) -> YearPart, u32);
    let kinds: [Kind; 5] = [
        (|words| &words.numbered.half, YearPart::Half, 2),
        (|words| &words.numbered.quarter, YearPart::Quarter, 4),
        (|words| &words.numbered.month, YearPart::Month, 12),
        (|words| &words.numbered.number, YearPart::Number, 24),
        (|words| &words.numbered.nth_year, YearPart::Number, 30),
    ];
    let mut found: Vec<Numbered> = Vec::new();
    for (of, part, most) in kinds {
        let words = longest_first(languages.clone().flat_map(of));
        found.extend(words.into_iter().map(|word| Numbered { word, part, most }));
    }
    found.sort_by_key(|numbered| std::cmp::Reverse(numbered.word.len()));
    found
}

/// Words beside a year's number.
fn is_year_word(word: &str) -> bool {
    static YEAR: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        super::words::LANGUAGES
            .iter()
            .flat_map(|language| &language.periods.year)
            .map(|word| key(word))
            .collect()
    });
    YEAR.contains(word)
}

pub(super) fn is_year(word: &str) -> bool {
    let (year, rest) = take_year(word);
    year.is_some() && rest.is_empty()
}

/// Splits a year off a heading: `2009년 목표치` gives 2009 and the key `목표치`; `09년목표` and `fy26` count too.
pub(super) fn take_year(text: &str) -> (Option<i32>, String) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if let Some(year) = year_at(text, at, end) {
            return (Some(year), without_year(&text[..at], &text[end..]));
        }
        at = end;
    }
    (None, key(text))
}

/// The year that the digits from `at` to `end` give.
fn year_at(text: &str, at: usize, end: usize) -> Option<i32> {
    let number = text[at..end].parse::<i32>().ok()?;
    let fiscal = calendar::ends_with_fy(&text[..at]);
    // `02-2010-1234` is a telephone number.
    let joint = |c: char| matches!(c, '-' | '.' | ',' | '/' | ':');
    let digit = |c: char| c.is_ascii_digit();
    if text[..at].strip_suffix(joint).is_some_and(|text| text.ends_with(digit))
        || text[end..].strip_prefix(joint).is_some_and(|text| text.starts_with(digit))
    {
        return None;
    }
    match end - at {
        4 if (1900..2200).contains(&number) => Some(number),
        // A year of Thailand, where nothing else is in the cell.
        4 if (2555..=2590).contains(&number) && text.trim().len() == 4 => Some(number - 543),
        // Two digits are a year only with 년 or FY: `20` may be a weight.
        2 if fiscal || at == 0 && text[end..].trim_start().starts_with(['년', '年']) => Some(2000 + number),
        _ => None,
    }
}

/// The key of a heading whose year has been cut out.
fn without_year(before: &str, after: &str) -> String {
    let mut words = tokens(before);
    while words.last().is_some_and(|word| is_year_word(word)) {
        words.pop();
    }
    let mut rest = tokens(after);
    while rest.first().is_some_and(|word| is_year_word(word)) {
        rest.remove(0);
    }
    if let Some(first) = rest.first_mut() {
        for mark in ["년도말", "년말", "년도", "년", "年度末", "年度", "年末", "年"] {
            if let Some(short) = first.strip_prefix(mark) {
                *first = short.to_owned();
                break;
            }
        }
    }
    words.extend(rest);
    words.concat()
}

#[cfg(test)]
mod tests;
