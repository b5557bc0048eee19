//! 하위 조직의 값을 더해 상위 조직의 값이 되는 지표는 합계가 맞아야 합니다. planbook.toml의 `[common]`에서 `rollup = "sum"`인
//! 공통지표(기본: 창의아이디어 제안 건수, 업무의 창의적 개선 건수)와, 대부분의 연도에서 하위 값의 합이 상위 값과 같은 지표를
//! 봅니다.
//!
//! 하위 조직의 합이 상위 값을 넘으면 오류입니다. 못 미치면 계획을 내지 않은 하위 조직이 있을 수 있으므로 참고이지만, 같은 상위 조직의 다른 합계
//! 지표가 꼭 맞거나 같은 지표가 다른 연도에는 맞으면 하위 조직이 다 있는 것이므로 경고로 알립니다. 모든 연도의 값이 상위 계획과 똑같은 하위
//! 계획(부본부장이 본부 전체의 값을 적은 경우)은 몫이 아니라 사본이므로 더하지 않습니다. 하위 조직에 숫자가 하나도 없는 연도도 보지 않습니다.
//!
//! 예: 본부의 업무 개선 건수는 32건인데 세 담당관의 값을 더하면 17+14+3, 곧 34건입니다.
//!
//! 고치는 법: 상위 계획의 값을 합계에 맞추거나 잘못된 하위 값을 고치십시오. `tolerance`는 합계와 달라도 되는 폭입니다(기본 0).
//! `except`에 적은 지표는 보지 않습니다.
//!
//! ---
//! If the parent's value is the sum of the children's, it must agree with it. This applies to common KPIs
//! with `rollup = "sum"` in `[common]` of planbook.toml (by default ideas proposed and improvements made) and
//! to KPIs whose values below add up to the parent's in most years.
//!
//! A sum above the parent's value is an error. A sum below it is information, because a child's plan may be
//! missing; it is a warning if another summed KPI of the same parent, or the same KPI in other years, adds up
//! exactly, which shows that no child is missing. A child with the parent's own values in every year (a
//! deputy head who repeats the whole bureau's figures) is a copy, not a share, and is ignored. So are years
//! in which no child has a number.
//!
//! Example: a bureau has a target of 32 improvements, its three offices 17 + 14 + 3 = 34.
//!
//! To resolve it: change the parent's value to the sum or correct the wrong child. `tolerance` is the allowed
//! difference between value and sum (0 by default). KPIs named in `except` are skipped.

use std::collections::BTreeMap;

use super::shares;
use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Severity, Wording};
use crate::plan::value::{show_amount, show_written};
use crate::plan::{Field, PlanId};

static OVER: Wording = Wording {
    ko: "{year}년 하위 조직의 합 {parts|이/가} 이 계획의 {actual|을/를} 넘습니다",
    en: "in {year} the plans below sum to {parts}, more than {actual} here",
};
static SHORT: Wording = Wording {
    ko: "{year}년 하위 조직의 합 {parts|이/가} 이 계획의 {actual}에 못 미칩니다",
    en: "in {year} the plans below sum to {parts}, less than {actual} here",
};
static COMPLETE: Wording = Wording {
    ko: "계획을 내지 않은 하위 조직이 있을 수 있습니다. 다 냈으면 이 값을 합계에 맞추거나 하위 계획의 잘못된 값을 고치십시오",
    en: "the plan of a child may be missing; if none is, bring this value to the sum or change the wrong value below",
};
static BRING: Wording = Wording {
    ko: "이 값을 합계에 맞추거나 하위 계획의 잘못된 값을 고치십시오",
    en: "bring this value to the sum or change the wrong value below",
};

/// A parent's row, the rows below that sum to it, and whether an exact sum elsewhere shows that none is
/// missing.
struct RollUp {
    parent: RowId,
    children: Vec<RowId>,
    common: Option<usize>,
    complete: bool,
}

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::S303, 0.0);
    for roll_up in declared(city).into_iter().chain(undeclared(city)) {
        for column in &city.plans[roll_up.parent.plan].years {
            file_year(city, &roll_up, column.year, tolerance, report);
        }
    }
}

