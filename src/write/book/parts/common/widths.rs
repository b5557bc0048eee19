//! The widths of the columns of a common KPI's table.

use serde::Serialize;

/// Width of the organisations' column.
const NAMES: f64 = 132.0;
/// Width of a year's column, where there is room.
const YEAR: f64 = 52.0;
/// The least width of a year's column, unless the paper is narrow.
const LEAST_YEAR: f64 = 26.0;
const UNIT: f64 = 36.0;
const REMARK: f64 = 76.0;
/// The least width of the chart, unless the paper is narrow.
const CHART: f64 = 160.0;

/// Widths of the columns.
#[derive(Serialize)]
pub(super) struct Widths {
    pub names: f64,
    pub year: f64,
    pub unit: f64,
    pub remark: f64,
    pub chart: f64,
}

impl Widths {
    /// Returns columns for `years` years that fill a page's width. On narrow paper all are narrowed, so that
    /// each keeps some width.
    pub(super) fn of(all: f64, years: usize) -> Self {
        let years = years as f64;
        let narrow = (all / (NAMES + UNIT + REMARK + CHART + LEAST_YEAR * years)).min(1.0);
        let [names, unit, remark] = [NAMES, UNIT, REMARK].map(|width| width * narrow);
        let rest = all - names - unit - remark;
        let year = ((rest - CHART * narrow) / years.max(1.0)).min(YEAR);
        Self { names, year, unit, remark, chart: rest - year * years }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_narrow_paper_every_column_keeps_some_width() {
        for (all, years) in [(767.0, 4), (519.0, 4), (425.0, 6), (425.0, 12)] {
            let widths = Widths::of(all, years);
            let sum = widths.names + widths.unit + widths.remark + widths.chart + widths.year * years as f64;
            assert!((sum - all).abs() < 1e-6 && widths.chart > 60.0 && widths.year > 10.0, "{all} {years}");
        }
    }
}
