//! 시 전체의 지표를 인용하면서 적은 목표치가 시의 목표치와 다릅니다. 시의 목표치는 planbook.toml의 `[[city_kpis]]`에 적힌 것이고, 거기에
//! 없으면 목표치를 적은 계획의 셋 가운데 둘 이상(적어도 세 곳)이 적은 것입니다. 그런 값이 없으면 부서에는 아무것도 묻지 않습니다(L205).
//! 빈칸은 인용하지 않은 것으로 봅니다. 44.5%와 44.5점처럼 단위만 다르거나, "전년대비 5% 이상"과 그렇게 셈한 수, "중상(75점 이상)"과 75점은
//! 같다고 봅니다.
//!
//! 예: 시정만족도의 목표치를 대부분의 계획이 44.5%로 적었는데 어떤 계획은 56.9점으로 적었습니다.
//!
//! 고치는 법: 시의 목표치로 맞추십시오. 많은 계획이 적은 값이 오히려 틀렸으면 planbook.toml의 `[[city_kpis]]`에 바른 목표치를
//! 적으십시오. 그러면 그 값을 기준으로 다시 봅니다. `except`에는 시 지표의 이름을, `tolerance`에는 두 수가 벌어져도 되는
//! 폭을 적습니다(기본 0).
//!
//! ---
//! A KPI of the city is cited with another target than the city's. The city's target is the one under
//! `[[city_kpis]]` in planbook.toml, else the one that at least two thirds of the citing plans, and at least
//! three, agree on. If there is none, departments are not asked (L205). Empty cells are ignored. So are
//! differences in the unit only (44.5 % or 44.5 points), a promise of growth beside the resulting number, and
//! a grade beside its points.
//!
//! Example: most plans cite 44.5 % for the satisfaction of citizens, and one cites 56.9 points.
//!
//! To resolve it: write the city's target. If what most plans cite is wrong, give the right target under
//! `[[city_kpis]]` in planbook.toml, which then takes precedence. `except` names KPIs of the city to skip,
//! `tolerance` is the allowed difference (0 by default).

use std::collections::BTreeSet;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{CityKpi, Context, RowId, TargetSource};
use crate::finding::{Code, Wording};
use crate::plan::{Field, Unit, Value};

static DIFFERS: Wording = Wording {
    ko: "시 지표 {kpi}의 목표치를 {actual|으로/로} 적었습니다 (시 목표치는 {expected})",
    en: "the target of the city's KPI {kpi} is cited as {actual} (the city's is {expected})",
};
static DIFFERS_FROM_MOST: Wording = Wording {
    ko: "시 지표 {kpi}의 목표치를 {actual|으로/로} 적었습니다 (가장 많이 적힌 값은 {expected})",
    en: "the target of the city's KPI {kpi} is cited as {actual} (most plans cite {expected})",
};
static DECLARED: Wording = Wording {
    ko: "시가 정한 목표치 {expected|으로/로} 맞추십시오",
    en: "write the target that the city has set, {expected}",
};
static MOST_CITE: Wording = Wording {
    ko: "목표치를 적은 {all}곳 가운데 {count}곳이 {expected|으로/로} 적었습니다. 시 목표치가 이것이 아니면 {enter:[[city_kpis]]}",
    en: "{count} of the {all} plans that cite one say {expected}; if that is not the city's target, {enter:[[city_kpis]]}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for kpi in &context.city.city_kpis {
        if let Some(target) = &kpi.target {
            check_kpi(context, report, kpi, target);
        }
    }
}

