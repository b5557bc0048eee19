//! 모든 기관이 가져야 하거나 거의 모두가 두는 공통지표가 계획에 없습니다. planbook.toml의 `[common]`에서 `required = true`로 정한 지표와, 조직이
//! 다섯 곳 이상일 때 셋 가운데 둘 이상이 두는 지표(이름이 무엇이든 공통지표로 봅니다)를 봅니다. `required = false`로 적으면 보지 않습니다.
//!
//! 띄어쓰기나 `율`과 `률`이 달라도 같은 지표로 보며, 이름 뒤 괄호 안의 설명(`1인당 교육시간 (IT교육 이수시간)`)도 괜찮습니다.
//!
//! 예: 어느 국의 계획에 예산집행률이 없습니다.
//!
//! 고치는 법: 지표를 넣고 비중을 다시 맞추십시오. 다른 이름으로 이미 있으면 planbook.toml의 `[spellings]`에 그 이름을 적고, 그
//! 조직에는 해당하지 않으면 사유를 적어 유예하십시오(`planbook waive`). `except`에 적은 공통지표는 없어도 됩니다.
//! `tolerance`는 쓰지 않습니다.
//!
//! ---
//! A common KPI that every organisation must have, or that most have, is not in the plan: one with `required
//! = true` under `[common]` of planbook.toml, or one that at least two thirds of five or more organisations
//! have, which counts as common whatever its name. `required = false` switches this off, `off = true` takes it
//! out of the common KPIs.
//!
//! Differences in spelling and a remark in brackets after the name are ignored.
//!
//! Example: a bureau's plan without the rate of budget execution.
//!
//! To resolve it: add the KPI and adjust the weights to 100. If it is there under another name, enter that
//! under `[spellings]`; if it does not concern this organisation, waive the finding with the reason
//! (`planbook waive`). Common KPIs named in `except` may be missing. `tolerance` is not used.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::check::words::{nearest, quoted};
use crate::consolidate::{City, CommonMatrix, Context};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};

static MISSING: Wording = Wording {
    ko: "필수 공통지표 {kpi|이/가} 계획에 없습니다",
    en: "the required common KPI {kpi} is not in this plan",
};
static MOST_HAVE: Wording = Wording {
    ko: "조직 {all}곳 가운데 {count}곳이 두는 공통지표 {kpi|이/가} 계획에 없습니다",
    en: "{count} of {all} organisations carry the common KPI {kpi}; it is not in this plan",
};
static WHERE_IT_APPLIES: Wording = Wording {
    ko: "이 조직에도 해당하는지 확인하십시오. 해당하면 지표를 넣고 비중을 다시 맞추고, 아니면 {waive}",
    en: "check whether it applies here; if so, add the KPI and balance the weights, else {waive}",
};
static ADD: Wording = Wording {
    ko: "지표를 넣고 비중을 다시 맞추십시오. 해당하지 않는 조직이면 {waive}",
    en: "add the KPI and balance the weights, or where it does not apply {waive}",
};
static WHERE_IT_APPLIES_UNWEIGHTED: Wording = Wording {
    ko: "이 조직에도 해당하는지 확인하십시오. 해당하면 지표를 넣고, 아니면 {waive}",
    en: "check whether it applies here; if so, add the KPI, else {waive}",
};
static ADD_UNWEIGHTED: Wording = Wording {
    ko: "지표를 넣으십시오. 해당하지 않는 조직이면 {waive}",
    en: "add the KPI, or where it does not apply {waive}",
};
static NEAR: Wording = Wording {
    ko: "비슷한 지표 {near|이/가} 있습니다. 같은 지표이면 {enter:[spellings]}",
    en: "{near} looks alike; if it is the same KPI, {enter:[spellings]}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for matrix in city.common.iter().filter(|matrix| matrix.required) {
        let carrying: BTreeSet<PlanId> =
            matrix.rows.iter().chain(&matrix.variants).map(|row| row.plan).collect();
        for (index, plan) in city.numbered_plans() {
            if carrying.contains(&index) || plan.rows.is_empty() {
                continue;
            }
            let kpi = ("kpi", quoted(&matrix.name));
            let is_declared = matrix.rule.required == Some(true);
            let message = if is_declared {
                MISSING.with([kpi])
            } else {
                let all = city.plans.iter().filter(|plan| !plan.rows.is_empty()).count();
                MOST_HAVE.with([kpi, ("all", all.to_string()), ("count", carrying.len().to_string())])
            };
            let hint = match alike(city, index, matrix) {
                Some(near) => NEAR.with([("near", near)]),
                None => add(plan.has(Field::Weight), is_declared).with([]),
            };
            let draft = report.plan(Code::S304, index, Field::Kpi, message, plan.header_place());
            let draft = draft.about(&matrix.key).hint(hint);
            if is_declared { draft.expected(&*matrix.name, "") } else { draft }.file();
        }
    }
}

