//! Headings for comparison: a form is the same form next year, and in another department's workbook.

use unicode_normalization::UnicodeNormalization;

use super::role::ValueRole;
use crate::text::names::plain_key;

/// What separates a heading from those above it.
const ABOVE: &str = " / ";
/// What follows a year.
const SUFFIXES: [&str; 4] = ["년도", "년", "年度", "年"];

/// A heading for comparison, with the year taken out of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeadingKey {
    /// The folded heading, its year left out.
    pub key: String,
    /// The year as numbered there: `2026`, but `8` of `令和8年度`.
    pub year: Option<i32>,
    /// Which of the columns with this heading it is, from 1.
    pub nth: usize,
}

impl HeadingKey {
    /// The key of a heading as planbook.toml writes it: `실적 #2` is the second column of that heading.
    pub fn of(heading: &str) -> Self {
        let (heading, nth) = match heading.rsplit_once(" #") {
            Some((heading, nth)) if nth.parse::<usize>().is_ok_and(|nth| nth > 0) => {
                (heading, nth.parse().unwrap_or(1))
            }
            _ => (heading, 1),
        };
        let mut year = None;
        let parts = kept(heading).map(|part| {
            let (rest, found) = without_year(part);
            year = found.or(year);
            let key = plain_key(&rest);
            if key.is_empty() && found.is_none() { part.to_lowercase() } else { key }
        });
        // A year above other headings says no more than one in them.
        let key = parts.filter(|key| !key.is_empty()).collect::<Vec<_>>().join("/");
        let key = if key.is_empty() && year.is_some() { "#".to_owned() } else { key };
        Self { key, year, nth }
    }

    /// The keys of the headings of a table, in order.
    pub fn of_all<'h>(headings: impl IntoIterator<Item = &'h str>) -> Vec<Self> {
        let mut keys: Vec<Self> = Vec::new();
        for heading in headings {
            let mut key = Self::of(heading);
            key.nth =
                1 + keys.iter().filter(|other| (&other.key, other.year) == (&key.key, key.year)).count();
            keys.push(key);
        }
        keys
    }
}

/// A heading without the names above it that say neither period nor kind of the values: an organisation's
/// name differs from workbook to workbook.
pub fn short_heading(heading: &str) -> String {
    let part = |part: &str| {
        let words: Vec<&str> =
            part.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
        words.join(" ")
    };
    kept(heading).map(part).collect::<Vec<_>>().join(ABOVE)
}

/// The short headings of a table as planbook.toml writes them: no two are the same.
pub fn numbered<'h>(headings: impl IntoIterator<Item = &'h str>) -> Vec<String> {
    let headings: Vec<String> = headings.into_iter().map(short_heading).collect();
    let keys = HeadingKey::of_all(headings.iter().map(String::as_str));
    let written = headings.iter().zip(keys);
    written
        .map(|(heading, key)| if key.nth > 1 { format!("{heading} #{}", key.nth) } else { heading.clone() })
        .collect()
}

fn kept(heading: &str) -> impl Iterator<Item = &str> {
    let parts: Vec<&str> = heading.split(ABOVE).map(str::trim).filter(|part| !part.is_empty()).collect();
    let last = parts.len().saturating_sub(1);
    let is_of_values = |part: &str| without_year(part).1.is_some() || ValueRole::is_named_in(part);
    parts
        .into_iter()
        .enumerate()
        .filter(move |(at, part)| *at == last || is_of_values(part))
        .map(|(_, part)| part)
}

/// A heading without its first year, and that year.
fn without_year(text: &str) -> (String, Option<i32>) {
    let chars: Vec<char> = text.nfkc().collect();
    let mut at = 0;
    while at < chars.len() {
        let digits = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if digits > 0
            && let Some((year, begin, end)) = year_at(&chars, at, digits)
        {
            return (chars[..begin].iter().chain(&chars[end..]).collect(), Some(year));
        }
        at += digits.max(1);
    }
    (chars.into_iter().collect(), None)
}

