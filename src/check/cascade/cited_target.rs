//! 상위 조직의 목표치라고 적은 값이 상위 조직의 계획에 적힌 계획 연도 목표치와 다릅니다. 쉼표나 단위 같은 표기 차이는 다르다고
//! 보지 않으며, 40(65)처럼 누계를 함께 적은 목표는 어느 쪽을 인용해도 됩니다.
//!
//! 예: 하위 조직은 상위 지표 "문화환경 만족도"의 목표치를 30으로 적었는데 상위 계획에는 35로 되어 있습니다. 하위 조직이 자기
//! 목표치를 상위 목표치 칸에 적은 경우도 많습니다.
//!
//! 인용한 지표의 목표치는 아니지만 그 행의 지표가 상위 계획에 있고 그 목표치와 같으면, 목표치는 맞게 적은 것으로 봅니다.
//!
//! 고치는 법: 상위 계획의 목표치를 옮겨 적으십시오. 상위 계획이 틀렸으면 상위 조직에 알리십시오. `except`에는 인용한 지표의
//! 이름을, `tolerance`에는 두 수가 벌어져도 되는 폭을 적습니다(기본 0).
//!
//! ---
//! The value cited as the parent's target differs from the target of the plan year in the parent's own plan.
//! Formatting alone (separators, units) does not count as a difference, and of a target with a running total,
//! such as 40(65), either number may be cited.
//!
//! Example: the child cites 30 for the parent's KPI "Satisfaction with culture", the parent's plan says 35.
//! Often the child has written its own target into the column of the parent's. A target that is the parent's
//! target for the row's own KPI is accepted, even beside the name of another KPI.
//!
//! To resolve it: copy the target from the parent's plan; if that one is wrong, inform the parent. `except`
//! names cited KPIs to skip, `tolerance` is the allowed difference (0 by default).

use std::collections::BTreeMap;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{City, Context, Link, LinkTarget, RowId};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId, Text, Value};
use crate::source::Place;

static DIFFERS: Wording = Wording {
    ko: "{parent}의 {kpi} 목표치를 {actual|으로/로} 적었습니다 (상위 계획에는 {expected})",
    en: "the target of {kpi} of {parent} is cited as {actual} (the parent's plan says {expected})",
};
static COPY: Wording = Wording {
    ko: "상위 계획의 목표치를 옮겨 적으십시오. 상위 계획이 틀렸으면 상위 조직에 알리십시오",
    en: "copy the target from the parent's plan, or tell the parent if that one is wrong",
};
static OWN_TARGET: Wording = Wording {
    ko: "자기 목표치를 상위 목표치 칸에 적은 것 같습니다. 상위 조직의 목표치 {expected|을/를} 적으십시오",
    en: "this is the plan's own target; the parent's, {expected}, belongs here",
};

/// A cell with a cited target; several rows may share it.
struct Citation {
    /// The first of its rows.
    first: RowId,
    /// The cited rows of the parent.
    cited: Vec<RowId>,
    /// The plan's own rows linked to it.
    children: Vec<RowId>,
}

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for citation in citations(city) {
        let target = &city.row(citation.first).parent_target;
        if target.text.is_empty() {
            continue;
        }
        let (agreeing, differing): (Vec<RowId>, Vec<RowId>) = citation
            .cited
            .iter()
            .filter(|&&row| city.value(row, city.year).is_some_and(|own| !own.text.is_empty()))
            .partition(|&&row| cites(context, citation.first, row));
        // If the parent has the KPI twice, either value is a correct citation.
        let settled =
            |row: RowId| agreeing.iter().any(|&other| city.row_keys(other).kpi == city.row_keys(row).kpi);
        if let Some(&parent) = differing.iter().find(|&&row| !settled(row))
            && !fits_own_kpi(context, &citation, parent.plan)
        {
            file(city, report, &citation, parent);
        }
    }
}

