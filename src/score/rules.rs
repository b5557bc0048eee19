//! The rules of the score, each as one calculation: evaluated here, and printed on the scorecards as a formula.

use super::formula::{Condition, Expr, Input};
use super::measure::TargetRule;
use crate::project::scoring::{Lower, Scoring};

/// Decimals of an achievement as it is shown: 0.9 %. What is shown is what is graded.
const SHOWN_DECIMALS: u8 = 3;

impl TargetRule {
    /// How far a result reaches the target, a share within floor and cap. `None` where a person has to say it.
    pub fn achievement(self, lower: Lower) -> Option<Expr> {
        let result = || Expr::from(Input::Result);
        let share = match self {
            TargetRule::AtLeast(target) => higher_is_better(result(), target, Input::Target.into()),
            TargetRule::AtMost(target) => lower_is_better(result(), target, Input::Target.into(), lower),
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
        Some(Condition::IsNumber(Input::Result).then(bounded(share), Expr::Nothing))
    }

    /// The target, where it is one number.
    pub fn number(self) -> Option<f64> {
        match self {
            TargetRule::AtLeast(number) | TargetRule::AtMost(number) => Some(number),
            TargetRule::Between(..) | TargetRule::Within(_) | TargetRule::Manual(_) => None,
        }
    }

    /// The achievement of `result`, a share within floor and cap. `None` where a person has to say it.
    pub fn reached(self, result: f64, rules: &Scoring) -> Option<f64> {
        self.achievement(rules.lower)?.eval(&|input| match input {
            Input::Result => Some(result),
            Input::Target => self.number(),
            _ => limit(input, rules),
        })
    }
}

/// Achievement where more is better. Below 0 the same distance counts the same way. `target` is `number`.
fn higher_is_better(result: Expr, number: f64, target: Expr) -> Expr {
    match number {
        number if number > 0.0 => result / target,
        number if number < 0.0 => Expr::from(2.0) - result / target,
        _ => result.is_at_least(0.0).then(1.0, 0.0),
    }
}

/// Achievement where less is better. `target` is `number`.
fn lower_is_better(result: Expr, number: f64, target: Expr, lower: Lower) -> Expr {
    match (lower, number) {
        (Lower::Inverse, number) if number > 0.0 => {
            result.clone().is_at_most(0.0).then(Input::Cap, target / result)
        }
        (_, number) if number > 0.0 => Expr::from(2.0) - result / target,
        (_, number) if number < 0.0 => result / target,
        _ => result.is_at_most(0.0).then(1.0, 0.0),
    }
}

/// `share` within floor and cap.
fn bounded(share: Expr) -> Expr {
    Expr::from(Input::Floor).max(Expr::from(Input::Cap).min(share))
}

/// Floor and cap as shares.
fn limit(input: Input, rules: &Scoring) -> Option<f64> {
    match input {
        Input::Floor => Some(rules.floor / 100.0),
        Input::Cap => Some(rules.cap / 100.0),
        _ => None,
    }
}

/// `share` within floor and cap.
pub fn within_limits(share: f64, rules: &Scoring) -> f64 {
    bounded(share.into()).eval(&|input| limit(input, rules)).unwrap_or(share)
}

/// The achievement as it is shown and graded: in percent with one decimal.
pub fn as_shown() -> Expr {
    Expr::from(Input::Achievement).rounded(SHOWN_DECIMALS)
}

/// `share` as it is shown and graded.
pub fn shown(share: f64) -> f64 {
    as_shown().eval(&|_| Some(share)).unwrap_or(share)
}

/// The name of the grade that `share` is given as it is shown; empty below the lowest.
pub fn grade(share: f64, rules: &Scoring) -> &str {
    let share = shown(share);
    rules.ascending().iter().rev().find(|grade| grade.share() <= share).map_or("", |grade| &grade.name)
}

/// Weight × achievement. One that a person typed may lie beyond floor and cap.
pub fn score() -> Expr {
    let achievement = bounded(Input::Achievement.into());
    Condition::IsNumber(Input::Achievement).then(Input::Weight * achievement, Expr::Nothing)
}

/// By how much the result, or before there is one the target, differs from the last actual: in `points` where the unit is %,
/// else as a share of the actual. Without a target that is a number there is nothing before the result.
pub fn change(points: bool, has_target: bool) -> Expr {
    let last = || Expr::from(Input::LastActual);
    let difference = |now: Expr| if points { now - last() } else { (now - last()) / last().abs() };
    let has_result = Condition::IsNumber(Input::Result);
    if has_target {
        difference(has_result.then(Input::Result, Input::Target))
    } else {
        has_result.then(difference(Input::Result.into()), Expr::Nothing)
    }
}
