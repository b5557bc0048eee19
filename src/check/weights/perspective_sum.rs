//! 관점 아래에 적힌 비중은 그 관점에 딸린 지표 비중의 합과 같아야 합니다. 한 관점의 비중이 쪽마다 다르게 적혀 있으면 합과
//! 다른 쪽을 알려 드립니다.
//!
//! 예: "시민 고객 (10)"이라고 적혀 있는데 딸린 지표 둘의 비중이 12와 8이면 합은 20입니다.
//!
//! 고치는 법: 지표의 비중이 맞으면 관점에 적힌 비중을, 관점의 비중이 맞으면 지표의 비중을 고치십시오. 비중이 빈 행이 있으면 먼저 채우십시오. 비중을
//! 소수(0.3)로 적은 계획은 W101이 알려 드립니다. `tolerance`는 두 수가 벌어져도 되는 폭입니다(기본 0). `except`는 없습니다.
//!
//! ---
//! The weight printed under a perspective must be the sum of the weights of its KPIs. If a perspective has
//! different weights on different pages, the one that differs from the sum is reported.
//!
//! Example: "Customers (10)" over two KPIs with weights 12 and 8, which sum to 20.
//!
//! To resolve it: fill in missing weights first; then correct the perspective's weight, or the KPIs' weights
//! if those are wrong. Plans whose weights are written as fractions (0.3) are reported by W101. `tolerance`
//! is the allowed difference (0 by default); `except` is not used.

use super::custom::Custom;
use super::{are_fractions, groups, lacks_weight, rounding};
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::value::show_number;
use crate::plan::{Field, PlanId};
use crate::project::config::WeightScope;

static DIFFERS: Wording = Wording {
    ko: "{name} 관점에 적힌 비중은 {actual}인데 지표 비중의 합은 {expected}입니다",
    en: "the perspective {name} has the weight {actual}, but its KPIs sum to {expected}",
};
static DIFFERS_SO_FAR: Wording = Wording {
    ko: "{name} 관점에 적힌 비중은 {actual}인데 비중이 적힌 지표만 더하면 {sum}입니다",
    en: "the perspective {name} has the weight {actual}; those of its KPIs that have one sum to {sum}",
};
static CORRECT: Wording = Wording {
    ko: "관점에 적힌 비중이나 지표의 비중 가운데 틀린 쪽을 고치십시오",
    en: "correct the perspective's weight or its KPIs', whichever is wrong",
};
static NO_WEIGHT: Wording = Wording {
    ko: "비중이 없는 행이 있습니다: {cells}. 먼저 채우고 다시 보십시오",
    en: "some rows have no weight: {cells}; fill them in first",
};
static TWO_PAGES: Wording = Wording {
    ko: "같은 관점의 비중이 곳에 따라 {weights|으로/로} 다르게 적혀 있습니다. {expected|으로/로} 맞추십시오",
    en: "the perspective has {weights} in different places; make them all {expected}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    // Where each perspective or objective adds up for itself, a perspective's weight is on another scale.
    let per = Custom::of(context).known().map(|known| known.per);
    if per.is_some_and(|per| per != WeightScope::Plan) {
        return;
    }
    // W101 reports weights written as fractions.
    for plan in context.city.plan_ids().filter(|&plan| !are_fractions(&context.city.plans[plan])) {
        for group in groups(context.city, plan, WeightScope::Perspective) {
            check_perspective(context, report, plan, &group.key, &group.rows);
        }
    }
}

