//! Periods in headings and cells: fiscal years, years of eras and relative to the plan year, parts of a year.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::vocabulary::{PeriodWords, heading_key};
use crate::plan::Part;
use crate::text::names::plain_key;

/// The words of periods in all languages, normalised once.
#[derive(Debug)]
pub(super) struct Periods {
    relative: Vec<(String, i32)>,
    parts: Vec<(String, Part)>,
    numbered: Vec<(String, NewPart, u8)>,
    ordinals: Vec<String>,
    years: Vec<String>,
    whole_year: BTreeSet<String>,
}

/// Makes the part of a year with a number.
type NewPart = fn(u8) -> Part;

/// `text` with fiscal years (`2024/25`, `FY2024-2025`, `FY24/25`) replaced by their first year.
fn fiscal_years(text: &str) -> Cow<'_, str> {
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
        let separator = text[end..].chars().next().filter(|c| matches!(c, '/' | '-' | '–' | '‐' | '‑' | '_'));
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
    /// The words of all languages.
    pub(super) fn new<'a>(languages: impl Iterator<Item = &'a PeriodWords>) -> Self {
        let mut periods = Self {
            relative: Vec::new(),
            parts: Vec::new(),
            numbered: Vec::new(),
            ordinals: ["제", "第", "er", "ro", "do", "to", "o", "a", "e", "re", "nd", "st", "th"]
                .map(str::to_owned)
                .into(),
            years: Vec::new(),
            whole_year: BTreeSet::new(),
        };
        for language in languages {
            periods.add(language);
        }
        // The longest word first: 전년도 before 전년.
        periods.relative.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        periods.parts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        periods.numbered.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        periods.years.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        periods
    }

    fn add(&mut self, words: &PeriodWords) {
        for (distance, words) in &words.relative {
            let distance = distance.parse().unwrap_or_default();
            self.relative.extend(words.iter().map(|word| (heading_key(word), distance)));
        }
        let named: [(&[Vec<String>], NewPart); 3] =
            [(&words.halves, Part::Half), (&words.quarters, Part::Quarter), (&words.months, Part::Month)];
        for (lists, part) in named {
            for (number, words) in (1..).zip(lists) {
                self.parts.extend(words.iter().map(|word| (heading_key(word), part(number))));
            }
        }
        let numbered: [(&[String], NewPart, u8); 4] = [
            (&words.numbered.half, Part::Half, 2),
            (&words.numbered.quarter, Part::Quarter, 4),
            (&words.numbered.month, Part::Month, 12),
            (&words.numbered.number, Part::Number, 20),
        ];
        for (words, part, most) in numbered {
            self.numbered.extend(words.iter().map(|word| (heading_key(word), part, most)));
        }
        self.ordinals.extend(words.numbered.ordinal.iter().map(|word| heading_key(word)));
        self.years.extend(words.year.iter().map(|word| heading_key(word)));
        self.whole_year.extend(words.whole_year.iter().map(|word| heading_key(word)));
    }

    /// Whether a heading's key means the whole of a year.
    pub(super) fn is_whole_year(&self, key: &str) -> bool {
        self.whole_year.contains(key)
    }

    /// A heading's key without words beside its year (`FY`, `년도`).
    pub(super) fn without_year_words(&self, key: &str) -> String {
        let mut rest = key;
        for word in &self.years {
            let bare = rest.strip_prefix(word.as_str()).or_else(|| rest.strip_suffix(word.as_str()));
            // A short word may begin any other.
            match bare {
                Some("") => return String::new(),
                Some(bare) if word.len() > 2 || word == "fy" => rest = bare,
                _ => {}
            }
        }
        rest.to_owned()
    }

    /// Splits a relative year off a heading's key: `전년도실적` gives -1 and `실적`.
    pub(super) fn relative_year(&self, key: &str) -> Option<(i32, String)> {
        let fits = |word: &str| if word.len() > 3 { key.contains(word) } else { key == word };
        let (word, distance) = self.relative.iter().find(|(word, _)| fits(word))?;
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
        worded.or_else(|| {
            self.numbered.iter().find_map(|(word, part, most)| self.numbered(key, word, *part, *most))
        })
    }

    /// A part of a year by its number before or after its word: `1분기`, `1/4분기` (whose key is `14분기`), `q1`,
    /// `1q`, `第1四半期`, `1er trimestre`, `triwulan ii`.
    fn numbered(&self, key: &str, word: &str, part: NewPart, most: u8) -> Option<(Part, String)> {
        for (at, _) in key.match_indices(word) {
            let (before, after) = (&key[..at], &key[at + word.len()..]);
            if let Some((number, rest)) =
                number_at_start(after).filter(|(number, _)| (1..=most).contains(number))
                && before.chars().next_back().is_none_or(|c| !c.is_ascii_alphabetic() || word.len() > 2)
            {
                return Some((part(number), format!("{before}{rest}")));
            }
            let bare = self.ordinals.iter().find_map(|ending| before.strip_suffix(ending.as_str()));
            for before in [Some(before), bare].into_iter().flatten() {
                if let Some((number, rest)) = number_at_end(before, part(1) == Part::Quarter(1))
                    && (1..=most).contains(&number)
                    && after.chars().next().is_none_or(|c| !c.is_ascii_alphabetic() || word.len() > 1)
                {
                    let rest = self
                        .ordinals
                        .iter()
                        .find_map(|ordinal| (rest == ordinal).then_some(""))
                        .unwrap_or(rest);
                    let after = after.strip_prefix(['말', '末']).unwrap_or(after);
                    return Some((part(number), format!("{rest}{after}")));
                }
            }
        }
        None
    }
}

