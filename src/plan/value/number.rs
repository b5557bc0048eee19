//! Numbers as people write them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bound;
use super::scale;

/// A number and its written unit, if any.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// The amount, scale words multiplied out (`6천만건` is 60,000,000).
    pub amount: f64,
    /// The written unit without its scale (`건`, `%`); empty if only a scale is written (`1,500만`); none for a
    /// bare number, which is in the unit of its row.
    pub unit: Option<Arc<str>>,
}

impl Number {
    /// A bare number, in the unit of its row.
    pub fn bare(amount: f64) -> Self {
        Self { amount, unit: None }
    }

    /// Whether its written unit is %.
    pub fn is_percent(&self) -> bool {
        self.unit.as_deref() == Some("%")
    }

    /// Parses digits with thousands separators, a sign and a decimal point, and nothing else.
    pub fn parse_plain(text: &str) -> Option<f64> {
        // Fast path: most other texts do not end in a digit.
        if !text.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let body = text.strip_prefix(['-', '+', '−', '△', '▲']).unwrap_or(text);
        let negative = text.starts_with(['-', '−', '△', '▲']);
        let (amount, rest) = scan_digits(body)?;
        (rest.is_empty() && !body.starts_with('.')).then_some(if negative { -amount } else { amount })
    }
}

/// A number at the start of a normalised text.
pub(super) struct Scanned<'a> {
    /// The number.
    pub number: Number,
    /// The scale that was multiplied in.
    pub scale: f64,
    /// The rest of the text.
    pub rest: &'a str,
}

/// Scans a number with its sign, currency sign, scale and unit.
pub(super) fn scan(text: &str) -> Option<Scanned<'_>> {
    let (negative, body) = match text.strip_prefix(['-', '△']) {
        Some(body) if text.starts_with('△') => (true, body.trim_start()),
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let currency = body.chars().next().filter(|c| matches!(c, '₩' | '$' | '€' | '£' | '¥'));
    let digits = currency.map_or(body, |sign| body[sign.len_utf8()..].trim_start());
    let (amount, scale, rest) = scan_scaled(digits, currency.is_some())?;
    let (written, apart, rest) = scan_unit(rest);
    let unit: Option<Arc<str>> = match currency {
        Some('₩') => Some("원".into()),
        Some(sign) if written.is_empty() => Some(sign.to_string().into()),
        _ if written.is_empty() && scale == 1.0 => None,
        _ => Some(written.into()),
    };
    let amount = amount * apart * if negative { -1.0 } else { 1.0 };
    amount.is_finite().then_some(Scanned { number: Number { amount, unit }, scale: scale * apart, rest })
}

/// Scans digits and the scale attached to them: `4.6천만`, `2억 3천만`, `1.2 million`. Returns the amount with the
/// scale multiplied in, the scale, and the rest.
pub(super) fn scan_scaled(text: &str, money: bool) -> Option<(f64, f64, &str)> {
    let (amount, rest) = scan_digits(text)?;
    if let Some((power, rest)) = scan_exponent(rest) {
        return Some((amount * power, 1.0, rest));
    }
    if let Some((scale, rest)) = scale::leading_word(rest.trim_start()) {
        return Some((amount * scale, scale, rest));
    }
    // A single letter is a scale only in amounts of money: elsewhere M may be metres.
    if let (true, Some(letter)) = (money, rest.chars().next()) {
        let scale = match letter {
            'K' | 'k' => 1e3,
            'M' => 1e6,
            'B' => 1e9,
            _ => 1.0,
        };
        if scale > 1.0 && !rest[1..].starts_with(char::is_alphanumeric) {
            return Some((amount * scale, scale, &rest[1..]));
        }
    }
    let Some((scale, mut rest)) = scale::leading(rest) else { return Some((amount, 1.0, rest)) };
    let mut total = amount * scale;
    let mut least = scale;
    while let Some((part, after)) = scan_digits(rest.trim_start()) {
        let apart = rest.starts_with(char::is_whitespace);
        match scale::leading(after) {
            Some((scale, after)) if scale < least => {
                // 2억 5천 with nothing after it is short for 2억 5천만.
                let spoken =
                    if after.is_empty() && scale < 1e4 { (scale::myriad(least) / 1e4).max(1.0) } else { 1.0 };
                total += part * scale * spoken;
                (least, rest) = (scale, after);
            }
            None if !apart && part < least => return Some((total + part, scale, after)),
            _ => break,
        }
    }
    Some((total, scale, rest))
}