/// What to do about a missing KPI; a form without weights has none to balance.
fn add(has_weights: bool, is_declared: bool) -> &'static Wording {
    match (has_weights, is_declared) {
        (true, true) => &ADD,
        (true, false) => &WHERE_IT_APPLIES,
        (false, true) => &ADD_UNWEIGHTED,
        (false, false) => &WHERE_IT_APPLIES_UNWEIGHTED,
    }
}

/// The plan's KPI with the name most similar to the common one's, if similar enough.
fn alike(city: &City, plan: PlanId, matrix: &CommonMatrix) -> Option<String> {
    let rows = city.nodes[plan].row_keys.iter().zip(&city.plans[plan].rows);
    let near = nearest(matrix.key.as_str(), rows.map(|(keys, row)| (keys.kpi.as_str(), &row.kpi.text)))?;
    Some(quoted(near))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::project::Config;
    use crate::testing::{PlanText, config, findings, plan};

    fn plan_with(kpis: [&str; 2]) -> PlanText {
        kpis.iter().fold(plan("국", "시"), |plan, kpi| {
            plan.row(&format!("창의 | | | | 목표 | {kpi} | 90 | 91 | 92 | 93 | % | 50 | "))
        })
    }

    #[test]
    fn a_plan_without_a_required_kpi_is_told() {
        let found = findings(Code::S304, [plan_with(["예산 집행율", "만족도"])], &required());
        assert_eq!(found.len(), 1);
        assert!(found[0].message.text(Lang::Ko).contains("1인당 교육시간"));
    }

    #[test]
    fn spelling_and_a_remark_in_brackets_do_no_harm() {
        let plans = [plan_with(["예산집행율", "1인당 교육 시간 (IT교육 이수시간)"])];
        assert!(findings(Code::S304, plans, &required()).is_empty());
    }

    #[test]
    fn nothing_is_required_because_another_city_has_it_and_what_most_carry_is() {
        let others = || (0..4).map(|number| plan(&format!("{number}국"), "시"));
        let carrying =
            |plan: PlanText| plan.row("창의 | | | | 목표 | 예산집행률 | 90 | 91 | 92 | 93 | % | 100 | ");
        let without = || plan_with(["만족도", "인지도"]);
        let found = |plans: Vec<PlanText>| findings(Code::S304, plans, &Config::default()).len();
        assert_eq!(found(vec![without()]), 0);
        let most: Vec<PlanText> = others().map(carrying).chain([without()]).collect();
        assert_eq!(found(most), 1, "four of five carry it");
        let few: Vec<PlanText> = others().take(3).map(carrying).chain([without()]).collect();
        assert_eq!(found(few), 0, "four organisations say nothing of what is usual");
    }

    fn required() -> Config {
        config("[common.\"예산집행률\"]\nrequired = true\n[common.\"1인당 교육시간\"]\nrequired = true")
    }

    #[test]
    fn a_name_that_looks_alike_is_named() {
        let found = findings(Code::S304, [plan_with(["예산집행률", "1인당 평균 교육시간"])], &required());
        assert!(found[0].hint.as_ref().unwrap().text(Lang::Ko).contains("1인당 평균 교육시간"));
    }

    #[test]
    fn excepted_kpis_may_be_absent() {
        let toml = config("[checks.S304]\nexcept = [\"1인당 교육시간\", \"예산집행률\"]");
        assert!(findings(Code::S304, [plan_with(["만족도", "인지도"])], &toml).is_empty());
    }
}