/// A number of one or two digits or a Roman one at the start of a text, and the rest.
fn number_at_start(text: &str) -> Option<(u8, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        return Some((text[..digits].parse().ok()?, &text[digits..]));
    }
    const ROMAN: [(&str, u8); 4] = [("iii", 3), ("iv", 4), ("ii", 2), ("i", 1)];
    let (roman, number) = ROMAN.into_iter().find(|(roman, _)| text.starts_with(roman))?;
    let rest = &text[roman.len()..];
    (!rest.starts_with(|c: char| c.is_ascii_alphabetic()) || rest.len() > 4).then_some((number, rest))
}

/// A number of one or two digits, a Roman or a Chinese one at the end of a text, and what is before it. Of
/// `quarters` `14` may mean the first of four.
fn number_at_end(text: &str, quarters: bool) -> Option<(u8, &str)> {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let (before, number) = text.split_at(text.len() - digits);
        let first = if quarters && digits == 2 && number.ends_with('4') { &number[..1] } else { number };
        return Some((first.parse().ok()?, before));
    }
    const OTHERS: [(&str, u8); 9] =
        [("iii", 3), ("iv", 4), ("ii", 2), ("i", 1), ("一", 1), ("二", 2), ("三", 3), ("四", 4), ("上", 1)];
    let (word, number) = OTHERS.into_iter().find(|(word, _)| text.ends_with(word))?;
    let before = &text[..text.len() - word.len()];
    (!before.ends_with(|c: char| c.is_ascii_alphabetic())).then_some((number, before))
}

