//! % 또는 점으로 적은 값들의 척도가 중간에 바뀝니다. 10점 만점과 100점 만점, 또는 비율(0.97)과 백분율(97)이 한 줄에 섞여 있어
//! 견줄 수 없습니다.
//!
//! 작은 쪽 값들에 10이나 100을 곱하면 한 줄의 모든 값이 서로 25% 안에 모일 때만 알립니다. 그래서 2%에서 20%로 오르는 보통의
//! 진도율은 걸리지 않습니다. 알리는 곳은 다른 해와 척도가 다른 값의 칸입니다.
//!
//! 예: 청렴도가 2023년 91.9점, 2024년부터 9.47점입니다.
//!
//! 고치는 법: 모든 연도를 한 척도로 고쳐 적으십시오. `tolerance`는 모아 보는 폭입니다(기본 0.25). `except`에 적은 지표는 보지
//! 않습니다.
//!
//! ---
//! The scale changes inside a series of % or points: marks out of 10 are mixed with marks out of 100, or a
//! share (0.97) with percentages (97), so the years cannot be compared.
//!
//! This is reported, at the odd value, only if multiplying the smaller values by 10 or 100 brings all values
//! of the row within 25 % of each other. So ordinary progress from 2 % to 20 % is not affected.
//!
//! Example: integrity is 91.9 points in one year and 9.47 from the next year on.
//!
//! To resolve it: write all years on one scale. `tolerance` is the closeness required (0.25 by default). KPIs
//! named in `except` are skipped.

use std::cmp::Ordering;

use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;

static CHANGES: Wording = Wording {
    ko: "{year}년의 값 {actual}만 다른 해와 척도가 다릅니다 ({other}년은 {before})",
    en: "the value of {year}, {actual}, is on another scale than the other years ({before} in {other})",
};
static ONE_SCALE: Wording = Wording {
    ko: "소수점의 자리를 확인하고, 모든 연도를 한 척도로 고쳐 적으십시오",
    en: "look at the decimal point, and write all years on one scale",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::T403, 0.25);
    let units = [city.units.key("%"), city.units.key("점")];
    for row in city.rows() {
        if !units.contains(&city.row_keys(row).unit) {
            continue;
        }
        let series: Vec<(i32, f64)> = city.plans[row.plan]
            .years
            .iter()
            .filter_map(|column| Some((column.year, city.amount(row, column.year)?)))
            .filter(|&(_, number)| number > 0.0)
            .collect();
        for (other, year) in odd_years(&series, tolerance) {
            file(city, row, other, year, report);
        }
    }
}

/// The years whose value is on another scale than most of the series, each with a neighbour on the usual one;
/// the first of several in a row. If both scales are equally common, the later years are the odd ones.
fn odd_years(series: &[(i32, f64)], tolerance: f64) -> Vec<(i32, i32)> {
    let top = series.iter().map(|&(_, number)| number).fold(0.0, f64::max);
    for factor in [10.0_f64, 100.0] {
        // A value that the factor brings nearer to the maximum is on the smaller scale.
        let small = |number: f64| number * factor.sqrt() < top;
        let brought = series.iter().map(|&(_, number)| if small(number) { number * factor } else { number });
        let (low, high) =
            brought.fold((f64::INFINITY, 0.0_f64), |(low, high), number| (low.min(number), high.max(number)));
        // Marks on a small scale have decimals; a whole number is more likely early progress.
        let fine = series.iter().any(|&(_, number)| small(number) && number.fract() != 0.0);
        if fine && high <= low * (1.0 + tolerance) {
            let on_small: Vec<bool> = series.iter().map(|&(_, number)| small(number)).collect();
            let count = on_small.iter().filter(|&&small| small).count();
            let odd = match (count * 2).cmp(&series.len()) {
                Ordering::Less => true,
                Ordering::Greater => false,
                Ordering::Equal => on_small.last() == Some(&true),
            };
            return (0..series.len())
                .filter(|&at| on_small[at] == odd && (at == 0 || on_small[at - 1] != odd))
                .map(|at| {
                    let other = if at > 0 {
                        at - 1
                    } else {
                        on_small.iter().position(|&small| small != odd).unwrap_or(0)
                    };
                    (series[other].0, series[at].0)
                })
                .collect();
        }
    }
    Vec::new()
}

fn file(city: &City, row: RowId, before: i32, year: i32, report: &mut Report<'_>) {
    let text = |year: i32| city.value(row, year).map_or("", |value| &*value.text.text).to_owned();
    let message = CHANGES.with([
        ("year", year.to_string()),
        ("other", before.to_string()),
        ("before", text(before)),
        ("actual", text(year)),
    ]);
    report
        .row(Code::T403, row, Field::Year(year), message)
        .actual(text(year))
        .hint(ONE_SCALE.with([]))
        .related(row, Field::Year(before))
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, findings, plan};

    fn found(values: &str, unit: &str) -> Vec<String> {
        let row = format!("시민 | | | | 목표 | 청렴도 | {values} | {unit} | 100 | ");
        findings(Code::T403, [plan("국", "시").row(&row)], &Config::default()).iter().map(at).collect()
    }

    #[test]
    fn of_marks_out_of_hundred_and_out_of_ten_the_odd_one_is_marked() {
        assert_eq!(found("91.9 | 9.47 | 9.20 | 9.25", "점"), ["국!G6"]);
        assert_eq!(found("82.1 | 9.22 (9.07) | 9.11 (9.35) | 9.16 (9.40)", "점수"), ["국!G6"]);
        assert_eq!(found("91.9 | 92.5 | 9.48 | 9.53", "점"), ["국!I6"]);
    }

    #[test]
    fn one_dip_in_the_middle_is_one_finding_at_the_odd_value() {
        assert_eq!(found("96 | 0.97 | 98 | 99", "%"), ["국!H6"]);
        assert_eq!(found("- | 71.5 | 7.2 | 73.0", "점"), ["국!I6"]);
    }

    #[test]
    fn progress_and_other_units_are_fine() {
        assert!(found("2 | 20 | 60 | 100", "%").is_empty());
        assert!(found("9.5 | 60 | 100 | -", "%").is_empty());
        assert!(found("- | 10 | 90(100) | -", "%").is_empty());
        assert!(found("91.9 | 9.47 | 9.20 | 9.25", "건").is_empty());
        assert!(found("0.97 | 0.98 | 0.99 | 1", "%").is_empty());
    }
}
