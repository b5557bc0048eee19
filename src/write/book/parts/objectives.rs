//! The city's objectives as the book draws them: each KPI once, under the objective that most rows cite it
//! under.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::perspectives::Perspectives;
use crate::consolidate::City;
use crate::measure::objectives::{citations, homes, most};
use crate::plan::PlanId;

/// The city's objectives.
pub(super) struct Objectives {
    /// The objectives that are drawn, by perspective, then in the city's order. Each one's number is its
    /// position from 1.
    pub drawn: Vec<DrawnObjective>,
    /// Names of objectives all of whose KPIs are cited more under another, with that one's index in `drawn`.
    pub folded: Vec<(Arc<str>, usize)>,
}

/// An objective of the city with the KPIs drawn under it.
pub(super) struct DrawnObjective {
    /// Its name.
    pub name: Arc<str>,
    /// The index of the perspective under which it is cited most; `None` if plans name none.
    pub perspective: Option<usize>,
    /// Its KPIs: positions in [`City::city_kpis`], and the plans that cite each.
    pub kpis: Vec<(usize, BTreeSet<PlanId>)>,
}

impl Objectives {
    /// Finds the objectives of `city`.
    pub(super) fn of(city: &City, perspectives: &Perspectives) -> Self {
        let homes = homes(city);
        let mut plans: BTreeMap<usize, BTreeSet<PlanId>> = BTreeMap::new();
        let mut votes: BTreeMap<usize, BTreeMap<usize, usize>> = BTreeMap::new();
        for (kpi, row) in citations(city) {
            plans.entry(kpi).or_default().insert(row.plan);
            let objective = homes.get(&kpi);
            let perspective = perspectives.position(&city.row_keys(row).perspective);
            if let (Some(&objective), Some(perspective)) = (objective, perspective) {
                *votes.entry(objective).or_default().entry(perspective).or_default() += 1;
            }
        }
        let mut drawn: Vec<(usize, DrawnObjective)> = Vec::new();
        for (index, objective) in city.city_objectives.iter().enumerate() {
            let at_home = objective.kpis.iter().filter(|kpi| homes.get(kpi) == Some(&index));
            let kpis: Vec<_> =
                at_home.map(|&kpi| (kpi, plans.get(&kpi).cloned().unwrap_or_default())).collect();
            if !kpis.is_empty() || objective.kpis.is_empty() {
                let perspective = votes.get(&index).and_then(most).copied();
                drawn.push((index, DrawnObjective { name: objective.name.clone(), perspective, kpis }));
            }
        }
        drawn.sort_by_key(|(_, objective)| objective.perspective.unwrap_or(usize::MAX));
        let place = |objective: usize| drawn.iter().position(|&(index, _)| index == objective);
        let folded = city.city_objectives.iter().enumerate().filter(|&(index, _)| place(index).is_none());
        let folded = folded
            .filter_map(|(_, objective)| {
                Some((objective.name.clone(), place(*homes.get(objective.kpis.first()?)?)?))
            })
            .collect();
        Self { drawn: drawn.into_iter().map(|(_, objective)| objective).collect(), folded }
    }

    /// Returns the objective of each city KPI that is drawn.
    pub(super) fn by_kpi(&self) -> BTreeMap<usize, usize> {
        let of_objective = |(place, objective): (usize, &DrawnObjective)| {
            objective.kpis.iter().map(move |&(kpi, _)| (kpi, place)).collect::<Vec<_>>()
        };
        self.drawn.iter().enumerate().flat_map(of_objective).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{city, config, plan};

    #[test]
    fn a_objective_whose_kpis_are_cited_more_elsewhere_is_folded_into_that_one() {
        let row = |perspective: &str, objective: &str, kpi: &str| {
            format!(
                "{perspective} | {objective} | {kpi} | 70% | 목표 | 지표 {objective} | 1 | 2 | 3 | 4 | 건 | 50 | "
            )
        };
        let plans = [
            plan("교통국", "가나시").row(&row("역량", "인재 양성", "교육시간")).row(&row(
                "고객",
                "시민 만족",
                "만족도",
            )),
            plan("환경국", "가나시").row(&row("고객", "시민만족 향상", "만족도")).row(&row(
                "역량",
                "인재 양성",
                "교육시간",
            )),
            plan("복지국", "가나시").row(&row("고객", "시민만족 향상", "만족도")),
        ];
        let city = city(plans, &config("city = '가나시'"));
        let perspectives = Perspectives::of(&city);
        let objectives = Objectives::of(&city, &perspectives);
        let drawn: Vec<_> =
            objectives.drawn.iter().map(|objective| (&*objective.name, objective.kpis[0].1.len())).collect();
        let customers_first = perspectives.names().next().is_some_and(|name| &**name == "고객");
        assert_eq!(drawn.len(), 2);
        assert!(drawn.contains(&("시민만족 향상", 3)) && drawn.contains(&("인재 양성", 2)), "{drawn:?}");
        assert_eq!(drawn[0].0 == "시민만족 향상", customers_first);
        assert_eq!(objectives.folded.iter().map(|(name, _)| &**name).collect::<Vec<_>>(), ["시민 만족"]);
    }
}
