//! What a row's target requires, and how far a result achieves it.

use schemars::JsonSchema;
use serde::Serialize;

use super::formula::{Expr, Operand};
use crate::consolidate::{City, RowId};
use crate::measure;
use crate::plan::value::{Bound, Number};
use crate::plan::{Meaning, Unit, Value, YearColumn, YearKind};
use crate::project::Polarities;
use crate::project::config::Polarity;

/// What a target requires, in the unit of its row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TargetRule {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Between the two, both included.
    Between(f64, f64),
    /// At most this distance from 0, in either direction.
    Within(f64),
    /// Not a number a result can be compared with: the achievement is entered by hand.
    Manual(ManualReason),
}

/// Why an achievement cannot be calculated from a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ManualReason {
    /// There is no target for the plan year.
    NoTarget,
    /// It is a baseline (`기준점`).
    Baseline,
    /// It is words or a grade, with or without a number beside them.
    Qualitative,
    /// It has several numbers.
    Several,
    /// It promises growth against an actual that is not a number.
    NoBase,
    /// It is 0 although more is better.
    Zero,
}

/// How the number of a [`TargetRule`] is derived from the written target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TargetBasis {
    /// It is the number written.
    Written,
    /// It is the number before the brackets.
    BeforeBrackets,
    /// It is the actual in `column` of the plan's years, increased by a percentage or an amount.
    Growth {
        /// Position among the plan's years.
        column: usize,
        /// The promised growth, as written.
        promise: f64,
        /// Whether `promise` is in percent.
        percent: bool,
    },
}

impl TargetBasis {
    /// The expression that calculates the target.
    pub fn target(self) -> Expr {
        match self {
            TargetBasis::Written | TargetBasis::BeforeBrackets => Operand::Target.into(),
            TargetBasis::Growth { promise, percent: true, .. } => {
                Operand::LastActual * (Expr::from(1.0) + Expr::from(promise) / 100.0)
            }
            TargetBasis::Growth { promise, .. } => Operand::LastActual + promise,
        }
    }
}

/// How a row is measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What its target requires.
    pub rule: TargetRule,
    /// How the target's number is derived.
    pub basis: TargetBasis,
}

/// How the row `id` is measured in the plan year. `polarities` come from planbook.toml.
pub fn measure_with(city: &City, id: RowId, polarities: &Polarities<'_>) -> Measure {
    let unit = &city.row(id).unit;
    let by_hand = |why| Measure { rule: TargetRule::Manual(why), basis: TargetBasis::Written };
    let written = |rule| Measure { rule, basis: TargetBasis::Written };
    let Some(Value { meaning, .. }) = city.value(id, city.year) else {
        return by_hand(ManualReason::NoTarget);
    };
    let polarity = city.polarity(id, polarities);
    let toward = |number: &Number, basis| {
        let number = in_row(number, unit);
        match polarity {
            Polarity::Up if number == 0.0 => by_hand(ManualReason::Zero),
            Polarity::Up => Measure { rule: TargetRule::AtLeast(number), basis },
            Polarity::Down => Measure { rule: TargetRule::AtMost(number), basis },
        }
    };
    match meaning {
        Meaning::Empty | Meaning::NotApplicable => by_hand(ManualReason::NoTarget),
        Meaning::Baseline(_) => by_hand(ManualReason::Baseline),
        Meaning::Number(number) => toward(number, TargetBasis::Written),
        Meaning::Pair(Some(first), _) => toward(first, TargetBasis::BeforeBrackets),
        Meaning::Frequency { periods, times } => {
            toward(&Number::bare(f64::from(*periods) * times), TargetBasis::Written)
        }
        Meaning::Rank(place) => written(TargetRule::AtMost(*place)),
        Meaning::Tolerance(number) => written(TargetRule::Within(in_row(number, unit).abs())),
        Meaning::Bound(bound, number) => match (bound, in_row(number, unit)) {
            (Bound::AtLeast | Bound::Above, 0.0) => by_hand(ManualReason::Zero),
            (Bound::AtLeast | Bound::Above, number) => written(TargetRule::AtLeast(number)),
            (Bound::AtMost | Bound::Below, number) => written(TargetRule::AtMost(number)),
        },
        Meaning::Range(from, to) => {
            let start = in_row(&Number { amount: *from, unit: to.unit.clone() }, unit);
            let (low, high) = (start.min(in_row(to, unit)), start.max(in_row(to, unit)));
            match polarity {
                // In a ranking, places before the range are better still.
                Polarity::Down => written(TargetRule::AtMost(high)),
                Polarity::Up => written(TargetRule::Between(low, high)),
            }
        }
        Meaning::Growth(promise) => growth(city, id, promise, polarity),
        Meaning::Grade(..) | Meaning::State(..) => by_hand(ManualReason::Qualitative),
        Meaning::Pair(None, _) | Meaning::MultiValue(_) | Meaning::Parts(_) => by_hand(ManualReason::Several),
    }
}

/// `전년대비 5% 이상`: growth, or decline, against the last actual.
fn growth(city: &City, id: RowId, promise: &Number, polarity: Polarity) -> Measure {
    let Some((column, last)) = last_actual(city, id) else {
        return Measure { rule: TargetRule::Manual(ManualReason::NoBase), basis: TargetBasis::Written };
    };
    let (percent, promised) = (promise.is_percent(), promise.amount);
    let basis = TargetBasis::Growth { column, promise: promised, percent };
    let number = basis.target().eval(&|_| Some(last)).unwrap_or(last);
    let rule = match polarity {
        _ if number == 0.0 && promised >= 0.0 => TargetRule::Manual(ManualReason::Zero),
        _ if promised > 0.0 => TargetRule::AtLeast(number),
        _ if promised < 0.0 => TargetRule::AtMost(number),
        Polarity::Up => TargetRule::AtLeast(number),
        Polarity::Down => TargetRule::AtMost(number),
    };
    Measure { rule, basis }
}

/// The last actual before the plan year, if it is a number: the index of its column among the plan's years,
/// and the number in the row's unit.
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

/// A number converted to the unit of its row: 5천만건 in a row of 건 is 50,000,000, in a row of 천건 50,000.
pub(super) fn in_row(number: &Number, unit: &Unit) -> f64 {
    if number.unit.is_some() { number.amount / unit.scale } else { number.amount }
}
