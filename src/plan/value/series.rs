//! Interprets the values of a KPI over the years together.
//!
//! In `185(1,825)`, `251(2,076)` the second number is a running total; in `9.38 (9.07)`, `9.35 (9.35)` it is
//! another measurement. Only the series shows which.

use super::{Meaning, Value};
use crate::plan::Unit;

/// One step of a running total: the total before, the amount added, the total as printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TotalStep {
    /// Position of the value among the row's years.
    pub index: usize,
    /// The total before this step.
    pub previous: f64,
    /// The amount added.
    pub added: f64,
    /// The total as printed.
    pub printed: f64,
}

impl TotalStep {
    /// The correct total.
    pub fn expected(&self) -> f64 {
        self.previous + self.added
    }

    /// Whether the printed total is correct.
    pub fn adds_up(&self) -> bool {
        same(self.expected(), self.printed)
    }
}

/// The steps of the running total in brackets in `values`, the values of a row by year.
///
/// `None` if there is no pair, or if pairs are two measurements: neither the KPI nor the unit says 누계 and no
/// step adds up, or the unit names a second measure in brackets (`㎡ (개소)`). The reverse order, total before
/// the brackets and addition inside, is recognised too. After a wrong total, the next step may continue from
/// the printed or the correct one, so that one mistake yields one wrong step.
pub fn running_total(values: &[Value], kpi: &str, unit: &Unit) -> Option<Vec<TotalStep>> {
    if !values.iter().any(|value| matches!(value.meaning, Meaning::Pair(..))) {
        return None;
    }
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

/// Whether the step is unlikely to add up by chance: both the total before and the addition are non-zero.
fn is_evidence(step: &TotalStep) -> bool {
    step.adds_up() && step.added != 0.0 && step.previous != 0.0
}

/// The steps of `values`; `order` turns a pair's numbers into (added, total).
fn steps(values: &[Value], order: fn(f64, f64) -> (f64, f64)) -> Vec<TotalStep> {
    let mut found = Vec::new();
    // The totals from which the next step may start; empty if the total so far is unknown.
    let mut before: Vec<f64> = Vec::new();
    let mut blank_so_far = false;
    for (index, value) in values.iter().enumerate() {
        match &value.meaning {
            Meaning::Pair(first, second) => {
                let first = first.as_ref().map_or(0.0, |number| number.amount);
                let (added, printed) = order(first, second.amount);
                let step = |previous| TotalStep { index, previous, added, printed };
                let right = before.iter().copied().map(step).find(TotalStep::adds_up);
                let from_nothing = blank_so_far.then(|| step(0.0)).filter(TotalStep::adds_up);
                let step = right.or(before.first().copied().map(step)).or(from_nothing);
                before = vec![printed];
                before.extend(step.filter(|step| !step.adds_up()).map(|step| step.expected()));
                found.extend(step);
                blank_so_far = false;
            }
            // A bare number may be the total so far or the year's addition.
            Meaning::Number(number) => {
                let totals = before.iter().map(|total| total + number.amount);
                before = std::iter::once(number.amount).chain(totals).collect();
                blank_so_far = false;
            }
            Meaning::Empty | Meaning::NotApplicable if index == 0 => blank_so_far = true,
            // Nothing was added, or the addition is not entered yet.
            Meaning::NotApplicable => {}
            Meaning::Empty => before.clear(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Text;
    use crate::source::CellRef;

    /// Position, correct total and whether the printed one is correct, for each step.
    fn steps_of(values: &[&str], kpi: &str, unit: &str) -> Option<Vec<(usize, f64, bool)>> {
        let text = |text: &str| Text::new(text, CellRef::default());
        let values: Vec<Value> = values.iter().map(|value| Value::read(text(value))).collect();
        let steps = running_total(&values, kpi, &Unit::read(text(unit)))?;
        Some(steps.iter().map(|step| (step.index, round(step.expected()), step.adds_up())).collect())
    }

    fn round(number: f64) -> f64 {
        (number * 1e6).round() / 1e6
    }

    #[test]
    fn a_total_that_does_not_add_up_is_one_step() {
        let steps =
            steps_of(&["127(491)", "260(751)", "411(1,142)", "600(1,742)"], "저상버스 도입대수", "대");
        assert_eq!(steps, Some(vec![(1, 751.0, true), (2, 1162.0, false), (3, 1742.0, true)]));
        let steps = steps_of(&["21(22)", "35(58)", "18(75)", "16(91)"], "확충 수(누계)", "개소");
        assert_eq!(steps, Some(vec![(1, 57.0, false), (2, 75.0, true), (3, 91.0, true)]));
    }

    #[test]
    fn totals_start_from_nothing_from_a_number_or_from_the_years_before() {
        let right = |steps: &[(usize, f64)]| Some(steps.iter().map(|&(i, total)| (i, total, true)).collect());
        assert_eq!(
            steps_of(&["-", "8 (8)", "17 (25)", "45 (70)"], "공정률", "%"),
            right(&[(1, 8.0), (2, 25.0), (3, 70.0)])
        );
        assert_eq!(
            steps_of(&["130", "110(240)", "25(265)", "-"], "역사수", "개역"),
            right(&[(1, 240.0), (2, 265.0)])
        );
        assert_eq!(
            steps_of(&["- (67.9)", "22.4 (90.3)", "15.4 (105.7)"], "연장", "km"),
            right(&[(1, 90.3), (2, 105.7)])
        );
        assert_eq!(
            steps_of(&["", "7(7)", "2(9)", "-(9)"], "개소수 (누계)", "개소"),
            right(&[(1, 7.0), (2, 9.0), (3, 9.0)])
        );
        assert_eq!(steps_of(&["5(10)", "20", "5(35)"], "실적", "건(누계)"), right(&[(2, 35.0)]));
        assert_eq!(
            steps_of(&["22(22)", "57(35)", "75(18)"], "확충 수(누계)", "개소"),
            right(&[(1, 57.0), (2, 75.0)])
        );
    }

    #[test]
    fn two_measurements_are_not_a_total() {
        for (values, unit) in [
            (["-", "9.38 (9.07)", "9.35 (9.35)", "9.40 (9.40)"], "점"),
            (["1 (45)", "0 (45)", "2 (64)", "4 (100)"], "% (개소)"),
            (["24 (62)", "59 (121)", "30 (80)", "30 (80)"], "㎡ (개소)"),
            (["255 (725)", "785 (750)", "987 (850)", "1,200 (1,000)"], "kW"),
            (["10", "20", "30", "40"], "건"),
        ] {
            assert_eq!(steps_of(&values, "지표", unit), None, "{values:?}");
        }
    }
}
