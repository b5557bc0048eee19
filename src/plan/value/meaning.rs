//! The meaning of a value.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::bound::Bound;
use super::number::Number;

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
    /// second is a running total or another measurement shows in the series: see [`super::series`].
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
