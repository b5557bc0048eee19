//! The city's own objectives and KPIs, from planbook.toml and from citations in the top plans.

use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use super::ballot::{Ballot, majority};
use super::key_table::KeyTable;
use super::tally::Votes;
use super::{CityKpi, CityObjective, Parent, RowId, RowKeys, TargetSource};
use crate::plan::{Indicator, Plan, PlanId, Text, Value};
use crate::project::config::{CityKpiEntry, Config};
use crate::text::NameKey;

/// The city's objectives and KPIs.
#[derive(Default)]
pub(super) struct CityWide {
    pub(super) objectives: Vec<CityObjective>,
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

/// Gathers the entries of planbook.toml, then the citations in plans directly under the city.
pub(super) fn gather(
    plans: &[Plan],
    parents: &[Parent],
    keys: &[Vec<RowKeys>],
    year: i32,
    config: &Config,
    table: &mut KeyTable,
) -> CityWide {
    let mut gathering = CityWideBuilder::default();
    for entry in &config.city_kpis {
        gathering.declare(entry, table);
    }
    let tops = PlanId::first(plans.len()).filter(|&plan| parents[plan] == Parent::City);
    for plan in tops {
        for (row, indicator) in plans[plan].rows.iter().enumerate() {
            let keys = &keys[plan][row];
            if !keys.parent_kpi.is_empty() {
                gathering.cite(RowId { plan, row }, indicator, keys);
            }
        }
    }
    gathering.finish(table, |key| values_of(key, plans, keys, year - 1))
}

/// The values of `year` of every row whose own KPI is `key`.
fn values_of(key: &NameKey, plans: &[Plan], keys: &[Vec<RowKeys>], year: i32) -> Vec<f64> {
    let rows = plans.iter().zip(keys).flat_map(|(plan, keys)| {
        let at = plan.year_index(year);
        let own = plan.rows.iter().zip(keys).filter(|(_, keys)| keys.kpi == *key);
        own.filter_map(move |(row, _)| Some(row.values.get(at?)?.meaning.number()?.in_base(&row.unit)))
    });
    rows.collect()
}

/// Objectives and KPIs with the votes for their spellings and targets.
#[derive(Default)]
struct CityWideBuilder {
    city: CityWide,
    objectives_by_key: HashMap<NameKey, usize>,
    objective_spellings: Vec<Votes<Arc<str>>>,
    kpi_spellings: Vec<Votes<Arc<str>>>,
    ballots: Vec<Ballot>,
    pairs: HashSet<(usize, usize)>,
}

impl CityWideBuilder {
    fn objective(&mut self, key: NameKey) -> usize {
        *self.objectives_by_key.entry(key).or_insert_with_key(|key| {
            self.city.objectives.push(CityObjective { name: "".into(), key: key.clone(), kpis: Vec::new() });
            self.objective_spellings.push(Votes::default());
            self.city.objectives.len() - 1
        })
    }

    fn kpi(&mut self, key: NameKey) -> usize {
        *self.city.by_key.entry(key).or_insert_with_key(|key| {
            let key = key.clone();
            let kpi = CityKpi {
                name: "".into(),
                key,
                target: None,
                source: TargetSource::Unknown,
                base_known: false,
                cited: Vec::new(),
                citations: Vec::new(),
            };
            self.city.kpis.push(kpi);
            self.kpi_spellings.push(Votes::default());
            self.ballots.push(Ballot::default());
            self.city.kpis.len() - 1
        })
    }

    /// The positions of a KPI and of the objective it is cited under, if one is named.
    fn enter(&mut self, objective: NameKey, kpi: NameKey) -> (Option<usize>, usize) {
        let kpi = self.kpi(kpi);
        let objective = (!objective.is_empty()).then(|| self.objective(objective));
        if let Some(objective) = objective.filter(|&objective| self.pairs.insert((objective, kpi))) {
            self.city.objectives[objective].kpis.push(kpi);
        }
        (objective, kpi)
    }

    /// Adds an entry of planbook.toml; its spelling takes precedence.
    fn declare(&mut self, entry: &CityKpiEntry, table: &mut KeyTable) {
        let (objective_name, name) = (Arc::from(entry.objective.as_str()), Arc::from(entry.kpi.as_str()));
        let (objective, kpi) = self.enter(table.key(&objective_name), table.key(&name));
        if let Some(objective) = objective {
            self.city.objectives[objective].name = objective_name;
        }
        let target = Text { text: entry.target.as_str().into(), cell: None };
        let kpi = &mut self.city.kpis[kpi];
        kpi.name = name;
        if !target.is_empty() {
            kpi.source = TargetSource::Declared;
            kpi.target = Some(Value::read(target));
        }
    }

    fn cite(&mut self, id: RowId, row: &Indicator, keys: &RowKeys) {
        let (objective, kpi) = self.enter(keys.parent_objective.clone(), keys.parent_kpi.clone());
        if let Some(objective) = objective {
            self.objective_spellings[objective].add(row.parent_objective.text.clone());
        }
        self.kpi_spellings[kpi].add(row.parent_kpi.text.clone());
        self.city.kpis[kpi].citations.push(id);
        if !row.parent_target.text.is_empty() {
            self.ballots[kpi].cast(id.plan, &row.parent_target);
        }
    }

    /// `bases` returns a KPI's values of the year before in all plans.
    fn finish(self, table: &KeyTable, bases: impl Fn(&NameKey) -> Vec<f64>) -> CityWide {
        let mut city = self.city;
        for (objective, spellings) in city.objectives.iter_mut().zip(self.objective_spellings) {
            choose_name(&mut objective.name, table.declared(&objective.key), spellings);
        }
        for ((kpi, spellings), ballot) in city.kpis.iter_mut().zip(self.kpi_spellings).zip(self.ballots) {
            choose_name(&mut kpi.name, table.declared(&kpi.key), spellings);
            let bases = if ballot.has_promise() { bases(&kpi.key) } else { Vec::new() };
            kpi.base_known = !bases.is_empty();
            kpi.cited = ballot.count(kpi.target.as_ref(), &bases);
            if let (None, Some((target, source))) = (&kpi.target, majority(&kpi.cited)) {
                (kpi.target, kpi.source) = (Some(target), source);
            }
        }
        city
    }
}

/// Chooses the name: from a city KPI entry of planbook.toml, else from its spellings and common KPIs, else by
/// majority of the plans.
fn choose_name(name: &mut Arc<str>, declared: Option<&Arc<str>>, spellings: Votes<Arc<str>>) {
    if name.is_empty() {
        *name = declared.cloned().or_else(|| spellings.winner()).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;
