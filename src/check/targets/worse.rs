//! 계획 연도의 목표가 가장 최근 실적보다 나쁩니다. 목표를 낮춘 까닭이 있을 수 있으므로 참고로 알려 드립니다.
//!
//! 높을수록 좋은 것으로 보되, 지표 이름이 `lower_is_better`의 낱말(사망자, 사고, 민원, 부적합, 부채, 처리기간 …)로 끝나거나
//! (뒤에 수, 건수, 률, 비율, 규모 따위나 괄호 안의 설명이 붙어도 됩니다) 순위이면 낮을수록 좋은 것으로 봅니다. 낱말은 planbook.toml의
//! `lower_is_better = ["…"]`에 더할 수 있고, 공통지표는 `[common]`의 `direction`을 따릅니다. 값(누계)로 적은 지표는 해마다의 양이
//! 줄어도 나빠진 것이 아니므로 보지 않습니다. 같은 지표로 인용한 상위 목표를 채우는 목표도 보지 않습니다.
//!
//! 예: 2024년 만족도가 72.8%인데 2025년 목표는 70%입니다.
//!
//! 고치는 법: 목표를 실적 이상으로 올리거나 그대로 두십시오. `tolerance`는 나빠도 되는 폭을 실적에 대한 %로 적은 것입니다(기본 0).
//! `except`에 적은 지표는 보지 않습니다.
//!
//! ---
//! The target of the plan year is worse than the last actual. There may be good reasons, so this is
//! information.
//!
//! Higher is better, unless the KPI's name ends in a `lower_is_better` word (deaths, accidents, complaints,
//! debt, waiting time …; counting words such as number or rate, or a remark in brackets, may follow) or is a
//! rank. planbook.toml can add words with `lower_is_better = ["…"]`; common KPIs follow their `direction`
//! under `[common]`. Values with a running total are skipped: less in one year is not worse. So are targets
//! that meet the target cited for the same KPI.
//!
//! Example: 72.8 % were satisfied in 2024, and the target for 2025 is 70 %.
//!
//! To resolve it: raise the target to the last actual, or leave it. `tolerance` is the allowed decline in
//! percent of the actual (0 by default). KPIs named in `except` are skipped.

use super::doubtful_polarity::is_doubtful;
use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::measure::last_actual;
use crate::plan::Field;
use crate::plan::value::series::running_total;
use crate::plan::value::show_written;
use crate::project::Polarities;
use crate::project::config::Polarity;

static LOWER: Wording = Wording {
    ko: "{year}년 목표 {actual|이/가} {last}년 실적 {expected}보다 낮습니다",
    en: "the target of {year}, {actual}, is below the {expected} reached in {last}",
};
static HIGHER: Wording = Wording {
    ko: "낮을수록 좋은 지표인데 {year}년 목표 {actual|이/가} {last}년 실적 {expected}보다 높습니다",
    en: "lower is better, and the target of {year}, {actual}, is above the {expected} reached in {last}",
};
static REACHED: Wording = Wording {
    ko: "목표를 실적에 맞추어 고치거나, 까닭이 있으면 그대로 두십시오",
    en: "bring the target up to what was reached, or leave it if there is a reason",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::T406, 0.0);
    let polarities = Polarities::new(context.config, &city.names);
    for row in city.rows() {
        let target = city.amount(row, city.year);
        let (Some(target), Some((last, _, reached))) = (target, last_actual(city, row)) else { continue };
        let allowed = reached.abs() * tolerance / 100.0 + 1e-9;
        let indicator = city.row(row);
        if (target - reached).abs() <= allowed
            || running_total(&indicator.values, &indicator.kpi.text, &indicator.unit).is_some()
        {
            continue;
        }
        let polarity = city.polarity(row, &polarities);
        let worse = match polarity {
            Polarity::Up => target < reached,
            Polarity::Down => target > reached,
        };
        // T407 reports a doubtful polarity.
        let is_doubtful = is_doubtful(city, row, &polarities);
        if worse && !is_doubtful && !meets_cited(city, row, target, polarity) {
            file(city, row, last, polarity, report);
        }
    }
}

