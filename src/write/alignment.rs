//! Which organisation carries which objective of the city: counts and weights of the KPIs that lead up to it.

use std::collections::{BTreeMap, BTreeSet};

use crate::consolidate::{City, LinkTarget, RowId};
use crate::text::NameKey;

/// KPIs and what they weigh together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// How many KPIs.
    pub count: usize,
    /// The sum of their weights, in percent of their plans.
    pub weight: f64,
}

impl Share {
    fn add(&mut self, weight: f64) {
        self.count += 1;
        self.weight += weight;
    }
}

/// The KPIs of every plan by the objectives of the city they lead up to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// By plan, what it carries of each objective: by position in [`City::city_objectives`], and one beyond the last for city
    /// KPIs that are cited without an objective. A KPI may lead up to several.
    pub shares: Vec<BTreeMap<usize, Share>>,
    /// By plan, the KPIs that lead up to some objective, each counted once.
    pub aligned: Vec<Share>,
    /// By plan, the KPIs that lead up to none.
    pub loose: Vec<Share>,
}

impl Alignment {
    /// Follows every link of the city upwards.
    pub fn of(city: &City) -> Self {
        let objectives: BTreeMap<&NameKey, usize> = city
            .city_objectives
            .iter()
            .enumerate()
            .map(|(index, objective)| (&objective.key, index))
            .collect();
        let mut below: BTreeMap<RowId, Vec<RowId>> = BTreeMap::new();
        let mut waiting: Vec<(RowId, usize)> = Vec::new();
        for link in &city.links {
            match link.target {
                LinkTarget::City(_) => {
                    let objective = objectives.get(&city.row_keys(link.child).parent_objective);
                    waiting.push((link.child, objective.copied().unwrap_or(city.city_objectives.len())));
                }
                LinkTarget::Row(row) => below.entry(row).or_default().push(link.child),
            }
        }
        // Parents given in planbook.toml may form a circle; nothing is gone through twice.
        let mut reached: BTreeSet<(RowId, usize)> = BTreeSet::new();
        while let Some((row, objective)) = waiting.pop() {
            if reached.insert((row, objective)) {
                waiting.extend(below.get(&row).into_iter().flatten().map(|&child| (child, objective)));
            }
        }
        let weight = |row: RowId| city.row(row).weight.percent.unwrap_or(0.0);
        let none = || vec![Share::default(); city.plans.len()];
        let mut alignment =
            Self { shares: vec![BTreeMap::new(); city.plans.len()], aligned: none(), loose: none() };
        for &(row, objective) in &reached {
            alignment.shares[row.plan].entry(objective).or_default().add(weight(row));
        }
        let aligned: BTreeSet<RowId> = reached.iter().map(|&(row, _)| row).collect();
        for row in city.rows() {
            let of = if aligned.contains(&row) { &mut alignment.aligned } else { &mut alignment.loose };
            of[row.plan].add(weight(row));
        }
        alignment
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, plan};

    #[test]
    fn an_offices_kpi_counts_for_the_objective_its_bureaus_leads_up_to() {
        let row = |objective: &str, cited: &str, kpi: &str, weight: u32| {
            format!("시민 | {objective} | {cited} | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
        };
        let city = city(
            [
                plan("교통국", "가나시")
                    .row(&row("편리한 도시", "시정만족도", "버스", 30))
                    .row(&row("푸른 도시", "대기질", "전철", 50))
                    .row(&row("", "", "예산", 20)),
                plan("도로과", "교통국").row(&row("목표", "버스", "정류장", 40)).row(&row(
                    "목표",
                    "없는 것",
                    "보도",
                    60,
                )),
            ],
            &Config::default(),
        );
        let found = Alignment::of(&city);
        let share = |count, weight| Share { count, weight };
        assert_eq!(found.shares[0], BTreeMap::from([(0, share(1, 30.0)), (1, share(1, 50.0))]));
        assert_eq!(found.shares[1], BTreeMap::from([(0, share(1, 40.0))]));
        assert_eq!((found.aligned[0], found.loose[0]), (share(2, 80.0), share(1, 20.0)));
        assert_eq!((found.aligned[1], found.loose[1]), (share(1, 40.0), share(1, 60.0)));
    }
}
