//! Periods in headings: fiscal years, years relative to the plan year, parts of a year.

use std::borrow::Cow;

use super::words::{PARTS_OF_A_YEAR, RELATIVE_YEARS};
use crate::plan::Part;
use crate::text::names::plain_key;

/// The words of periods, normalised once.
#[derive(Debug)]
pub(super) struct Periods {
    relative: Vec<(String, i32)>,
    parts: Vec<(String, Part)>,
}

/// `text` with fiscal years (`2024/25`, `FY2024-2025`, `FY24/25`) replaced by their first year.
pub(super) fn fiscal_years(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = 0;
    while at < bytes.len() {
        let count = digits(at);
        if count == 0 {
            at += 1;
            continue;
        }
        let end = at + count;
        let separator = text[end..].chars().next().filter(|c| matches!(c, '/' | '-' | '–' | '‐' | '‑'));
        let long = count == 4 || (count == 2 && text[..at].trim_end().to_lowercase().ends_with("fy"));
        if let (Some(separator), true) = (separator, long) {
            let from = end + separator.len_utf8();
            let next = digits(from);
            let first = text[at..end].parse::<i32>().unwrap_or(0);
            let second = text[from..from + next].parse::<i32>().unwrap_or(-1);
            let follows = match next {
                2 => (first + 1) % 100 == second,
                4 => first + 1 == second,
                _ => false,
            };
            let first = if count == 2 { 2000 + first } else { first };
            if follows && (1900..2200).contains(&first) {
                return Cow::Owned(format!("{}{first}{}", &text[..at], &text[from + next..]));
            }
        }
        at = end;
    }
    Cow::Borrowed(text)
}

impl Periods {
    /// The built-in words.
    pub(super) fn new() -> Self {
        let mut relative: Vec<(String, i32)> =
            RELATIVE_YEARS.iter().map(|(word, distance)| (plain_key(word), *distance)).collect();
        let mut parts: Vec<(String, Part)> =
            PARTS_OF_A_YEAR.iter().map(|(word, part)| (plain_key(word), *part)).collect();
        // Longest word first: 전년도 before 전년.
        relative.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        parts.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        Self { relative, parts }
    }

    /// Splits a relative year off a heading's key: `전년도실적` gives -1 and `실적`.
    pub(super) fn relative_year(&self, key: &str) -> Option<(i32, String)> {
        let (word, distance) = self.relative.iter().find(|(word, _)| key.contains(word.as_str()))?;
        Some((*distance, key.replacen(word.as_str(), "", 1)))
    }

    /// Removes a part of a year from a heading's key: `1분기목표` and `q1목표` give `목표`. `None` if there is none.
    /// Three letters may start any word (`market`), so callers must check that the rest is empty or a
    /// heading.
    pub(super) fn without_part(&self, key: &str) -> Option<(Part, String)> {
        let worded = self.parts.iter().find_map(|(word, part)| {
            let rest = key.strip_prefix(word.as_str()).or_else(|| key.strip_suffix(word.as_str()))?;
            Some((*part, rest.to_owned()))
        });
        worded.or_else(|| numbered_part(key))
    }
}

/// A quarter, half or month by its number: `1분기`, `1/4분기` (whose key is `14분기`), `q1`, `1q`, `h2`, `12월`, `m6`.
fn numbered_part(key: &str) -> Option<(Part, String)> {
    for (at, _) in key.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        if key[..at].ends_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let end = at + key[at..].chars().take_while(char::is_ascii_digit).count();
        let (before, number, after) = (&key[..at], &key[at..end], &key[end..]);
        let small = |most: u32| number.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number));
        let quarter = small(4) || matches!(number, "14" | "24" | "34" | "44");
        // `1/4분기` leaves 14.
        let first = if quarter { &number[..1] } else { number };
        let number = first.parse::<u8>().unwrap_or_default();
        for (word, fits, part) in [
            ("사분기", quarter, Part::Quarter as fn(u8) -> Part),
            ("분기", quarter, Part::Quarter),
            ("반기", small(2), Part::Half),
            ("월", small(12), Part::Month),
        ] {
            if let (Some(rest), true) = (after.strip_prefix(word), fits) {
                let rest = rest.strip_prefix('말').unwrap_or(rest);
                return Some((
                    part(number),
                    format!("{}{rest}", before.strip_suffix('제').unwrap_or(before)),
                ));
            }
        }
        for (word, fits, part) in [
            ("quarter", small(4), Part::Quarter as fn(u8) -> Part),
            ("qtr", small(4), Part::Quarter),
            ("half", small(2), Part::Half),
            ("month", small(12), Part::Month),
            ("q", small(4), Part::Quarter),
            ("h", small(2), Part::Half),
        ] {
            if let (Some(rest), true) = (before.strip_suffix(word), fits) {
                return Some((part(number), format!("{rest}{after}")));
            }
            let ordinal = ["st", "nd", "rd", "th", ""]
                .iter()
                .find_map(|ending| after.strip_prefix(ending)?.strip_prefix(word));
            if let (Some(rest), true) = (ordinal, fits) {
                return Some((part(number), format!("{before}{rest}")));
            }
        }
    }
    None
}

