use proptest::prelude::*;

use super::{City, LinkTarget, Parent};
use crate::check;
use crate::finding::Severity;
use crate::project::Config;
use crate::testing::{PlanText, city, consistent_city, plan};

#[test]
fn a_consistent_city_gives_no_error_and_no_warning() {
    let config = Config::default();
    let city = city(consistent_city(), &config);
    let findings = check::run(&super::Context { city: &city, config: &config });
    let serious: Vec<_> = findings.iter().filter(|finding| finding.severity < Severity::Info).collect();
    assert!(serious.is_empty(), "{serious:#?}");
}

#[test]
fn nothing_submitted_is_an_empty_city() {
    let city = super::consolidate(Vec::new(), &Config::default());
    assert_eq!((&*city.name, city.year, city.plans.len(), city.links.len()), ("", 0, 0, 0));
}

/// One of a few names, so that parents, KPIs and citations often match and often do not.
fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "",
        "가나시",
        "가국",
        "가 국",
        "가국장",
        "국장",
        "나국",
        "나과",
        "가국나국",
        "다과",
    ])
    .prop_map(str::to_owned)
}

fn any_plan() -> impl Strategy<Value = PlanText> {
    let row = (name(), name(), name(), name()).prop_map(|(parent_objective, parent_kpi, objective, kpi)| {
        format!(
            "관점 | {parent_objective} | {parent_kpi} | 1 | {objective} | {kpi} | 1 | 2 | 3 | 4 | 건 | 10 | "
        )
    });
    (name(), name(), 0..3, prop::collection::vec(row, 0..5)).prop_map(|(org, parent, file, rows)| {
        rows.iter().fold(plan(&org, &parent).file(&format!("{file}.xlsx")), |plan, row| plan.row(row))
    })
}

/// Invariants of every city, however wrong its plans are.
fn holds_together(city: &City) {
    for (plan, parent) in city.plan_ids().zip(city.nodes.iter().map(|node| &node.parent)) {
        let above = city.ancestors(plan);
        assert!(!above.contains(&plan), "no plan is its own ancestor");
        match parent {
            Parent::Plan(parent) => assert!(city.nodes[*parent].children.contains(&plan)),
            _ => assert!(above.is_empty()),
        }
    }
    let below: usize = city.nodes.iter().map(|node| node.children.len()).sum();
    assert_eq!(below, city.nodes.iter().filter(|node| matches!(node.parent, Parent::Plan(_))).count());
    for link in &city.links {
        match (link.target, &city.nodes[link.child.plan].parent) {
            (LinkTarget::City(kpi), Parent::City) => {
                assert!(city.city_kpis[kpi].citations.contains(&link.child));
            }
            (LinkTarget::Row(row), Parent::Plan(parent)) => {
                assert!(row.plan == *parent && city.row(row).kpi.cell.is_some())
            }
            other => panic!("a link beside the tree: {other:?}"),
        }
    }
    assert!(city.links.is_sorted_by_key(|link| (link.child, link.target)));
    assert!(city.unlinked.is_sorted_by_key(|unlinked| (unlinked.row, unlinked.reason)));
}

proptest! {
    #[test]
    fn any_plans_make_a_city_that_holds_together(plans in prop::collection::vec(any_plan(), 0..7)) {
        holds_together(&city(plans, &Config::default()));
    }
}
