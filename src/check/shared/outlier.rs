//! 공통지표의 값이 다른 조직의 값과 크게 동떨어져 있거나, 단위가 대다수와 다릅니다. 잘못은 아닐 수 있지만 자릿수를 잘못 적었거나
//! 다른 것을 잰 경우가 많아 알려 드립니다.
//!
//! 한 연도의 값을 여덟 이상의 조직이 숫자로 적었을 때만 봅니다. 거리는 중앙값과의 차이를 중앙값 절대편차(MAD)로 나눈 수정 z
//! 점수이며, 절반 이상이 같은 값이어서 MAD가 0이면 평균 절대편차를 씁니다. 중앙값과의 차이가 중앙값의 20%에 못 미치는 값은
//! 다른 값들이 아무리 고르더라도 멀다고 하지 않습니다. 하위 값을 더하는 지표(`rollup = "sum"`)는 조직의 크기에 따라 다르므로
//! 보지 않습니다.
//!
//! 예: 모두 시간으로 적은 1인당 교육시간을 한 국만 %로 적었거나, 예산집행률이 모두 90 안팎인데 한 곳만 53입니다.
//!
//! 고치는 법: 값과 단위를 확인하고 맞으면 그대로 두십시오. `tolerance`는 허용하는 거리입니다(기본 3.5). `except`에 적은 지표는 보지
//! 않습니다.
//!
//! ---
//! A value of a common KPI lies far from those of the other organisations, or its unit is not the one most have. It need not
//! be wrong, but often a digit slipped or something else was measured.
//!
//! A year is looked at where at least eight organisations have a number. The distance is the modified z-score: the distance
//! from the median over the median absolute deviation (MAD), or over the mean absolute deviation where at least half of the
//! values are equal and the MAD is 0. A value within 20 % of the median is never far, however even the others are. KPIs that
//! roll up by `sum` differ by size and are left alone.
//!
//! Example: everybody counts hours of training a head in hours and one bureau in %; or budget execution is about 90
//! everywhere and 53 in one place.
//!
//! To settle it: check value and unit and let them stand if they are right. `tolerance` is the distance allowed (3.5 by
//! default). KPIs named in `except` are left alone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Report;
use crate::consolidate::{City, CommonMatrix, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::plan::value::show_number;
use crate::project::NameKey;
use crate::project::config::RollUp;

static FAR: Wording = Wording {
    ko: "{year}년 값 {actual|이/가} 다른 조직의 값(중앙값 {median})에서 크게 벗어납니다",
    en: "the value of {year}, {actual}, lies far from those of the others (median {median})",
};
static UNIT: Wording = Wording {
    ko: "단위가 {actual|으로/로} 되어 있습니다. 대다수의 조직은 {expected|으로/로} 적었습니다",
    en: "the unit is {actual}; most organisations have {expected}",
};
static LOOK: Wording = Wording {
    ko: "값과 단위를 확인하고 맞으면 그대로 두십시오",
    en: "check value and unit; let them stand if right",
};

/// The distance allowed where planbook.toml gives none.
pub(crate) const TOLERANCE: f64 = 3.5;
/// Fewer organisations than this say nothing about what is usual.
pub(crate) const ENOUGH: usize = 8;

/// Nearer to the median than this part of it, no value is far: among equal values 81 beside 80 would be.
const NEAR: f64 = 0.2;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::S306, TOLERANCE);
    let years: BTreeSet<i32> =
        city.plans.iter().flat_map(|plan| plan.years.iter().map(|column| column.year)).collect();
    for matrix in city.common.iter().filter(|matrix| matrix.rule.rollup != RollUp::Sum) {
        let with_unit = matrix.rows.iter().filter(|&&row| !city.row(row).unit.text.is_empty()).count();
        let Some((unit, spelling)) = usual_unit(city, matrix).filter(|_| with_unit >= ENOUGH) else {
            continue;
        };
        let mut rows = Vec::new();
        for &row in &matrix.rows {
            let own = &city.row(row).unit.text.text;
            if own.is_empty() || city.row_keys(row).unit == *unit {
                rows.push(row);
                continue;
            }
            let message = UNIT.with([("expected", spelling.to_string()), ("actual", own.to_string())]);
            report
                .row(Code::S306, row, Field::Unit, message)
                .compared(&*spelling, &**own)
                .hint(LOOK.with([]))
                .file();
        }
        for &year in &years {
            file_year(city, &rows, year, tolerance, report);
        }
    }
}

