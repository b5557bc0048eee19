//! Link: each row to what it cites, and what hangs loose on either side.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::citywide::CityWide;
use super::organise::Tree;
use super::{Link, LinkKind, LinkTarget, Loose, LooseReason, Parent, RowId, RowKeys};
use crate::plan::Plan;

/// What hangs on what, and what hangs loose, both in book order.
#[derive(Default)]
pub(super) struct Cascade {
    pub(super) links: Vec<Link>,
    pub(super) loose: Vec<Loose>,
}

/// Links every row upwards, then looks downwards for rows that no child cites.
pub(super) fn link(plans: &[Plan], tree: &Tree, keys: &[Vec<RowKeys>], city: &CityWide) -> Cascade {
    let mut cascade = Cascade::default();
    let mut linker = Linker::new(plans, tree, keys, city);
    for (plan, Plan { rows, .. }) in plans.iter().enumerate() {
        for child in (0..rows.len()).map(|row| RowId { plan, row }) {
            match linker.targets(child, &tree.parents[plan]) {
                Ok(targets) => cascade.links.extend(targets.into_iter().map(|target| {
                    let kind = linker.kind(child, target);
                    Link { child, target, kind }
                })),
                Err(reason) => cascade.loose.push(Loose { row: child, reason }),
            }
        }
    }
    cascade.loose.extend(linker.not_cited());
    cascade.loose.sort_by_key(|loose| (loose.row, loose.reason));
    cascade
}

/// The longest cited name, in bytes, that is taken apart into several KPIs. More than a few lines in one cell is
/// prose, and looking for KPIs in it would take long.
const LONGEST_TAKEN_APART: usize = 1024;

/// Finds what rows cite, and remembers what was cited.
struct Linker<'a> {
    plans: &'a [Plan],
    keys: &'a [Vec<RowKeys>],
    city: &'a CityWide,
    /// One for each plan; empty for plans without children.
    carried: Vec<Carried<'a>>,
}

/// The KPIs of a plan, by key.
#[derive(Clone, Default)]
struct Carried<'a> {
    /// The first row with the KPI.
    first: HashMap<&'a str, usize>,
    /// The first row with the KPI under an objective.
    under_goal: HashMap<(&'a str, &'a str), usize>,
    /// KPIs that a child cites.
    cited: HashSet<&'a str>,
}

impl<'a> Linker<'a> {
    fn new(plans: &'a [Plan], tree: &Tree, keys: &'a [Vec<RowKeys>], city: &'a CityWide) -> Self {
        let mut carried = vec![Carried::default(); plans.len()];
        for plan in (0..plans.len()).filter(|&plan| !tree.children[plan].is_empty()) {
            let Carried { first, under_goal, .. } = &mut carried[plan];
            for (row, own) in keys[plan].iter().enumerate() {
                let kpi = own.kpi.as_str();
                first.entry(kpi).or_insert(row);
                under_goal.entry((kpi, own.goal.as_str())).or_insert(row);
            }
        }
        Self { plans, keys, city, carried }
    }

    /// What `child` hangs on, or why it hangs loose.
    fn targets(&mut self, child: RowId, parent: &Parent) -> Result<Vec<LinkTarget>, LooseReason> {
        let own = &self.keys[child.plan][child.row];
        let row = &self.plans[child.plan].rows[child.row];
        if own.parent_kpi.is_empty() {
            // A table without a column for it cites nothing by design.
            return if row.parent_kpi.cell.is_some() {
                Err(LooseReason::CitesNothing)
            } else {
                Ok(Vec::new())
            };
        }
        match parent {
            Parent::City => Ok(self.city.kpi(&own.parent_kpi).map(LinkTarget::City).into_iter().collect()),
            Parent::Plan(parent) => {
                let rows = self.cited_rows(*parent, own);
                let target = |row| LinkTarget::Row(RowId { plan: *parent, row });
                if rows.is_empty() {
                    Err(LooseReason::NotInParent)
                } else {
                    Ok(rows.into_iter().map(target).collect())
                }
            }
            Parent::Missing(_) | Parent::Unnamed => Err(LooseReason::ParentMissing),
        }
    }

    fn kind(&self, child: RowId, target: LinkTarget) -> LinkKind {
        let own = &self.keys[child.plan][child.row];
        let cited = match target {
            LinkTarget::City(kpi) => &self.city.kpis[kpi].key,
            LinkTarget::Row(row) => &self.keys[row.plan][row.row].kpi,
        };
        match own.common {
            _ if own.kpi != *cited => LinkKind::Contributory,
            Some(_) => LinkKind::Shared,
            None => LinkKind::Direct,
        }
    }

    /// The rows of `parent` that a child's row cites: one; or several where the cell names several KPIs and none of
    /// them is the child's own. Of several rows with a KPI it is the one under the cited objective, else the first.
    fn cited_rows(&mut self, parent: usize, child: &'a RowKeys) -> Vec<usize> {
        let carried = &mut self.carried[parent];
        let cited = carried.kpis_in(child.parent_kpi.as_str());
        carried.cited.extend(&cited);
        let own = cited.iter().position(|kpi| *kpi == child.kpi.as_str());
        let meant = own.map_or(&cited[..], |own| &cited[own..=own]);
        let goal = child.parent_goal.as_str();
        let row = |kpi| carried.under_goal.get(&(kpi, goal)).or_else(|| carried.first.get(kpi));
        let rows: BTreeSet<usize> = meant.iter().filter_map(|&kpi| row(kpi).copied()).collect();
        rows.into_iter().collect()
    }

    /// The rows of plans with children whose KPI no child cites.
    fn not_cited(&self) -> impl Iterator<Item = Loose> + '_ {
        let parents = self.carried.iter().enumerate().filter(|(_, carried)| !carried.first.is_empty());
        parents.flat_map(|(plan, carried)| {
            let rows = self.keys[plan].iter().enumerate();
            let loose = rows.filter(|(_, own)| !carried.cited.contains(own.kpi.as_str()));
            loose.map(move |(row, _)| Loose { row: RowId { plan, row }, reason: LooseReason::NotCited })
        })
    }
}

impl<'a> Carried<'a> {
    /// The KPIs that `cited` names: itself, or those of which it is made up, for departments write two KPIs into one
    /// cell where two rows serve both. Empty unless KPIs make up the whole name.
    fn kpis_in(&self, cited: &str) -> Vec<&'a str> {
        if let Some((kpi, _)) = self.first.get_key_value(cited) {
            return vec![kpi];
        }
        if cited.len() > LONGEST_TAKEN_APART {
            return Vec::new();
        }
        let ends = || cited.char_indices().map(|(at, c)| at + c.len_utf8());
        // For each byte, the last KPI of a way to make up the name so far.
        let mut last: Vec<Option<&'a str>> = vec![None; cited.len() + 1];
        for start in std::iter::once(0).chain(ends()) {
            if start > 0 && last[start].is_none() {
                continue;
            }
            for end in ends().filter(|&end| end > start) {
                let kpi = self.first.get_key_value(&cited[start..end]).map(|(kpi, _)| *kpi);
                last[end] = last[end].or(kpi);
            }
        }
        let mut kpis = Vec::new();
        let mut end = cited.len();
        while let Some(kpi) = last[end] {
            kpis.push(kpi);
            end -= kpi.len();
        }
        kpis.reverse();
        kpis
    }
}

#[cfg(test)]
mod tests;