/// `text` with all ways of writing a year made plain: full-width digits, fiscal years, eras, two digits.
pub(super) fn plain_years(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '元')) {
        return Cow::Borrowed(text);
    }
    let half: String = text
        .chars()
        .map(|c| match u32::from(c) {
            code @ 0xFF10..=0xFF19 => char::from_u32(code - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect();
    let eras = era_years(&half);
    Cow::Owned(full_years(&fiscal_years(&eras)).into_owned())
}

/// Years of eras as years of our era: `令和7年度`, `H30`, `民國114年`, `พ.ศ. 2568`.
fn era_years(text: &str) -> String {
    const ERAS: [(&str, i32); 12] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("民國", 1911),
        ("民国", 1911),
        ("Ｒ", 2018),
        ("Ｈ", 1988),
        ("พ.ศ.", -543),
        ("พ.ศ", -543),
        ("ปีงบประมาณ", -543),
        ("ปี", -543),
        ("R", 2018),
    ];
    for (era, base) in ERAS {
        let Some(at) = text.find(era) else { continue };
        let after = text[at + era.len()..].trim_start_matches(['.', ' ']);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = match after.strip_prefix('元') {
            Some(rest) => (Some(1), rest),
            None => (after[..digits].parse::<i32>().ok(), &after[digits..]),
        };
        let letter = era.len() <= 3 && era.chars().all(|c| matches!(c, 'R' | 'Ｒ' | 'Ｈ'));
        let bounded = !letter
            || at == 0
                && digits <= 2
                && (rest.is_empty() || rest.starts_with(['年', ' ', '実', '目', '(', '（', '計']));
        let year = number.map(|number| number + base).filter(|year| (1900..2200).contains(year));
        if let (Some(year), true) = (year, bounded) {
            return format!("{}{year}{rest}", &text[..at]);
        }
    }
    // 114年度: a year of the Republic of China.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 3
        && text[digits..].trim_start().starts_with('年')
        && let Ok(year @ 80..=200) = text[..digits].parse::<i32>()
    {
        return format!("{}{}", year + 1911, &text[digits..]);
    }
    text.to_owned()
}

/// The year in a text, and the text without it: four digits that are no part of a longer number.
pub(super) fn year_in(text: &str) -> Option<(i32, String)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        let year = match (end - at, text[at..end].parse::<i32>()) {
            (4, Ok(year)) if (1900..2200).contains(&year) => Some(year),
            // Two digits are a year only with 년, 年 or FY: `20` may be a weight.
            (2, Ok(short)) => {
                let marked = at == 0 && text[end..].trim_start().starts_with(['년', '年'])
                    || text[..at].trim_end().to_lowercase().ends_with("fy");
                marked.then_some(2000 + short)
            }
            _ => None,
        };
        if let Some(year) = year {
            let after = text[end..].trim_start();
            let after = ["년도", "年度", "년", "年"]
                .iter()
                .find_map(|word| after.strip_prefix(word))
                .unwrap_or(after);
            let before = text[..at].trim_end();
            let before = before.strip_suffix(['F', 'f']).map_or(before, |_| before);
            let before = before
                .to_lowercase()
                .strip_suffix("fy")
                .map_or(before.to_owned(), |kept| before[..kept.len()].to_owned());
            return Some((year, format!("{before} {after}")));
        }
        at = end;
    }
    None
}

/// A date or month in numbers: `2024-03-31`, `31/03/2024`, `2024.3`, `09-2021`.
pub(super) fn date(text: &str) -> Option<(Option<i32>, Option<Part>)> {
    let numbers: Option<Vec<u32>> = text
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .take(4)
        .map(|part| part.parse().ok())
        .collect();
    let month = |number: u32| (1..=12).contains(&number).then_some(Part::Month(number as u8));
    let is_year = |number: u32| (1900..2200).contains(&number);
    match numbers?.as_slice() {
        &[year, at, _] if is_year(year) => Some((Some(year as i32), Some(month(at)?))),
        &[first, second, year] if is_year(year) => {
            Some((Some(year as i32), Some(month(second).or_else(|| month(first))?)))
        }
        &[year, at] if is_year(year) => Some((Some(year as i32), Some(month(at)?))),
        &[at, year] if is_year(year) => Some((Some(year as i32), Some(month(at)?))),
        _ => None,
    }
}

