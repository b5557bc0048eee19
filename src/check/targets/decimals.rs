//! 하나씩 세는 단위(건, 명, 개소, 회 등)의 값에 소수가 있습니다.
//!
//! 예: 유적 발굴 27.5건.
//!
//! 고치는 법: 값이나 단위를 확인하십시오. 평균이라면 지표 이름에 그렇게 적고 그대로 두면 됩니다. `except`에는 그대로 둘 지표를 적습니다.
//! `tolerance`는 쓰지 않습니다.
//!
//! ---
//! A value in a unit of whole numbers (cases, persons, places, times) has decimals.
//!
//! Example: 27.5 excavations.
//!
//! To resolve it: check the value and its unit. If it is an average, say so in the KPI's name and leave it.
//! `except` names KPIs to skip; `tolerance` is not used.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::text::names::plain_key;

static DECIMALS: Wording = Wording {
    ko: "{year}년 값이 {actual}입니다. 단위가 {unit}인데 소수가 있습니다",
    en: "the value of {year} is {actual}: decimals, though its unit is {unit}",
};
static CHECK: Wording = Wording {
    ko: "값과 단위를 확인하고, 평균이면 그대로 두십시오",
    en: "check value and unit; leave it where it is an average",
};

/// Units of whole numbers.
const COUNTED: [&str; 26] = [
    "건", "명", "개", "개소", "곳", "회", "대", "가구", "세대", "호", "동", "그루", "주", "권", "팀", "개사",
    "업체", "필지", "마리", "인", "cases", "persons", "people", "times", "no.", "number",
];
/// Words in a name that indicate an average or a rate.
const AVERAGES: [&str; 12] =
    ["평균", "인당", "1인", "당", "률", "율", "비율", "지수", "average", "mean", "per", "rate"];

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let counted: BTreeSet<_> = COUNTED.iter().map(|unit| city.units.key(unit)).collect();
    for row in city.rows().filter(|&row| counted.contains(&city.row_keys(row).unit)) {
        let indicator = city.row(row);
        let name = plain_key(&indicator.kpi.text);
        if AVERAGES.iter().any(|word| name.contains(word)) {
            continue;
        }
        let years = city.plans[row.plan].years.iter().map(|column| column.year);
        let odd: Vec<i32> = years
            .filter(|&year| {
                city.amount(row, year).is_some_and(|number| (number - number.round()).abs() > 1e-6)
            })
            .collect();
        // A single decimal is a slip; decimals in most years are how the KPI is measured.
        let Some(&year) = odd.first().filter(|_| odd.len() * 2 <= indicator.values.len()) else { continue };
        let actual = city.value(row, year).map_or("", |value| &*value.text.text).to_owned();
        let message = DECIMALS.with([
            ("year", year.to_string()),
            ("actual", actual.clone()),
            ("unit", indicator.unit.text.text.to_string()),
        ]);
        report.row(Code::T409, row, Field::Year(year), message).actual(actual).hint(CHECK.with([])).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, findings, plan};

    #[test]
    fn half_a_case_is_told_and_an_average_is_not() {
        let row = |kpi: &str, values: &str| format!("관점 | | | | 목표 | {kpi} | {values} | 건 | 50 | ");
        let plans = [plan("문화국", "가나시")
            .row(&row("유적 발굴", "20 | 25 | 27.5 | 30"))
            .row(&row("1인당 제안 건수", "1 | 2 | 2.5 | 3"))];
        let found = findings(Code::T409, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["문화국!I6"]);
    }
}