/// The unit that more than half of the rows with a unit have, with the spelling of the first of them.
pub(crate) fn usual_unit<'c>(city: &'c City, matrix: &CommonMatrix) -> Option<(&'c NameKey, Arc<str>)> {
    let mut counts: BTreeMap<&NameKey, (usize, Arc<str>)> = BTreeMap::new();
    for &row in &matrix.rows {
        let text = &city.row(row).unit.text.text;
        if !text.is_empty() {
            counts.entry(&city.row_keys(row).unit).or_insert((0, text.clone())).0 += 1;
        }
    }
    let all: usize = counts.values().map(|(count, _)| count).sum();
    let (key, (count, spelling)) = counts.into_iter().max_by_key(|(_, (count, _))| *count)?;
    (count * 2 > all).then_some((key, spelling))
}

fn file_year(city: &City, rows: &[RowId], year: i32, tolerance: f64, report: &mut Report<'_>) {
    let values: Vec<(RowId, f64)> =
        rows.iter().filter_map(|&row| Some((row, city.amount(row, year)?))).collect();
    let organisations: BTreeSet<usize> = values.iter().map(|(row, _)| row.plan).collect();
    if organisations.len() < ENOUGH {
        return;
    }
    let numbers: Vec<f64> = values.iter().map(|(_, number)| *number).collect();
    let median = median(numbers.clone());
    for (&(row, _), _) in values.iter().zip(far(&numbers, tolerance)).filter(|(_, far)| *far) {
        let actual = city.value(row, year).map_or("", |value| &*value.text.text);
        let message = FAR.with([
            ("year", year.to_string()),
            ("actual", actual.to_owned()),
            ("median", show_number(median)),
        ]);
        report.row(Code::S306, row, Field::Year(year), message).actual(actual).hint(LOOK.with([])).file();
    }
}

/// Which of `numbers` lie far from their median. `tolerance` is the distance allowed.
pub(crate) fn far(numbers: &[f64], tolerance: f64) -> Vec<bool> {
    let median = median(numbers.to_vec());
    let spread = spread(numbers, median);
    let far = |number: &f64| {
        let distance = (number - median).abs();
        spread.is_some_and(|spread| distance > tolerance * spread && distance >= NEAR * median.abs())
    };
    numbers.iter().map(far).collect()
}

/// What a distance of 1 is: the median absolute deviation, else the mean one, each scaled to the standard deviation of a
/// normal distribution (Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993). `None` where all are equal.
fn spread(numbers: &[f64], center: f64) -> Option<f64> {
    let distances: Vec<f64> = numbers.iter().map(|number| (number - center).abs()).collect();
    #[allow(clippy::cast_precision_loss, reason = "a count of organisations")]
    let mean = distances.iter().sum::<f64>() / distances.len() as f64;
    let mad = median(distances);
    if mad > 0.0 {
        Some(mad / 0.6745)
    } else if mean > 0.0 {
        Some(mean * 1.253_314)
    } else {
        None
    }
}

/// The median; 0 of nothing.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => 0.0,
        odd if odd % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::testing::{at, findings, plan};

    fn hours(rows: &[(&str, &str)]) -> Vec<Finding> {
        let plans = rows.iter().enumerate().map(|(index, (value, unit))| {
            plan(&format!("국{index}"), "시")
                .row(&format!("역량 | | | | 목표 | 1인당 교육시간 | - | - | {value} | - | {unit} | 100 | "))
        });
        findings(Code::S306, plans, &Config::default())
    }

    const USUAL: [(&str, &str); 8] = [
        ("80", "시간"),
        ("82", "시간/인"),
        ("78", "시간"),
        ("85", "시간"),
        ("80", "시간"),
        ("75", "시간"),
        ("79", "시간"),
        ("83", "시간"),
    ];

    #[test]
    fn a_far_value_and_another_unit_are_told() {
        let found = hours(&[&USUAL[..], &[("300", "시간"), ("80", "%")]].concat());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["국8!I6", "국9!K6"]);
    }

    #[test]
    fn where_nearly_all_are_equal_the_odd_one_is_told() {
        let mut rows = vec![("80", "시간"); 12];
        rows[3] = ("129", "시간");
        assert_eq!(hours(&rows).iter().map(at).collect::<Vec<_>>(), ["국3!I6"]);
    }

    #[test]
    fn a_difference_of_one_is_not_far_though_all_others_are_equal() {
        let mut rows = vec![("80", "시간"); 12];
        rows[3] = ("81", "시간");
        assert!(hours(&rows).is_empty());
        let near = ["95", "95", "95", "95", "95", "95", "95", "95.5", "96"].map(|value| (value, "%"));
        assert!(hours(&near).is_empty());
    }

    #[test]
    fn usual_values_and_few_organisations_are_fine() {
        assert!(hours(&USUAL).is_empty());
        assert!(hours(&[("80", "시간"), ("81", "시간"), ("900", "시간")]).is_empty());
    }

    #[test]
    fn the_median_of_even_and_odd_counts() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
    }
}
