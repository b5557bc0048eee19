//! Checks of what plans cite of their parents and of the city.

pub(super) mod cited_kpi;
pub(super) mod cited_target;
pub(super) mod city_target;
pub(super) mod missing_parent;

use crate::plan::Value;

/// Whether two printed values give the same target.
fn agree(cited: &Value, own: &Value, tolerance: f64) -> bool {
    let folded = |value: &Value| value.text.text.split_whitespace().collect::<String>();
    let numbers = |value: &Value| -> Vec<f64> {
        let text = folded(value).replace(',', "");
        text.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|part| part.parse().ok()).collect()
    };
    let (a, b) = (numbers(cited), numbers(own));
    folded(cited) == folded(own)
        || (a.len() == 1 && b.iter().any(|number| (a[0] - number).abs() <= tolerance + 1e-9))
}