/// Whether `target` is as good as the target cited for the same KPI.
fn meets_cited(city: &City, row: RowId, target: f64, polarity: Polarity) -> bool {
    let (keys, indicator) = (city.row_keys(row), city.row(row));
    let Some(cited) = indicator.parent_target.meaning.number().filter(|_| keys.kpi == keys.parent_kpi) else {
        return false;
    };
    let cited = cited.in_base(&indicator.unit);
    match polarity {
        Polarity::Up => target >= cited - 1e-9,
        Polarity::Down => target <= cited + 1e-9,
    }
}

fn file(city: &City, row: RowId, last: i32, polarity: Polarity, report: &mut Report<'_>) {
    let text = |year: i32| city.value(row, year).map_or("", |value| &*value.text.text).to_owned();
    let wording = if polarity == Polarity::Up { &LOWER } else { &HIGHER };
    let message = wording.with([
        ("year", city.year.to_string()),
        ("last", last.to_string()),
        ("expected", show_written(&text(last))),
        ("actual", show_written(&text(city.year))),
    ]);
    report
        .row(Code::T406, row, Field::Year(city.year), message)
        .compared(text(last), text(city.year))
        .hint(REACHED.with([]))
        .related(row, Field::Year(last))
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, findings, plan};

    fn found(kpi: &str, values: &str, unit: &str, config: &Config) -> Vec<String> {
        let row = format!("시민 | | | | 목표 | {kpi} | {values} | {unit} | 100 | ");
        findings(Code::T406, [plan("국", "시").row(&row)], config).iter().map(at).collect()
    }

    #[test]
    fn a_target_below_the_last_actual_is_told() {
        let config = Config::default();
        assert_eq!(found("만족도", "60 | 72.8 | 70 | 75", "%", &config), ["국!I6"]);
        assert_eq!(found("만족도", "72 | - | 70 | 75", "%", &config), ["국!I6"]);
        assert!(found("만족도", "60 | 70.0 | 70 | 65", "%", &config).is_empty());
    }

    #[test]
    fn where_lower_is_better_a_higher_target_is_told() {
        let config = Config::default();
        assert_eq!(found("화재로 인한 사망자수", "56 | 54 | 66 | 64", "명", &config), ["국!I6"]);
        assert!(found("식품 부적합율", "1.2 | 1.1 | 1.0 | 0.9", "%", &config).is_empty());
        assert_eq!(found("도시 경쟁력", "23위 | 21위 | 22위 | 20위", "", &config), ["국!I6"]);
        assert_eq!(found("삶의 질", "87 | 86 | 83 | 79", "위", &config).len(), 0);
    }

    #[test]
    fn planbook_toml_adds_words_and_a_tolerance() {
        let words = config("lower_is_better = [\"누수량\"]");
        assert!(found("연간 누수량", "9 | 8 | 7 | 6", "톤", &words).is_empty());
        let mild = config("[checks.T406]\ntolerance = 5");
        assert!(found("만족도", "60 | 100 | 96 | 97", "점", &mild).is_empty());
    }

    #[test]
    fn a_target_that_meets_the_cited_one_is_fine() {
        let hours = |kpi: &str, cited: &str, target: &str| {
            let row = format!(
                "역량 | | {kpi} | {cited} | 목표 | 교육시간 | - | 129 | {target} | 90 | 시간 | 100 | "
            );
            findings(Code::T406, [plan("국", "시").row(&row)], &Config::default()).len()
        };
        assert_eq!(hours("교육 시간", "80시간", "80"), 0);
        assert_eq!(hours("교육 시간", "80시간", "79"), 1);
        assert_eq!(hours("만족도", "80시간", "80"), 1, "of another KPI it says nothing");
    }

    #[test]
    fn yearly_parts_of_a_running_total_may_shrink() {
        assert!(
            found("정비 길이", "10(30) | 30(60) | 20(80) | 20(100)", "km", &Config::default()).is_empty()
        );
    }
}
