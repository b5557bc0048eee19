//! 계획 연도의 목표가 비어 있거나 `-`입니다. 목표가 없는 지표는 평가할 수 없습니다.
//!
//! 결과가 저장되지 않은 수식(R006)은 여기서 다시 알리지 않습니다.
//!
//! 예: 2025년 계획인데 2025년 칸만 비어 있고 2026년 목표는 있습니다.
//!
//! 고치는 법: 목표를 적으십시오. 그해에 하지 않는 사업이면 지표를 빼고 비중을 다시 맞추거나, 사유를 적어
//! 유예하십시오(`planbook waive`). `except`에 적은 지표는 보지 않습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! The target of the plan year is empty or `-`. A KPI without a target cannot be assessed. A formula without
//! a stored result is reported by R006.
//!
//! Example: the plan is for 2025, and 2025 is empty while 2026 has a target.
//!
//! To resolve it: set the target. If nothing is done that year, remove the KPI and adjust the weights, or
//! waive the finding with the reason (`planbook waive`). KPIs named in `except` are skipped; `tolerance` is
//! not used.

use crate::check::Report;
use crate::check::reading::unread_formulas;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;

static NO_TARGET: Wording = Wording {
    ko: "계획 연도({year}년)의 목표가 없습니다",
    en: "there is no target for the plan year {year}",
};
static SET_IT: Wording = Wording {
    ko: "목표를 적거나, 그해에 하지 않는 사업이면 지표를 빼고 비중을 다시 맞추십시오",
    en: "set the target, or take the KPI out and balance the weights if nothing is done that year",
};
static SET_IT_UNWEIGHTED: Wording = Wording {
    ko: "목표를 적거나, 그해에 하지 않는 사업이면 지표를 빼십시오",
    en: "set the target, or take the KPI out if nothing is done that year",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let formulas = unread_formulas(context);
    for row in city.rows() {
        let Some(target) = city.value(row, city.year).filter(|value| value.is_missing()) else { continue };
        if formulas.contains(&city.place(row, Field::Year(city.year))) {
            continue;
        }
        let set_it = if city.plans[row.plan].has(Field::Weight) { &SET_IT } else { &SET_IT_UNWEIGHTED };
        report
            .row(Code::T405, row, Field::Year(city.year), NO_TARGET.with([("year", city.year.to_string())]))
            .actual(&*target.text.text)
            .hint(set_it.with([]))
            .file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, findings, findings_in, plan, with_unread_formula};

    #[test]
    fn empty_and_dash_are_told_and_other_years_may_be_empty() {
        let rows = plan("국", "시")
            .row("시민 | | | | 목표 | 가 | 1 | 2 | - | 4 | 건 | 30 | ")
            .row("시민 | | | | 목표 | 나 | 1 | 2 |  | 4 | 건 | 30 | ")
            .row("시민 | | | | 목표 | 다 | - |  | 3 | - | 건 | 40 | ");
        let found = findings(Code::T405, [rows], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["국!I6", "국!I7"]);
    }

    #[test]
    fn a_target_whose_formula_has_no_stored_result_is_not_told_twice() {
        let bureau = plan("국", "시").row("시민 | | | | 목표 | 가 | 1 | 2 |  | 4 | 건 | 100 | ");
        let city = with_unread_formula(bureau, "I6");
        assert!(findings_in(Code::T405, &city, &Config::default()).is_empty());
    }

    #[test]
    fn a_plan_without_the_year_is_another_checks_business() {
        let old = plan("나국", "시").years("2023a 2024a").row("시민 | | | | 목표 | 가 | 1 | 2 | 건 | 100 | ");
        let new = plan("가국", "시").row("시민 | | | | 목표 | 나 | 1 | 2 | 3 | 4 | 건 | 100 | ");
        assert!(findings(Code::T405, [new, old], &Config::default()).is_empty());
    }
}
