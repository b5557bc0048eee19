use super::super::{City, LinkKind, LinkTarget, RowId, UnlinkedReason};
use crate::plan::PlanId;
use crate::project::Config;
use crate::testing::{city, consistent_city, plan};

/// Links as `child row → parent row kind`, without the plan's position.
fn links(city: &City, plan: usize) -> Vec<String> {
    let of_plan = city.links.iter().filter(|link| link.child.plan == PlanId::at(plan));
    of_plan
        .map(|link| {
            let target = match link.target {
                LinkTarget::City(kpi) => format!("city {kpi}"),
                LinkTarget::Row(row) => format!("{}", row.row),
            };
            format!("{} → {target} {:?}", link.child.row, link.kind)
        })
        .collect()
}

fn unlinked(city: &City, plan: usize) -> Vec<(usize, UnlinkedReason)> {
    city.unlinked
        .iter()
        .filter(|unlinked| unlinked.row.plan == PlanId::at(plan))
        .map(|unlinked| (unlinked.row.row, unlinked.reason))
        .collect()
}

/// A row with the cited objective and KPI and the own objective and KPI.
fn row(parent_objective: &str, parent_kpi: &str, objective: &str, kpi: &str) -> String {
    format!("관점 | {parent_objective} | {parent_kpi} | 1 | {objective} | {kpi} | 1 | 2 | 3 | 4 | 건 | 10 | ")
}

#[test]
fn direct_shared_and_contributory_links_are_kept_apart() {
    let city = city(consistent_city(), &Config::default());
    assert_eq!(
        links(&city, 1),
        ["0 → 0 Direct", "1 → 1 Contributory", "2 → 3 Shared", "3 → 4 Shared", "4 → 5 Shared"]
    );
    let to_city = links(&city, 0);
    assert_eq!(to_city[0], "0 → city 0 Contributory");
    assert_eq!(city.links.iter().filter(|link| link.kind == LinkKind::Direct).count(), 4);
    assert!(city.links.is_sorted_by_key(|link| link.child));
}

#[test]
fn every_row_is_unlinked_for_its_own_reason() {
    let plans = [
        plan("교통국", "가나시").row(&row("", "", "목표", "가")).row(&row("시", "시지표", "목표", "나")),
        plan("도로과", "교통국장").row(&row("목표", "나", "목표", "다")).row(&row(
            "목표",
            "없는 지표",
            "목표",
            "라",
        )),
        plan("산림과", "공원국장").row(&row("목표", "마", "목표", "바")),
        plan("총무과", "교통국").row("관점 | ~ | ~ | ~ | 목표 | 사 | 1 | 2 | 3 | 4 | 건 | 10 | "),
    ];
    let city = city(plans, &Config::default());
    assert_eq!(unlinked(&city, 0), [(0, UnlinkedReason::CitesNothing), (0, UnlinkedReason::NotCited)]);
    assert_eq!(unlinked(&city, 1), [(1, UnlinkedReason::NotInParent)]);
    assert_eq!(unlinked(&city, 2), [(0, UnlinkedReason::ParentMissing)]);
    assert_eq!(unlinked(&city, 3), [], "a table without parent columns cites nothing by design");
}

#[test]
fn of_two_rows_with_the_cited_kpi_the_one_under_the_cited_objective_counts() {
    let plans = [
        plan("교통국", "가나시").row(&row("시", "시지표", "하나", "만족도")).row(&row(
            "시",
            "시지표",
            "둘",
            "만족도",
        )),
        plan("도로과", "교통국").row(&row("둘", "만족도", "목표", "가")).row(&row(
            "셋",
            "만족도",
            "목표",
            "나",
        )),
    ];
    let city = city(plans, &Config::default());
    assert_eq!(links(&city, 1), ["0 → 1 Contributory", "1 → 0 Contributory"]);
    assert_eq!(unlinked(&city, 0), []);
}

#[test]
fn a_cell_that_names_two_kpis_cites_both() {
    let plans = [
        plan("기획실", "가나시")
            .row(&row("시", "시지표", "목표", "우수시책 발굴"))
            .row(&row("시", "시지표", "목표", "연동계획 수립"))
            .row(&row("시", "시지표", "목표", "연동계획")),
        plan("기획과", "기획실장")
            .row(&row("목표", "우수시책 발굴 연동계획수립", "목표", "연동계획 수립"))
            .row(&row("목표", "우수시책 발굴 연동계획수립", "목표", "회의 횟수"))
            .row(&row("목표", "우수시책 발굴 등", "목표", "보고 횟수")),
    ];
    let city = city(plans, &Config::default());
    assert_eq!(links(&city, 1), ["0 → 1 Direct", "1 → 0 Contributory", "1 → 1 Contributory"]);
    assert_eq!(unlinked(&city, 1), [(2, UnlinkedReason::NotInParent)]);
    assert_eq!(unlinked(&city, 0), [(2, UnlinkedReason::NotCited)]);
}

#[test]
fn rows_name_themselves_by_plan_and_place() {
    let city = city(consistent_city(), &Config::default());
    let link = city.links.iter().find(|link| link.child == RowId { plan: PlanId::at(4), row: 0 }).unwrap();
    assert_eq!(link.target, LinkTarget::Row(RowId { plan: PlanId::at(3), row: 1 }));
}
