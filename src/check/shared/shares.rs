//! Whether the plans below have shares of a parent's KPI.

use crate::consolidate::{City, RowId, RowKeys};
use crate::plan::Value;

/// The rows below `parent` whose values are shares of its values, if any.
///
/// Rows are shares if they add up to the value in most years, at least two. They are the rows of the same KPI
/// in the plans below, possibly with one row of another plan below that has the same unit under a different
/// name. Percentages do not add.
pub(super) fn of(city: &City, parent: RowId) -> Option<Vec<RowId>> {
    let RowKeys { kpi, unit, .. } = city.row_keys(parent);
    let below = &city.nodes[parent.plan].children;
    let mut rows: Vec<RowId> = below
        .iter()
        .filter_map(|&plan| {
            let row = city.nodes[plan].row_keys.iter().position(|keys| keys.kpi == *kpi)?;
            Some(RowId { plan, row })
        })
        .collect();
    if rows.is_empty() || *unit == city.units.key("%") {
        return None;
    }
    let gaps = gaps(city, parent, &rows);
    if closed(&gaps, |_| Some(0.0)) {
        return Some(rows);
    }
    let others = below.iter().filter(|&&plan| rows.iter().all(|row| row.plan != plan));
    let missing = others
        .flat_map(|&plan| (0..city.plans[plan].rows.len()).map(move |row| RowId { plan, row }))
        .filter(|&row| city.row_keys(row).unit == *unit)
        .find(|&row| closed(&gaps, |year| part(city, row, year)))?;
    rows.push(missing);
    rows.sort_unstable();
    Some(rows)
}

/// The sum of the rows' values of `year` in the base unit; `None` where one is not a number, or all are
/// missing. A `-` counts as nothing.
pub(super) fn sum(city: &City, rows: &[RowId], year: i32) -> Option<f64> {
    let written = |&&row: &&RowId| city.value(row, year).is_some_and(|value| !value.is_missing());
    let numbers: Option<Vec<f64>> = rows.iter().filter(written).map(|&row| city.amount(row, year)).collect();
    numbers.filter(|numbers| !numbers.is_empty()).map(|numbers| numbers.iter().sum())
}

/// Whether two numbers are equal up to rounding errors of a sum.
pub(super) fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// A parent's value of one year minus the rows below.
struct Gap {
    year: i32,
    value: f64,
    rest: f64,
    /// How many rows had a value to subtract.
    parts: usize,
}

fn gaps(city: &City, parent: RowId, rows: &[RowId]) -> Vec<Gap> {
    let gap = |year: i32| {
        let value = city.amount(parent, year)?;
        let parts: Option<Vec<f64>> = rows.iter().map(|&row| part(city, row, year)).collect();
        let parts = parts?;
        let rest = value - parts.iter().sum::<f64>();
        Some(Gap { year, value, rest, parts: parts.iter().filter(|&&part| part != 0.0).count() })
    };
    city.plans[parent.plan].years.iter().filter_map(|column| gap(column.year)).collect()
}

/// A row's contribution in `year`: 0 where nothing is written, `None` where it is not a number.
fn part(city: &City, row: RowId, year: i32) -> Option<f64> {
    if city.value(row, year).is_none_or(Value::is_missing) { Some(0.0) } else { city.amount(row, year) }
}

/// Whether one more part closes the gaps in most years, at least two. A year counts only with at least two
/// non-zero parts: a row equal to the parent beside empty rows is not a share.
fn closed(gaps: &[Gap], more: impl Fn(i32) -> Option<f64>) -> bool {
    let (mut years, mut closed) = (0, 0);
    for gap in gaps {
        let Some(part) = more(gap.year) else { continue };
        if gap.parts + usize::from(part != 0.0) >= 2 {
            years += 1;
            closed += usize::from((gap.rest - part).abs() <= 1e-9 * gap.value.abs().max(1.0));
        }
    }
    closed >= 2 && closed * 2 > years
}