fn check_kpi(context: &Context<'_>, report: &mut Report<'_>, kpi: &CityKpi, target: &Value) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::L204, 0.0);
    let mut seen = BTreeSet::new();
    let cells: Vec<RowId> = kpi
        .citations
        .iter()
        .copied()
        .filter(|&row| !city.row(row).parent_target.text.is_empty())
        .filter(|&row| seen.insert((row.plan, city.place(row, Field::ParentTarget))))
        .collect();
    let none = Unit::default();
    let is_right = |row: RowId| {
        let cited = &city.row(row).parent_target;
        kpi.is_cited_right(&cited.text.text) != Some(false) || cited.agrees(&none, target, &none, tolerance)
    };
    let (agreeing, differing): (Vec<RowId>, Vec<RowId>) = cells.iter().partition(|&&row| is_right(row));
    let expected = target.text.text.to_string();
    let (wording, hint) = match kpi.source {
        TargetSource::Inferred { count, of } => (
            &DIFFERS_FROM_MOST,
            MOST_CITE.with([
                ("all", of.to_string()),
                ("count", count.to_string()),
                ("expected", expected.clone()),
            ]),
        ),
        _ => (&DIFFERS, DECLARED.with([("expected", expected.clone())])),
    };
    for &row in &differing {
        let actual = city.row(row).parent_target.text.text.to_string();
        let message = wording.with([
            ("kpi", quoted(&kpi.name)),
            ("actual", actual.clone()),
            ("expected", expected.clone()),
        ]);
        let mut draft = report
            .cell(Code::L204, row, Field::ParentTarget, kpi.key.as_str(), message)
            .expected(expected.clone(), actual)
            .hint(hint.clone());
        if let Some(&first) = agreeing.first() {
            draft = draft.related(first, Field::ParentTarget);
        }
        draft.file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, config, findings, plan, told};

    fn citing(org: &str, target: &str) -> PlanText {
        plan(org, "가나시").row(&format!(
            "관점 | 시의 목표 | 시정 만족도 | {target} | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | "
        ))
    }

    fn four(targets: [&str; 4]) -> Vec<PlanText> {
        let [a, b, c, d] = targets;
        five([a, b, c, d, ""])
    }

    fn five(targets: [&str; 5]) -> Vec<PlanText> {
        ["가국", "나국", "다국", "라국", "하국"]
            .iter()
            .zip(targets)
            .map(|(org, target)| citing(org, target))
            .collect()
    }

    #[test]
    fn what_most_plans_cite_is_the_measure() {
        let found = findings(Code::L204, five(["44.5%", "44.5점", "56.9점", "", "44.5"]), &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["다국!D6"]);
        assert_eq!(found[0].related[0].org.as_ref(), "가국");
        assert_eq!(
            told(&found[0]),
            "시 지표 ‘시정 만족도’의 목표치를 56.9점으로 적었습니다 (가장 많이 적힌 값은 44.5%)\n\
             the target of the city's KPI ‘시정 만족도’ is cited as 56.9점 (most plans cite 44.5%)\n\
             → 목표치를 적은 4곳 가운데 3곳이 44.5%로 적었습니다. 시 목표치가 이것이 아니면 planbook.toml의 [[city_kpis]]에 적으십시오\n\
             → 3 of the 4 plans that cite one say 44.5%; if that is not the city's target, enter it under [[city_kpis]] in planbook.toml"
        );
    }

    #[test]
    fn without_a_clear_majority_departments_are_told_nothing() {
        let found = findings(Code::L204, five(["44.5%", "44.5", "56.9점", "60", ""]), &Config::default());
        assert!(found.is_empty());
    }

    #[test]
    fn planbook_toml_has_the_last_word() {
        let toml = "[[city_kpis]]\ngoal = \"시의 목표\"\nkpi = \"시정만족도\"\ntarget = \"56.9\"";
        let found = findings(Code::L204, four(["44.5%", "44.5", "56.9점", "기준점"]), &config(toml));
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["가국!D6", "나국!D6", "라국!D6"]);
        assert!(told(&found[0]).contains("시가 정한 목표치 56.9로 맞추십시오"));
    }

    #[test]
    fn another_scale_is_another_target() {
        let found = findings(Code::L204, four(["8.95점", "8.95", "93점", "8.95"]), &Config::default());
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn a_merged_cell_is_reported_once_and_equal_targets_not_at_all() {
        let row = |target: &str| {
            format!("관점 | 시의 목표 | 시정 만족도 | {target} | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ")
        };
        let merged = plan("마국", "가나시")
            .row(&row("70"))
            .row("관점 | ^ | ^ | ^ | 목표 | 다른 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ");
        let mut plans = four(["44.5", "44.5", "44.5", "44.5"]);
        plans.push(merged);
        assert_eq!(findings(Code::L204, plans, &Config::default()).len(), 1);
        assert!(findings(Code::L204, four(["44.5", "44.5%", "44.50점", ""]), &Config::default()).is_empty());
    }
}
