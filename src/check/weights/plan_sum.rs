//! 한 계획의 비중은 모두 더해 100이어야 합니다. 비중이 비어 있는 행이 있으면 그 행을 함께 알려 줍니다. 합계가 1이면 비중을
//! 소수(30 대신 0.3)로 적은 것으로 봅니다.
//!
//! 예: 지표 15개의 비중 합계가 120인 계획 — 한 행이 두 번 적혀 있을 수 있습니다.
//!
//! 고치는 법: 비중을 고쳐 합계를 100으로 맞추십시오. 빠진 지표나 두 번 적힌 지표가 없는지도 보십시오.
//! `tolerance`는 100에서 벗어나도 되는 폭입니다(기본 0).
//!
//! ---
//! The weights of a plan must add up to 100. Rows without a weight are named. If the sum is 1, the weights
//! seem to be written as fractions (0.3 for 30).
//!
//! Example: the weights of 15 KPIs sum to 120: one row may be there twice.
//!
//! To resolve it: change the weights so that they sum to 100, and look for a missing or doubled KPI.
//! `tolerance` is the allowed difference from 100 (0 by default).

use super::{are_fractions, lacks_weight, rounding, sum};
use crate::check::Report;
use crate::check::reading::unread_formulas;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::value::show_number;
use crate::plan::{Field, Plan, PlanId};

static SUM: Wording = Wording {
    ko: "비중 합계가 {actual}입니다 (100이어야 합니다)",
    en: "the weights sum to {actual} (they should sum to 100)",
};
static SUM_OF_WEIGHTS: Wording = Wording { ko: "비중 합계", en: "sum of the weights" };
static CHECK_ROWS: Wording = Wording {
    ko: "빠진 지표나 두 번 적힌 지표가 없는지 보고 비중을 고치십시오",
    en: "look for a missing or doubled KPI and change the weights",
};
static DOUBLED: Wording = Wording {
    ko: "{kpi|이/가} 두 번 적혀 있습니다. {cell}의 행을 빼면 100이 됩니다",
    en: "{kpi} is in the plan twice; without the row of {cell} the weights sum to 100",
};
static FRACTIONS: Wording = Wording {
    ko: "비중을 소수로 적은 것으로 보입니다: 합계가 {actual}입니다 (100이어야 합니다)",
    en: "the weights seem to be written as fractions: they sum to {actual} (they should sum to 100)",
};
static PERCENT: Wording = Wording {
    ko: "비중에 100을 곱해 적거나(0.3 대신 30) 셀 서식을 백분율로 바꾸십시오",
    en: "write 30 instead of 0.3, or format the cells as percent",
};
static FORMULA: Wording = Wording {
    ko: "비중 칸 {cells}의 수식에 저장된 결과가 없습니다. 엑셀이나 한셀에서 열어 다시 저장하십시오",
    en: "the file holds no result for the formula in {cells}; open it in Excel or Hancell and save it again",
};
static NO_WEIGHT: Wording = Wording {
    ko: "비중이 없는 행: {cells}. 여기에 적을 비중은 모두 {rest}입니다",
    en: "rows without weight: {cells}; together they should weigh {rest}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let tolerance = context.config.tolerance(Code::W101, 0.0);
    let formulas = unread_formulas(context);
    for (index, plan) in context.city.numbered_plans() {
        if plan.rows.is_empty() || plan.rows.iter().all(|row| row.weight.text.cell.is_none()) {
            continue;
        }
        let sum = sum(plan);
        if (sum - 100.0).abs() <= tolerance.max(rounding(plan.rows.iter())) + 1e-6 {
            continue;
        }
        let without: Vec<usize> = (0..plan.rows.len()).filter(|&row| lacks_weight(plan, row)).collect();
        let unread: Vec<usize> = without
            .iter()
            .copied()
            .filter(|&row| formulas.contains(&plan.place(row, Field::Weight)))
            .collect();
        let fractions = are_fractions(plan);
        let hint = if !unread.is_empty() {
            FORMULA.with([("cells", weight_cells(plan, &unread))])
        } else if fractions {
            PERCENT.with([])
        } else if let Some(row) = doubled(context, index, sum) {
            DOUBLED.with([
                ("cell", plan.rows[row].cell(Field::Kpi, &plan.years).to_string()),
                ("kpi", quoted(&plan.rows[row].kpi.text)),
            ])
        } else if without.is_empty() {
            CHECK_ROWS.with([])
        } else {
            NO_WEIGHT.with([("cells", weight_cells(plan, &without)), ("rest", show_number(100.0 - sum))])
        };
        let wording = if fractions { &FRACTIONS } else { &SUM };
        let at = plan.place(without.first().copied().unwrap_or(0), Field::Weight);
        let mut draft = report
            .plan(Code::W101, index, Field::Weight, wording.with([("actual", show_number(sum))]), at)
            .expected("100", show_number(sum))
            .calculated_as(&SUM_OF_WEIGHTS)
            .hint(hint);
        for &row in without.iter().skip(1) {
            draft = draft.related(RowId { plan: index, row }, Field::Weight);
        }
        draft.file();
    }
}

/// A row with a duplicate KPI without whose weight the rest sums to 100.
fn doubled(context: &Context<'_>, plan: PlanId, sum: f64) -> Option<usize> {
    let (rows, keys) = (&context.city.plans[plan].rows, &context.city.nodes[plan].row_keys);
    (0..rows.len()).find(|&row| {
        let is_twin = !keys[row].kpi.is_empty() && keys[..row].iter().any(|above| above.kpi == keys[row].kpi);
        is_twin && rows[row].weight.percent.is_some_and(|weight| (sum - weight - 100.0).abs() < 1e-6)
    })
}

/// The weight cells of `rows`, as a list.
fn weight_cells(plan: &Plan, rows: &[usize]) -> String {
    let cells = rows.iter().map(|&row| plan.rows[row].cell(Field::Weight, &plan.years).to_string());
    cells.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::testing::{PlanText, findings, findings_in, plan, told, with_unread_formula};

    fn weights(weights: &[&str]) -> PlanText {
        weights.iter().enumerate().fold(plan("복지국", "가나시"), |plan, (index, weight)| {
            plan.row(&format!("관점 | | | | 목표 | 지표{index} | 1 | 2 | 3 | 4 | 건 | {weight} | "))
        })
    }

    fn found(plan: PlanText) -> Vec<Finding> {
        findings(Code::W101, [plan], &Config::default())
    }

    #[test]
    fn weights_written_as_fractions_are_called_so() {
        let found = found(weights(&["0.3", "0.5", "0.2"]));
        assert_eq!(
            told(&found[0]),
            "비중을 소수로 적은 것으로 보입니다: 합계가 1입니다 (100이어야 합니다)\n\
             the weights seem to be written as fractions: they sum to 1 (they should sum to 100)\n\
             → 비중에 100을 곱해 적거나(0.3 대신 30) 셀 서식을 백분율로 바꾸십시오\n\
             → write 30 instead of 0.3, or format the cells as percent"
        );
    }

    #[test]
    fn a_single_weight_of_1_is_no_fraction() {
        assert!(told(&found(weights(&["1", ""]))[0]).starts_with("비중 합계가 1입니다"));
    }

    #[test]
    fn a_weight_whose_formula_has_no_stored_result_is_named() {
        let city = with_unread_formula(weights(&["60", ""]), "L7");
        let found = findings_in(Code::W101, &city, &Config::default());
        assert!(told(&found[0]).contains("→ 비중 칸 L7의 수식에 저장된 결과가 없습니다"));
    }
}
