//! Link: each row to what it cites, and what hangs loose on either side.

use std::collections::HashMap;
use std::sync::Arc;

use super::citywide::CityWide;
use super::keys::KeyTable;
use super::organise::Tree;
use super::{Link, LinkKind, LinkTarget, Loose, LooseReason, Parent, RowId, RowKeys};
use crate::plan::Plan;
use crate::project::NameKey;

/// What hangs on what, and what hangs loose, both in book order.
#[derive(Default)]
pub(super) struct Cascade {
    pub(super) links: Vec<Link>,
    pub(super) loose: Vec<Loose>,
}

/// Links every row upwards, then looks downwards for rows that no child cites.
pub(super) fn link(
    plans: &[Plan],
    tree: &Tree,
    keys: &[Vec<RowKeys>],
    city: &CityWide,
    table: &mut KeyTable,
) -> Cascade {
    let mut cascade = Cascade::default();
    let mut above = Above::new(plans, tree, keys, table);
    for (plan, Plan { rows, .. }) in plans.iter().enumerate() {
        for (row, indicator) in rows.iter().enumerate() {
            let child = RowId { plan, row };
            let own = &keys[plan][row];
            let mut hang = |target, cited: &NameKey| {
                cascade.links.push(Link { child, target, kind: kind(own, cited) });
            };
            let loose = match &tree.parents[plan] {
                _ if own.parent_kpi.is_empty() => {
                    indicator.parent_kpi.cell.is_some().then_some(LooseReason::CitesNothing)
                }
                Parent::City => {
                    city.kpi(&own.parent_kpi)
                        .into_iter()
                        .for_each(|kpi| hang(LinkTarget::City(kpi), &own.parent_kpi));
                    None
                }
                Parent::Plan(parent) => {
                    let found = above.cited_rows(*parent, own, &indicator.parent_goal.text);
                    for &row in &found {
                        hang(LinkTarget::Row(RowId { plan: *parent, row }), &keys[*parent][row].kpi);
                    }
                    found.is_empty().then_some(LooseReason::NotInParent)
                }
                Parent::Missing(_) | Parent::Unnamed => Some(LooseReason::ParentMissing),
            };
            cascade.loose.extend(loose.map(|reason| Loose { row: child, reason }));
        }
    }
    cascade.loose.extend(above.not_cited());
    cascade.loose.sort_by_key(|loose| (loose.row, loose.reason));
    cascade
}

fn kind(own: &RowKeys, cited: &NameKey) -> LinkKind {
    if own.kpi != *cited {
        LinkKind::Contributory
    } else if own.common.is_some() {
        LinkKind::Shared
    } else {
        LinkKind::Direct
    }
}

/// The rows of the plans that have children, by KPI.
struct Above<'a> {
    plans: &'a [Plan],
    table: &'a mut KeyTable,
    keys: &'a [Vec<RowKeys>],
    /// For each plan, its rows by KPI; nothing for plans without children.
    rows: Vec<HashMap<&'a NameKey, Vec<usize>>>,
    /// For each plan, whether a child cites the row; nothing for plans without children.
    cited: Vec<Vec<bool>>,
}

impl<'a> Above<'a> {
    fn new(plans: &'a [Plan], tree: &Tree, keys: &'a [Vec<RowKeys>], table: &'a mut KeyTable) -> Self {
        let mut rows = vec![HashMap::new(); plans.len()];
        let mut cited = vec![Vec::new(); plans.len()];
        for plan in (0..plans.len()).filter(|&plan| !tree.children[plan].is_empty()) {
            for (row, own) in keys[plan].iter().enumerate() {
                let with_kpi: &mut Vec<usize> = rows[plan].entry(&own.kpi).or_default();
                with_kpi.push(row);
            }
            cited[plan] = vec![false; keys[plan].len()];
        }
        Self { plans, table, keys, rows, cited }
    }

    /// The rows of `parent` that a child's row cites: one; or several where the cell names several KPIs and none of
    /// them is the child's own.
    fn cited_rows(&mut self, parent: usize, child: &RowKeys, goal: &Arc<str>) -> Vec<usize> {
        let cited = match self.rows[parent].contains_key(&child.parent_kpi) {
            true => vec![&child.parent_kpi],
            false => self.several(parent, &child.parent_kpi),
        };
        for kpi in &cited {
            for &row in self.rows[parent].get(kpi).into_iter().flatten() {
                self.cited[parent][row] = true;
            }
        }
        let own = cited.iter().position(|kpi| **kpi == child.kpi);
        let meant = own.map_or(&cited[..], |own| &cited[own..=own]);
        meant.iter().filter_map(|kpi| self.row_under(parent, kpi, goal)).collect()
    }

    /// The row of `parent` with this KPI; of several the one under the cited goal, else the first.
    fn row_under(&mut self, parent: usize, kpi: &NameKey, goal: &Arc<str>) -> Option<usize> {
        let rows = self.rows[parent].get(kpi)?;
        if rows.len() > 1 {
            let goal = self.table.key(goal);
            for &row in rows {
                if self.table.key(&self.plans[parent].rows[row].goal.text) == goal {
                    return Some(row);
                }
            }
        }
        rows.first().copied()
    }

    /// The parent's KPIs of which `cited` is made up: departments write two KPIs into one cell where two of their rows
    /// serve both. Empty unless they make up the whole name.
    fn several(&self, parent: usize, cited: &NameKey) -> Vec<&'a NameKey> {
        let text = cited.as_str();
        // The last KPI of a way to write the text up to this byte.
        let mut last: Vec<Option<&'a NameKey>> = vec![None; text.len() + 1];
        for start in 0..text.len() {
            if start > 0 && last[start].is_none() {
                continue;
            }
            for RowKeys { kpi, .. } in &self.keys[parent] {
                let fits = !kpi.is_empty()
                    && text.is_char_boundary(start)
                    && text[start..].starts_with(kpi.as_str());
                if fits {
                    last[start + kpi.as_str().len()].get_or_insert(kpi);
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = text.len();
        while let Some(kpi) = last[end] {
            parts.push(kpi);
            end -= kpi.as_str().len();
        }
        parts.reverse();
        parts
    }

    fn not_cited(&self) -> impl Iterator<Item = Loose> + '_ {
        self.cited.iter().enumerate().flat_map(|(plan, cited)| {
            let rows = cited.iter().enumerate().filter(|(_, cited)| !**cited).map(|(row, _)| row);
            rows.map(move |row| Loose { row: RowId { plan, row }, reason: LooseReason::NotCited })
        })
    }
}

#[cfg(test)]
mod tests;
