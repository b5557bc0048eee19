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
//! A value of a common KPI is far from those of the other organisations, or its unit is not the one most use.
//! It may be right, but often a digit is wrong or something else was measured.
//!
//! A year is checked if at least eight organisations have a number. The distance is the modified z-score: the
//! distance from the median over the median absolute deviation (MAD), or over the mean absolute deviation
//! where at least half of the values are equal and the MAD is 0. A value within 20 % of the median is never
//! far. KPIs that roll up by `sum` depend on size and are skipped.
//!
//! Example: everybody states training per head in hours and one bureau in %; or budget execution is about 90
//! everywhere and 53 in one place.
//!
//! To resolve it: check value and unit, and leave them if they are right. `tolerance` is the allowed distance
//! (3.5 by default). KPIs named in `except` are skipped.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::consolidate::{City, Context};
use crate::finding::{Code, Wording};
use crate::measure::Comparison;
use crate::measure::outliers::MIN_ORGANISATIONS;
use crate::plan::value::show_amount;
use crate::plan::{Field, PlanId};
use crate::project::config::RollUpRule;

static FAR: Wording = Wording {
    ko: "{year}년 값 {actual|이/가} 다른 조직의 값(중앙값 {median})에서 크게 벗어납니다",
    en: "the value of {year}, {actual}, is far from those of the others (median {median})",
};
static UNIT: Wording = Wording {
    ko: "단위가 {actual|으로/로} 되어 있습니다. 대다수의 조직은 {expected|으로/로} 적었습니다",
    en: "the unit is {actual}; most organisations have {expected}",
};
static LOOK: Wording = Wording {
    ko: "값과 단위를 확인하고 맞으면 그대로 두십시오",
    en: "check value and unit; leave them if right",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for matrix in city.common.iter().filter(|matrix| matrix.rule.rollup != RollUpRule::Sum) {
        let with_unit = matrix.rows.iter().filter(|&&row| !city.row(row).unit.text.is_empty()).count();
        let comparison = Comparison::of(*context, matrix);
        let Some(unit) = comparison.unit.as_ref().filter(|_| with_unit >= MIN_ORGANISATIONS) else {
            continue;
        };
        for &row in matrix.rows.iter().filter(|&&row| !comparison.compares(row)) {
            let own = &city.row(row).unit.text.text;
            let message = UNIT.with([("expected", unit.text.to_string()), ("actual", own.to_string())]);
            report
                .row(Code::S306, row, Field::Unit, message)
                .compared(&*unit.text, &**own)
                .hint(LOOK.with([]))
                .file();
        }
        for &(year, _) in &comparison.years {
            file_year(&comparison, city, year, report);
        }
    }
}

fn file_year(comparison: &Comparison<'_>, city: &City, year: i32, report: &mut Report<'_>) {
    let organisations: BTreeSet<PlanId> = comparison.of_year(year).map(|(row, _)| row.plan).collect();
    let Some(spread) = comparison.spread(year).filter(|_| organisations.len() >= MIN_ORGANISATIONS) else {
        return;
    };
    for (row, _) in comparison.of_year(year).filter(|(row, _)| comparison.far.contains(&(*row, year))) {
        let actual = city.value(row, year).map_or("", |value| &*value.text.text);
        let median = show_amount(spread.numbers[2]);
        let message =
            FAR.with([("year", year.to_string()), ("actual", actual.to_owned()), ("median", median.clone())]);
        report
            .row(Code::S306, row, Field::Year(year), message)
            .compared(median, actual)
            .hint(LOOK.with([]))
            .file();
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
}