/// Roll-ups declared as sums in planbook.toml.
fn declared(city: &City) -> Vec<RollUp> {
    let mut by_parent: BTreeMap<(usize, RowId), &[RowId]> = BTreeMap::new();
    for rollup in &city.rollups {
        by_parent.insert((rollup.common, rollup.parent), &rollup.children);
    }
    let mut all: Vec<RollUp> = by_parent
        .into_iter()
        .map(|((common, parent), children)| RollUp {
            parent,
            children: shares_of_children(city, common, parent, children),
            common: Some(common),
            complete: false,
        })
        .collect();
    let mut exact: BTreeMap<PlanId, Vec<Option<usize>>> = BTreeMap::new();
    for roll_up in all.iter().filter(|roll_up| adds_up_in_a_year(city, roll_up)) {
        exact.entry(roll_up.parent.plan).or_default().push(roll_up.common);
    }
    for roll_up in &mut all {
        let kpis = exact.get(&roll_up.parent.plan);
        roll_up.complete = kpis.is_some_and(|kpis| kpis.iter().any(|&kpi| kpi != roll_up.common));
    }
    all
}

/// Roll-ups inferred from the numbers.
fn undeclared(city: &City) -> Vec<RollUp> {
    city.rows()
        .filter(|&row| !city.nodes[row.plan].children.is_empty() && city.row_keys(row).common.is_none())
        .filter_map(|parent| {
            let children = shares::of(city, parent)?;
            Some(RollUp { parent, children, common: None, complete: true })
        })
        .collect()
}

/// The rows to add: in each child's plan the first row of the KPI that is not a copy of the parent's.
fn shares_of_children(city: &City, common: usize, parent: RowId, children: &[RowId]) -> Vec<RowId> {
    let rows = &city.common[common].rows;
    let of_plan = |plan: PlanId| rows[rows.partition_point(|row| row.plan < plan)..].iter().copied();
    children
        .iter()
        .filter_map(|child| {
            of_plan(child.plan)
                .take_while(|row| row.plan == child.plan)
                .find(|&row| !mirrors(city, row, parent))
        })
        .collect()
}

/// Whether `child` has the parent's values in every year, and at least one number.
fn mirrors(city: &City, child: RowId, parent: RowId) -> bool {
    let years = || city.plans[parent.plan].years.iter().map(|column| column.year);
    years().all(|year| city.agrees(child, parent, year, 0.0) != Some(false))
        && years().any(|year| city.amount(child, year).is_some())
}

fn adds_up_in_a_year(city: &City, roll_up: &RollUp) -> bool {
    city.plans[roll_up.parent.plan].years.iter().any(|column| {
        let value = city.amount(roll_up.parent, column.year);
        let sum = shares::sum(city, &roll_up.children, column.year);
        value.zip(sum).is_some_and(|(value, sum)| sum != 0.0 && shares::equal(value, sum))
    })
}

