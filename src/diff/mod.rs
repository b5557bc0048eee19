//! Two cities → what changed between them, plan by plan and KPI by KPI, apart from mere formatting.
//!
//! The comparison is symmetric: swapping the cities gives the same changes inverted.

mod change;
mod fields;
mod order;
mod pairing;
mod plans;
mod rows;
mod same;
mod sides;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::consolidate::City;
use crate::plan::{Plan, PlanId};

pub use change::{Change, ChangeKind, Item, RowPair, Side};
use sides::{PlanPair, PlanSide};

/// Two states of a city's plans, and what changed between them.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The old state.
    pub old: &'a City,
    /// The new state.
    pub new: &'a City,
    /// Every plan of either side: the new city's in book order, then the removed ones.
    pub plans: Vec<PlanDiff>,
    /// Plans without a counterpart because the workbook of that name cannot be read on the other side.
    pub not_compared: Vec<NotCompared>,
}

/// What changed in one plan.
#[derive(Debug, PartialEq)]
pub struct PlanDiff {
    /// The organisation, by its new name if there is one.
    pub org: Arc<str>,
    /// Position of the plan among the old city's plans.
    pub old: Option<PlanId>,
    /// Position of the plan among the new city's plans.
    pub new: Option<PlanId>,
    /// The rows of both sides, in the new order; removed rows keep their position.
    pub rows: Vec<RowPair>,
    /// Changes: those of the plan, then row by row.
    pub changes: Vec<Change>,
}

/// A plan that could not be compared.
#[derive(Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// The organisation.
    pub org: Arc<str>,
    /// The workbook, readable on one side only.
    pub file: Arc<str>,
}

impl Diff<'_> {
    /// Every change with its plan.
    pub fn changes(&self) -> impl Iterator<Item = (&PlanDiff, &Change)> {
        self.plans.iter().flat_map(|plan| plan.changes.iter().map(move |change| (plan, change)))
    }

    /// How many changes are of `kind`.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes().filter(|(_, change)| change.kind == kind).count()
    }

    /// The plans with changes beyond notation.
    pub fn changed_plans(&self) -> impl Iterator<Item = &PlanDiff> {
        self.plans.iter().filter(|plan| plan.is_changed())
    }
}

impl PlanDiff {
    /// Whether anything changed apart from notation.
    pub fn is_changed(&self) -> bool {
        self.changes.iter().any(|change| change.kind.is_change())
    }
}

/// Compares `old` with `new`. Names and units of both are normalised by the settings of `new`.
pub fn diff<'a>(old: &'a City, new: &'a City) -> Diff<'a> {
    let matched = plans::pair(old, new);
    let mut plans = Vec::with_capacity(matched.pairs.len());
    let mut not_compared = Vec::new();
    let (unread_old, unread_new) = (without_plans(old), without_plans(new));
    for &(before, after) in &matched.pairs {
        match (before, after) {
            (Some(before), Some(after)) => plans.push(compare(old, before, new, after)),
            (None, Some(after)) => {
                let plan = &new.plans[after];
                if unread_old.contains(&plan.file) {
                    not_compared.push(NotCompared { org: plan.org.clone(), file: plan.file.clone() });
                } else {
                    plans.push(PlanDiff::one_sided(plan, None, Some(after)));
                }
            }
            (Some(before), None) => {
                let plan = &old.plans[before];
                if unread_new.contains(&plan.file) {
                    not_compared.push(NotCompared { org: plan.org.clone(), file: plan.file.clone() });
                } else {
                    plans.push(PlanDiff::one_sided(plan, Some(before), None));
                }
            }
            (None, None) => {}
        }
    }
    Diff { old, new, plans, not_compared }
}

/// The workbooks of `city` that cannot be read or have no plan.
fn without_plans(city: &City) -> BTreeSet<Arc<str>> {
    let with: BTreeSet<&Arc<str>> = city.plans.iter().map(|plan| &plan.file).collect();
    city.workbooks().map(|workbook| &workbook.file).filter(|file| !with.contains(file)).cloned().collect()
}

impl PlanDiff {
    /// A plan on one side only.
    fn one_sided(plan: &Plan, old: Option<PlanId>, new: Option<PlanId>) -> Self {
        let side = Side { text: plan.org.to_string(), place: Some(plan.header_place()) };
        let change = if new.is_some() {
            Change { kind: ChangeKind::Added, item: Item::Plan, rows: Vec::new(), old: None, new: Some(side) }
        } else {
            Change {
                kind: ChangeKind::Removed,
                item: Item::Plan,
                rows: Vec::new(),
                old: Some(side),
                new: None,
            }
        };
        Self { org: plan.org.clone(), old, new, rows: Vec::new(), changes: vec![change] }
    }
}

fn compare(old: &City, before: PlanId, new: &City, after: PlanId) -> PlanDiff {
    let sides = PlanPair {
        old: PlanSide::new(old, before, &new.names, &new.units),
        new: PlanSide::new(new, after, &new.names, &new.units),
    };
    let rows = rows::pair(&sides);
    let mut changes = fields::plan_changes(&sides, &new.names);
    changes.extend(fields::row_changes(&sides, &rows));
    PlanDiff { org: sides.new.plan.org.clone(), old: Some(before), new: Some(after), rows, changes }
}

#[cfg(test)]
mod tests;
