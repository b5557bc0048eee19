//! 지표의 비중이 비어 있거나 숫자가 아니거나, 0보다 작거나 100(비중의 합이 더 크면 그 합)보다 큽니다. 비중이 없으면 그 지표는 점수에
//! 들어가지 않고 비중의 합도 맞지 않습니다. 결과가 저장되지 않은 수식(R006)은 여기서 다시 알리지 않습니다.
//!
//! 예: 비중 칸이 비어 있는 행, "미정"이라고 적힌 행, 비중이 -5나 120인 행.
//!
//! 고치는 법: 비중을 숫자로 적으십시오(20, 20%, 2.5 모두 됩니다). 그런 행이 하나뿐이면 합계(W101)를 채우는 비중을 함께
//! 알려 드립니다. 비중을 두지 않기로 한 지표는 `except`에 이름을 적으십시오. `tolerance`는 없습니다.
//!
//! ---
//! The weight of a KPI is empty, not a number, below 0, or above 100 (or above what the weights add up to, if that is
//! more). A KPI without weight does not count in the score, and the sum of the weights is wrong. A formula without a stored result is reported by R006.
//!
//! Example: a row whose weight is blank, reads "to be decided", or is -5 or 120.
//!
//! To resolve it: write the weight as a number (20, 20% and 2.5 are all accepted). If only one row lacks it,
//! the finding suggests the weight that completes the sum (W101). Name KPIs without a weight by intention in `except`;
//! `tolerance` is not used.

use super::custom::Custom;
use super::{groups, has_weights, lacks_weight, sum_of};
use crate::check::Report;
use crate::check::reading::unread_formulas;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::value::{show_amount, show_number};
use crate::plan::{Field, Plan};

static EMPTY: Wording = Wording { ko: "{kpi}의 비중이 비어 있습니다", en: "{kpi} has no weight" };
static NO_NUMBER: Wording = Wording {
    ko: "{kpi}의 비중이 숫자가 아닙니다: {actual}",
    en: "the weight of {kpi} is not a number: {actual}",
};
static OUT_OF_RANGE: Wording = Wording {
    ko: "{kpi}의 비중이 0에서 {limit} 사이가 아닙니다: {actual}",
    en: "the weight of {kpi} is not between 0 and {limit}: {actual}",
};
static NEGATIVE: Wording = Wording {
    ko: "{kpi}의 비중이 0보다 작습니다: {actual}",
    en: "the weight of {kpi} is below 0: {actual}",
};
static WRITE: Wording =
    Wording { ko: "비중을 숫자로 적으십시오", en: "write the weight as a number" };
static REST: Wording = Wording {
    ko: "다른 행의 비중은 모두 더해 {sum}입니다. 여기에 {rest|을/를} 적으면 {expected|이/가} 됩니다",
    en: "the other rows weigh {sum} together; {rest} here would make it {expected}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let formulas = unread_formulas(context);
    let known = Custom::of(context).known();
    let limit = known.map_or(f64::INFINITY, |known| known.sum.max(100.0));
    for (index, plan) in context.city.numbered_plans().filter(|(_, plan)| has_weights(plan)) {
        for group in groups(context.city, index, known.map(|known| known.per).unwrap_or_default()) {
            let rows = || group.rows.iter().copied();
            let lacking = rows().filter(|&row| has_none(plan, row)).count();
            let sum = sum_of(plan, &group.rows);
            for row in rows().filter(|&row| has_none(plan, row) || is_out_of_range(plan, row, limit)) {
                if formulas.contains(&plan.place(row, Field::Weight)) {
                    continue;
                }
                let indicator = &plan.rows[row];
                let kpi = ("kpi", quoted(&indicator.kpi.text));
                let actual = indicator.weight.text.text.to_string();
                let message = if is_out_of_range(plan, row, limit) {
                    let wording = if limit.is_finite() { &OUT_OF_RANGE } else { &NEGATIVE };
                    wording.with([kpi, ("actual", actual.clone()), ("limit", show_amount(limit))])
                } else if actual.is_empty() {
                    EMPTY.with([kpi])
                } else {
                    NO_NUMBER.with([kpi, ("actual", quoted(&actual))])
                };
                let rest = known.map(|known| (known.sum, known.sum - sum));
                let hint = match rest.filter(|(_, rest)| has_none(plan, row) && lacking == 1 && *rest > 1e-6)
                {
                    Some((expected, rest)) => REST.with([
                        ("sum", show_number(sum)),
                        ("rest", show_number(rest)),
                        ("expected", show_amount(expected)),
                    ]),
                    None => WRITE.with([]),
                };
                report
                    .row(Code::W103, RowId { plan: index, row }, Field::Weight, message)
                    .actual(actual)
                    .hint(hint)
                    .file();
            }
        }
    }
}

