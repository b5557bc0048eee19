//! Matches the plans of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::pairing::Unpaired;
use crate::consolidate::City;
use crate::plan::PlanId;
use crate::text::{NameKey, Names};

/// A KPI in more plans than this is common and does not identify a plan.
const MAX_CARRIERS: usize = 8;

/// All plans of both sides: new ones in book order with their old counterparts, then removed ones.
pub(super) struct Matched {
    pub pairs: Vec<(Option<PlanId>, Option<PlanId>)>,
}

/// Pairs the plans of two cities: by organisation and parent, to distinguish offices of the same name in
/// different bureaus; then by organisation; then renamed ones by their KPIs.
pub(super) fn pair(old: &City, new: &City) -> Matched {
    let (old_names, new_names) = (PlanNames::all(old, &new.names), PlanNames::all(new, &new.names));
    let mut unpaired = Unpaired::new(old.plans.len(), new.plans.len());
    let file = |city: &City, plan: usize| city.plans[plan].file.clone();
    let (old_name, new_name) = (|plan: usize| &old_names[plan], |plan: usize| &new_names[plan]);
    unpaired.pair_by_key(
        |plan| Some((old_name(plan).both(), file(old, plan))),
        |plan| Some((new_name(plan).both(), file(new, plan))),
    );
    unpaired.pair_by_key(|plan| Some(old_name(plan).both()), |plan| Some(new_name(plan).both()));
    unpaired.pair_by_key(|plan| Some(old_name(plan).org.clone()), |plan| Some(new_name(plan).org.clone()));
    let renamed = renamed(old, new, &unpaired);
    unpaired.add_pairs(renamed);
    // If each side has a single plan, the user wants these two compared.
    if let ([before], [after]) = (unpaired.old.as_slice(), unpaired.new.as_slice())
        && old.plans.len() == 1
        && new.plans.len() == 1
    {
        unpaired.add_pairs(vec![(*before, *after)]);
    }
    let some = |plan: &usize| Some(PlanId::at(*plan));
    let mut pairs: Vec<(Option<PlanId>, Option<PlanId>)> =
        unpaired.pairs.iter().map(|(before, after)| (some(before), some(after))).collect();
    pairs.extend(unpaired.new.iter().map(|after| (None, some(after))));
    pairs.sort_by_key(|pair| pair.1);
    pairs.extend(unpaired.old.iter().map(|before| (some(before), None)));
    Matched { pairs }
}

/// The normalised names of a plan's organisation and of its parent.
struct PlanNames {
    org: NameKey,
    parent: NameKey,
}

impl PlanNames {
    fn all(city: &City, names: &Names) -> Vec<Self> {
        let of = |plan: PlanId| Self {
            org: names.key(&city.plans[plan].org),
            parent: names.key(city.parent_name(plan)),
        };
        city.plan_ids().map(of).collect()
    }

    fn both(&self) -> (NameKey, NameKey) {
        (self.org.clone(), self.parent.clone())
    }
}

/// Unpaired plans that clearly have the same KPIs: each is the other's only best match, and two thirds of the
/// larger plan's KPIs are in both.
fn renamed(old: &City, new: &City, unpaired: &Unpaired) -> Vec<(usize, usize)> {
    if unpaired.old.is_empty() || unpaired.new.is_empty() {
        return Vec::new();
    }
    let kpis = |city: &City, plan: usize| -> BTreeSet<NameKey> {
        city.plans[plan].rows.iter().map(|row| new.names.key(&row.kpi.text)).collect()
    };
    let olds: Vec<BTreeSet<NameKey>> = unpaired.old.iter().map(|&plan| kpis(old, plan)).collect();
    let news: Vec<BTreeSet<NameKey>> = unpaired.new.iter().map(|&plan| kpis(new, plan)).collect();
    let (carry_old, carry_new) = (carriers(&olds), carriers(&news));
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (before, kpis) in olds.iter().enumerate() {
        let distinctive =
            kpis.iter().filter(|kpi| carry_old.get(kpi).is_some_and(|plans| plans.len() <= MAX_CARRIERS));
        let met =
            distinctive.filter_map(|kpi| carry_new.get(kpi).filter(|plans| plans.len() <= MAX_CARRIERS));
        for &after in met.flatten() {
            let both = || kpis.intersection(&news[after]).count();
            shared.entry((before, after)).or_insert_with(both);
        }
    }
    shared.retain(|&(before, after), both| {
        *both >= 2 && 3 * *both >= 2 * olds[before].len().max(news[after].len())
    });
    let (mut best_old, mut best_new) = (vec![Best::default(); olds.len()], vec![Best::default(); news.len()]);
    for (&(before, after), &both) in &shared {
        best_old[before].see(after, both);
        best_new[after].see(before, both);
    }
    let pairs = shared.into_keys();
    pairs
        .filter(|&(before, after)| best_old[before].is(after) && best_new[after].is(before))
        .map(|(before, after)| (unpaired.old[before], unpaired.new[after]))
        .collect()
}

/// The best match so far, and whether it is unique.
#[derive(Clone, Copy, Default)]
struct Best {
    plan: usize,
    both: usize,
    tied: bool,
}

impl Best {
    fn see(&mut self, plan: usize, both: usize) {
        if both > self.both {
            *self = Self { plan, both, tied: false };
        } else if both == self.both {
            self.tied = true;
        }
    }

    fn is(&self, plan: usize) -> bool {
        self.plan == plan && !self.tied
    }
}

/// The plans that have each KPI.
fn carriers(plans: &[BTreeSet<NameKey>]) -> BTreeMap<&NameKey, Vec<usize>> {
    let mut carriers: BTreeMap<&NameKey, Vec<usize>> = BTreeMap::new();
    for (plan, kpis) in plans.iter().enumerate() {
        for kpi in kpis {
            carriers.entry(kpi).or_default().push(plan);
        }
    }
    carriers
}
