//! Figures derived from a row's series of years.

use crate::consolidate::{City, RowId};
use crate::plan::YearKind;

/// The last numeric actual before the plan year: its year, its position among the plan's years, and the
/// number in the base of the row's unit. Checks and scores both use it as the base of growth promises.
pub fn last_actual(city: &City, row: RowId) -> Option<(i32, usize, f64)> {
    let years = city.plans[row.plan].years.iter().enumerate();
    years
        .filter(|(_, column)| column.kind == Some(YearKind::Actual) && column.year < city.year)
        .filter_map(|(at, column)| Some((column.year, at, city.amount(row, column.year)?)))
        .max_by_key(|&(year, ..)| year)
}

/// Whether the values of the row are percentages.
pub fn is_percent(city: &City, row: RowId) -> bool {
    city.row_keys(row).unit == city.units.key("%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanId;
    use crate::project::Config;
    use crate::testing::{city, plan};

    #[test]
    fn a_word_in_the_year_before_leaves_the_actual_of_an_earlier_one() {
        let row = |kpi: &str, values: &str| format!("관점 | | | | 목표 | {kpi} | {values} | % | 50 | ");
        let plans =
            [plan("국", "시").row(&row("가", "70 | 75 | 80 | 85")).row(&row("나", "70 | 신규 | 80 | 85"))];
        let city = city(plans, &Config::default());
        let last = |row| {
            last_actual(&city, RowId { plan: PlanId::at(0), row }).map(|(year, _, number)| (year, number))
        };
        assert_eq!((last(0), last(1)), (Some((2024, 75.0)), Some((2023, 70.0))));
        assert!(is_percent(&city, RowId { plan: PlanId::at(0), row: 0 }));
    }
}
