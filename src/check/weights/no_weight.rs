//! 지표의 비중이 비어 있거나 숫자가 아닙니다. 비중이 없으면 그 지표는 점수에 들어가지 않고, 비중의 합도 100이 되지 않습니다.
//!
//! 예: 비중 칸이 비어 있는 행, "미정"이라고 적힌 행.
//!
//! 고치는 법: 비중을 숫자로 적으십시오(20, 20%, 2.5 모두 됩니다). 그런 행이 하나뿐이면 합계를 100으로 만드는 비중을 함께
//! 알려 드립니다. 비중을 두지 않기로 한 지표는 `except`에 이름을 적으십시오. `tolerance`는 없습니다.
//!
//! ---
//! The weight of a KPI is empty or no number. A KPI without weight does not count in the score, and the weights cannot sum to
//! 100.
//!
//! Example: a row whose weight is blank, or reads "to be decided".
//!
//! To settle it: write the weight as a number (20, 20% and 2.5 will all do). Where only one row lacks it, the weight that
//! makes up 100 is suggested. Name KPIs that have no weight on purpose in `except`; `tolerance` does not apply.

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::value::show_number;
use crate::plan::{Field, Plan};

static EMPTY: Wording = Wording { ko: "{kpi}의 비중이 비어 있습니다", en: "{kpi} has no weight" };
static NO_NUMBER: Wording = Wording {
    ko: "{kpi}의 비중이 숫자가 아닙니다: {actual}",
    en: "the weight of {kpi} is no number: {actual}",
};
static WRITE: Wording =
    Wording { ko: "비중을 숫자로 적으십시오", en: "write the weight as a number" };
static REST: Wording = Wording {
    ko: "다른 행의 비중은 모두 더해 {sum}입니다. 여기에 {rest|을/를} 적으면 100이 됩니다",
    en: "the other rows weigh {sum} together; {rest} here would make it 100",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (index, plan) in context.city.plans.iter().enumerate() {
        let without: Vec<usize> = (0..plan.rows.len()).filter(|&row| lacks_weight(plan, row)).collect();
        let sum: f64 = plan.rows.iter().filter_map(|row| row.weight.percent).sum();
        for &row in &without {
            let indicator = &plan.rows[row];
            let kpi = ("kpi", quoted(&indicator.kpi.text));
            let actual = indicator.weight.text.text.to_string();
            let message = if actual.is_empty() {
                EMPTY.with([kpi])
            } else {
                NO_NUMBER.with([kpi, ("actual", quoted(&actual))])
            };
            let rest = 100.0 - sum;
            let hint = if without.len() == 1 && rest > 1e-6 {
                REST.with([("sum", show_number(sum)), ("rest", show_number(rest))])
            } else {
                WRITE.with([])
            };
            report
                .row(Code::W103, RowId { plan: index, row }, Field::Weight, message)
                .actual(actual)
                .hint(hint)
                .file();
        }
    }
}

/// Whether the weight's cell holds no number. A table without a column of weights is another matter (R003).
fn lacks_weight(plan: &Plan, row: usize) -> bool {
    let weight = &plan.rows[row].weight;
    weight.percent.is_none() && weight.text.cell.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, consistent_city, findings, plan, told};

    fn row(kpi: &str, weight: &str) -> String {
        format!("관점 | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
    }

    #[test]
    fn a_single_empty_weight_is_suggested() {
        let bureau = plan("복지국", "가나시").row(&row("가", "97")).row(&row("나", ""));
        let found = findings(Code::W103, [bureau], &Config::default());
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
    fn a_table_without_the_column_is_another_matter() {
        let bureau = plan("복지국", "가나시").row(&row("가", "~"));
        assert!(findings(Code::W103, [bureau], &Config::default()).is_empty());
        assert!(findings(Code::W103, consistent_city(), &Config::default()).is_empty());
    }
}
