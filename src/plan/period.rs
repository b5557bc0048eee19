//! Values of periods other than whole years, and of other kinds than actual and target.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Text, Unit, Value, YearKind};

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum YearPart {
    /// A half, 1 or 2.
    Half(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A numbered period of unknown length (`Period 3`).
    Number(u8),
}

/// `H1`, `Q3`, `M12`, `P3`, as in `data/*.json`.
impl fmt::Display for YearPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (letter, number) = match self {
            YearPart::Half(number) => ('H', number),
            YearPart::Quarter(number) => ('Q', number),
            YearPart::Month(number) => ('M', number),
            YearPart::Number(number) => ('P', number),
        };
        write!(f, "{letter}{number}")
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// 실적: reached.
    Actual,
    /// 목표: to be reached.
    Target,
    /// 기준: where the plan starts from.
    Baseline,
    /// 전망: expected.
    Forecast,
}

impl ValueKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Actual, Self::Target, Self::Baseline, Self::Forecast];

    /// Its fixed name, as in `data/*.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Actual => "actual",
            Self::Target => "target",
            Self::Baseline => "baseline",
            Self::Forecast => "forecast",
        }
    }
}

impl From<YearKind> for ValueKind {
    fn from(kind: YearKind) -> Self {
        match kind {
            YearKind::Actual => ValueKind::Actual,
            YearKind::Target => ValueKind::Target,
        }
    }
}

/// A value of a part of a year, or one beside the values of the plan's years: a baseline, a forecast, a
/// second kind of the same year, a value whose year the form does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodValue {
    /// The year; none if neither the form nor the folder says it.
    pub year: Option<i32>,
    /// Years from the plan year, if the form says only that (`전년도`): -1 is the year before.
    pub distance: i32,
    /// The part of the year; none for the whole year.
    pub part: Option<YearPart>,
    /// What the value is.
    pub kind: ValueKind,
    /// The heading as written.
    pub label: Arc<str>,
    /// The value.
    pub value: Value,
}

impl PeriodValue {
    /// The number in the base of `unit` (명 if the unit is 천명).
    pub fn amount(&self, unit: &Unit) -> Option<f64> {
        Some(self.value.meaning.number()?.in_base(unit))
    }

    /// The cell's text.
    pub fn text(&self) -> &Text {
        &self.value.text
    }
}
