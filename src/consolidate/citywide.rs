//! The city's own objectives and KPIs: what planbook.toml gives and what the top plans cite.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::keys::KeyTable;
use super::tally::Tally;
use super::{CityGoal, CityKpi, Parent, RowId, RowKeys};
use crate::plan::{Plan, Text, Value};
use crate::project::{Config, NameKey};

/// The city's objectives and KPIs.
#[derive(Default)]
pub(super) struct CityWide {
    pub(super) goals: Vec<CityGoal>,
    pub(super) kpis: Vec<CityKpi>,
    /// Position of each KPI by its key.
    by_key: HashMap<NameKey, usize>,
}

impl CityWide {
    /// The position of the KPI with this key.
    pub(super) fn kpi(&self, key: &NameKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }
}

/// Gathers what the plans directly under the city cite, after what planbook.toml declares.
pub(super) fn gather(
    plans: &[Plan],
    parents: &[Parent],
    keys: &[Vec<RowKeys>],
    config: &Config,
    table: &mut KeyTable,
) -> CityWide {
    let mut gathering = Gathering::default();
    for entry in &config.city_kpis {
        let (goal, kpi) = (Arc::from(entry.goal.as_str()), Arc::from(entry.kpi.as_str()));
        let target = (!entry.target.is_empty())
            .then(|| Value::read(Text { text: entry.target.as_str().into(), cell: None }));
        gathering.declare(&goal, table.key(&goal), &kpi, table.key(&kpi), target);
    }
    for (plan, Plan { rows, .. }) in
        plans.iter().enumerate().filter(|(plan, _)| parents[*plan] == Parent::City)
    {
        for (row, indicator) in rows.iter().enumerate() {
            let kpi = &keys[plan][row].parent_kpi;
            if !kpi.is_empty() {
                let goal = &indicator.parent_goal.text;
                let goal_key = table.key(goal);
                let spelling = &indicator.parent_kpi.text;
                gathering.cite(goal, goal_key, spelling, kpi, &indicator.parent_target, RowId { plan, row });
            }
        }
    }
    gathering.finish()
}

/// Objectives and KPIs with the votes on their spellings and targets.
#[derive(Default)]
struct Gathering {
    city: CityWide,
    goals_by_key: HashMap<NameKey, usize>,
    goal_spellings: Vec<Tally<Arc<str>>>,
    kpi_spellings: Vec<Tally<Arc<str>>>,
    ballots: Vec<Ballot>,
    pairs: HashSet<(usize, usize)>,
}

/// The votes on a KPI's target: each plan has one for every target it cites.
#[derive(Default)]
struct Ballot {
    votes: Tally<String>,
    /// The first value cited for each candidate.
    values: HashMap<String, Value>,
    cast: HashSet<(usize, String)>,
}

impl Gathering {
    fn goal(&mut self, key: NameKey) -> usize {
        *self.goals_by_key.entry(key).or_insert_with_key(|key| {
            self.city.goals.push(CityGoal { name: "".into(), key: key.clone(), kpis: Vec::new() });
            self.goal_spellings.push(Tally::default());
            self.city.goals.len() - 1
        })
    }

    fn kpi(&mut self, key: NameKey) -> usize {
        *self.city.by_key.entry(key).or_insert_with_key(|key| {
            let key = key.clone();
            let kpi = CityKpi { name: "".into(), key, target: None, declared: false, citations: Vec::new() };
            self.city.kpis.push(kpi);
            self.kpi_spellings.push(Tally::default());
            self.ballots.push(Ballot::default());
            self.city.kpis.len() - 1
        })
    }

    fn pair(&mut self, goal: NameKey, kpi: NameKey) -> (usize, usize) {
        let (goal, kpi) = (self.goal(goal), self.kpi(kpi));
        if self.pairs.insert((goal, kpi)) {
            self.city.goals[goal].kpis.push(kpi);
        }
        (goal, kpi)
    }

    /// An entry of planbook.toml: its spelling stands.
    fn declare(
        &mut self,
        goal_name: &Arc<str>,
        goal: NameKey,
        kpi_name: &Arc<str>,
        kpi: NameKey,
        target: Option<Value>,
    ) {
        let (goal, kpi) = self.pair(goal, kpi);
        self.city.goals[goal].name.clone_from(goal_name);
        let entry = &mut self.city.kpis[kpi];
        entry.name.clone_from(kpi_name);
        entry.declared = target.is_some();
        entry.target = target;
    }

    fn cite(
        &mut self,
        goal_name: &Arc<str>,
        goal: NameKey,
        kpi_name: &Arc<str>,
        kpi: &NameKey,
        target: &Value,
        row: RowId,
    ) {
        let (goal, kpi) = self.pair(goal, kpi.clone());
        self.goal_spellings[goal].add(goal_name.clone());
        self.kpi_spellings[kpi].add(kpi_name.clone());
        self.city.kpis[kpi].citations.push(row);
        if !target.text.is_empty() {
            self.ballots[kpi].cast(row.plan, target);
        }
    }

    fn finish(self) -> CityWide {
        let mut city = self.city;
        for (goal, spellings) in city.goals.iter_mut().zip(self.goal_spellings) {
            settle_name(&mut goal.name, spellings);
        }
        for ((kpi, spellings), ballot) in city.kpis.iter_mut().zip(self.kpi_spellings).zip(self.ballots) {
            settle_name(&mut kpi.name, spellings);
            if kpi.target.is_none() {
                kpi.target = ballot.winner();
            }
        }
        city
    }
}

impl Ballot {
    fn cast(&mut self, plan: usize, target: &Value) {
        let candidate = same_target(target);
        if self.cast.insert((plan, candidate.clone())) {
            self.values.entry(candidate.clone()).or_insert_with(|| target.clone());
            self.votes.add(candidate);
        }
    }

    fn winner(mut self) -> Option<Value> {
        self.values.remove(&self.votes.winner()?)
    }
}

/// The commonest spelling, unless planbook.toml has given one.
fn settle_name(name: &mut Arc<str>, spellings: Tally<Arc<str>>) {
    if name.is_empty() {
        *name = spellings.winner().unwrap_or_default();
    }
}

/// What two targets that mean the same have in common.
fn same_target(target: &Value) -> String {
    target.text.text.split_whitespace().collect()
}

#[cfg(test)]
mod tests;
