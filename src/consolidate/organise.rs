//! Organise: resolves the names of organisations, the parent of each plan and the name of the city.

mod label;
mod senders;
mod titles;

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use super::Parent;
use super::key_table::KeyTable;
use super::tally::Votes;
use crate::plan::{Plan, PlanId};
use crate::project::Config;
use crate::read::Submission;
use crate::text::NameKey;
use label::{head_of, is_bare_head, tidy};

/// The hierarchy of plans.
pub(super) struct PlanTree {
    /// The city's name.
    pub(super) city: Arc<str>,
    /// The title of each plan, with its organisation's name corrected.
    pub(super) titles: Vec<Arc<str>>,
    /// The parent of each plan.
    pub(super) parents: Vec<Parent>,
    /// The children of each plan, in book order.
    pub(super) children: Vec<Vec<PlanId>>,
    /// Organisations on the roster that submitted nothing.
    pub(super) missing: Vec<Arc<str>>,
    /// The organisation of each file that has no readable plan, inferred from the file's name.
    pub(super) senders: BTreeMap<Arc<str>, Arc<str>>,
}

/// Renames the organisations by planbook.toml and finds the parent of each.
pub(super) fn organise(
    plans: &mut [Plan],
    submissions: &[Submission],
    config: &Config,
    table: &mut KeyTable,
) -> PlanTree {
    let mut registry = Registry::new(config, table);
    registry.name(plans);
    let labels = registry.parent_labels(plans);
    // Bureaus named in a list are not the city.
    let in_headers: Vec<Arc<str>> = plans
        .iter()
        .zip(&labels)
        .map(|(plan, label)| if plan.parent_in_rows { "".into() } else { label.clone() })
        .collect();
    let city = registry.city(&in_headers);
    let mut parents = registry.parents(plans, &labels, &city);
    break_circles(&mut parents, plans);
    let mut children = vec![Vec::new(); plans.len()];
    for (plan, parent) in PlanId::first(plans.len()).zip(&parents) {
        if let Parent::Plan(parent) = parent {
            children[*parent].push(plan);
        }
    }
    let senders = registry.senders(submissions, plans, &labels);
    let missing = registry.missing(&senders);
    let titles = registry.titles(plans);
    PlanTree { city, titles, parents, children, missing, senders }
}

/// The organisations of the book by name.
struct Registry<'a> {
    config: &'a Config,
    table: &'a mut KeyTable,
    /// `[organisations]`: key of the printed name → the name to use.
    renamed: HashMap<NameKey, Arc<str>>,
    /// The first plan of each organisation.
    plans: HashMap<NameKey, PlanId>,
}

impl<'a> Registry<'a> {
    fn new(config: &'a Config, table: &'a mut KeyTable) -> Self {
        let renamed = config
            .organisations
            .iter()
            .map(|(printed, name)| (table.key(&printed.as_str().into()), name.as_str().into()))
            .collect();
        Self { config, table, renamed, plans: HashMap::default() }
    }

    /// The name to use for a printed one, by planbook.toml, whose entries may chain.
    fn resolve(&mut self, printed: &Arc<str>) -> Arc<str> {
        let (mut name, mut key) = (None, self.table.key(printed));
        for _ in 0..=self.renamed.len() {
            let Some(next) = self.renamed.get(&key) else { break };
            key = self.table.key(next);
            name = Some(next.clone());
        }
        let declared = || self.table.declared(&key).cloned();
        name.or_else(declared).unwrap_or_else(|| tidy(printed))
    }

    /// The title of each plan, with other names of the organisation (by planbook.toml) replaced.
    fn titles(&mut self, plans: &[Plan]) -> Vec<Arc<str>> {
        let config = self.config;
        let mut misprints: HashMap<NameKey, Vec<&str>> = HashMap::default();
        for printed in config.organisations.keys().chain(config.spellings.keys()) {
            let name = self.resolve(&printed.as_str().into());
            misprints.entry(self.table.key(&name)).or_default().push(printed);
        }
        let corrected = plans.iter().map(|plan| {
            let misprints = misprints.get(&self.table.key(&plan.org)).map_or(&[][..], Vec::as_slice);
            titles::corrected(&plan.title.text, misprints, &plan.org)
        });
        corrected.collect()
    }

    fn name(&mut self, plans: &mut [Plan]) {
        for (id, plan) in PlanId::first(plans.len()).zip(plans) {
            plan.org = self.resolve(&plan.org);
            let key = self.table.key(&plan.org);
            self.plans.entry(key).or_insert(id);
        }
    }

    /// The parent that each plan names: by `[parents]`, else by the header; empty if neither.
    fn parent_labels(&mut self, plans: &[Plan]) -> Vec<Arc<str>> {
        let mut given: HashMap<NameKey, Arc<str>> = HashMap::default();
        for (org, parent) in &self.config.parents {
            let org = self.resolve(&org.as_str().into());
            given.insert(self.table.key(&org), parent.as_str().into());
        }
        plans
            .iter()
            .map(|plan| {
                let key = self.table.key(&plan.org);
                let label = given.get(&key).unwrap_or(&plan.parent_label.text).clone();
                self.resolve(&label)
            })
            .collect()
    }