fn file_year(city: &City, roll_up: &RollUp, year: i32, tolerance: f64, report: &mut Report<'_>) {
    let sum = shares::sum(city, &roll_up.children, year);
    let (Some(number), Some(sum)) = (city.amount(roll_up.parent, year), sum) else { return };
    // Sums are in the base unit; the message uses the parent's unit.
    let scale = city.row(roll_up.parent).unit.scale;
    if shares::equal(number, sum) || (number - sum).abs() <= tolerance * scale {
        return;
    }
    let expected = show_amount(sum / scale);
    let numbers: Vec<String> = roll_up
        .children
        .iter()
        .filter_map(|&child| Some(show_amount(city.amount(child, year)? / scale)))
        .collect();
    let parts = match numbers.len() {
        1 => expected.clone(),
        _ => format!("{} = {expected}", numbers.join(" + ")),
    };
    let (wording, severity) = match (sum > number, roll_up.complete) {
        (true, _) => (&OVER, Severity::Error),
        (false, true) => (&SHORT, Severity::Warning),
        (false, false) => (&SHORT, Severity::Info),
    };
    let hint = if severity == Severity::Info { &COMPLETE } else { &BRING };
    let actual = city.value(roll_up.parent, year).map_or("", |value| &*value.text.text);
    let message =
        wording.with([("year", year.to_string()), ("parts", parts), ("actual", show_written(actual))]);
    let mut draft = report
        .row(Code::S303, roll_up.parent, Field::Year(year), message)
        .severity(severity)
        .hint(hint.with([]));
    draft = if severity == Severity::Info {
        draft.compared(expected, actual)
    } else {
        draft.expected(expected, actual)
    };
    for &child in &roll_up.children {
        draft = draft.related(child, Field::Year(year));
    }
    draft.file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::testing::{PlanText, at, findings, plan, told};

    const IDEAS: &str = "창의아이디어 제안 건수";
    const IMPROVEMENTS: &str = "업무의 창의적 개선 건수";

    fn row(kpi: &str, values: &str) -> String {
        format!("창의 | | | | 목표 | {kpi} | {values} | 건 | 50 | ")
    }

    fn found(plans: Vec<PlanText>) -> Vec<Finding> {
        findings(Code::S303, plans, &Config::default())
    }

    #[test]
    fn a_sum_above_the_parents_value_is_an_error_at_the_parent() {
        let found = found(vec![
            plan("국", "시").row(&row(IMPROVEMENTS, "- | 25 | 32 | 48")),
            plan("가과", "국").row(&row(IMPROVEMENTS, "- | 9 | 17 | 20")),
            plan("나과", "국").row(&row(IMPROVEMENTS, "- | 16 | 17 | 28")),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!((at(&found[0]).as_str(), found[0].severity), ("국!I6", Severity::Error));
        assert_eq!((found[0].expected.as_deref(), found[0].related.len()), (Some("34"), 2));
    }

    #[test]
    fn a_sum_below_weighs_more_where_another_sum_is_exact() {
        let alone = |more: bool| {
            let mut above = plan("국", "시").row(&row(IDEAS, "- | 100 | - | -"));
            let mut below = plan("과", "국").row(&row(IDEAS, "- | 60 | - | -"));
            if more {
                above = above.row(&row(IMPROVEMENTS, "- | 5 | 8 | -"));
                below = below.row(&row(IMPROVEMENTS, "- | 5 | 6 | -"));
            }
            found(vec![above, below]).iter().map(|f| (f.field, f.severity)).collect::<Vec<_>>()
        };
        assert_eq!(alone(false), [(Field::Year(2024), Severity::Info)]);
        assert_eq!(
            alone(true),
            [(Field::Year(2024), Severity::Warning), (Field::Year(2025), Severity::Info)]
        );
    }

    #[test]
    fn where_children_fall_short_a_plan_may_be_missing() {
        let above = plan("국", "시").row(&row(IDEAS, "- | 100 | - | -"));
        let below = |value: &str| plan("과", "국").row(&row(IDEAS, &format!("- | {value} | - | -")));
        assert!(told(&found(vec![above.clone(), below("60")])[0]).contains("→ 계획을 내지 않은 하위 조직이"));
        assert!(told(&found(vec![above, below("160")])[0]).contains("→ 이 값을 합계에 맞추거나"));
    }

    #[test]
    fn a_deputy_who_repeats_the_whole_bureau_is_left_out() {
        let plans = vec![
            plan("본부", "시").row(&row(IDEAS, "90 | 100 | 110 | 120")),
            plan("부본부장", "본부").row(&row(IDEAS, "90 | 100 | 110 | 120")),
            plan("연구원", "본부").row(&row(IDEAS, "90 | 100 | 110 | 110")),
        ];
        let found = found(plans);
        assert_eq!(
            found.iter().map(|f| (f.field, f.severity)).collect::<Vec<_>>(),
            [(Field::Year(2026), Severity::Info)]
        );
    }

    #[test]
    fn shares_that_add_up_in_most_years_are_checked_in_the_others() {
        let found = found(vec![
            plan("국", "시").row(&row("사망자 수", "56 | 37 | 39 | 38")),
            plan("도로과", "국").row(&row("사망자수", "5 | 5 | 5 | 5")),
            plan("교통과", "국").row(&row("교통사고 사망자수", "49 | 32 | 34 | 33")),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field, found[0].severity), (Field::Year(2023), Severity::Warning));
        assert_eq!((found[0].expected.as_deref(), found[0].found.as_deref()), (Some("54"), Some("56")));
    }

    #[test]
    fn exact_sums_are_fine() {
        assert!(
            found(vec![
                plan("국", "시").row(&row(IDEAS, "- | 100 | 110 | 1,200")),
                plan("가과", "국").row(&row(IDEAS, " | 60 | 70 | 1,000")),
                plan("나과", "국").row(&row(IDEAS, "- | 40건 | 40 | 200")),
            ])
            .is_empty()
        );
    }
}
