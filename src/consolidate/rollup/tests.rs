use super::super::{City, RollUpSum};
use crate::project::Config;
use crate::testing::{PlanText, city, consistent_city, plan};

/// A plan with a single row, 업무의 창의적 개선 건수, with these values.
fn improving(org: &str, parent: &str, values: &str) -> PlanText {
    let values = values.replace(' ', " | ");
    plan(org, parent).row(&format!("창의 | | | | 목표 | 업무의 창의적 개선 건수 | {values} | 건 | 100 | "))
}

fn rolled(city: &City) -> Vec<(i32, Option<f64>, Option<f64>)> {
    city.rollups.iter().map(|RollUpSum { year, value, sum, .. }| (*year, *value, *sum)).collect()
}

#[test]
fn children_sum_up_year_by_year_and_dashes_count_as_nothing() {
    let plans = [
        improving("교통본부", "가나시", "- 29 32 44"),
        improving("가과", "교통본부장", "- 10 17 20"),
        improving("나과", "교통본부장", "- - 17 24"),
    ];
    let city = city(plans, &Config::default());
    let expected = [
        (2023, None, None),
        (2024, Some(29.0), Some(10.0)),
        (2025, Some(32.0), Some(34.0)),
        (2026, Some(44.0), Some(44.0)),
    ];
    assert_eq!(rolled(&city), expected);
    assert_eq!(city.rollups[0].children.len(), 2);
}

#[test]
fn a_child_without_a_number_leaves_the_sum_open() {
    let plans = [
        improving("교통본부", "가나시", "1 2 3 4"),
        improving("가과", "교통본부", "1 도입 163건 4"),
        improving("나과", "교통본부", "1 1 1 1"),
    ];
    let sums: Vec<Option<f64>> =
        city(plans, &Config::default()).rollups.iter().map(|rollup| rollup.sum).collect();
    assert_eq!(sums, [Some(2.0), None, Some(164.0), Some(5.0)]);
}

#[test]
fn only_direct_children_count_and_rates_never_roll_up() {
    let city = city(consistent_city(), &Config::default());
    assert_eq!(city.rollups.len(), 3 * 4, "one KPI that sums, three bureaus, four years");
    assert!(city.rollups.iter().all(|rollup| rollup.value == rollup.sum));
}

#[test]
fn a_row_that_repeats_the_parents_is_not_the_childs_part() {
    let handed_down = improving("가과", "교통본부", "1 20 30 40");
    let row = "창의 | | | | 목표 | 업무의 창의적 개선 | 1 | 5 | 6 | 7 | 건 | 10 | ";
    let city =
        city([improving("교통본부", "가나시", "1 20 30 40"), handed_down.row(row)], &Config::default());
    assert_eq!(city.rollups[2].sum, Some(6.0));
}

#[test]
fn sums_come_in_the_parents_unit() {
    let plans = [
        improving("교통본부", "가나시", "1 2 3 4"),
        plan("가과", "교통본부")
            .row("창의 | | | | 목표 | 업무의 창의적 개선 건수 | 1 | 2 | 3 | 4 | 천건 | 100 | "),
    ];
    assert_eq!(city(plans, &Config::default()).rollups[0].sum, Some(1000.0));
}
