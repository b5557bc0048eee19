//! Years and dates as offices write them: fiscal years, eras, dates.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// `text` with years in four digits of the common era: `’09`, `FY24/25`, `令和7年度`, `民國114年`, `พ.ศ. 2568`.
pub(in crate::read::table) fn plain_years(text: &str) -> Cow<'_, str> {
    let common = |c: char| c.is_ascii() || ('가'..='힣').contains(&c);
    if text.chars().all(common) {
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            return Cow::Borrowed(text);
        }
        // The only ASCII text that `eras` changes is the letter of an era.
        let text = if text.contains(['R', 'H']) { Cow::Owned(eras(text)) } else { Cow::Borrowed(text) };
        return match &*fiscal_years(&full_years(&text)) {
            changed if changed != text => Cow::Owned(changed.to_owned()),
            _ => text,
        };
    }
    let text: String = text.nfkc().collect();
    Cow::Owned(once(&fiscal_years(&full_years(&eras(&text)))))
}

/// The year and month of a date or month in digits: `2024-05`, `05/2024`, `2024-03-31`, `31/03/2024`, `2024年5月`, the day
/// if there is one.
pub(in crate::read::table) fn date(text: &str) -> Option<(i32, u8, Option<u32>)> {
    let text = text.trim();
    let text =
        text.split_once([' ', 'T']).filter(|(_, time)| time.contains(':')).map_or(text, |(day, _)| day);
    let text = text.trim_end_matches(['日', '일', '.']);
    if text.len() > 20 || !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let separator = |c: char| matches!(c, '-' | '/' | '.' | '年' | '月' | '년' | '월' | ' ');
    let parts: Vec<&str> = text.split(separator).filter(|part| !part.is_empty()).collect();
    let numbers: Vec<u32> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let is_year = |index: usize| parts.get(index).is_some_and(|part| part.len() == 4);
    let (year, month, day) = match *numbers.as_slice() {
        [year, month] if is_year(0) => (year, month, None),
        [month, year] if is_year(1) => (year, month, None),
        [year, month, day] if is_year(0) => (year, month, Some(day)),
        // The day comes first, unless that is no date, or it is the first of a month written month first.
        [first, second, year] if is_year(2) && (second > 12 || second == 1 && first <= 12) => {
            (year, first, Some(second))
        }
        [day, month, year] if is_year(2) => (year, month, Some(day)),
        _ => return None,
    };
    let plausible = (1900..2200).contains(&year)
        && (1..=12).contains(&month)
        && day.is_none_or(|day| (1..=31).contains(&day));
    plausible.then_some((year as i32, month as u8, day))
}

/// `text` with fiscal years (`2024/25`, `FY2024-2025`, `FY24/25`, `2024_25`) replaced by their first year.
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
        let between = text[end..].trim_start();
        let separator = between.chars().next().filter(|c| matches!(c, '/' | '-' | '–' | '‐' | '‑' | '_'));
        let long = count == 4 || (count == 2 && ends_with_fy(&text[..at]));
        if let (Some(separator), true) = (separator, long) {
            let after = between[separator.len_utf8()..].trim_start();
            let from = text.len() - after.len();
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

pub(super) fn ends_with_fy(text: &str) -> bool {
    let text = text.trim_end().as_bytes();
    text.len() >= 2 && text[text.len() - 2..].eq_ignore_ascii_case(b"fy")
}

/// Replaces `’09` by 2009, because the key of a heading has no apostrophe to distinguish a year from a
/// weight.
fn full_years(text: &str) -> Cow<'_, str> {
    let Some(at) = text.find(['’', '‘', '\'', '`']) else { return Cow::Borrowed(text) };
    let (before, after) = text.split_at(at);
    let mut digits = after.chars();
    digits.next();
    let digits = digits.as_str();
    let short = digits.bytes().take_while(u8::is_ascii_digit).count() == 2;
    if short { Cow::Owned(format!("{before} 20{digits}")) } else { Cow::Borrowed(text) }
}

/// Eras and the year before their first: of Japan, of Taiwan, of Thailand.
const ERAS: [(&str, i32); 9] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("民國", 1911),
    ("民国", 1911),
    ("พ.ศ.", -543),
    ("พ.ศ", -543),
    ("พศ", -543),
    ("B.E.", -543),
];

/// `text` with the years of eras as years of the common era.
fn eras(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let thai = text.chars().any(|c| ('\u{e00}'..='\u{e7f}').contains(&c));
    while let Some(c) = rest.chars().next() {
        let inside = out.ends_with(|c: char| c.is_ascii_alphanumeric());
        let year = era(rest)
            .or_else(|| if inside { None } else { short_era(rest).or_else(|| bare_era(rest, thai)) });
        let length = match year {
            Some((year, length)) => {
                out.push_str(&year.to_string());
                length
            }
            None => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    out
}

fn number(text: &str) -> (i32, usize) {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (text[..length].parse().unwrap_or(0), length)
}

/// A year behind the name of its era, and the length of both.
fn era(text: &str) -> Option<(i32, usize)> {
    let (name, before) = ERAS.iter().find(|(name, _)| text.starts_with(name))?;
    let rest = text[name.len()..].trim_start();
    let skipped = text.len() - rest.len();
    if rest.starts_with("元年") {
        return Some((before + 1, skipped + "元".len()));
    }
    let (year, length) = number(rest);
    (length > 0 && (1900..2200).contains(&(before + year))).then_some((before + year, skipped + length))
}

/// `R7`, `H30`: a letter of an era. `H1` and `H2` are halves, `R1` may number a risk.
fn short_era(text: &str) -> Option<(i32, usize)> {
    let letter = text.chars().next().filter(|c| matches!(c, 'R' | 'H'))?;
    let (year, length) = number(text[1..].strip_prefix('.').unwrap_or(&text[1..]));
    let length = length + text.len() - text[1..].strip_prefix('.').unwrap_or(&text[1..]).len();
    let rest = &text[length..];
    let marked = rest.starts_with('年') && year > 0;
    let plausible = if letter == 'R' { (3..=15).contains(&year) } else { (20..=31).contains(&year) };
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    let before = if letter == 'R' { 2018 } else { 1988 };
    (length <= 4 && (marked || plausible && ends)).then_some((before + year, length))
}

/// A year of Taiwan (`114年度`) or Thailand (`2568`) without the name of its era.
fn bare_era(text: &str, thai: bool) -> Option<(i32, usize)> {
    let (year, length) = number(text);
    let taiwan = length == 3 && (100..=150).contains(&year) && text[3..].starts_with('年');
    let thailand = thai && length == 4 && (2450..2650).contains(&year);
    match (taiwan, thailand) {
        (true, _) => Some((year + 1911, length)),
        (_, true) => Some((year - 543, length)),
        _ => None,
    }
}

/// A text that gives a year twice (`令和6年度(2024年度)`) with the year once.
fn once(text: &str) -> String {
    let bare = |text: &str| text.trim().trim_end_matches(['年', '度']).to_owned();
    if let Some((before, rest)) = text.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
        && let inner = bare(inner)
        && inner.len() == 4
        && inner.bytes().all(|b| b.is_ascii_digit())
        && bare(before).ends_with(&inner)
    {
        return format!("{before}{after}");
    }
    text.to_owned()
}
