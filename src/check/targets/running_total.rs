//! ‘값(누계)’로 적은 줄에서 누계가 맞지 않습니다. 한 해의 누계는 바로 앞의 누계에 그해의 값을 더한 것이어야 합니다.
//!
//! 괄호 안의 수가 누계인지는 지표나 단위에 ‘누계’, ‘누적’이라고 적혀 있거나, 같은 줄의 다른 해에 덧셈이 맞는 것으로 압니다.
//! 그래서 9.38 (9.07)처럼 두 가지를 잰 값은 걸리지 않습니다.
//!
//! 예: 저상버스 누계가 751대인데 다음 해에 411대를 더하고 1,162가 아니라 1,142라고 적혀 있습니다.
//!
//! 고치는 법: 덧셈을 다시 해서 그해의 값이나 누계를 고치십시오. 상위 계획에 같은 지표가 있으면 함께 고치십시오. `tolerance`는 누계가
//! 달라도 되는 폭입니다(기본 0). `except`에 적은 지표는 보지 않습니다.
//!
//! ---
//! In a series with running totals in brackets, a total is not the previous total plus the year's value.
//!
//! The number in brackets counts as a running total if KPI or unit says so (누계, 누적, cumulative), or if
//! another year of the row adds up. So two measurements side by side, as in 9.38 (9.07), are not affected.
//!
//! Example: 751 buses in total, 411 more the year after, and 1,142 printed instead of 1,162.
//!
//! To resolve it: add up again and change the year's value or the total, in the parent's plan too if it
//! carries the KPI. `tolerance` is the allowed error of a total (0 by default). KPIs named in `except` are
//! skipped.

use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::plan::value::series::{TotalStep, running_total};
use crate::plan::value::show_amount;

static OFF: Wording = Wording {
    ko: "{year}년 누계는 {before} + {added} = {expected}이어야 하는데 {total|으로/로} 적혀 있습니다",
    en: "the running total of {year} should be {before} + {added} = {expected} but is {total}",
};
static ADD_AGAIN: Wording = Wording {
    ko: "그해의 값이나 누계를 고치십시오",
    en: "change the year's value or the total",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let tolerance = context.config.tolerance(Code::T401, 0.0);
    for row in context.city.rows() {
        let indicator = context.city.row(row);
        let steps =
            running_total(&indicator.values, &indicator.kpi.text, &indicator.unit).unwrap_or_default();
        for step in steps {
            if !step.adds_up() && (step.expected() - step.printed).abs() > tolerance {
                file(context.city, row, &step, report);
            }
        }
    }
}

fn file(city: &City, row: RowId, step: &TotalStep, report: &mut Report<'_>) {
    let years = &city.plans[row.plan].years;
    let Some(year) = years.get(step.index).map(|column| column.year) else { return };
    let expected = show_amount(step.expected());
    let message = OFF.with([
        ("year", year.to_string()),
        ("before", show_amount(step.previous)),
        ("added", show_amount(step.added)),
        ("expected", expected.clone()),
        ("total", show_amount(step.printed)),
    ]);
    let actual = city.value(row, year).map_or("", |value| &*value.text.text);
    let mut draft = report
        .row(Code::T401, row, Field::Year(year), message)
        .expected(expected, actual)
        .hint(ADD_AGAIN.with([]));
    if let Some(before) = step.index.checked_sub(1).and_then(|index| years.get(index)) {
        draft = draft.related(row, Field::Year(before.year));
    }
    draft.file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, findings, plan};

    fn found(kpi: &str, values: &str, unit: &str) -> Vec<String> {
        let row = format!("정책 | | | | 목표 | {kpi} | {values} | {unit} | 100 | ");
        findings(Code::T401, [plan("국", "시").row(&row)], &Config::default()).iter().map(at).collect()
    }

    #[test]
    fn a_total_that_is_off_is_told_where_another_step_adds_up() {
        assert_eq!(found("저상버스", "127(491) | 260(751) | 411(1,142) | 600(1,742)", "대"), ["국!I6"]);
        assert_eq!(found("공정률", "30(30) | 50(85) | 15(100) | -", "%"), ["국!H6"]);
    }

    #[test]
    fn the_word_for_running_total_is_enough() {
        assert_eq!(found("하수관거 정비", "- | - | 5(5) | 4(10)", "km(누계)"), ["국!J6"]);
        assert!(found("하수관거 정비", "- | - | 5(5) | 4(10)", "km").is_empty());
    }

    #[test]
    fn totals_that_add_up_are_fine() {
        assert!(found("시설 (누계)", "7(7) | 2(9) | -(9) | 3(12)", "개소").is_empty());
        assert!(found("연장", "5 | 20(25) | 40(65) | 35(100)", "%").is_empty());
    }

    #[test]
    fn two_measurements_are_no_running_total() {
        assert!(found("청렴도", "- | 9.38 (9.07) | 9.35 (9.35) | 9.40 (9.40)", "점").is_empty());
        assert!(found("연결 개소수(추진율)", "1 (45) | 0 (45) | 2 (64) | 4 (100)", "개소").is_empty());
    }
}
