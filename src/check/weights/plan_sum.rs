//! 계획의 비중은 모두 더해 정해진 합이 되어야 합니다. 정해진 합은 planbook.toml의 `[checks.W101]`에 적은 `sum`(얼마)과 `per`(계획
//! `"plan"`, 관점 `"perspective"`, 목표 `"objective"`)이고, 적지 않으면 폴더의 계획 대부분이 따르는 합(100, 1, 10, 1,000 따위)입니다. 비중 칸이 없는
//! 서식은 보지 않습니다. 비중이 비어 있는 행이 있으면 그 행을 함께 알려 줍니다. 합이 100이어야 하는데 1이면 비중을 소수(30 대신
//! 0.3)로 적은 것으로 봅니다. 계획마다 합이 달라 정해진 합을 알 수 없으면 기획 부서에 한 번만 묻습니다.
//!
//! 예: 다른 계획은 모두 100인데 지표 15개의 비중 합계가 120인 계획 — 한 행이 두 번 적혀 있을 수 있습니다.
//!
//! 고치는 법: 비중을 고쳐 합계를 맞추십시오. 빠진 지표나 두 번 적힌 지표가 없는지도 보십시오. 물음에는 `sum`과 `per`로 답하십시오.
//! 비중을 더할 일이 없으면 `off = true`로 적으십시오. `tolerance`는 정해진 합에서 벗어나도 되는 폭입니다(기본 0).
//!
//! ---
//! The weights of a plan must add up to a certain sum: `sum` under `[checks.W101]` in planbook.toml, over the plan
//! (`per = "plan"`), each perspective (`"perspective"`) or each objective (`"objective"`); else what they add up to in
//! most plans of the folder (100, 1, 10, 1,000, for instance). Forms without weights are not checked. Rows without a
//! weight are named. If the sum is 1 instead of 100, the weights seem to be written as fractions (0.3 for 30). If the
//! plans differ too much to tell, the planning office is asked once.
//!
//! Example: the weights of 15 KPIs sum to 120, and all other plans sum to 100: one row may be there twice.
//!
//! To resolve it: change the weights so that they sum up, and look for a missing or doubled KPI. Answer the question
//! with `sum` and `per`; if weights need not add up to anything, set `off = true`. `tolerance` is the allowed difference
//! (0 by default).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::custom::{Custom, WeightSum};
use super::{WeightGroup, are_fractions, groups, has_weights, lacks_weight, rounding, sum_of};
use crate::check::Report;
use crate::check::reading::unread_formulas;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Severity, Wording};
use crate::plan::value::{show_amount, show_number};
use crate::plan::{Field, Plan, PlanId};
use crate::project::config::WeightScope;
use crate::source::Place;

static SUM: Wording = Wording {
    ko: "비중 합계가 {actual}입니다 ({expected|이어야/여야} 합니다)",
    en: "the weights sum to {actual} (they should sum to {expected})",
};
static SUM_OF_PERSPECTIVE: Wording = Wording {
    ko: "{name} 관점의 비중 합계가 {actual}입니다 ({expected|이어야/여야} 합니다)",
    en: "the weights of the perspective {name} sum to {actual} (they should sum to {expected})",
};
static SUM_OF_OBJECTIVE: Wording = Wording {
    ko: "목표 {name}의 비중 합계가 {actual}입니다 ({expected|이어야/여야} 합니다)",
    en: "the weights of the objective {name} sum to {actual} (they should sum to {expected})",
};
static ASK: Wording = Wording {
    ko: "비중을 더하면 얼마여야 하는지 알 수 없습니다. 계획마다 더한 값: {sums_ko}",
    en: "what the weights should sum to is not known; in the plans they sum to {sums_en}",
};
static ANSWER: Wording = Wording {
    ko: "정해진 합이 있으면 planbook.toml에 적고, 없으면 대신 off = true로 적으십시오. 붙여 넣을 내용:\n{lines}",
    en: "if there is one, enter it in planbook.toml, else enter off = true instead; lines to paste:\n{lines}",
};
static SUM_OF_WEIGHTS: Wording = Wording { ko: "비중 합계", en: "sum of the weights" };
static CHECK_ROWS: Wording = Wording {
    ko: "빠진 지표나 두 번 적힌 지표가 없는지 보고 비중을 고치십시오",
    en: "look for a missing or doubled KPI and change the weights",
};
static DOUBLED: Wording = Wording {
    ko: "{kpi|이/가} 두 번 적혀 있습니다. {cell}의 행을 빼면 {expected|이/가} 됩니다",
    en: "{kpi} is in the plan twice; without the row of {cell} the weights sum to {expected}",
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

/// The most sums listed in a question.
const SUMS: usize = 6;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    match Custom::of(context) {
        Custom::Unknown(sums) if sums.is_empty() => {}
        Custom::Unknown(sums) => ask(report, &sums),
        Custom::Known(known) => {
            let tolerance = context.config.tolerance(Code::W101, 0.0);
            let formulas = unread_formulas(context);
            for (index, plan) in context.city.numbered_plans().filter(|(_, plan)| has_weights(plan)) {
                for group in groups(context.city, index, known.per) {
                    let rounding = rounding(group.rows.iter().map(|&row| &plan.rows[row]));
                    let off = (sum_of(plan, &group.rows) - known.sum).abs();
                    if off > tolerance.max(rounding) + 1e-6 {
                        check_group(context, report, index, known, &group, &formulas);
                    }
                }
            }
        }
    }
}

