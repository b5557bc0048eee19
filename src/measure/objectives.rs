//! The city's objectives as all outputs count them. Each KPI belongs to the objective under which it is cited
//! most; an objective to which no KPI belongs is merged into the one that has its KPIs.

use std::collections::BTreeMap;

use crate::consolidate::{City, LinkTarget, RowId, UnlinkedReason};

/// The city's objectives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectiveCounts {
    /// The objectives that count: positions in [`City::city_objectives`].
    pub counted: Vec<usize>,
    /// Objectives whose KPIs are all cited more under another one, with that one.
    pub folded: BTreeMap<usize, usize>,
}

impl ObjectiveCounts {
    /// The objectives of `city`.
    pub fn of(city: &City) -> Self {
        let homes = homes(city);
        let mut objectives = Self::default();
        for (index, objective) in city.city_objectives.iter().enumerate() {
            let is_home = objective.kpis.iter().any(|kpi| homes.get(kpi) == Some(&index));
            match objective.kpis.first().and_then(|kpi| homes.get(kpi)) {
                Some(&home) if !is_home => {
                    objectives.folded.insert(index, home);
                }
                _ => objectives.counted.push(index),
            }
        }
        objectives
    }
}

/// How many rows have no link to a KPI of their parent or the city.
pub fn unlinked(city: &City) -> usize {
    city.unlinked.iter().filter(|row| row.reason != UnlinkedReason::NotCited).count()
}

/// How many rows of plans with children are cited by no child.
pub fn uncited(city: &City) -> usize {
    city.unlinked.iter().filter(|row| row.reason == UnlinkedReason::NotCited).count()
}

/// Every row that cites a city KPI, with the KPI.
pub(crate) fn citations(city: &City) -> impl Iterator<Item = (usize, RowId)> {
    city.links.iter().filter_map(|link| match link.target {
        LinkTarget::City(kpi) => Some((kpi, link.child)),
        LinkTarget::Row(_) => None,
    })
}

/// For each city KPI, the objective under which most rows cite it; the first if tied.
pub(crate) fn homes(city: &City) -> BTreeMap<usize, usize> {
    let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
    for (index, objective) in city.city_objectives.iter().enumerate() {
        for &kpi in &objective.kpis {
            votes.entry(kpi).or_default().insert(index, 0);
        }
    }
    let objectives: BTreeMap<_, _> =
        city.city_objectives.iter().enumerate().map(|(index, objective)| (&objective.key, index)).collect();
    for (kpi, row) in citations(city) {
        let objective = objectives.get(&city.row_keys(row).parent_objective);
        if let Some(count) = objective.and_then(|objective| votes.get_mut(&kpi)?.get_mut(objective)) {
            *count += 1;
        }
    }
    votes.into_iter().filter_map(|(kpi, objectives)| Some((kpi, *most(&objectives)?))).collect()
}

/// The candidate with the most votes; the first if tied.
pub(crate) fn most<K: Ord>(votes: &BTreeMap<K, usize>) -> Option<&K> {
    votes.iter().rev().max_by_key(|(_, count)| **count).map(|(key, _)| key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, plan};

    #[test]
    fn an_objective_whose_kpis_are_cited_more_elsewhere_is_not_counted_twice() {
        let row = |objective: &str| {
            format!("관점 | {objective} | 만족도 | 70% | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | ")
        };
        let plans = ["시민 만족", "시민만족 향상", "시민만족 향상"].iter().enumerate();
        let plans =
            plans.map(|(number, objective)| plan(&format!("{number}국"), "가나시").row(&row(objective)));
        let city = city(plans, &Config::default());
        let objectives = ObjectiveCounts::of(&city);
        assert_eq!((objectives.counted.as_slice(), objectives.folded.get(&0)), (&[1][..], Some(&1)));
    }
}
