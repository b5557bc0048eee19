//! The value of a KPI for a year: the text as written, and its meaning.
//!
//! `docs/values.md` shows the grammar with an example for each form.

mod bound;
mod compare;
mod grade;
mod grammar;
mod growth;
mod meaning;
mod normalise;
mod number;
mod period;
mod scale;
pub mod series;
mod tokens;

use serde::{Deserialize, Serialize};

use super::Text;
pub use bound::Bound;
pub use meaning::Meaning;
pub use number::Number;
pub(super) use scale::of_unit;

/// A value as written and as parsed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The cell as shown.
    pub text: Text,
    /// Its meaning.
    pub meaning: Meaning,
}

impl Value {
    /// Parses a value. Every text has a meaning: anything unrecognised is a [`Meaning::State`].
    pub fn read(text: Text) -> Self {
        let meaning = grammar::read(text.text.trim());
        Self { text, meaning }
    }

    /// Whether the number is approximate: `약 80`.
    pub fn is_rough(&self) -> bool {
        grammar::is_rough(&self.text.text)
    }

    /// Whether the cell is empty or `-`.
    pub fn is_missing(&self) -> bool {
        matches!(self.meaning, Meaning::Empty | Meaning::NotApplicable)
    }

    /// The year's value as a single number: see [`Meaning::amount`].
    pub fn amount(&self) -> Option<f64> {
        self.meaning.amount()
    }

    /// The number in brackets of a pair.
    pub fn second(&self) -> Option<f64> {
        match &self.meaning {
            Meaning::Pair(_, second) => Some(second.amount),
            _ => None,
        }
    }
}

/// Formats a number without trailing zeros, exponent or thousands separators.
pub fn show_number(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// Formats a number as [`show_number`], with thousands separators.
pub fn show_amount(number: f64) -> String {
    let plain = show_number(number);
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, decimals) =
        digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match decimals {
        Some(decimals) => format!("{sign}{grouped}.{decimals}"),
        None => format!("{sign}{grouped}"),
    }
}

/// Formats a count with thousands separators.
pub fn show_count(count: usize) -> String {
    u32::try_from(count).map_or_else(|_| count.to_string(), |count| show_amount(f64::from(count)))
}

/// A value as written; a plain number gets thousands separators.
pub fn show_written(text: &str) -> String {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = whole.strip_prefix('-').unwrap_or(whole);
    if !digits(number) || !digits(decimals) || number.starts_with('0') || number.len() > 15 {
        return text.to_owned();
    }
    let Ok(parted) = whole.parse().map(show_amount) else { return text.to_owned() };
    format!("{parted}{}", &text[whole.len()..])
}

#[cfg(test)]
mod tests;