pub(super) fn is_year(word: &str) -> bool {
    let (year, rest) = take_year(&plain_key(word));
    year.is_some() && rest.is_empty()
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
    use crate::project::config::Labels;
    use crate::read::table::vocabulary::Vocabulary;

    fn periods() -> Periods {
        Periods::new(crate::read::table::vocabulary::period_words())
    }

    #[test]
    fn periods_in_all_languages() {
        let words = Vocabulary::new(&Labels::default());
        for (text, year, part) in [
            ("FY 2023 Actual", Some(2023), None),
            ("FY23", Some(2023), None),
            ("2022/23 Target", Some(2022), None),
            ("y1_2026_27", Some(2026), None),
            ("Q1 2024", Some(2024), Some(Part::Quarter(1))),
            ("2024-Q1", Some(2024), Some(Part::Quarter(1))),
            ("2024Q1", Some(2024), Some(Part::Quarter(1))),
            ("1T 2024", Some(2024), Some(Part::Quarter(1))),
            ("1er trimestre", None, Some(Part::Quarter(1))),
            ("Trimestre 2", None, Some(Part::Quarter(2))),
            ("Semestre_1", None, Some(Part::Half(1))),
            ("第1四半期", None, Some(Part::Quarter(1))),
            ("上期", None, Some(Part::Half(1))),
            ("第三季度", None, Some(Part::Quarter(3))),
            ("Triwulan I", None, Some(Part::Quarter(1))),
            ("TW2", None, Some(Part::Quarter(2))),
            ("enero", None, Some(Part::Month(1))),
            ("Março", None, Some(Part::Month(3))),
            ("3월 실적", None, Some(Part::Month(3))),
            ("令和7年度", Some(2025), None),
            ("令和元年度", Some(2019), None),
            ("R5目標", Some(2023), None),
            ("平成30年度実績", Some(2018), None),
            ("民國114年", Some(2025), None),
            ("114年度目標值", Some(2025), None),
            ("พ.ศ. 2568", Some(2025), None),
            ("２０２５年度", Some(2025), None),
            ("Meta 2024", Some(2024), None),
            ("Réalisation 2023", Some(2023), None),
            ("Realisasi 2024", Some(2024), None),
            ("'24 실적", Some(2024), None),
        ] {
            let label = words.label(text).unwrap_or_default();
            assert_eq!((label.year, label.part), (year, part), "{text}");
        }
        for text in ["market", "cost1", "R&D", "H1N1 cases", "114", "20"] {
            let label = words.label(text).unwrap_or_default();
            assert_eq!((label.year, label.part), (None, None), "{text}");
        }
    }

    #[test]
    fn periods_of_cells() {
        let words = Vocabulary::new(&Labels::default());
        for (text, period) in [
            ("2024-03-31", (Some(2024), Some(Part::Month(3)))),
            ("31/03/2024", (Some(2024), Some(Part::Month(3)))),
            ("09-2021", (Some(2021), Some(Part::Month(9)))),
            ("2024", (Some(2024), None)),
            ("2025-Q2", (Some(2025), Some(Part::Quarter(2)))),
            ("2026년 1분기", (Some(2026), Some(Part::Quarter(1)))),
            ("3", (None, Some(Part::Number(3)))),
        ] {
            assert_eq!(words.period_in(text), Some(period), "{text}");
        }
    }

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
        let periods = periods();
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
            let found = periods.without_part(&plain_key(text));
            assert_eq!(found.as_ref().map(|(_, rest)| &**rest), rest, "{text}");
        }
    }

    #[test]
    fn years_by_their_distance() {
        let periods = periods();
        let of = |text: &str| periods.relative_year(&plain_key(text));
        assert_eq!(of("전년도 실적"), Some((-1, "실적".to_owned())));
        assert_eq!(of("금년도"), Some((0, String::new())));
        assert_eq!(of("Last year actual"), Some((-1, "actual".to_owned())));
        assert_eq!(of("목표"), None);
    }
}
