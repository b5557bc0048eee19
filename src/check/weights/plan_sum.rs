//! 한 계획의 비중은 모두 더해 100이어야 합니다. 비중이 비어 있는 행이 있으면 그 행을 함께 알려 줍니다.
//!
//! 예: 지표 15개의 비중 합계가 120인 계획 — 한 행이 두 번 적혀 있을 수 있습니다.
//!
//! 고치는 법: 비중을 고쳐 합계를 100으로 맞추십시오. 빠진 지표나 두 번 적힌 지표가 없는지도 보십시오.
//! `tolerance`는 100에서 벗어나도 되는 폭입니다(기본 0).
//!
//! ---
//! The weights of a plan must add up to 100. Rows without a weight are named.
//!
//! Example: a plan whose 15 KPIs weigh 120 together: one row may stand there twice.
//!
//! To settle it: change the weights so that they sum to 100, and look for a missing or doubled KPI.
//! `tolerance` is how far the sum may be from 100 (0 by default).

use crate::check::Report;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::plan::value::show_number;

static SUM: Wording = Wording {
    ko: "비중 합계가 {actual}입니다 (100이어야 합니다)",
    en: "the weights sum to {actual} (they should sum to 100)",
};
static CHECK_ROWS: Wording = Wording {
    ko: "빠진 지표나 두 번 적힌 지표가 없는지 보고 비중을 고치십시오",
    en: "look for a missing or doubled KPI and change the weights",
};
static NO_WEIGHT: Wording = Wording {
    ko: "비중이 없는 행: {cells}. 여기에 적을 비중은 모두 {rest}입니다",
    en: "rows without weight: {cells}; together they should weigh {rest}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let tolerance = context.config.tolerance(Code::W101, 0.0);
    for (index, plan) in context.city.plans.iter().enumerate() {
        if plan.rows.is_empty() || plan.rows.iter().all(|row| row.weight.text.cell.is_none()) {
            continue;
        }
        let sum: f64 = plan.rows.iter().filter_map(|row| row.weight.percent).sum();
        if (sum - 100.0).abs() <= tolerance + 1e-6 {
            continue;
        }
        let without: Vec<usize> =
            (0..plan.rows.len()).filter(|&row| plan.rows[row].weight.percent.is_none()).collect();
        let hint = if without.is_empty() {
            CHECK_ROWS.with([])
        } else {
            let cells: Vec<String> = without
                .iter()
                .map(|&row| plan.rows[row].cell(Field::Weight, &plan.years).to_string())
                .collect();
            NO_WEIGHT.with([("cells", cells.join(", ")), ("rest", show_number(100.0 - sum))])
        };
        let at = plan.place(without.first().copied().unwrap_or(0), Field::Weight);
        let mut draft = report
            .plan(Code::W101, index, Field::Weight, SUM.with([("actual", show_number(sum))]), at)
            .expected("100", show_number(sum))
            .hint(hint);
        for &row in without.iter().skip(1) {
            draft = draft.related(RowId { plan: index, row }, Field::Weight);
        }
        draft.file();
    }
}