/// Whether the weight's cell does not hold a number. R003 reports a table without a weight column.
fn has_none(plan: &Plan, row: usize) -> bool {
    lacks_weight(plan, row) && plan.rows[row].weight.text.cell.is_some()
}

/// Whether the weight is a number outside the valid range.
fn is_out_of_range(plan: &Plan, row: usize, limit: f64) -> bool {
    plan.rows[row].weight.percent.is_some_and(|percent| !(0.0..=limit).contains(&percent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{
        PlanText, at, config, consistent_city, findings, findings_in, plan, told, with_unread_formula,
    };

    fn row(kpi: &str, weight: &str) -> String {
        format!("관점 | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
    }

    /// A plan whose weights are as they should be.
    fn whole() -> PlanText {
        plan("환경국", "가나시").row(&row("가", "100"))
    }

    #[test]
    fn a_single_empty_weight_is_suggested() {
        let bureau = plan("복지국", "가나시").row(&row("가", "97")).row(&row("나", ""));
        let found = findings(Code::W103, [bureau, whole()], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["복지국!L7"]);
        assert_eq!(
            told(&found[0]),
            "‘나’의 비중이 비어 있습니다\n\
             ‘나’ has no weight\n\
             → 다른 행의 비중은 모두 더해 97입니다. 여기에 3을 적으면 100이 됩니다\n\
             → the other rows weigh 97 together; 3 here would make it 100"
        );
    }

    #[test]
    fn words_are_no_weight_and_except_leaves_a_kpi_alone() {
        let bureau = || plan("복지국", "가나시").row(&row("가", "미정")).row(&row("나", "-"));
        let found = findings(Code::W103, [bureau()], &Config::default());
        assert!(told(&found[0]).starts_with("‘가’의 비중이 숫자가 아닙니다: ‘미정’\n"));
        assert_eq!(found.len(), 2);
        let config = config("[checks.W103]\nexcept = [\"가\"]");
        assert_eq!(findings(Code::W103, [bureau()], &config).len(), 1);
    }

    #[test]
    fn a_weight_below_0_or_above_100_is_told() {
        let rows = [("가", "-5"), ("나", "105"), ("다", "0"), ("라", "100")];
        let bureau = || {
            let bureau = plan("복지국", "가나시");
            rows.iter().fold(bureau, |plan, (kpi, weight)| plan.row(&row(kpi, weight)))
        };
        let alone = findings(Code::W103, [bureau()], &Config::default());
        assert_eq!(
            alone.iter().map(at).collect::<Vec<_>>(),
            ["복지국!L6"],
            "what the highest is, nobody says"
        );
        let found = findings(Code::W103, [bureau(), whole()], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["복지국!L6", "복지국!L7"]);
        assert!(told(&found[0]).starts_with("‘가’의 비중이 0에서 100 사이가 아닙니다: -5\n"));
    }

    #[test]
    fn a_formula_without_a_stored_result_is_not_told_twice() {
        let bureau = plan("복지국", "가나시").row(&row("가", "60")).row(&row("나", ""));
        let city = with_unread_formula(bureau, "L7");
        assert!(findings_in(Code::W103, &city, &Config::default()).is_empty());
        assert_eq!(findings_in(Code::R006, &city, &Config::default()).len(), 1);
    }

    #[test]
    fn a_table_without_the_column_is_another_matter() {
        let bureau = plan("복지국", "가나시").row(&row("가", "~"));
        assert!(findings(Code::W103, [bureau], &Config::default()).is_empty());
        assert!(findings(Code::W103, consistent_city(), &Config::default()).is_empty());
    }
}
