//! Whether the plans below carry shares of a parent's KPI.

use crate::consolidate::{City, RowId};

/// The rows below `parent` that share its values out among them, if there are such rows.
///
/// Rows share a value out where they add up to it in most years, at least two. They are the rows of the same KPI in the
/// plans below, perhaps with one row of another plan below that has the same unit under a name of its own. Percentages
/// do not add.
pub(super) fn of(city: &City, parent: RowId) -> Option<Vec<RowId>> {
    let unit = city.units.key(&city.row(parent).unit.text.text);
    if unit == city.units.key("%") {
        return None;
    }
    let key = &city.row_keys(parent).kpi;
    let below = &city.children[parent.plan];
    let mut rows: Vec<RowId> = below
        .iter()
        .filter_map(|&plan| {
            let row = city.keys[plan].iter().position(|keys| keys.kpi == *key)?;
            Some(RowId { plan, row })
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    if add_up(city, parent, &rows) {
        return Some(rows);
    }
    let others = below.iter().filter(|&&plan| rows.iter().all(|row| row.plan != plan));
    let missing = others
        .flat_map(|&plan| (0..city.plans[plan].rows.len()).map(move |row| RowId { plan, row }))
        .filter(|&row| city.units.key(&city.row(row).unit.text.text) == unit)
        .find(|&row| {
            let with: Vec<RowId> = rows.iter().copied().chain([row]).collect();
            add_up(city, parent, &with)
        })?;
    rows.push(missing);
    rows.sort_unstable();
    Some(rows)
}

/// The sum of the rows' values of `year`, in the base of their units; `None` where one is no number or none is there. A `-` counts as nothing.
pub(super) fn sum(city: &City, rows: &[RowId], year: i32) -> Option<f64> {
    let written = |&&row: &&RowId| city.value(row, year).is_some_and(|value| !value.is_missing());
    let numbers: Option<Vec<f64>> = rows.iter().filter(written).map(|&row| city.amount(row, year)).collect();
    numbers.filter(|numbers| !numbers.is_empty()).map(|numbers| numbers.iter().sum())
}

/// Whether two numbers are the same but for the last digits of a sum.
pub(super) fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// Whether `rows` add up to `parent` in most years, at least two. A year counts where at least two rows have something
/// to add: a row that equals the parent beside empty ones shares nothing out.
fn add_up(city: &City, parent: RowId, rows: &[RowId]) -> bool {
    let (mut years, mut equal_years) = (0, 0);
    for column in &city.plans[parent.plan].years {
        let adding =
            rows.iter().filter(|&&row| city.amount(row, column.year).is_some_and(|number| number != 0.0));
        let (Some(value), Some(sum)) = (city.amount(parent, column.year), sum(city, rows, column.year))
        else {
            continue;
        };
        if adding.count() >= 2 {
            years += 1;
            equal_years += usize::from(equal(value, sum));
        }
    }
    equal_years >= 2 && equal_years * 2 > years
}
