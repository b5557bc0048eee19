//! 계획표의 연도가 다른 계획들과 다릅니다. 가장 많은 계획이 쓰는 연도를 기준으로 봅니다. 연도가 어긋난 계획은 상위·하위
//! 조직의 값과 견줄 수 없습니다.
//!
//! 예: 다른 계획은 모두 실적 2년과 목표 2년을 적었는데, 지난해 양식을 그대로 쓴 계획은 한 해씩 앞서 있습니다.
//!
//! 고치는 법: 머리글의 연도를 고치고, 그에 맞게 실적과 목표가 적혀 있는지 확인하십시오. 해마다 다른 연도를 쓰기로 한
//! 것이라면 planbook.toml에서 이 점검을 끄십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The years of the table differ from those most plans use. The plan's values cannot be compared with those
//! of its parent and children.
//!
//! Example: all plans give two years of actuals and two of targets, and one still uses last year's form.
//!
//! To resolve it: correct the years in the headings and check that actuals and targets match them. If the
//! years are meant to differ, switch this check off in planbook.toml. `tolerance` and `except` are not used.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::consolidate::{City, Context};
use crate::finding::{Code, Wording};
use crate::plan::{Field, Plan, PlanId};

static OTHER_YEARS: Wording = Wording {
    ko: "연도가 다른 계획들과 다릅니다: {actual} (다른 계획은 {expected})",
    en: "the years differ from the other plans': {actual} (the others have {expected})",
};
static YEARS_OF_PLAN: Wording = Wording { ko: "이 계획의 연도", en: "years of this plan" };
static LAST_YEARS_FORM: Wording = Wording {
    ko: "지난해 양식을 쓴 것은 아닌지 보고, 연도와 값을 함께 고치십시오",
    en: "check whether last year's form was used, and correct years and values together",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let Some(usual) = usual_years(city) else { return };
    for (index, plan) in city.numbered_plans() {
        let years = years_of(plan);
        if years.is_empty() || years == usual {
            continue;
        }
        let differing = years.iter().find(|year| !usual.contains(year));
        let missing = usual.iter().find(|year| !years.contains(year));
        let field = differing.or(missing).map_or(Field::File, |&year| Field::Year(year));
        let (expected, actual) = (listed(&usual), listed(&years));
        let message = OTHER_YEARS.with([("actual", actual.clone()), ("expected", expected.clone())]);
        report
            .plan(Code::R008, index, field, message, plan.header_place())
            .expected(expected, actual)
            .calculated_as(&YEARS_OF_PLAN)
            .hint(LAST_YEARS_FORM.with([]))
            .file();
    }
}

/// The years of most plans; among equally common ones those with the plan year, then the first in the book.
fn usual_years(city: &City) -> Option<Vec<i32>> {
    let mut counts: BTreeMap<Vec<i32>, (usize, PlanId)> = BTreeMap::new();
    for (index, plan) in city.numbered_plans().filter(|(_, plan)| !plan.years.is_empty()) {
        counts.entry(years_of(plan)).or_insert((0, index)).0 += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(years, (count, first))| (*count, years.contains(&city.year), std::cmp::Reverse(*first)))
        .map(|(years, _)| years)
}

fn years_of(plan: &Plan) -> Vec<i32> {
    let mut years: Vec<i32> = plan.years.iter().map(|column| column.year).collect();
    years.sort_unstable();
    years
}

fn listed(years: &[i32]) -> String {
    years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, findings, plan, told};

    fn with_years(org: &str, years: &str) -> PlanText {
        let cells = "관점 (100) | 시의 목표 | 시 지표 | 1 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | ";
        plan(org, "가나시").years(years).row(cells)
    }

    #[test]
    fn the_plan_with_last_years_form_is_reported() {
        let plans = [
            with_years("가국", "2022a 2023a 2024t 2025t"),
            with_years("나국", "2023a 2024a 2025t 2026t"),
            with_years("다국", "2023a 2024a 2025t 2026t"),
        ];
        let found = findings(Code::R008, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["가국!A3"]);
        assert_eq!(found[0].field, Field::Year(2022));
        assert_eq!(
            told(&found[0]),
            "연도가 다른 계획들과 다릅니다: 2022, 2023, 2024, 2025 (다른 계획은 2023, 2024, 2025, 2026)\n\
             the years differ from the other plans': 2022, 2023, 2024, 2025 (the others have 2023, 2024, 2025, 2026)\n\
             → 지난해 양식을 쓴 것은 아닌지 보고, 연도와 값을 함께 고치십시오\n\
             → check whether last year's form was used, and correct years and values together"
        );
    }

    #[test]
    fn equal_years_are_no_finding_whatever_their_order_of_columns() {
        let plans =
            [with_years("가국", "2023a 2024a 2025t 2026t"), with_years("나국", "2025t 2026t 2023a 2024a")];
        assert!(findings(Code::R008, plans, &Config::default()).is_empty());
    }
}
