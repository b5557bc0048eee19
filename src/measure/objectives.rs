//! The city's objectives as all outputs count them. Each KPI belongs to the objective under which it is cited
//! most; an objective to which no KPI belongs is merged into the one that has its KPIs.

use std::collections::BTreeMap;

use crate::consolidate::{City, LinkTarget, RowId, UnlinkedReason};

/// The city's objectives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objectives {
    /// The objectives that count: positions in [`City::city_goals`].
    pub counted: Vec<usize>,
    /// Objectives whose KPIs are all cited more under another one, with that one.
    pub folded: BTreeMap<usize, usize>,
}

impl Objectives {
    /// The objectives of `city`.
    pub fn of(city: &City) -> Self {
        let homes = homes(city);
        let mut objectives = Self::default();
        for (index, goal) in city.city_goals.iter().enumerate() {
            let is_home = goal.kpis.iter().any(|kpi| homes.get(kpi) == Some(&index));
            match goal.kpis.first().and_then(|kpi| homes.get(kpi)) {
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
    for (index, goal) in city.city_goals.iter().enumerate() {
        for &kpi in &goal.kpis {
            votes.entry(kpi).or_default().insert(index, 0);
        }
    }
    let goals: BTreeMap<_, _> =
        city.city_goals.iter().enumerate().map(|(index, goal)| (&goal.key, index)).collect();
    for (kpi, row) in citations(city) {
        let goal = goals.get(&city.row_keys(row).parent_goal);
        if let Some(count) = goal.and_then(|goal| votes.get_mut(&kpi)?.get_mut(goal)) {
            *count += 1;
        }
    }
    votes.into_iter().filter_map(|(kpi, goals)| Some((kpi, *most(&goals)?))).collect()
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
        let row =
            |goal: &str| format!("관점 | {goal} | 만족도 | 70% | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | ");
        let plans = ["시민 만족", "시민만족 향상", "시민만족 향상"].iter().enumerate();
        let plans = plans.map(|(number, goal)| plan(&format!("{number}국"), "가나시").row(&row(goal)));
        let city = city(plans, &Config::default());
        let objectives = Objectives::of(&city);
        assert_eq!((objectives.counted.as_slice(), objectives.folded.get(&0)), (&[1][..], Some(&1)));
    }
}