/// Asks the planning office, since the plans do not tell.
fn ask(report: &mut Report<'_>, sums: &[(f64, usize)]) {
    let list = |one: fn(String, usize) -> String, more: fn(usize) -> String| {
        let told = sums.iter().take(SUMS).map(|&(sum, plans)| one(show_amount(sum), plans));
        let rest = sums.len().checked_sub(SUMS).filter(|rest| *rest > 0).map(more);
        told.chain(rest).collect::<Vec<_>>().join(", ")
    };
    let message = ASK.with([
        ("sums_ko", list(|sum, plans| format!("{sum} {plans}곳"), |more| format!("그 밖에 {more}가지"))),
        ("sums_en", list(|sum, plans| format!("{sum} ({plans})"), |more| format!("{more} more"))),
    ]);
    let scopes: Vec<String> = WeightScope::NAMES.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let lines = format!("[checks.W101]\nsum = 100\nper = {} # {}", scopes[0], scopes.join(", "));
    let draft = report.file(Code::W101, message, Place::file(&Arc::from("planbook.toml")));
    draft.severity(Severity::Warning).hint(ANSWER.with([("lines", lines)])).file();
}

fn check_group(
    context: &Context<'_>,
    report: &mut Report<'_>,
    index: PlanId,
    known: WeightSum,
    group: &WeightGroup<'_>,
    formulas: &BTreeSet<Place>,
) {
    let plan = &context.city.plans[index];
    let sum = sum_of(plan, &group.rows);
    let without: Vec<usize> = group.rows.iter().copied().filter(|&row| lacks_weight(plan, row)).collect();
    let is_unread = |row: &usize| formulas.contains(&plan.place(*row, Field::Weight));
    let unread: Vec<usize> = without.iter().copied().filter(is_unread).collect();
    let fractions = known == WeightSum { sum: 100.0, per: WeightScope::Plan } && are_fractions(plan);
    let expected = show_amount(known.sum);
    let hint = if !unread.is_empty() {
        FORMULA.with([("cells", weight_cells(plan, &unread))])
    } else if fractions {
        PERCENT.with([])
    } else if let Some(row) = doubled(context, index, group, sum - known.sum) {
        DOUBLED.with([
            ("cell", plan.rows[row].cell(Field::Kpi, &plan.years).to_string()),
            ("kpi", quoted(&plan.rows[row].kpi.text)),
            ("expected", expected.clone()),
        ])
    } else if without.is_empty() || sum > known.sum {
        CHECK_ROWS.with([])
    } else {
        let rest = show_number(known.sum - sum);
        NO_WEIGHT.with([("cells", weight_cells(plan, &without)), ("rest", rest)])
    };
    let first = group.rows.first().copied().unwrap_or(0);
    let (wording, name) = match known.per {
        WeightScope::Plan if fractions => (&FRACTIONS, ""),
        WeightScope::Plan => (&SUM, ""),
        WeightScope::Perspective => (&SUM_OF_PERSPECTIVE, &*plan.rows[first].perspective.name),
        WeightScope::Objective => (&SUM_OF_OBJECTIVE, &*plan.rows[first].objective.text),
    };
    let message =
        wording.with([("name", quoted(name)), ("actual", show_number(sum)), ("expected", expected.clone())]);
    let at = plan.place(without.first().copied().unwrap_or(first), Field::Weight);
    let mut draft = report
        .plan(Code::W101, index, Field::Weight, message, at)
        .expected(expected, show_number(sum))
        .calculated_as(&SUM_OF_WEIGHTS)
        .hint(hint);
    if known.per != WeightScope::Plan {
        draft = draft.identified_by(&*group.key);
    }
    for &row in without.iter().skip(1) {
        draft = draft.related(RowId { plan: index, row }, Field::Weight);
    }
    draft.file();
}