    /// The plan that a label names, directly or by the title of its head (`경영기획실장`).
    fn find(&mut self, label: &Arc<str>) -> Option<PlanId> {
        let key = self.table.key(label);
        if let Some(&plan) = self.plans.get(&key) {
            return Some(plan);
        }
        let stem = head_of(label)?;
        let stem = self.resolve(&stem);
        let key = self.table.key(&stem);
        self.plans.get(&key).copied()
    }

    /// The city: by planbook.toml, else the parent that most plans name and that has no plan itself. Empty if
    /// there is none.
    fn city(&mut self, labels: &[Arc<str>]) -> Arc<str> {
        if let Some(city) = &self.config.city {
            return city.as_str().into();
        }
        let outside: Vec<&Arc<str>> = labels
            .iter()
            .filter(|label| !label.is_empty() && !is_bare_head(label) && self.find(label).is_none())
            .collect();
        let keys: Vec<NameKey> = outside.iter().map(|label| self.table.key(label)).collect();
        let Some(winner) = keys.iter().cloned().collect::<Votes<_>>().winner() else { return "".into() };
        let spellings = outside.into_iter().zip(&keys).filter(|(_, key)| **key == winner);
        spellings.map(|(label, _)| label.clone()).collect::<Votes<_>>().winner().unwrap_or_default()
    }

    fn parents(&mut self, plans: &[Plan], labels: &[Arc<str>], city: &Arc<str>) -> Vec<Parent> {
        let city_key = self.table.key(city);
        let mut parents: Vec<Parent> = PlanId::first(labels.len())
            .zip(labels)
            .map(|(plan, label)| match self.named(label, &city_key) {
                // A header that names its own organisation as parent does not name one.
                Parent::Plan(parent) if parent == plan => Parent::Missing(plans[plan].org.clone()),
                parent => parent,
            })
            .collect();
        if city.is_empty() || !parents.contains(&Parent::City) {
            // No header names the city: plans without a parent are at the top.
            parents.iter_mut().filter(|p| **p == Parent::Unnamed).for_each(|p| *p = Parent::City);
        }
        self.place_bare_heads(plans, labels, &mut parents);
        parents
    }

    /// The parent that a label names.
    fn named(&mut self, label: &Arc<str>, city: &NameKey) -> Parent {
        let key = self.table.key(label);
        if key.is_empty() {
            return Parent::Unnamed;
        }
        let stem = head_of(label).map(|stem| self.table.key(&stem));
        if key == *city {
            return Parent::City;
        }
        match self.find(label) {
            Some(plan) => Parent::Plan(plan),
            None if stem.as_ref() == Some(city) => Parent::City,
            None => Parent::Missing(label.clone()),
        }
    }

    /// A bare head's title (`본 부 장`) means the bureau that comes first in the same workbook.
    fn place_bare_heads(&mut self, plans: &[Plan], labels: &[Arc<str>], parents: &mut [Parent]) {
        let mut first = 0;
        while first < plans.len() {
            let same_file = plans[first..].iter().take_while(|plan| plan.file == plans[first].file);
            let end = first + same_file.count();
            let workbook = PlanId::first(end).skip(first);
            let head = workbook.clone().find(|&plan| parents[plan] == Parent::City);
            let open = |plan: PlanId, parents: &[Parent]| {
                matches!(parents[plan], Parent::Missing(_)) && is_bare_head(&labels[plan])
            };
            let head = head.or_else(|| workbook.clone().find(|&plan| !open(plan, parents)));
            first = end;
            let Some(head) = head else { continue };
            for plan in workbook {
                if open(plan, parents) {
                    parents[plan] = Parent::Plan(head);
                }
            }
        }
    }

    fn roster(&mut self) -> Vec<Arc<str>> {
        self.config.roster.iter().map(|name| self.resolve(&name.as_str().into())).collect()
    }

    fn missing(&mut self, senders: &BTreeMap<Arc<str>, Arc<str>>) -> Vec<Arc<str>> {
        let sent: Vec<NameKey> = senders.values().map(|org| self.table.key(org)).collect();
        let mut missing = self.roster();
        missing.retain(|name| {
            let key = self.table.key(name);
            !self.plans.contains_key(&key) && !sent.contains(&key)
        });
        missing
    }
}

/// Cuts each cycle of parents at the plan that closes it, starting from the first plan in it.
fn break_circles(parents: &mut [Parent], plans: &[Plan]) {
    // The walk that last visited each plan; 0 for none.
    let mut met = vec![0; parents.len()];
    for start in PlanId::first(parents.len()) {
        let walk = start.number();
        let mut at = start;
        while met[at] == 0 {
            met[at] = walk;
            let Parent::Plan(above) = parents[at] else { break };
            if met[above] == walk {
                parents[at] = Parent::Missing(plans[above].org.clone());
                break;
            }
            at = above;
        }
    }
}

#[cfg(test)]
mod tests;
