//! Plans → one city-wide cascade: collect → organise → link → roll up → finalise.

mod answers;
mod ballot;
mod city;
mod citywide;
mod collect;
mod common;
mod handed_in;
mod key_table;
mod keys;
mod link;
mod near;
mod organise;
mod rollup;
mod tally;
mod years;

pub use crate::plan::{PlanId, RowId};
pub use answers::CityAnswers;
pub use city::{
    CitedTarget, City, CityKpi, CityObjective, CommonMatrix, Context, Link, LinkKind, LinkTarget, Parent,
    PlanNode, RollUpSum, RowKeys, TargetSource, UnlinkedReason, UnlinkedRow,
};
pub use handed_in::{Companions, FileCounts};

use crate::project::Config;
use crate::read::Submission;
use key_table::KeyTable;

/// Consolidates the workbooks of a plan-year folder.
///
/// The plans move out of their workbooks into book order. Gaps and contradictions never fail: rows without a
/// link are kept as unlinked, absent organisations as missing, for the checks to report.
pub fn consolidate(mut submissions: Vec<Submission>, config: &Config) -> City {
    collect::leave_out_copies(&mut submissions, &mut KeyTable::new(config.names()));
    let mut collected = collect::collect(submissions);
    let plans = &mut collected.plans;
    let mut table = KeyTable::new(config.names());
    let mut units = KeyTable::new(config.unit_names());

    let year = years::resolve(plans, config);
    let tree = organise::organise(plans, &collected.submissions, config, &mut table);
    let (keys, common) = keys::key_rows(plans, config, &mut table, &mut units);
    let city = citywide::gather(plans, &tree.parents, &keys, year, config, &mut table);
    let cascade = link::link(plans, &tree, &keys, &city);
    let rollups = rollup::roll_up(plans, &tree, &common);

    let places = tree.titles.into_iter().zip(tree.parents).zip(tree.children);
    let keys = plans.iter().map(|plan| table.key(&plan.org)).zip(keys);
    let node = |(((title, parent), children), (org_key, row_keys))| PlanNode {
        title,
        parent,
        children,
        org_key,
        row_keys,
    };
    let nodes = places.zip(keys).map(node).collect();

    City {
        name: tree.city,
        year,
        plans: collected.plans,
        nodes,
        city_objectives: city.objectives,
        city_kpis: city.kpis,
        links: cascade.links,
        unlinked: cascade.unlinked,
        common,
        rollups,
        missing: tree.missing,
        senders: tree.senders,
        submissions: collected.submissions,
        plan_offsets: collected.offsets,
        names: table.into_names(),
        units: units.into_names(),
    }
}

#[cfg(test)]
mod tests;
