//! Series of values with a running total.

use crate::consolidate::{City, RowId};
use crate::plan::Meaning;

/// Words in a KPI or unit that say its values carry a running total.
const WORDS: [&str; 3] = ["누계", "누적", "cumulative"];

/// A year's value and total beside the total before.
pub(super) struct Step {
    pub(super) year: i32,
    pub(super) year_before: i32,
    pub(super) before: f64,
    pub(super) added: f64,
    pub(super) total: f64,
}

impl Step {
    pub(super) fn adds_up(&self, tolerance: f64) -> bool {
        (self.before + self.added - self.total).abs() <= tolerance + 1e-6
    }
}

/// The steps of a row whose values carry a running total; none where the numbers in brackets are something else.
///
/// They are a running total where KPI or unit says so, or where a step that adds something adds up. A first value without
/// brackets is its own total if the next step bears it out.
pub(super) fn running_steps(city: &City, row: RowId) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut before: Option<(i32, f64, bool)> = None;
    for (column, value) in city.plans[row.plan].years.iter().zip(&city.row(row).values) {
        let year = column.year;
        match &value.meaning {
            Meaning::Pair(added, total) => {
                let added = added.as_ref().map_or(0.0, |number| number.amount);
                let total = total.amount;
                if let Some((year_before, before, sure)) = before {
                    let step = Step { year, year_before, before, added, total };
                    if sure || step.adds_up(0.0) {
                        steps.push(step);
                    }
                }
                before = Some((year, total, true));
            }
            Meaning::Number(number) if before.is_none() => before = Some((year, number.amount, false)),
            Meaning::Empty | Meaning::Dash => {}
            _ => before = None,
        }
    }
    let indicator = city.row(row);
    let said = WORDS.iter().any(|word| {
        indicator.kpi.text.to_lowercase().contains(word) || indicator.unit.text.text.contains(word)
    });
    if said || steps.iter().any(|step| step.added != 0.0 && step.adds_up(0.0)) { steps } else { Vec::new() }
}
