//! What a row's target asks for, and how far a result reaches it.

use serde::Serialize;

use crate::consolidate::{City, RowId};
use crate::measure;
use crate::plan::value::{Bound, Number};
use crate::plan::{Meaning, Unit, Value, YearColumn, YearKind};
use crate::project::Directions;
use crate::project::config::Direction;
use crate::project::scoring::{Lower, Scoring};

/// What a target asks for, in the unit of its row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Between the two, both included.
    Between(f64, f64),
    /// No farther than this from 0, to either side.
    Within(f64),
    /// No number that a result could be held against: a person gives the achievement.
    ByHand(ByHand),
}

/// Why a target gives no achievement by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ByHand {
    /// There is no target for the plan year.
    NoTarget,
    /// It is a base line (`기준점`).
    Baseline,
    /// It is words or a grade, with or without a number beside them.
    Qualitative,
    /// It has several numbers.
    Several,
    /// It promises growth on an actual that is no number.
    NoBase,
    /// It is 0 of something of which more is better.
    Zero,
}

/// How the number of an [`Aim`] follows from the target as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// It is the number written.
    Written,
    /// It is the number before the brackets.
    BeforeBrackets,
    /// It is so much (a part of 1, or an amount) more than the actual in the column at `column` of the plan's years.
    Growth {
        /// Position among the plan's years.
        column: usize,
        /// What is promised, as written.
        promise: f64,
        /// Whether `promise` is in percent.
        percent: bool,
    },
}

/// How a row is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What its target asks for.
    pub aim: Aim,
    /// Where the number comes from.
    pub basis: Basis,
}

/// How the row `id` is measured in the plan year. `directions` come from planbook.toml.
pub fn measure_with(city: &City, id: RowId, directions: &Directions<'_>) -> Measure {
    let unit = &city.row(id).unit;
    let by_hand = |why| Measure { aim: Aim::ByHand(why), basis: Basis::Written };
    let written = |aim| Measure { aim, basis: Basis::Written };
    let Some(Value { meaning, .. }) = city.value(id, city.year) else { return by_hand(ByHand::NoTarget) };
    let direction = city.direction(id, directions);
    let toward = |number: &Number, basis| {
        let number = in_row(number, unit);
        match direction {
            Direction::Up if number == 0.0 => by_hand(ByHand::Zero),
            Direction::Up => Measure { aim: Aim::AtLeast(number), basis },
            Direction::Down => Measure { aim: Aim::AtMost(number), basis },
        }
    };
    match meaning {
        Meaning::Empty | Meaning::Dash => by_hand(ByHand::NoTarget),
        Meaning::Baseline(_) => by_hand(ByHand::Baseline),
        Meaning::Number(number) => toward(number, Basis::Written),
        Meaning::Pair(Some(first), _) => toward(first, Basis::BeforeBrackets),
        Meaning::Frequency { periods, times } => {
            toward(&Number::bare(f64::from(*periods) * times), Basis::Written)
        }
        Meaning::Rank(place) => written(Aim::AtMost(*place)),
        Meaning::Tolerance(number) => written(Aim::Within(in_row(number, unit).abs())),
        Meaning::Bound(bound, number) => match (bound, in_row(number, unit)) {
            (Bound::AtLeast | Bound::Above, 0.0) => by_hand(ByHand::Zero),
            (Bound::AtLeast | Bound::Above, number) => written(Aim::AtLeast(number)),
            (Bound::AtMost | Bound::Below, number) => written(Aim::AtMost(number)),
        },
        Meaning::Range(from, to) => {
            let start = in_row(&Number { amount: *from, unit: to.unit.clone() }, unit);
            let (low, high) = (start.min(in_row(to, unit)), start.max(in_row(to, unit)));
            match direction {
                // Of places in a ranking, those before the range are better still.
                Direction::Down => written(Aim::AtMost(high)),
                Direction::Up => written(Aim::Between(low, high)),
            }
        }
        Meaning::Growth(promise) => growth(city, id, promise, direction),
        Meaning::Grade(..) | Meaning::State(..) => by_hand(ByHand::Qualitative),
        Meaning::Pair(None, _) | Meaning::Sides(_) | Meaning::Parts(_) => by_hand(ByHand::Several),
    }
}

/// `전년대비 5% 이상`: so much more, or less, than the last actual.
fn growth(city: &City, id: RowId, promise: &Number, direction: Direction) -> Measure {
    let Some((column, last)) = last_actual(city, id) else {
        return Measure { aim: Aim::ByHand(ByHand::NoBase), basis: Basis::Written };
    };
    let (percent, promised) = (promise.is_percent(), promise.amount);
    let number = if percent { last * (1.0 + promised / 100.0) } else { last + promised };
    let aim = match direction {
        _ if number == 0.0 && promised >= 0.0 => Aim::ByHand(ByHand::Zero),
        _ if promised > 0.0 => Aim::AtLeast(number),
        _ if promised < 0.0 => Aim::AtMost(number),
        Direction::Up => Aim::AtLeast(number),
        Direction::Down => Aim::AtMost(number),
    };
    Measure { aim, basis: Basis::Growth { column, promise: promised, percent } }
}

/// The last actual before the plan year, if it is a number: position of its column among the plan's years, and the number in
/// the unit of the row. A promise against it says nothing where it is none.
pub fn last_actual(city: &City, id: RowId) -> Option<(usize, f64)> {
    let (year, column, number) = measure::last_actual(city, id)?;
    let is_later = |other: &YearColumn| {
        other.kind == Some(YearKind::Actual) && (year + 1..city.year).contains(&other.year)
    };
    if city.plans[id.plan].years.iter().any(is_later) {
        return None;
    }
    Some((column, number / city.row(id).unit.scale))
}

/// A number in the unit of its row: 5천만건 in a row of 건 is 50,000,000, in one of 천건 50,000.
pub(super) fn in_row(number: &Number, unit: &Unit) -> f64 {
    if number.unit.is_some() { number.amount / unit.scale } else { number.amount }
}

impl Aim {
    /// The achievement of `result` as a part of 1, within floor and cap. `None` where a person has to give it.
    pub fn reached(self, result: f64, rules: &Scoring) -> Option<f64> {
        let share = match self {
            Aim::AtLeast(target) => more(result, target),
            Aim::AtMost(target) => less(result, target, rules),
            Aim::Between(low, high) => match result {
                result if result < low => more(result, low),
                result if result > high => less(result, high, rules),
                _ => 1.0,
            },
            Aim::Within(bound) if result.abs() <= bound => 1.0,
            Aim::Within(bound) => less(result.abs(), bound, rules),
            Aim::ByHand(_) => return None,
        };
        Some(rules.bounded(share))
    }
}

/// Achievement where more is better. Below 0 the same distance counts the same way.
fn more(result: f64, target: f64) -> f64 {
    match target {
        target if target > 0.0 => result / target,
        target if target < 0.0 => 2.0 - result / target,
        _ if result >= 0.0 => 1.0,
        _ => 0.0,
    }
}

/// Achievement where less is better.
fn less(result: f64, target: f64, rules: &Scoring) -> f64 {
    match (rules.lower, target) {
        (Lower::Inverse, target) if target > 0.0 && result <= 0.0 => rules.cap / 100.0,
        (Lower::Inverse, target) if target > 0.0 => target / result,
        (_, target) if target > 0.0 => 2.0 - result / target,
        (_, target) if target < 0.0 => result / target,
        _ if result <= 0.0 => 1.0,
        _ => 0.0,
    }
}
