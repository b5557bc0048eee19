//! Common KPIs by the folder: a KPI that most of its organisations carry is one, whatever it is called.

use std::collections::BTreeSet;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::key_table::{KeyTable, before_brackets};
use super::tally::Votes;
use super::{CommonMatrix, RowId, RowKeys};
use crate::plan::{Plan, PlanId};
use crate::project::config::{CommonKpi, Config};
use crate::text::NameKey;

/// Fewer organisations say nothing of what is usual.
const MIN_ORGANISATIONS: usize = 5;

/// Whether `carriers` of `organisations` are most of them.
fn are_most(carriers: usize, organisations: usize) -> bool {
    organisations >= MIN_ORGANISATIONS && carriers * 3 >= organisations * 2
}

/// Adds the KPIs that most organisations carry to the common ones, unless planbook.toml switches them off, and says
/// of all of them whether a plan must have them.
pub(super) fn complete(
    plans: &[Plan],
    config: &Config,
    table: &mut KeyTable,
    keys: &mut [Vec<RowKeys>],
    common: &mut Vec<CommonMatrix>,
) {
    let organisations = plans.iter().filter(|plan| !plan.rows.is_empty()).count();
    if organisations >= MIN_ORGANISATIONS {
        let off = config.common.iter().filter(|(_, kpi)| kpi.off);
        let off: HashSet<NameKey> = off.map(|(name, _)| table.key(&name.as_str().into())).collect();
        let found = carried(keys, organisations, &off);
        add(plans, table, keys, common, &found);
    }
    for matrix in common {
        let carriers: BTreeSet<PlanId> =
            matrix.rows.iter().chain(&matrix.variants).map(|row| row.plan).collect();
        let by_most = are_most(carriers.len(), organisations);
        matrix.required = matrix.rule.required.unwrap_or(by_most);
    }
}

/// The KPIs that most organisations carry, without those known as common, in book order.
fn carried(keys: &[Vec<RowKeys>], organisations: usize, off: &HashSet<NameKey>) -> Vec<NameKey> {
    let mut order: Vec<NameKey> = Vec::new();
    // The last plan with the KPI, and how many have it.
    let mut counts: HashMap<&NameKey, (usize, usize)> = HashMap::default();
    for (plan, rows) in keys.iter().enumerate() {
        for row in rows.iter().filter(|row| row.common.is_none() && !row.kpi.is_empty()) {
            let (last, count) = counts.entry(&row.kpi).or_insert_with(|| {
                order.push(row.kpi.clone());
                (usize::MAX, 0)
            });
            if *last != plan {
                (*last, *count) = (plan, *count + 1);
            }
        }
    }
    order.retain(|kpi| !off.contains(kpi) && counts.get(kpi).is_some_and(|it| are_most(it.1, organisations)));
    order
}

fn add(
    plans: &[Plan],
    table: &mut KeyTable,
    keys: &mut [Vec<RowKeys>],
    common: &mut Vec<CommonMatrix>,
    found: &[NameKey],
) {
    if found.is_empty() {
        return;
    }
    let first = common.len();
    let positions: HashMap<&NameKey, usize> = found.iter().zip(first..).collect();
    let mut names: Vec<Votes<Arc<str>>> = found.iter().map(|_| Votes::default()).collect();
    common.extend(found.iter().map(|key| CommonMatrix {
        key: key.clone(),
        name: "".into(),
        rule: CommonKpi::default(),
        rows: Vec::new(),
        variants: Vec::new(),
        required: false,
    }));
    for (id, (plan, rows)) in PlanId::first(plans.len()).zip(plans.iter().zip(keys)) {
        for (row, (indicator, own)) in plan.rows.iter().zip(rows).enumerate() {
            let id = RowId { plan: id, row };
            let name = &indicator.kpi.text;
            if let Some(&position) = positions.get(&own.kpi) {
                (own.common, own.own_measure) = (Some(position), true);
                common[position].rows.push(id);
                names[position - first].add(name.clone());
            } else if let (None, Some(bare)) = (own.common, before_brackets(name))
                && let Some(&position) = positions.get(&table.key(&bare.into()))
            {
                own.own_measure = true;
                common[position].variants.push(id);
            }
        }
    }
    for (matrix, names) in common[first..].iter_mut().zip(names) {
        let commonest = names.winner().unwrap_or_default();
        matrix.name = table.declared(&matrix.key).cloned().unwrap_or(commonest);
    }
}

#[cfg(test)]
mod tests {
    use crate::consolidate::City;
    use crate::finding::Code;
    use crate::project::Config;
    use crate::testing::{PlanText, city, config, findings_in, plan, told};

    /// `carrying` of `all` offices with the KPI, each with a value of its own.
    fn offices(carrying: usize, all: usize) -> Vec<PlanText> {
        let row = |kpi: &str, number: usize| {
            format!("Own | ~ | ~ | ~ | Goal | {kpi} | 1 | 2 | {} | 4 | % | ~ | ", 60 + number)
        };
        let office = |number: usize| {
            let plan = plan(&format!("Office {number}"), "").row(&row(&format!("Own KPI {number}"), 0));
            if number < carrying { plan.row(&row("Response within 10 days", number)) } else { plan }
        };
        (0..all).map(office).collect()
    }

    fn names(city: &City) -> Vec<&str> {
        city.common.iter().filter(|it| !it.rows.is_empty()).map(|it| &*it.name).collect()
    }

    #[test]
    fn what_most_offices_of_a_folder_carry_is_common_whatever_its_name() {
        let plain = Config::default();
        let most = city(offices(5, 6), &plain);
        assert_eq!(names(&most), ["Response within 10 days"]);
        let found: Vec<String> = findings_in(Code::S304, &most, &plain).iter().map(told).collect();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("5 of 6 organisations carry the common KPI ‘Response within 10 days’"));
        assert!(!found[0].contains("weight"), "the form has none: {}", found[0]);
        assert!(!found[0].contains("비중"));
        assert!(names(&city(offices(3, 6), &plain)).is_empty());
        let off = config("[common.\"Response within 10 days\"]\noff = true");
        assert!(names(&city(offices(5, 6), &off)).is_empty());
    }

    #[test]
    fn an_english_office_is_not_told_to_add_what_no_office_of_the_folder_has() {
        let plain = Config::default();
        let found = findings_in(Code::S304, &city(offices(6, 6), &plain), &plain);
        assert!(found.is_empty(), "{:?}", found.iter().map(told).collect::<Vec<_>>());
    }
}
