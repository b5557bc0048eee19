//! Which plan of the one side is which of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::meet::Open;
use crate::consolidate::City;
use crate::text::{NameKey, Names};

/// A KPI that more plans than this carry does not tell which plan is which: it is a common one.
const TELLING: usize = 8;

/// All plans of both sides: the new ones in book order with their old ones, then those that are gone.
pub(super) struct Matched {
    pub pairs: Vec<(Option<usize>, Option<usize>)>,
}

/// Pairs the plans of two cities: by organisation and parent, so that offices of the same name in different bureaus are
/// told apart; then by organisation; then those that bear another name but hold the same KPIs.
pub(super) fn pair(old: &City, new: &City) -> Matched {
    let (old_names, new_names) = (PlanNames::all(old, &new.names), PlanNames::all(new, &new.names));
    let mut open = Open::new(old.plans.len(), new.plans.len());
    let file = |city: &City, plan: usize| city.plans[plan].file.clone();
    let (old_name, new_name) = (|plan: usize| &old_names[plan], |plan: usize| &new_names[plan]);
    open.meet(
        |plan| Some((old_name(plan).both(), file(old, plan))),
        |plan| Some((new_name(plan).both(), file(new, plan))),
    );
    open.meet(|plan| Some(old_name(plan).both()), |plan| Some(new_name(plan).both()));
    open.meet(|plan| Some(old_name(plan).org.clone()), |plan| Some(new_name(plan).org.clone()));
    let renamed = renamed(old, new, &open);
    open.take(renamed);
    // Whoever names two workbooks of one plan each wants these two compared.
    if let ([before], [after]) = (open.old.as_slice(), open.new.as_slice())
        && old.plans.len() == 1
        && new.plans.len() == 1
    {
        open.take(vec![(*before, *after)]);
    }
    let mut pairs: Vec<(Option<usize>, Option<usize>)> =
        open.pairs.iter().map(|&(before, after)| (Some(before), Some(after))).collect();
    pairs.extend(open.new.iter().map(|&after| (None, Some(after))));
    pairs.sort_by_key(|pair| pair.1);
    pairs.extend(open.old.iter().map(|&before| (Some(before), None)));
    Matched { pairs }
}

/// The folded names of a plan's organisation and of the one above.
struct PlanNames {
    org: NameKey,
    parent: NameKey,
}

impl PlanNames {
    fn all(city: &City, names: &Names) -> Vec<Self> {
        let of = |plan: usize| Self {
            org: names.key(&city.plans[plan].org),
            parent: names.key(city.parent_name(plan)),
        };
        (0..city.plans.len()).map(of).collect()
    }

    fn both(&self) -> (NameKey, NameKey) {
        (self.org.clone(), self.parent.clone())
    }
}

/// Open plans that hold clearly the same KPIs: each is the other's best match, no second one is as good, and two thirds
/// of the KPIs of the larger are in both.
fn renamed(old: &City, new: &City, open: &Open) -> Vec<(usize, usize)> {
    if open.old.is_empty() || open.new.is_empty() {
        return Vec::new();
    }
    let kpis = |city: &City, plan: usize| -> BTreeSet<NameKey> {
        city.plans[plan].rows.iter().map(|row| new.names.key(&row.kpi.text)).collect()
    };
    let olds: Vec<BTreeSet<NameKey>> = open.old.iter().map(|&plan| kpis(old, plan)).collect();
    let news: Vec<BTreeSet<NameKey>> = open.new.iter().map(|&plan| kpis(new, plan)).collect();
    let (carry_old, carry_new) = (carriers(&olds), carriers(&news));
    let mut alike: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (before, kpis) in olds.iter().enumerate() {
        let telling =
            kpis.iter().filter(|kpi| carry_old.get(kpi).is_some_and(|plans| plans.len() <= TELLING));
        let met = telling.filter_map(|kpi| carry_new.get(kpi).filter(|plans| plans.len() <= TELLING));
        for &after in met.flatten() {
            let both = || kpis.intersection(&news[after]).count();
            alike.entry((before, after)).or_insert_with(both);
        }
    }
    alike.retain(|&(before, after), both| {
        *both >= 2 && 3 * *both >= 2 * olds[before].len().max(news[after].len())
    });
    let (mut best_old, mut best_new) = (vec![Best::default(); olds.len()], vec![Best::default(); news.len()]);
    for (&(before, after), &both) in &alike {
        best_old[before].see(after, both);
        best_new[after].see(before, both);
    }
    let pairs = alike.into_keys();
    pairs
        .filter(|&(before, after)| best_old[before].is(after) && best_new[after].is(before))
        .map(|(before, after)| (open.old[before], open.new[after]))
        .collect()
}

/// The best match seen, and whether there is just one.
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

/// The plans that carry each KPI.
fn carriers(plans: &[BTreeSet<NameKey>]) -> BTreeMap<&NameKey, Vec<usize>> {
    let mut carriers: BTreeMap<&NameKey, Vec<usize>> = BTreeMap::new();
    for (plan, kpis) in plans.iter().enumerate() {
        for kpi in kpis {
            carriers.entry(kpi).or_default().push(plan);
        }
    }
    carriers
}
