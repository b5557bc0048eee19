//! Link: attaches each row to the KPI it cites, and lists unlinked rows on either side.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::citywide::CityWide;
use super::organise::PlanTree;
use super::{Link, LinkKind, LinkTarget, Parent, RowId, RowKeys, UnlinkedReason, UnlinkedRow};
use crate::plan::{Plan, PlanId};

/// Links and unlinked rows, both in book order.
#[derive(Default)]
pub(super) struct CascadeLinks {
    pub(super) links: Vec<Link>,
    pub(super) unlinked: Vec<UnlinkedRow>,
}

/// Links every row to its parent, then finds rows that no child cites.
pub(super) fn link(plans: &[Plan], tree: &PlanTree, keys: &[Vec<RowKeys>], city: &CityWide) -> CascadeLinks {
    let mut cascade = CascadeLinks::default();
    let mut linker = Linker::new(plans, tree, keys, city);
    for (plan, Plan { rows, .. }) in PlanId::first(plans.len()).zip(plans) {
        for child in (0..rows.len()).map(|row| RowId { plan, row }) {
            match linker.targets(child, &tree.parents[plan]) {
                Ok(targets) => cascade.links.extend(targets.into_iter().map(|target| {
                    let kind = linker.kind(child, target);
                    Link { child, target, kind }
                })),
                Err(reason) => cascade.unlinked.push(UnlinkedRow { row: child, reason }),
            }
        }
    }
    cascade.unlinked.extend(linker.not_cited());
    cascade.unlinked.sort_by_key(|unlinked| (unlinked.row, unlinked.reason));
    cascade
}

/// The longest cited name, in bytes, that is split into several KPIs. Anything longer is prose, and splitting
/// it would be slow.
const LONGEST_JOINED_NAME: usize = 1024;

/// Finds the cited rows and records which KPIs are cited.
struct Linker<'a> {
    plans: &'a [Plan],
    keys: &'a [Vec<RowKeys>],
    city: &'a CityWide,
    /// One per plan; empty for plans without children.
    carried: Vec<PlanKpis<'a>>,
}

/// The KPIs of a plan, by key.
#[derive(Clone, Default)]
struct PlanKpis<'a> {
    /// The first row with the KPI.
    first: HashMap<&'a str, usize>,
    /// The first row with the KPI under an objective.
    under_objective: HashMap<(&'a str, &'a str), usize>,
    /// KPIs that a child cites.
    cited: HashSet<&'a str>,
}

impl<'a> Linker<'a> {
    fn new(plans: &'a [Plan], tree: &PlanTree, keys: &'a [Vec<RowKeys>], city: &'a CityWide) -> Self {
        let mut carried = vec![PlanKpis::default(); plans.len()];
        for plan in PlanId::first(plans.len()).filter(|&plan| !tree.children[plan].is_empty()) {
            let PlanKpis { first, under_objective, .. } = &mut carried[plan];
            for (row, own) in keys[plan].iter().enumerate() {
                let kpi = own.kpi.as_str();
                first.entry(kpi).or_insert(row);
                under_objective.entry((kpi, own.objective.as_str())).or_insert(row);
            }
        }
        Self { plans, keys, city, carried }
    }

    /// The KPIs that `child` cites, or why it has no link.
    fn targets(&mut self, child: RowId, parent: &Parent) -> Result<Vec<LinkTarget>, UnlinkedReason> {
        let own = &self.keys[child.plan][child.row];
        let row = &self.plans[child.plan].rows[child.row];
        if own.parent_kpi.is_empty() {
            // A table without the column cites nothing by design.
            return if row.parent_kpi.cell.is_some() {
                Err(UnlinkedReason::CitesNothing)
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
                    Err(UnlinkedReason::NotInParent)
                } else {
                    Ok(rows.into_iter().map(target).collect())
                }
            }
            Parent::Missing(_) | Parent::Unnamed => Err(UnlinkedReason::ParentMissing),
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

    /// The rows of `parent` that a child's row cites. It is one, or several if the cell names several KPIs
    /// and none of them is the child's own. Among rows with the same KPI the one under the cited objective is
    /// taken, else the first.
    fn cited_rows(&mut self, parent: PlanId, child: &'a RowKeys) -> Vec<usize> {
        let carried = &mut self.carried[parent];
        let cited = carried.kpis_in(child.parent_kpi.as_str());
        carried.cited.extend(&cited);
        let own = cited.iter().position(|kpi| *kpi == child.kpi.as_str());
        let meant = own.map_or(&cited[..], |own| &cited[own..=own]);
        let objective = child.parent_objective.as_str();
        let row = |kpi| carried.under_objective.get(&(kpi, objective)).or_else(|| carried.first.get(kpi));
        let rows: BTreeSet<usize> = meant.iter().filter_map(|&kpi| row(kpi).copied()).collect();
        rows.into_iter().collect()
    }

    /// The rows of plans with children whose KPI no child cites.
    fn not_cited(&self) -> impl Iterator<Item = UnlinkedRow> + '_ {
        let parents = PlanId::first(self.carried.len())
            .zip(&self.carried)
            .filter(|(_, carried)| !carried.first.is_empty());
        parents.flat_map(|(plan, carried)| {
            let rows = self.keys[plan].iter().enumerate();
            let unlinked = rows.filter(|(_, own)| !carried.cited.contains(own.kpi.as_str()));
            unlinked.map(move |(row, _)| UnlinkedRow {
                row: RowId { plan, row },
                reason: UnlinkedReason::NotCited,
            })
        })
    }
}

impl<'a> PlanKpis<'a> {
    /// The KPIs that `cited` names: one, or several whose names joined make up `cited`, since departments may
    /// write two KPIs into one cell. Empty if no KPIs make up the whole name.
    fn kpis_in(&self, cited: &str) -> Vec<&'a str> {
        if let Some((kpi, _)) = self.first.get_key_value(cited) {
            return vec![kpi];
        }
        if cited.len() > LONGEST_JOINED_NAME {
            return Vec::new();
        }
        let ends = || cited.char_indices().map(|(at, c)| at + c.len_utf8());
        // For each byte, the last KPI of a split of the name up to there.
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
