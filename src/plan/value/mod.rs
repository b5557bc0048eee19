//! The value of a KPI for a year: the text as written, and what it means.
//!
//! `docs/values.md` shows the grammar with an example for each form.

mod bound;
mod compare;
mod fold;
mod grade;
mod grammar;
mod growth;
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

/// A value as written and as understood.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// The cell as its reader sees it.
    pub text: Text,
    /// What it means.
    pub meaning: Meaning,
}

/// What a value means.
///
/// Numbers are in the unit of the row unless they carry a unit or scale of their own. A number written
/// with a scale (`6천만건`) is multiplied out, so that it compares with one written in full.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Meaning {
    /// Nothing is written.
    #[default]
    Empty,
    /// `-`, `N/A`: nothing was measured or planned.
    Dash,
    /// `기준점`, `기준점 +0.5`: the base from which later years count, perhaps with a change.
    Baseline(f64),
    /// `28,604`, `70.0`, `6천만건`, `44.5%`.
    Number(Number),
    /// `21(22)`, `9.38 (9.07)`, `11 (34개소)`, `- (7.36)`: a value and a second one in brackets. Whether the
    /// second is a running total or another measurement shows in the series: see [`series`].
    Pair(Option<Box<Number>>, Number),
    /// `8,804 / 5,206`, `30 10`: numbers side by side, without names.
    Sides(Vec<Meaning>),
    /// `±7`: a tolerance to either side.
    Tolerance(Number),
    /// `75점이상`, `3건이하`: a bound.
    Bound(Bound, Number),
    /// `84~86위`: from the first, which is in the second's unit, to the second.
    Range(f64, Number),
    /// `83위`: a place in a ranking; 1 is best.
    Rank(f64),
    /// `전년대비 5% 이상`, `1%이상 감축`: a promise against the year before; negative for a cut.
    Growth(Number),
    /// `중 (65점이상)`, `나급 이상`: a grade, perhaps with the points it stands for.
    Grade(Arc<str>, Option<Box<Meaning>>),
    /// `응대율 80 배차율 80`, `신규 12 부적격자 조치10`: parts with labels, some of which may be empty.
    Parts(Vec<(Arc<str>, Meaning)>),
    /// `반기별 1회`: so many times in each of so many periods a year.
    Frequency {
        /// Periods in a year: 2 for half-years.
        periods: u16,
        /// Times in each period.
        times: f64,
    },
    /// `도입`, `신규`, `설계완료 38.2`: words, perhaps with a number.
    State(Arc<str>, Option<Box<Meaning>>),
}

impl Value {
    /// Reads a value. Whatever is written has a meaning: what is no number is a [`Meaning::State`].
    pub fn read(text: Text) -> Self {
        let meaning = grammar::read(text.text.trim());
        Self { text, meaning }
    }

    /// Whether the number is given only roughly: `약 80`.
    pub fn is_rough(&self) -> bool {
        grammar::is_rough(&self.text.text)
    }

    /// Whether nothing is written, or a `-`.
    pub fn is_missing(&self) -> bool {
        matches!(self.meaning, Meaning::Empty | Meaning::Dash)
    }

    /// The one number that a person would take for the value of the year: see [`Meaning::amount`].
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
    /// The one number that a person would take for the value of the year.
    ///
    /// It is the number of a plain number, bound, tolerance, grade or state, the place of a rank, the first of a
    /// pair, the times a year of a frequency. Ranges, sides and parts have no single number, promises of
    /// growth and baselines no number of the year.
    pub fn amount(&self) -> Option<f64> {
        self.number().map(|number| number.amount)
    }

    /// What a promise of growth promises, in percent; negative for a cut. `None` for promises in other units.
    pub fn growth(&self) -> Option<f64> {
        match self {
            Meaning::Growth(number) if number.is_percent() => Some(number.amount),
            _ => None,
        }
    }

    /// The number behind [`Meaning::amount`], with the unit written at it.
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
            | Meaning::Dash
            | Meaning::Baseline(_)
            | Meaning::Sides(_)
            | Meaning::Range(..)
            | Meaning::Growth(_)
            | Meaning::Parts(_) => None,
        }
    }

    /// Every number of a pair, of sides and of parts, else the one number there is.
    pub fn numbers(&self) -> Vec<Number> {
        match self {
            Meaning::Pair(first, second) => first.as_deref().into_iter().chain([second]).cloned().collect(),
            Meaning::Sides(sides) => sides.iter().flat_map(Meaning::numbers).collect(),
            Meaning::Parts(parts) => parts.iter().flat_map(|(_, part)| part.numbers()).collect(),
            Meaning::Grade(_, Some(inner)) | Meaning::State(_, Some(inner)) => inner.numbers(),
            other => other.number().into_iter().collect(),
        }
    }
}

/// A number as people write it in a message: no needless decimals, no exponent, no thousands separators.
pub fn show_number(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// A number as people write it in a sentence: as [`show_number`], with separators between the thousands.
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

/// A count as people write it in a sentence, with separators between the thousands.
pub fn show_count(count: usize) -> String {
    u32::try_from(count).map_or_else(|_| count.to_string(), |count| show_amount(f64::from(count)))
}

/// A value as it is written, but a mere number with separators between the thousands.
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