/// A row with a duplicate KPI whose weight is what the group has too much.
fn doubled(context: &Context<'_>, plan: PlanId, group: &WeightGroup<'_>, excess: f64) -> Option<usize> {
    let (rows, keys) = (&context.city.plans[plan].rows, &context.city.nodes[plan].row_keys);
    group.rows.iter().copied().find(|&row| {
        let is_twin = !keys[row].kpi.is_empty() && keys[..row].iter().any(|above| above.kpi == keys[row].kpi);
        is_twin && rows[row].weight.percent.is_some_and(|weight| (weight - excess).abs() < 1e-6)
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
    use crate::finding::{Finding, Lang};
    use crate::project::Config;
    use crate::testing::{PlanText, config, findings, findings_in, plan, told, with_unread_formula};

    fn weights(weights: &[&str]) -> PlanText {
        weights.iter().enumerate().fold(plan("복지국", "가나시"), |plan, (index, weight)| {
            plan.row(&format!("관점 | | | | 목표 | 지표{index} | 1 | 2 | 3 | 4 | 건 | {weight} | "))
        })
    }

    /// What is found where another plan sums to 100.
    fn found(plan: PlanText) -> Vec<Finding> {
        findings(Code::W101, [plan, weights(&["40", "60"])], &Config::default())
    }

    fn sums(plans: &[&[&str]]) -> Vec<Finding> {
        findings(Code::W101, plans.iter().map(|plan| weights(plan)), &Config::default())
    }

    #[test]
    fn weights_written_as_fractions_are_called_so() {
        let found = sums(&[&["0.3", "0.5", "0.2"], &["40", "60"], &["100"]]);
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
        let config = config("[checks.W101]\nsum = 100");
        let found = findings_in(Code::W101, &city, &config);
        assert!(told(&found[0]).contains("→ 비중 칸 L7의 수식에 저장된 결과가 없습니다"));
    }

    #[test]
    fn an_office_whose_weights_sum_to_1_or_1000_or_30_is_not_told_to_write_100() {
        for usual in [["0.4", "0.6"], ["400", "600"], ["4", "6"], ["20", "10"]] {
            let found = sums(&[&usual, &usual, &usual, &["50", "47"]]);
            assert_eq!(found.len(), 1, "{usual:?}");
            let sum = show_amount(usual.iter().filter_map(|it| it.parse::<f64>().ok()).sum());
            assert_eq!(found[0].expected, Some(sum));
        }
        assert!(sums(&[&["0.4", "0.6"]]).is_empty());
    }

    #[test]
    fn cards_that_sum_to_50_are_one_question_and_not_an_error() {
        let found = sums(&[&["30", "20"]]);
        assert_eq!((found.len(), found[0].severity), (1, Severity::Warning));
        assert_eq!((found[0].org.as_deref(), &*found[0].at.file), (None, "planbook.toml"));
        assert_eq!(
            told(&found[0]),
            "비중을 더하면 얼마여야 하는지 알 수 없습니다. 계획마다 더한 값: 50 1곳\n\
             what the weights should sum to is not known; in the plans they sum to 50 (1)\n\
             → 정해진 합이 있으면 planbook.toml에 적고, 없으면 대신 off = true로 적으십시오. 붙여 넣을 내용:\n\
             [checks.W101]\nsum = 100\nper = \"plan\" # \"plan\", \"perspective\", \"objective\"\n\
             → if there is one, enter it in planbook.toml, else enter off = true instead; lines to paste:\n\
             [checks.W101]\nsum = 100\nper = \"plan\" # \"plan\", \"perspective\", \"objective\""
        );
        let answered = config("[checks.W101]\nsum = 100\nper = \"plan\"");
        assert_eq!(findings(Code::W101, [weights(&["30", "20"])], &answered)[0].severity, Severity::Error);
        let many = sums(&[&["30"], &["45"], &["300"], &["70"], &["100"], &["41"]]);
        assert_eq!(many.len(), 1, "one of six is no majority");
        assert_eq!(sums(&[&["97"], &["120"]]).len(), 2, "sums near 100 mean 100");
    }

    #[test]
    fn weights_that_sum_over_each_perspective_are_compared_there() {
        let row = |perspective: &str, number: usize, weight: &str| {
            format!("{perspective} | | | | 목표 | 지표{number} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
        };
        let office = |org: &str, last: &str| {
            plan(org, "가나시")
                .row(&row("시민 (30)", 1, "40"))
                .row(&row("^", 2, "60"))
                .row(&row("재정 (70)", 3, "70"))
                .row(&row("^", 4, last))
        };
        let plans = || [office("가국", "30"), office("나국", "30"), office("다국", "20")];
        let found = findings(Code::W101, plans(), &Config::default());
        let told: Vec<String> = found.iter().map(told).collect();
        assert_eq!(told.len(), 1);
        assert!(told[0].starts_with("‘재정’ 관점의 비중 합계가 90입니다 (100이어야 합니다)\n"), "{told:?}");
        assert!(findings(Code::W102, plans(), &Config::default()).is_empty());
    }

    #[test]
    fn a_form_without_weights_is_not_asked_about_them() {
        let bureau = plan("복지국", "가나시").row("관점 | | | | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | ~ | ");
        assert!(findings(Code::W101, [bureau], &Config::default()).is_empty());
    }

    #[test]
    fn sum_and_per_are_settings_of_this_check_only() {
        let found = Config::parse("[checks.W102]\nsum = 100").unwrap_err();
        assert!(found[0].message.text(Lang::Ko).contains("`[checks.W101]`에만"));
        assert!(Config::parse("[checks.W101]\nsum = 0").is_err());
    }
}
