//! The cascade as a tree: below each city KPI the rows that hang on it, below those theirs.

use std::collections::BTreeMap;

use crate::consolidate::{City, CityKpi, CityObjective, Link, LinkKind, LinkTarget, RowId};
use crate::text::NameKey;

/// Levels below a city KPI that are told apart. Deeper rows are listed on the last of them: readers of JSON give
/// up at some depth, and no city has as many tiers.
pub const MAX_DEPTH: usize = 32;

/// A city objective and what hangs on its KPIs.
#[derive(Clone, Debug)]
pub struct ObjectiveBranch<'a> {
    /// The objective's name, empty for KPIs that are cited without one.
    pub name: &'a str,
    /// Its KPIs.
    pub kpis: Vec<KpiBranch<'a>>,
}

/// A city KPI and the rows below it.
#[derive(Clone, Debug)]
pub struct KpiBranch<'a> {
    /// The KPI.
    pub kpi: &'a CityKpi,
    /// The rows below it, each before the rows that hang on it.
    pub steps: Vec<BranchStep>,
}

/// A row in its place below a city KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BranchStep {
    /// The row.
    pub row: RowId,
    /// How it hangs on what stands above it.
    pub kind: LinkKind,
    /// 0 directly below the city KPI, at most [`MAX_DEPTH`].
    pub depth: usize,
}

/// How many of the first step's followers hang below it, directly or not.
pub fn below(steps: &[BranchStep]) -> usize {
    let Some((first, rest)) = steps.split_first() else { return 0 };
    rest.iter().position(|step| step.depth <= first.depth).unwrap_or(rest.len())
}

/// The whole cascade: every city objective in order, and last the KPIs that are cited without one.
///
/// A KPI of several objectives is listed under each, with the rows that cite it there. The rows below a row are
/// listed once, where it first occurs: parents given in planbook.toml may form a circle.
pub fn branches(city: &City) -> Vec<ObjectiveBranch<'_>> {
    let mut tops: BTreeMap<(NameKey, usize), Vec<&Link>> = BTreeMap::new();
    let mut links: BTreeMap<RowId, Vec<&Link>> = BTreeMap::new();
    for link in &city.links {
        match link.target {
            LinkTarget::City(kpi) => {
                let objective = city.row_keys(link.child).parent_objective.clone();
                tops.entry((objective, kpi)).or_default().push(link);
            }
            LinkTarget::Row(row) => links.entry(row).or_default().push(link),
        }
    }
    let mut branch = |objective: &NameKey, kpi: usize| KpiBranch {
        kpi: &city.city_kpis[kpi],
        steps: walk(tops.remove(&(objective.clone(), kpi)).unwrap_or_default(), &mut links),
    };
    let of_objective = |objective: &'_ CityObjective| {
        objective.kpis.iter().map(|&kpi| branch(&objective.key, kpi)).collect()
    };
    let kpis: Vec<Vec<KpiBranch<'_>>> = city.city_objectives.iter().map(of_objective).collect();
    let named = city
        .city_objectives
        .iter()
        .zip(kpis)
        .map(|(objective, kpis)| ObjectiveBranch { name: &objective.name, kpis });
    let mut all: Vec<ObjectiveBranch<'_>> = named.collect();
    let unnamed: Vec<KpiBranch<'_>> = tops
        .into_iter()
        .map(|((_, kpi), tops)| KpiBranch { kpi: &city.city_kpis[kpi], steps: walk(tops, &mut links) })
        .collect();
    if !unnamed.is_empty() {
        all.push(ObjectiveBranch { name: "", kpis: unnamed });
    }
    all
}

/// Lists `tops` and everything below them, taking what it lists out of `links`.
fn walk(tops: Vec<&Link>, links: &mut BTreeMap<RowId, Vec<&Link>>) -> Vec<BranchStep> {
    let mut steps = Vec::new();
    let mut waiting: Vec<(&Link, usize)> = tops.into_iter().rev().map(|link| (link, 0)).collect();
    while let Some((link, depth)) = waiting.pop() {
        steps.push(BranchStep { row: link.child, kind: link.kind, depth });
        let next = links.remove(&link.child).unwrap_or_default();
        waiting.extend(next.into_iter().rev().map(|link| (link, (depth + 1).min(MAX_DEPTH))));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanId;
    use crate::project::Config;
    use crate::testing::{city, consistent_city};

    const ROWS: [RowId; 4] = [
        RowId { plan: PlanId::at(0), row: 0 },
        RowId { plan: PlanId::at(1), row: 0 },
        RowId { plan: PlanId::at(1), row: 1 },
        RowId { plan: PlanId::at(2), row: 0 },
    ];

    fn link(child: RowId, target: LinkTarget) -> Link {
        Link { child, target, kind: LinkKind::Contributory }
    }

    fn walked(top: &Link, rest: &[Link]) -> Vec<(RowId, usize)> {
        let mut links: BTreeMap<RowId, Vec<&Link>> = BTreeMap::new();
        for link in rest {
            if let LinkTarget::Row(row) = link.target {
                links.entry(row).or_default().push(link);
            }
        }
        walk(vec![top], &mut links).iter().map(|step| (step.row, step.depth)).collect()
    }

    #[test]
    fn rows_follow_what_they_hang_on() {
        let [a, b, c, d] = ROWS;
        let top = link(a, LinkTarget::City(0));
        let rest = [link(b, LinkTarget::Row(a)), link(c, LinkTarget::Row(a)), link(d, LinkTarget::Row(b))];
        assert_eq!(walked(&top, &rest), [(a, 0), (b, 1), (d, 2), (c, 1)]);
    }

    #[test]
    fn a_circle_ends() {
        let [a, b, ..] = ROWS;
        let top = link(a, LinkTarget::City(0));
        let rest = [link(b, LinkTarget::Row(a)), link(a, LinkTarget::Row(b))];
        assert_eq!(walked(&top, &rest), [(a, 0), (b, 1), (a, 2)]);
    }

    #[test]
    fn every_linked_row_has_its_place_below_a_city_kpi() {
        let city = city(consistent_city(), &Config::default());
        let mut placed: Vec<RowId> = branches(&city)
            .iter()
            .flat_map(|objective| &objective.kpis)
            .flat_map(|kpi| kpi.steps.iter().map(|step| step.row))
            .collect();
        placed.sort();
        placed.dedup();
        let linked: Vec<RowId> = city.links.iter().map(|link| link.child).collect();
        assert!(!linked.is_empty());
        assert_eq!(placed, linked);
    }

    #[test]
    fn a_kpi_cited_without_an_objective_has_its_place_too() {
        let plan = crate::testing::plan("교통국", "가나시")
            .row("시민 | 편한 도시 | 시정만족도 | 1 | 목표 | 버스 | 1 | 2 | 3 | 4 | 건 | 50 | ")
            .row("시민 | | 시정만족도 | 1 | 목표 | 전철 | 1 | 2 | 3 | 4 | 건 | 50 | ");
        let city = city([plan], &Config::default());
        let found: Vec<_> = branches(&city)
            .iter()
            .map(|objective| (objective.name.to_owned(), objective.kpis[0].steps.len()))
            .collect();
        assert_eq!(found, [("편한 도시".to_owned(), 1), (String::new(), 1)]);
    }

    #[test]
    fn what_stands_below_a_step_is_counted() {
        let step = |depth| BranchStep { row: ROWS[0], kind: LinkKind::Direct, depth };
        let steps = [step(0), step(1), step(2), step(1), step(0)];
        assert_eq!((below(&steps), below(&steps[1..]), below(&steps[4..]), below(&[])), (3, 1, 0, 0));
    }
}
