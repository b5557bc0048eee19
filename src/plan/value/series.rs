//! The values of a KPI over the years, read together.
//!
//! In `185(1,825)`, `251(2,076)` the second number is a running total; in `9.38 (9.07)`, `9.35 (9.35)` it is
//! another measurement. A single value does not tell, the series does.

use super::{Meaning, Value};
use crate::plan::Unit;

/// One step of a running total: the total before, what was added, the total as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Position of the value among the row's years.
    pub index: usize,
    /// The total before this step.
    pub previous: f64,
    /// What this step adds.
    pub added: f64,
    /// The total as printed.
    pub printed: f64,
}

impl Step {
    /// The total that would be right.
    pub fn expected(&self) -> f64 {
        self.previous + self.added
    }

    /// Whether the printed total is right.
    pub fn adds_up(&self) -> bool {
        same(self.expected(), self.printed)
    }
}

/// The steps of the running total that `values`, the values of a row by year, hold in brackets.
///
/// `None` where no pair stands, or where pairs are two measurements: where neither the KPI nor the unit says
/// 누계 and no step adds up, or where the unit names a second measure in brackets (`㎡ (개소)`). A total written
/// before the brackets, and what was added inside them, is found too. After a total that is wrong, the next step
/// may go on from either the printed total or the right one, so that one slip is one step.
pub fn running_total(values: &[Value], kpi: &str, unit: &Unit) -> Option<Vec<Step>> {
    let says_so = says_total(kpi) || says_total(&unit.text.text);
    if !says_so && names_second_measure(&unit.text.text) {
        return None;
    }
    let total_last = steps(values, |first, second| (first, second));
    if total_last.iter().any(is_evidence) {
        return Some(total_last);
    }
    let total_first = steps(values, |first, second| (second, first));
    if total_first.iter().any(is_evidence) {
        return Some(total_first);
    }
    (says_so && !total_last.is_empty()).then_some(total_last)
}

fn says_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["누계", "누적", "cumulative", "running total", "accumulated"].iter().any(|word| lower.contains(word))
}

fn names_second_measure(unit: &str) -> bool {
    unit.split_once(['(', '（']).is_some_and(|(first, _)| !first.trim().is_empty())
}

/// Whether the step cannot well add up by chance: something is added to something.
fn is_evidence(step: &Step) -> bool {
    step.adds_up() && step.added != 0.0 && step.previous != 0.0
}

/// The steps of `values`, where `order` puts a pair's numbers as what was added and the total.
fn steps(values: &[Value], order: fn(f64, f64) -> (f64, f64)) -> Vec<Step> {
    let mut found = Vec::new();
    // The totals that the next step may start from; none where the total so far is unknown.
    let mut before: Vec<f64> = Vec::new();
    let mut blank_so_far = false;
    for (index, value) in values.iter().enumerate() {
        match &value.meaning {
            Meaning::Pair(first, second) => {
                let first = first.as_ref().map_or(0.0, |number| number.amount);
                let (added, printed) = order(first, second.amount);
                let step = |previous| Step { index, previous, added, printed };
                let right = before.iter().copied().map(step).find(Step::adds_up);
                let from_nothing = blank_so_far.then(|| step(0.0)).filter(Step::adds_up);
                let step = right.or(before.first().copied().map(step)).or(from_nothing);
                before = vec![printed];
                before.extend(step.filter(|step| !step.adds_up()).map(|step| step.expected()));
                found.extend(step);
                blank_so_far = false;
            }
            // A bare number may be the total so far or what the year adds to it.
            Meaning::Number(number) => {
                let totals = before.iter().map(|total| total + number.amount);
                before = std::iter::once(number.amount).chain(totals).collect();
                blank_so_far = false;
            }
            Meaning::Empty | Meaning::Dash => blank_so_far |= index == 0,
            _ => {
                before.clear();
                blank_so_far = false;
            }
        }
    }
    found
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}
