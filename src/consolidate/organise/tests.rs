use super::super::{City, Parent};
use crate::plan::PlanId;
use crate::project::Config;
use crate::testing::{PlanText, city, config, consistent_city, plan};

fn tree(plans: impl IntoIterator<Item = PlanText>, toml: &str) -> City {
    city(plans, &config(toml))
}

fn parents(city: &City) -> Vec<&str> {
    city.plan_ids().map(|plan| city.parent_name(plan)).collect()
}

#[test]
fn bureaus_are_parents_of_offices_and_the_city_of_bureaus() {
    let city = city(consistent_city(), &Config::default());
    assert_eq!(&*city.name, "가나시");
    assert_eq!(parents(&city), ["가나시", "교통국", "교통국", "가나시", "환경국", "가나시", "경영기획실"]);
    assert_eq!(city.nodes[0].children, [1, 2].map(PlanId::at));
    assert_eq!(city.ancestors(PlanId::at(1)), [PlanId::at(0)]);
}

#[test]
fn blanks_in_printed_names_do_not_part_parent_and_child() {
    let city = tree([plan("맑은환경본부", "가나시"), plan("기 후 변 화 관", "맑은 환경 본부")], "");
    assert_eq!(&*city.plans[1].org, "기후변화관");
    assert_eq!(city.nodes[1].parent, Parent::Plan(PlanId::at(0)));
}

#[test]
fn a_bare_title_is_the_bureau_that_heads_the_same_workbook() {
    let city = tree(
        [
            plan("교통본부", "가나시").file("1.xlsx"),
            plan("문화본부", "가나시").file("2.xlsx"),
            plan("관광과", "본 부 장").file("2.xlsx"),
            plan("체육과", "국장").file("2.xlsx"),
            plan("홀로과", "국장").file("3.xlsx"),
        ],
        "",
    );
    assert_eq!(city.nodes[2].parent, Parent::Plan(PlanId::at(1)));
    assert_eq!(city.nodes[3].parent, Parent::Plan(PlanId::at(1)));
    assert_eq!(city.nodes[4].parent, Parent::Missing("국장".into()), "no bureau heads its workbook");
}

#[test]
fn most_plans_name_the_city_and_other_strangers_are_missing() {
    let plans = [
        plan("도로과", "건설국장"),
        plan("교통국", "가나시"),
        plan("문화국", "가나 시"),
        plan("비서실", "가나시장"),
        plan("환경국", "가나시"),
    ];
    let city = tree(plans, "");
    assert_eq!(&*city.name, "가나시");
    assert_eq!(city.nodes[0].parent, Parent::Missing("건설국장".into()));
    assert!(city.nodes[1..].iter().all(|node| node.parent == Parent::City));
}

#[test]
fn planbook_toml_renames_organisations_and_moves_them() {
    let toml = "city = \"가나시\"\nroster = [\"교통국\", \"문화국\", \"도로과\"]
        [organisations]\n\"교 통 극\" = \"교통국\"\n\"도로과(신설)\" = \"도로과\"
        [parents]\n\"비서실\" = \"교통국\"";
    let city =
        tree([plan("교통극", "x시"), plan("도로과 (신설)", "교통극장"), plan("비서실", "가나시")], toml);
    let orgs: Vec<&str> = city.plans.iter().map(|plan| &*plan.org).collect();
    assert_eq!(orgs, ["교통국", "도로과", "비서실"]);
    assert_eq!(city.nodes[0].parent, Parent::Missing("x시".into()));
    assert_eq!(city.nodes[2].parent, Parent::Plan(PlanId::at(0)));
    assert_eq!(city.missing, ["문화국".into()]);
}

#[test]
fn a_declared_misprint_was_printed_in_the_title_of_its_plan() {
    let toml = "[organisations]\n\"교통극\" = \"교 통국\"\n\"교 통국\" = \"교통국\"";
    let city = tree([plan("교통극", "가나시"), plan("문화국", "교통극")], toml);
    assert_eq!(&*city.plans[0].title.text, "교통극 균형성과계획");
    let titles: Vec<&str> = city.nodes.iter().map(|node| &*node.title).collect();
    assert_eq!(titles, ["교통국 균형성과계획", "문화국 균형성과계획"]);
    assert_eq!((&*city.plans[0].org, &city.nodes[1].parent), ("교통국", &Parent::Plan(PlanId::at(0))));
}

#[test]
fn without_any_parent_in_the_headers_every_plan_is_at_the_top() {
    let city = tree([plan("교통국", ""), plan("문화국", "")], "");
    assert_eq!(&*city.name, "");
    assert_eq!(resolved(&city), [Parent::City, Parent::City]);
}

#[test]
fn one_plan_without_a_parent_among_others_stays_open() {
    let city = tree([plan("교통국", "가나시"), plan("문화국", "")], "");
    assert_eq!(resolved(&city), [Parent::City, Parent::Unnamed]);
}

#[test]
fn no_plan_is_its_own_parent_and_cycles_are_cut() {
    let city =
        tree([plan("가국", "가국"), plan("나국", "다국"), plan("다국", "라국"), plan("라국", "나국")], "");
    assert_eq!(city.nodes[0].parent, Parent::Missing("가국".into()));
    assert_eq!(city.nodes[1].parent, Parent::Plan(PlanId::at(2)));
    assert_eq!(city.nodes[2].parent, Parent::Plan(PlanId::at(3)));
    assert_eq!(city.nodes[3].parent, Parent::Missing("나국".into()));
    assert_eq!(city.ancestors(PlanId::at(1)), [2, 3].map(PlanId::at));
}

#[test]
fn children_of_an_organisation_with_two_plans_link_to_the_first() {
    let city = tree([plan("교통국", "가나시"), plan("교통 국", "가나시"), plan("도로과", "교통국장")], "");
    assert_eq!(city.nodes[2].parent, Parent::Plan(PlanId::at(0)));
    assert_eq!(city.plans.len(), 3);
}

fn resolved(city: &City) -> Vec<Parent> {
    city.nodes.iter().map(|node| node.parent.clone()).collect()
}