/// The distinct cells that cite rows of a parent's plan, in book order.
fn citations(city: &City) -> Vec<Citation> {
    let mut position: BTreeMap<(PlanId, Place, Place), usize> = BTreeMap::new();
    let mut found: Vec<Citation> = Vec::new();
    for &Link { child, target, .. } in &city.links {
        let LinkTarget::Row(parent) = target else { continue };
        let cells = (child.plan, city.place(child, Field::ParentKpi), city.place(child, Field::ParentTarget));
        let at = *position.entry(cells).or_insert(found.len());
        if at == found.len() {
            found.push(Citation { first: child, cited: Vec::new(), children: Vec::new() });
        }
        let citation = &mut found[at];
        if !citation.cited.contains(&parent) {
            citation.cited.push(parent);
        }
        if !citation.children.contains(&child) {
            citation.children.push(child);
        }
    }
    found
}

/// Whether the cell of `child` has the target of the parent's row. Where the cell beside it also names other
/// KPIs (`A B`, `100점 1회`), one of its values must match.
fn cites(context: &Context<'_>, child: RowId, parent: RowId) -> bool {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::L203, 0.0);
    let target = &city.row(child).parent_target;
    let Some(own) = city.value(parent, city.year) else { return true };
    let among_others = city.row_keys(child).parent_kpi != city.row_keys(parent).kpi;
    let part = |text: &str| Value::read(Text { text: text.into(), cell: target.text.cell });
    let agrees = |cited: &Value| own.is_cited_as(&city.row(parent).unit, cited, tolerance);
    agrees(target) || (among_others && target.text.text.split_whitespace().any(|text| agrees(&part(text))))
}

/// Whether the target is the parent's for the citing row's own KPI: then the cited name was miscopied, and
/// the target is right.
fn fits_own_kpi(context: &Context<'_>, citation: &Citation, parent: PlanId) -> bool {
    let city = context.city;
    let same_kpi = |row: RowId| {
        let rows = (0..city.plans[parent].rows.len()).map(move |row| RowId { plan: parent, row });
        rows.filter(move |&above| city.row_keys(above).kpi == city.row_keys(row).kpi)
    };
    citation
        .children
        .iter()
        .flat_map(|&row| same_kpi(row))
        .any(|above| !citation.cited.contains(&above) && cites(context, citation.first, above))
}

