use crate::consolidate::TargetSource;
use crate::project::Config;
use crate::testing::{PlanText, city, config, plan};

/// A plan directly under the city that cites one KPI with one target.
fn citing(org: &str, kpi: &str, target: &str) -> PlanText {
    plan(org, "가나시")
        .row(&format!("관점 | 시의 목표 | {kpi} | {target} | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | "))
}

#[test]
fn most_plans_decide_name_and_target_of_a_city_kpi() {
    let plans = [
        citing("가국", "시정 만족도", "80점"),
        citing("나국", "시정만족도", "70점"),
        citing("다국", "시정만족도", "70.0 점"),
        citing("마국", "시정만족도", "70"),
        citing("라국", "시정만족도", ""),
    ];
    let city = city(plans, &Config::default());
    let [kpi] = &*city.city_kpis else { panic!("one KPI") };
    assert_eq!(&*kpi.name, "시정만족도");
    assert_eq!(kpi.target.as_ref().map(|target| &*target.text.text), Some("70점"));
    assert_eq!(kpi.citations.len(), 5);
    assert_eq!(kpi.source, TargetSource::Inferred { count: 3, of: 4 });
    assert_eq!(kpi.printed_target(), "70점*");
}

#[test]
fn a_plan_votes_once_and_without_a_majority_the_target_is_unknown() {
    let row = "관점 | 시의 목표 | 시정만족도 | 80 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ";
    let plans = [citing("가국", "시정만족도", "70"), plan("나국", "가나시").row(row).row(row).row(row)];
    let city = city(plans, &Config::default());
    assert_eq!((city.city_kpis[0].target.as_ref(), city.city_kpis[0].source), (None, TargetSource::Unknown));
    assert_eq!(city.city_kpis[0].cited.iter().map(|cited| cited.plans.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn planbook_toml_overrides_the_majoritys_target() {
    let toml = "[[city_kpis]]\ngoal = \"살기 좋은 도시\"\nkpi = \"도시경쟁력\"\ntarget = \"10위\"
        [[city_kpis]]\ngoal = \"시의 목표\"\nkpi = \"시정만족도\"\ntarget = \"75\"";
    let city = city([citing("가국", "시정 만족도", "70")], &config(toml));
    let names: Vec<&str> = city.city_kpis.iter().map(|kpi| &*kpi.name).collect();
    assert_eq!(names, ["도시경쟁력", "시정만족도"]);
    assert!(city.city_kpis[1].is_declared());
    assert_eq!(city.city_kpis[1].target.as_ref().map(|target| &*target.text.text), Some("75"));
    assert_eq!(city.city_objectives.len(), 2);
    assert!(city.city_kpis[0].citations.is_empty());
}

#[test]
fn a_kpi_cited_under_two_objectives_belongs_to_both() {
    let row = |objective: &str| {
        format!("관점 | {objective} | 시정만족도 | 70 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ")
    };
    let city = city(
        [plan("가국", "가나시").row(&row("하나")).row(&row("둘")).row(&row("하나"))],
        &Config::default(),
    );
    let objectives: Vec<(&str, &[usize])> =
        city.city_objectives.iter().map(|g| (&*g.name, &*g.kpis)).collect();
    assert_eq!(objectives, [("하나", &[0][..]), ("둘", &[0][..])]);
}

#[test]
fn a_kpi_cited_without_an_objective_belongs_to_none() {
    let row = "관점 | | 시정만족도 | 70 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ";
    let city = city([plan("가국", "가나시").row(row)], &Config::default());
    assert_eq!((city.city_objectives.len(), city.city_kpis.len(), city.links.len()), (0, 1, 1));
}

#[test]
fn most_plans_overruled_the_spelling_of_planbook_toml() {
    let toml = "[spellings]\n\"시정 만족\" = \"시정만족\"\n\"시정만족\" = \"시정 만족도\"\n\"시의 목표\" = \"시의 큰 목표\"";
    let plans = || {
        [
            citing("가국", "시정만족", "70"),
            citing("나국", "시정 만족", "70"),
            citing("다국", "시정만족도", "70"),
            citing("라국", "시정만족도", "70"),
        ]
    };
    let corrected = city(plans(), &config(toml));
    assert_eq!(corrected.city_kpis.len(), 1);
    assert_eq!(
        (&*corrected.city_kpis[0].name, &*corrected.city_objectives[0].name),
        ("시정 만족도", "시의 큰 목표")
    );
    assert_eq!(&*corrected.plans[0].rows[0].parent_kpi.text, "시정만족", "rows stay as written");

    let own = "\n[[city_kpis]]\ngoal = \"시의 큰목표\"\nkpi = \"시정 만족 도\"\ntarget = \"70\"";
    let entry = city(plans(), &config(&format!("{toml}{own}")));
    assert_eq!((&*entry.city_kpis[0].name, &*entry.city_objectives[0].name), ("시정 만족 도", "시의 큰목표"));
}