/// The year written in these digits, and what it takes up with its marks: `'26`, `FY2026`, `2025/26`, `26년`, `令和8年度`.
fn year_at(chars: &[char], at: usize, digits: usize) -> Option<(i32, usize, usize)> {
    let number: i32 = chars[at..at + digits].iter().collect::<String>().parse().ok()?;
    let before: String = chars[at.saturating_sub(2)..at].iter().collect::<String>().to_lowercase();
    let rest = |from: usize| chars[from..].iter().take(3).collect::<String>();
    let suffix = |from: usize| {
        let rest = rest(from);
        SUFFIXES.iter().find(|suffix| rest.starts_with(**suffix)).map_or(0, |suffix| suffix.chars().count())
    };
    let end = at + digits;
    let quoted = before.ends_with(['\'', '’', '‘', '`']);
    match digits {
        4 if (1900..2200).contains(&number) || (2400..2700).contains(&number) => {
            let end = end + span(&chars[end..]);
            let begin = if before == "fy" { at - 2 } else { at };
            Some((number, begin, end + suffix(end)))
        }
        2 if quoted => Some((2000 + number, at - 1, end + suffix(end))),
        2 if before == "fy" => Some((2000 + number, at - 2, end + span(&chars[end..]))),
        2 if rest(end).starts_with('년') => Some((2000 + number, at, end + suffix(end))),
        1..=3 if rest(end).starts_with('年') => Some((number, at, end + suffix(end))),
        1 | 2 if is_reiwa(chars, at, end) => Some((number, at - 1, end)),
        _ => None,
    }
}

/// How many characters the second year of a span takes up: `/26`, `-2027`.
fn span(rest: &[char]) -> usize {
    let digits = rest.iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    let is_span = rest.first().is_some_and(|c| matches!(c, '/' | '-' | '–' | '~')) && matches!(digits, 2 | 4);
    if is_span { digits + 1 } else { 0 }
}

/// Whether digits stand alone behind an R, as in `R8`.
fn is_reiwa(chars: &[char], at: usize, end: usize) -> bool {
    let alone = |c: Option<&char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    at > 0
        && matches!(chars[at - 1], 'R' | 'r')
        && alone(at.checked_sub(2).and_then(|at| chars.get(at)))
        && alone(chars.get(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_the_same_in_another_year() {
        for (one, other) in [
            ("2026년 목표", "2027년 목표"),
            ("2026년 목표", "목표(2027)"),
            ("FY 2026 Target", "FY 2027 target"),
            ("FY26", "FY27"),
            ("Target 2025/26", "Target 2026/27"),
            ("'26 목표", "’27 목표"),
            ("26년 실적", "27년 실적"),
            ("令和7年度目標", "令和8年度目標"),
            ("R7", "R8"),
            ("民國114年目標值", "民國115年目標值"),
            ("เป้าหมาย 2569", "เป้าหมาย 2570"),
            ("2026년 목표 / 1분기", "2027년 목표 / 1분기"),
        ] {
            let [one, other] = [one, other].map(HeadingKey::of);
            assert_eq!(one.key, other.key);
            assert!(one.year.is_some() && one.year < other.year, "{one:?} {other:?}");
        }
        for (one, other) in [("1분기", "2분기"), ("1월", "2월"), ("H1", "H2"), ("목표 1", "목표 2")]
        {
            assert_ne!(HeadingKey::of(one).key, HeadingKey::of(other).key);
        }
    }

    #[test]
    fn names_above_a_heading_do_not_tell_forms_apart_but_periods_and_kinds_do() {
        assert_eq!(HeadingKey::of("교통국 / 성과지표"), HeadingKey::of("환경국 / 성과 지표"));
        assert_eq!(short_heading("교통국 / 목표치 / 2026"), "목표치 / 2026");
        assert_ne!(HeadingKey::of("1분기 / 목표").key, HeadingKey::of("2분기 / 목표").key);
    }

    #[test]
    fn a_second_column_of_a_heading_has_a_number() {
        assert_eq!(short_heading("성과\n지표  명"), "성과 지표 명");
        let written = numbered(["한빛시 / 성과지표", "교통국 / 성과지표", "실적"]);
        assert_eq!(written, ["성과지표", "성과지표 #2", "실적"]);
        assert_eq!(HeadingKey::of(&written[1]).nth, 2);
    }
}
