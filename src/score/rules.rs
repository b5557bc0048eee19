//! The score rules, each one expression: evaluated here, and printed on the scorecards as a formula.

use super::formula::{Condition, Expr, Operand};
use super::measure::TargetRule;
use crate::project::scoring::{Lower, Scoring};

/// Decimals of a displayed achievement: 0.9 %. Grades use the displayed value.
const SHOWN_DECIMALS: u8 = 3;

impl TargetRule {
    /// The achievement, a share within floor and cap. `None` where it must be entered by hand.
    pub fn achievement(self, lower: Lower) -> Option<Expr> {
        let result = || Expr::from(Operand::Result);
        let share = match self {
            TargetRule::AtLeast(target) => higher_is_better(result(), target, Operand::Target.into()),
            TargetRule::AtMost(target) => lower_is_better(result(), target, Operand::Target.into(), lower),
            TargetRule::Between(low, high) => {
                let below = higher_is_better(result(), low, low.into());
                let above = lower_is_better(result(), high, high.into(), lower);
                result().is_less(low).then(below, result().is_greater(high).then(above, 1.0))
            }
            TargetRule::Within(bound) => {
                let outside = lower_is_better(result().abs(), bound, bound.into(), lower);
                result().abs().is_at_most(bound).then(1.0, outside)
            }
            TargetRule::Manual(_) => return None,
        };
        Some(Condition::IsNumber(Operand::Result).then(bounded(share), Expr::Nothing))
    }

    /// The target, where it is one number.
    pub fn number(self) -> Option<f64> {
        match self {
            TargetRule::AtLeast(number) | TargetRule::AtMost(number) => Some(number),
            TargetRule::Between(..) | TargetRule::Within(_) | TargetRule::Manual(_) => None,
        }
    }

    /// The achievement of `result`, a share within floor and cap. `None` where it must be entered by hand.
    pub fn reached(self, result: f64, rules: &Scoring) -> Option<f64> {
        self.achievement(rules.lower)?.eval(&|input| match input {
            Operand::Result => Some(result),
            Operand::Target => self.number(),
            _ => limit(input, rules),
        })
    }
}

/// Achievement where more is better. Below 0, equal distances count equally. `number` is the value of
/// `target`.
fn higher_is_better(result: Expr, number: f64, target: Expr) -> Expr {
    match number {
        number if number > 0.0 => result / target,
        number if number < 0.0 => Expr::from(2.0) - result / target,
        _ => result.is_at_least(0.0).then(1.0, 0.0),
    }
}

/// Achievement where less is better. `number` is the value of `target`.
fn lower_is_better(result: Expr, number: f64, target: Expr, lower: Lower) -> Expr {
    match (lower, number) {
        (Lower::Inverse, number) if number > 0.0 => {
            result.clone().is_at_most(0.0).then(Operand::Cap, target / result)
        }
        (_, number) if number > 0.0 => Expr::from(2.0) - result / target,
        (_, number) if number < 0.0 => result / target,
        _ => result.is_at_most(0.0).then(1.0, 0.0),
    }
}

/// `share` within floor and cap.
fn bounded(share: Expr) -> Expr {
    Expr::from(Operand::Floor).max(Expr::from(Operand::Cap).min(share))
}

/// Floor and cap as shares.
fn limit(input: Operand, rules: &Scoring) -> Option<f64> {
    match input {
        Operand::Floor => Some(rules.floor / 100.0),
        Operand::Cap => Some(rules.cap / 100.0),
        _ => None,
    }
}

/// `share` within floor and cap.
pub fn within_limits(share: f64, rules: &Scoring) -> f64 {
    bounded(share.into()).eval(&|input| limit(input, rules)).unwrap_or(share)
}

/// The achievement as displayed and graded: in percent with one decimal.
pub fn as_shown() -> Expr {
    Expr::from(Operand::Achievement).rounded(SHOWN_DECIMALS)
}

/// `share` as displayed and graded.
pub fn shown(share: f64) -> f64 {
    as_shown().eval(&|_| Some(share)).unwrap_or(share)
}

/// The grade of `share` as displayed; empty below the lowest grade.
pub fn grade(share: f64, rules: &Scoring) -> &str {
    let share = shown(share);
    rules.ascending().iter().rev().find(|grade| grade.share() <= share).map_or("", |grade| &grade.name)
}

/// Weight × achievement, the latter within floor and cap even where it was typed.
pub fn score() -> Expr {
    let achievement = bounded(Operand::Achievement.into());
    Condition::IsNumber(Operand::Achievement).then(Operand::Weight * achievement, Expr::Nothing)
}

/// The change of the result (of the target while there is no result) from the last actual: in `points` where
/// the unit is %, else as a share of the actual. Empty without a result where the target is not a number.
pub fn change(points: bool, has_target: bool) -> Expr {
    let last = || Expr::from(Operand::LastActual);
    let difference = |now: Expr| if points { now - last() } else { (now - last()) / last().abs() };
    let has_result = Condition::IsNumber(Operand::Result);
    if has_target {
        difference(has_result.then(Operand::Result, Operand::Target))
    } else {
        has_result.then(difference(Operand::Result.into()), Expr::Nothing)
    }
}