fn file(city: &City, report: &mut Report<'_>, citation: &Citation, parent: RowId) {
    let target = &city.row(citation.first).parent_target;
    let expected = city.value(parent, city.year).map(|own| own.text.text.to_string()).unwrap_or_default();
    let actual = target.text.text.to_string();
    let is_own_target = |&row: &RowId| {
        city.value(row, city.year).is_some_and(|own| own.is_cited_as(&city.row(row).unit, target, 0.0))
    };
    let hint = if citation.children.iter().any(is_own_target) {
        OWN_TARGET.with([("expected", expected.clone())])
    } else {
        COPY.with([])
    };
    let message = DIFFERS.with([
        ("parent", city.org(parent).to_string()),
        ("kpi", quoted(&city.row(parent).kpi.text)),
        ("actual", actual.clone()),
        ("expected", expected.clone()),
    ]);
    report
        .cell(Code::L203, citation.first, Field::ParentTarget, &city.row(parent).kpi.text, message)
        .expected(expected, actual)
        .hint(hint)
        .related(parent, Field::Year(city.year))
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, config, consistent_city, findings, plan, told};

    /// An office that cites 환경 만족도 (62.0 in its parent's plan) with `target` and has the own target `own`.
    fn citing(target: &str, own: &str) -> Vec<PlanText> {
        let mut plans = consistent_city();
        plans.push(plan("대기과", "환경국").row(&format!(
            "관점 | 쾌적한 환경 | 환경 만족도 | {target} | 목표 | 환경 만족도 | 1 | 2 | {own} | 4 | 점 | 50 | "
        )));
        plans
    }

    #[test]
    fn another_target_is_reported_with_the_parents() {
        let found = findings(Code::L203, citing("60", "61"), &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["대기과!D6"]);
        assert_eq!((found[0].expected.as_deref(), found[0].found.as_deref()), (Some("62.0"), Some("60")));
        assert_eq!(found[0].related[0].at.cell, Some("I6".parse().unwrap()));
        assert_eq!(
            told(&found[0]),
            "환경국의 ‘환경 만족도’ 목표치를 60으로 적었습니다 (상위 계획에는 62.0)\n\
             the target of ‘환경 만족도’ of 환경국 is cited as 60 (the parent's plan says 62.0)\n\
             → 상위 계획의 목표치를 옮겨 적으십시오. 상위 계획이 틀렸으면 상위 조직에 알리십시오\n\
             → copy the target from the parent's plan, or tell the parent if that one is wrong"
        );
    }

    #[test]
    fn the_childs_own_target_in_the_parents_column_is_recognised() {
        let found = findings(Code::L203, citing("60", "60"), &Config::default());
        assert!(told(&found[0]).contains("자기 목표치를 상위 목표치 칸에 적은 것 같습니다"));
    }

    #[test]
    fn formatting_is_no_difference_and_an_empty_cell_cites_nothing() {
        for target in ["62", "62.0점", "62 %", ""] {
            assert!(findings(Code::L203, citing(target, "61"), &Config::default()).is_empty(), "{target}");
        }
        let config = config("[checks.L203]\ntolerance = 0.5");
        assert!(findings(Code::L203, citing("62.4", "61"), &config).is_empty());
    }

    #[test]
    fn either_number_of_a_target_with_its_running_total_may_be_cited() {
        let row = |cited: &str, target: &str| {
            format!(
                "관점 | 목표 | {cited} | {target} | 목표 | 공정률 | 20 | 25(45) | 20(65) | 35(100) | % | 100 | "
            )
        };
        for (target, count) in [("20", 0), ("65%", 0), ("45", 1)] {
            let plans = [
                plan("건설본부", "가나시").row(&row("시 지표", "1")),
                plan("도로과", "건설본부").row(&row("공정률", target)),
            ];
            assert_eq!(findings(Code::L203, plans, &Config::default()).len(), count, "{target}");
        }
    }

    #[test]
    fn a_target_that_fits_the_rows_own_kpi_is_right_beside_a_miscopied_name() {
        let row = |cited: &str, target: &str, kpi: &str, own: &str| {
            format!("관점 | 목표 | {cited} | {target} | 목표 | {kpi} | 1 | 2 | {own} | 4 | 건 | 50 | ")
        };
        for (target, count) in [("22건", 0), ("23건", 1)] {
            let plans = [
                plan("기획실", "가나시").row(&row("시 지표", "1", "우수시책 발굴", "675")).row(&row(
                    "시 지표",
                    "1",
                    "업무 개선",
                    "22",
                )),
                plan("기획과", "기획실").row(&row("우수시책 발굴", target, "업무 개선", "11")),
            ];
            assert_eq!(findings(Code::L203, plans, &Config::default()).len(), count, "{target}");
        }
    }

    #[test]
    fn a_cell_that_cites_two_kpis_holds_two_targets() {
        let row = |cited: &str, target: &str, kpi: &str, own: &str| {
            format!("관점 | 목표 | {cited} | {target} | 목표 | {kpi} | 1 | 2 | {own} | 4 | 건 | 50 | ")
        };
        for (target, count) in [("100점 1회", 0), ("100점 2회", 1)] {
            let plans = [
                plan("기획실", "가나시").row(&row("시 지표", "1", "우수시책 발굴", "100")).row(&row(
                    "시 지표",
                    "1",
                    "연동계획 수립",
                    "1",
                )),
                plan("기획과", "기획실")
                    .row(&row("우수시책 발굴 연동계획 수립", target, "우수시책 발굴", "90"))
                    .row(&row("^", "^", "연동계획 수립", "3")),
            ];
            assert_eq!(findings(Code::L203, plans, &Config::default()).len(), count, "{target}");
        }
    }
}
