//! The value of a KPI for a year: the text as written, and its meaning.
//!
//! `docs/values.md` shows the grammar with an example for each form.

mod bound;
mod compare;
mod grade;
mod grammar;
mod growth;
mod normalise;
mod number;
mod period;
mod scale;
pub mod series;
mod tokens;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Text;
pub use bound::Bound;
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

/// The meaning of a value.
///
/// Numbers are in the unit of the row unless they have their own unit or scale. A number with a scale
/// (`6천만건`) is multiplied out, to compare with one written in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Meaning {
    /// The cell is empty.
    #[default]
    Empty,
    /// `-`, `N/A`: not measured or not planned.
    NotApplicable,
    /// `기준점`, `기준점 +0.5`: the baseline of later years, optionally with a change.
    Baseline(f64),
    /// `28,604`, `70.0`, `6천만건`, `44.5%`.
    Number(Number),
    /// `21(22)`, `9.38 (9.07)`, `11 (34개소)`, `- (7.36)`: a value and a second one in brackets. Whether the
    /// second is a running total or another measurement shows in the series: see [`series`].
    Pair(Option<Box<Number>>, Number),
    /// `8,804 / 5,206`, `30 10`: several numbers without labels.
    MultiValue(Vec<Meaning>),
    /// `±7`: a tolerance to either side.
    Tolerance(Number),
    /// `75점이상`, `3건이하`: a bound.
    Bound(Bound, Number),
    /// `84~86위`: a range from the first to the second; the first is in the second's unit.
    Range(f64, Number),
    /// `83위`: a rank; 1 is best.
    Rank(f64),
    /// `전년대비 5% 이상`, `1%이상 감축`: promised growth on the year before; negative for a cut.
    Growth(Number),
    /// `중 (65점이상)`, `나급 이상`: a grade, optionally with its points.
    Grade(Arc<str>, Option<Box<Meaning>>),
    /// `응대율 80 배차율 80`, `신규 12 부적격자 조치10`: parts with labels, some of which may be empty.
    Parts(Vec<(Arc<str>, Meaning)>),
    /// `반기별 1회`: a number of times per period.
    Frequency {
        /// Periods per year: 2 for half-years.
        periods: u16,
        /// Times per period.
        times: f64,
    },
    /// `도입`, `신규`, `설계완료 38.2`: words, optionally with a number.
    State(Arc<str>, Option<Box<Meaning>>),
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

impl Meaning {
    /// The year's value as a single number.
    ///
    /// It is the number of a plain number, bound, tolerance, grade or state, the rank, the first of a pair,
    /// the times per year of a frequency. Ranges, multiple values and parts have no single number; growth
    /// promises and baselines have no number of the year.
    pub fn amount(&self) -> Option<f64> {
        self.number().map(|number| number.amount)
    }

    /// The promised growth in percent; negative for a cut. `None` for promises in other units.
    pub fn growth(&self) -> Option<f64> {
        match self {
            Meaning::Growth(number) if number.is_percent() => Some(number.amount),
            _ => None,
        }
    }

    /// The number of [`Meaning::amount`], with its written unit.
    pub fn number(&self) -> Option<Number> {
        match self {
            Meaning::Number(number) | Meaning::Bound(_, number) | Meaning::Tolerance(number) => {
                Some(number.clone())
            }
            Meaning::Pair(first, _) => first.as_deref().cloned(),
            Meaning::Rank(place) => Some(Number::bare(*place)),
            Meaning::Frequency { periods, times } => Some(Number::bare(f64::from(*periods) * times)),
            Meaning::Grade(_, inner) | Meaning::State(_, inner) => inner.as_ref()?.number(),
            Meaning::Empty
            | Meaning::NotApplicable
            | Meaning::Baseline(_)
            | Meaning::MultiValue(_)
            | Meaning::Range(..)
            | Meaning::Growth(_)
            | Meaning::Parts(_) => None,
        }
    }

    /// All numbers of a pair, of multiple values or of parts, else the single number.
    pub fn numbers(&self) -> Vec<Number> {
        match self {
            Meaning::Pair(first, second) => first.as_deref().into_iter().chain([second]).cloned().collect(),
            Meaning::MultiValue(sides) => sides.iter().flat_map(Meaning::numbers).collect(),
            Meaning::Parts(parts) => parts.iter().flat_map(|(_, part)| part.numbers()).collect(),
            Meaning::Grade(_, Some(inner)) | Meaning::State(_, Some(inner)) => inner.numbers(),
            other => other.number().into_iter().collect(),
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