/// Scans the exponent that spreadsheets show in narrow cells: `E+06`.
fn scan_exponent(text: &str) -> Option<(f64, &str)> {
    let (sign, digits) = match text.strip_prefix(['E', 'e'])? {
        rest if rest.starts_with('+') => (1, &rest[1..]),
        rest => (-1, rest.strip_prefix('-')?),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let power: i32 = digits[..end].parse().ok().filter(|&power| power < 100)?;
    Some((10_f64.powi(sign * power), &digits[end..]))
}

/// Scans `28,604`, `70.0`, `.5`. Commas must separate groups of three; near misses are rejected.
fn scan_digits(text: &str) -> Option<(f64, &str)> {
    let whole_end = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let whole = text[..whole_end].trim_end_matches(',');
    let after = &text[whole.len()..];
    let fraction = after
        .strip_prefix('.')
        .map_or("", |f| &f[..f.find(|c: char| !c.is_ascii_digit()).unwrap_or(f.len())]);
    let rest = if fraction.is_empty() { after } else { &after[1 + fraction.len()..] };
    let goes_on = rest.starts_with(['.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || goes_on || !is_grouped(whole) {
        return None;
    }
    let amount: f64 = format!("0{}.{}0", whole.replace(',', ""), fraction).parse().ok()?;
    amount.is_finite().then_some((amount, rest))
}

/// Whether commas, if any, separate groups of three digits.
fn is_grouped(whole: &str) -> bool {
    let Some((head, groups)) = whole.split_once(',') else { return true };
    (1..=3).contains(&head.len()) && groups.split(',').all(|group| group.len() == 3)
}

/// Scans the unit attached to a number, or separated by a space if it is certainly a unit. Returns the unit
/// without its scale, the scale, and the rest.
fn scan_unit(text: &str) -> (&str, f64, &str) {
    let attached = take_unit(text);
    if !attached.is_empty() {
        return (attached, 1.0, &text[attached.len()..]);
    }
    let next = text.trim_start();
    let word = take_unit(next);
    let rest = &next[word.len()..];
    let is_last =
        rest.trim_start().is_empty() || rest.starts_with('(') || bound::suffix(rest.trim_start()).is_some();
    let is_symbol =
        word.starts_with(|c: char| !matches!(c, '가'..='힣')) && (is_last || word.starts_with('%'));
    if !word.is_empty() && (is_symbol || scale::is_counter(word)) {
        let (scale, base) = scale::of_unit(word);
        return (base, scale, rest);
    }
    ("", 1.0, text)
}

/// The unit at the start of `text`: letters and signs up to a space, bracket, digit or `이상`.
fn take_unit(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('%') {
        let points = ["포인트", "points", "point", "p", "P"].iter().find(|points| rest.starts_with(**points));
        return &text[..1 + points.map_or(0, |points| points.len())];
    }
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let joins = matches!(c, '/' | '·' | '-' | '\'' | '.') && at > 0 && next.is_some_and(is_unit_letter);
        let belongs = is_unit_letter(c) || joins || (c.is_ascii_digit() && before.is_ascii_alphabetic());
        if !belongs || bound::suffix(&text[at..]).is_some() {
            return &text[..at];
        }
        before = c;
    }
    text
}

/// Letters and signs of units, including the CJK compatibility characters (`㎡`).
fn is_unit_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '℃' | '°' | '²' | '³' | '%' | '\u{3300}'..='\u{33ff}')
}