fn check_perspective(
    context: &Context<'_>,
    report: &mut Report<'_>,
    index: PlanId,
    key: &str,
    group: &[usize],
) {
    let plan = &context.city.plans[index];
    if group.iter().all(|&row| plan.rows[row].weight.text.cell.is_none()) {
        return;
    }
    // The first row of each printed weight.
    let mut printed: Vec<(f64, usize)> = Vec::new();
    for &row in group {
        if let Some(weight) = plan.rows[row].perspective.weight
            && printed.iter().all(|&(other, _)| other != weight)
        {
            printed.push((weight, row));
        }
    }
    let sum: f64 = group.iter().filter_map(|&row| plan.rows[row].weight.percent).sum();
    let without: Vec<usize> = group.iter().copied().filter(|&row| lacks_weight(plan, row)).collect();
    let rounding = rounding(group.iter().map(|&row| &plan.rows[row]));
    let tolerance = context.config.tolerance(Code::W102, 0.0).max(rounding);
    for &(weight, row) in printed.iter().filter(|(weight, _)| (weight - sum).abs() > tolerance + 1e-6) {
        let (expected, actual) = (show_number(sum), show_number(weight));
        let hint = if !without.is_empty() {
            let cells: Vec<String> = without
                .iter()
                .map(|&row| plan.rows[row].cell(Field::Weight, &plan.years).to_string())
                .collect();
            NO_WEIGHT.with([("cells", cells.join(", "))])
        } else if printed.len() > 1 {
            let weights: Vec<String> = printed.iter().map(|&(weight, _)| show_number(weight)).collect();
            TWO_PAGES.with([("weights", weights.join(", ")), ("expected", expected.clone())])
        } else {
            CORRECT.with([])
        };
        let message = if without.is_empty() { &DIFFERS } else { &DIFFERS_SO_FAR }.with([
            ("name", quoted(&plan.rows[row].perspective.name)),
            ("actual", actual.clone()),
            ("expected", expected.clone()),
            ("sum", expected.clone()),
        ]);
        let draft = report
            .plan(Code::W102, index, Field::Perspective, message, plan.place(row, Field::Perspective))
            .identified_by(key)
            .hint(hint);
        // The perspective's weight cannot be corrected to a sum that lacks a row.
        let mut draft =
            if without.is_empty() { draft.expected(expected, actual) } else { draft.actual(actual) };
        for &row in &without {
            draft = draft.related(RowId { plan: index, row }, Field::Weight);
        }
        draft.file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, consistent_city, findings, plan, told};

    fn row(perspective: &str, kpi: &str, weight: &str) -> String {
        format!("{perspective} | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
    }

    #[test]
    fn printed_weights_are_compared_with_the_sum_of_the_rows() {
        let bureau = plan("복지국", "가나시")
            .row(&row("시민 고객 (10)", "가", "12"))
            .row(&row("^", "나", "8"))
            .row(&row("정책성과 (80%)", "다", "80"));
        let found = findings(Code::W102, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["복지국!A6"]);
        assert_eq!((found[0].expected.as_deref(), found[0].found.as_deref()), (Some("20"), Some("10")));
        assert_eq!(
            told(&found[0]),
            "‘시민 고객’ 관점에 적힌 비중은 10인데 지표 비중의 합은 20입니다\n\
             the perspective ‘시민 고객’ has the weight 10, but its KPIs sum to 20\n\
             → 관점에 적힌 비중이나 지표의 비중 가운데 틀린 쪽을 고치십시오\n\
             → correct the perspective's weight or its KPIs', whichever is wrong"
        );
    }

    #[test]
    fn of_two_weights_on_two_pages_the_wrong_one_is_reported() {
        let bureau = plan("복지국", "가나시").row(&row("정책 성과 (68)", "가", "40")).row(&row(
            "정책성과 (69)",
            "나",
            "28",
        ));
        let found = findings(Code::W102, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["복지국!A7"]);
        assert!(told(&found[0]).contains("68, 69로 다르게 적혀 있습니다. 68로 맞추십시오"));
    }

    #[test]
    fn weights_written_as_fractions_are_left_to_the_sum() {
        let bureau =
            plan("복지국", "가나시").row(&row("시민 (30)", "가", "0.3")).row(&row("정책 (70)", "나", "0.7"));
        assert!(findings(Code::W102, [bureau], &Config::default()).is_empty());
    }

    #[test]
    fn rows_without_weight_are_named() {
        let bureau = plan("복지국", "가나시").row(&row("창의 (10)", "가", "8")).row(&row("^", "나", ""));
        let found = findings(Code::W102, [bureau], &Config::default());
        assert!(told(&found[0]).contains("비중이 없는 행이 있습니다: L7."));
        assert!(told(&found[0]).contains("적힌 비중은 10인데 비중이 적힌 지표만 더하면 8입니다"));
        assert_eq!((found[0].expected.as_deref(), found[0].found.as_deref()), (None, Some("10")));
        assert_eq!(found[0].related[0].at.cell, Some("L7".parse().unwrap()));
    }

    #[test]
    fn the_tolerance_of_planbook_toml_counts_and_agreement_is_no_finding() {
        let bureau = || plan("복지국", "가나시").row(&row("창의 (10)", "가", "9.5"));
        assert_eq!(findings(Code::W102, [bureau()], &Config::default()).len(), 1);
        assert!(findings(Code::W102, [bureau()], &config("[checks.W102]\ntolerance = 0.5")).is_empty());
        assert!(findings(Code::W102, consistent_city(), &Config::default()).is_empty());
    }
}
