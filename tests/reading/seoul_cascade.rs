//! The real book consolidated: parents, shared KPIs and sums, compared with manual results.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use planbook::consolidate::{City, LinkKind, LinkTarget, RowId, consolidate};
use planbook::plan::PlanId;
use planbook::project::Config;
use planbook::read::{Submission, read_workbook};
use serde_json::Value as Json;

use crate::truth::truth;

fn seoul() -> City {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    let config = Config::default();
    let files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    let submissions = files.iter().map(|path| {
        let file: Arc<str> = path.file_name().unwrap().to_string_lossy().into();
        Submission::named(file.clone(), read_workbook(path, &file, &config))
    });
    consolidate(submissions.collect(), &config)
}

/// The row that a record identifies by organisation and row number.
fn row(plans: &BTreeMap<&str, PlanId>, record: &Json, org: &str, row: &str) -> RowId {
    let plan = plans[record[org].as_str().unwrap()];
    RowId { plan, row: usize::try_from(record[row].as_u64().unwrap()).unwrap() }
}

#[test]
fn every_plan_finds_its_parent() {
    let expected = truth("plans.json");
    let city = seoul();
    assert_eq!((&*city.name, city.year, city.plans.len()), ("서울시", 2009, 58));
    let found: Vec<&str> = city.plan_ids().map(|plan| city.parent_name(plan)).collect();
    let parents: Vec<&str> =
        expected.as_array().unwrap().iter().map(|plan| plan["parent_org"].as_str().unwrap()).collect();
    assert_eq!(found, parents);
}

#[test]
fn rows_with_the_kpi_they_cite_are_linked_and_common_ones_are_distinguished() {
    let (facts, plans) = (truth("facts.json"), truth("plans.json"));
    let city = seoul();
    let plans: BTreeMap<&str, PlanId> = plans
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, plan)| (plan["org"].as_str().unwrap(), PlanId::at(at)))
        .collect();
    let mut expected = BTreeSet::new();
    for list in ["differ", "differ_additive", "differ_organisation_specific", "agree"] {
        for pair in facts["child_parent_values"][list].as_array().unwrap() {
            let child = row(&plans, pair, "child", "child_row");
            let parent = row(&plans, pair, "parent", "parent_row");
            // Not linked: a KPI under names that only a table of spellings equates, or one that the child
            // does not cite.
            if city.row_keys(child).kpi == city.row_keys(parent).kpi && cites(&city, child, parent) {
                let common = pair["organisation_specific"].as_bool().unwrap();
                expected.insert((child, parent, if common { LinkKind::Shared } else { LinkKind::Direct }));
            }
        }
    }
    let linked: BTreeSet<(RowId, RowId, LinkKind)> = city
        .links
        .iter()
        .filter(|link| link.kind != LinkKind::Contributory)
        .filter_map(|link| match link.target {
            LinkTarget::Row(parent) => Some((link.child, parent, link.kind)),
            LinkTarget::City(_) => None,
        })
        .collect();
    assert_eq!(linked, expected);
    assert_eq!(linked.len(), 158);
}

/// Whether the citation of `child` names the KPI of `parent`, alone or among others.
fn cites(city: &City, child: RowId, parent: RowId) -> bool {
    city.row_keys(child).parent_kpi.as_str().contains(city.row_keys(parent).kpi.as_str())
}

#[test]
fn a_clear_majority_decides_the_citys_targets_and_nothing_less() {
    let facts = truth("facts.json");
    let city = seoul();
    let target = |name: &str| {
        let key = city.names.key(name);
        let kpi = city.city_kpis.iter().find(|kpi| kpi.key == key)?;
        kpi.target.as_ref().map(|target| target.text.text.to_string())
    };
    assert_eq!(target("시정만족도"), None, "44.5% by less than half of those who cite one");
    assert_eq!(target("1인당 교육시간").as_deref(), Some("80시간"));
    let listed = facts["city_targets"].as_array().unwrap();
    let unknown: Vec<&str> = listed
        .iter()
        .filter_map(|kpi| kpi["variants"][0].as_str())
        .filter(|name| city.city_kpis.iter().all(|kpi| kpi.key != city.names.key(name)))
        .collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn ideas_and_improvements_roll_up_as_added_by_hand() {
    let (facts, plans) = (truth("facts.json"), truth("plans.json"));
    let city = seoul();
    let plans: BTreeMap<&str, PlanId> = plans
        .as_array()
        .unwrap()
        .iter()
        .enumerate()
        .map(|(at, plan)| (plan["org"].as_str().unwrap(), PlanId::at(at)))
        .collect();
    let number = |json: &Json| json.as_str().and_then(|text| text.replace(',', "").parse::<f64>().ok());
    let (mut compared, mut wrong) = (0, Vec::new());
    for record in facts["rollup"]["records"].as_array().unwrap() {
        let parent = plans[record["parent"].as_str().unwrap()];
        let common = city.names.key(record["kpi"].as_str().unwrap());
        let rolled = city.rollups.iter().find(|rollup| {
            rollup.parent.plan == parent
                && city.common[rollup.common].key == common
                && Some(i64::from(rollup.year)) == record["year"].as_i64()
        });
        let Some(rolled) = rolled else { continue };
        compared += 1;
        // Dashes alone have no sum.
        let sum = number(&record["children_sum"]).filter(|&sum| sum != 0.0);
        if rolled.sum != sum || rolled.value != number(&record["parent_value"]) {
            wrong.push(format!("{record}: {:?} beside {:?}", rolled.value, rolled.sum));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(compared, 45);
}