pub(super) fn is_year(word: &str) -> bool {
    let (year, rest) = take_year(&plain_key(word));
    year.is_some() && rest.is_empty()
}

/// Replaces `’09` by 2009, because the key of a heading has no apostrophe to distinguish a year from a
/// weight.
pub(super) fn full_years(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(['’', '‘', '\'', '`']) else { return Cow::Borrowed(text) };
    let (before, after) = text.split_at(at);
    let mut digits = after.chars();
    digits.next();
    let digits = digits.as_str();
    let short = digits.bytes().take_while(u8::is_ascii_digit).count() == 2;
    if short { Cow::Owned(format!("{before}20{digits}")) } else { Cow::Borrowed(text) }
}

/// Splits a year off a heading's key: `2009년목표치` gives 2009 and `목표치`; `09년목표` and `fy26` count too.
pub(super) fn take_year(key: &str) -> (Option<i32>, String) {
    let bytes = key.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = match (end - at, key[at..end].parse::<i32>()) {
            (4, Ok(year)) if (1900..2200).contains(&year) => Some(year),
            (2, Ok(short)) if at == 0 || key[..at].ends_with("fy") => {
                // Two digits are a year only with 년 or FY: `20` may be a weight.
                let marked = key[end..].starts_with('년') || key[..at].ends_with("fy");
                marked.then_some(2000 + short)
            }
            _ => None,
        };
        if let Some(year) = year {
            let before = key[..at].trim_end_matches("fy");
            let after = key[end..].trim_start_matches("년도").trim_start_matches('년');
            return (Some(year), format!("{before}{after}"));
        }
        at = end;
    }
    (None, key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_are_the_year_they_begin_in() {
        for (text, meant) in [
            ("2024/25 Actual", "2024 Actual"),
            ("FY2024-25", "FY2024"),
            ("FY24/25", "FY2024"),
            ("2099/00", "2099"),
            ("2024-2025 목표", "2024 목표"),
            ("2024/26", "2024/26"),
            ("2027~2030", "2027~2030"),
            ("25/26", "25/26"),
            ("2024-01", "2024-01"),
        ] {
            assert_eq!(fiscal_years(text), meant, "{text}");
        }
    }

    #[test]
    fn parts_of_a_year_in_headings() {
        for (text, rest) in [
            ("1분기", Some("")),
            ("1/4분기 목표", Some("목표")),
            ("제2분기", Some("")),
            ("Q1", Some("")),
            ("Q4 Target", Some("target")),
            ("1st Quarter", Some("")),
            ("상반기 실적", Some("실적")),
            ("H2", Some("")),
            ("9월말", Some("")),
            ("12월", Some("")),
            ("March", Some("")),
            ("목표", None),
            ("13월", None),
            ("5분기", None),
        ] {
            let found = Periods::new().without_part(&plain_key(text));
            assert_eq!(found.as_ref().map(|(_, rest)| &**rest), rest, "{text}");
        }
    }

    #[test]
    fn years_by_their_distance() {
        let of = |text: &str| Periods::new().relative_year(&plain_key(text));
        assert_eq!(of("전년도 실적"), Some((-1, "실적".to_owned())));
        assert_eq!(of("금년도"), Some((0, String::new())));
        assert_eq!(of("Last year actual"), Some((-1, "actual".to_owned())));
        assert_eq!(of("목표"), None);
    }
}
