//! The cascade as a tree: below each city KPI the rows that hang on it, below those theirs.

use std::collections::BTreeMap;

use crate::consolidate::{City, CityGoal, CityKpi, Link, LinkKind, LinkTarget, RowId};

/// Levels below a city KPI that are told apart. Deeper rows are listed on the last of them: readers of JSON give
/// up at some depth, and no city has as many tiers.
pub const MAX_DEPTH: usize = 32;

/// A city objective and what hangs on its KPIs.
#[derive(Clone, Debug)]
pub struct GoalBranch<'a> {
    /// The objective; none for KPIs that are cited without one.
    pub goal: Option<&'a CityGoal>,
    /// Its KPIs.
    pub kpis: Vec<KpiBranch<'a>>,
}

/// A city KPI and the rows below it.
#[derive(Clone, Debug)]
pub struct KpiBranch<'a> {
    /// The KPI.
    pub kpi: &'a CityKpi,
    /// The rows below it, each before the rows that hang on it.
    pub steps: Vec<Step>,
}

/// A row in its place below a city KPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The row.
    pub row: RowId,
    /// How it hangs on what stands above it.
    pub kind: LinkKind,
    /// 0 directly below the city KPI, at most [`MAX_DEPTH`].
    pub depth: usize,
}

/// How many of the first step's followers hang below it, directly or not.
pub fn below(steps: &[Step]) -> usize {
    let Some((first, rest)) = steps.split_first() else { return 0 };
    rest.iter().position(|step| step.depth <= first.depth).unwrap_or(rest.len())
}

/// The whole cascade: every city objective in order, and last the KPIs that belong to none.
///
/// A KPI of several objectives is listed under each, with the rows that cite it there; rows that cite it under a
/// name that is none of them stand under the first. The rows below a row are listed once, where it first occurs:
/// parents given in planbook.toml may form a circle.
pub fn branches(city: &City) -> Vec<GoalBranch<'_>> {
    let mut links: BTreeMap<LinkTarget, Vec<&Link>> = BTreeMap::new();
    for link in &city.links {
        links.entry(link.target).or_default().push(link);
    }
    let mut owners: Vec<Vec<usize>> = vec![Vec::new(); city.city_kpis.len()];
    for (goal, entry) in city.city_goals.iter().enumerate() {
        for &kpi in &entry.kpis {
            owners[kpi].push(goal);
        }
    }
    let mut tops: BTreeMap<(Option<usize>, usize), Vec<&Link>> = BTreeMap::new();
    for (kpi, goals) in owners.iter().enumerate() {
        for link in links.remove(&LinkTarget::City(kpi)).unwrap_or_default() {
            let cited = city.names.key(&city.row(link.child).parent_goal.text);
            let fits = goals.iter().find(|&&goal| city.city_goals[goal].key == cited);
            tops.entry((fits.or(goals.first()).copied(), kpi)).or_default().push(link);
        }
    }
    let mut branch = |goal: Option<usize>, kpi: usize| KpiBranch {
        kpi: &city.city_kpis[kpi],
        steps: walk(tops.remove(&(goal, kpi)).unwrap_or_default(), &mut links),
    };
    let mut goals: Vec<GoalBranch<'_>> = city
        .city_goals
        .iter()
        .enumerate()
        .map(|(index, goal)| GoalBranch {
            goal: Some(goal),
            kpis: goal.kpis.iter().map(|&kpi| branch(Some(index), kpi)).collect(),
        })
        .collect();
    let stray: Vec<KpiBranch<'_>> =
        (0..owners.len()).filter(|&kpi| owners[kpi].is_empty()).map(|kpi| branch(None, kpi)).collect();
    if !stray.is_empty() {
        goals.push(GoalBranch { goal: None, kpis: stray });
    }
    goals
}

/// Lists `tops` and everything below them, taking what it lists out of `links`.
fn walk(tops: Vec<&Link>, links: &mut BTreeMap<LinkTarget, Vec<&Link>>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut waiting: Vec<(&Link, usize)> = tops.into_iter().rev().map(|link| (link, 0)).collect();
    while let Some((link, depth)) = waiting.pop() {
        steps.push(Step { row: link.child, kind: link.kind, depth });
        let next = links.remove(&LinkTarget::Row(link.child)).unwrap_or_default();
        waiting.extend(next.into_iter().rev().map(|link| (link, (depth + 1).min(MAX_DEPTH))));
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [RowId; 4] = [
        RowId { plan: 0, row: 0 },
        RowId { plan: 1, row: 0 },
        RowId { plan: 1, row: 1 },
        RowId { plan: 2, row: 0 },
    ];

    fn link(child: RowId, target: LinkTarget) -> Link {
        Link { child, target, kind: LinkKind::Contributory }
    }

    fn walked(all: &[Link]) -> Vec<(RowId, usize)> {
        let mut links: BTreeMap<LinkTarget, Vec<&Link>> = BTreeMap::new();
        for link in all {
            links.entry(link.target).or_default().push(link);
        }
        let tops = links.remove(&LinkTarget::City(0)).unwrap();
        walk(tops, &mut links).iter().map(|step| (step.row, step.depth)).collect()
    }

    #[test]
    fn rows_follow_what_they_hang_on() {
        let [a, b, c, d] = ROWS;
        let links = [
            link(a, LinkTarget::City(0)),
            link(b, LinkTarget::Row(a)),
            link(c, LinkTarget::Row(a)),
            link(d, LinkTarget::Row(b)),
        ];
        assert_eq!(walked(&links), [(a, 0), (b, 1), (d, 2), (c, 1)]);
    }

    #[test]
    fn a_circle_ends() {
        let [a, b, ..] = ROWS;
        let links = [link(a, LinkTarget::City(0)), link(b, LinkTarget::Row(a)), link(a, LinkTarget::Row(b))];
        assert_eq!(walked(&links), [(a, 0), (b, 1), (a, 2)]);
    }

    #[test]
    fn what_stands_below_a_step_is_counted() {
        let step = |depth| Step { row: ROWS[0], kind: LinkKind::Direct, depth };
        let steps = [step(0), step(1), step(2), step(1), step(0)];
        assert_eq!((below(&steps), below(&steps[1..]), below(&steps[4..]), below(&[])), (3, 1, 0, 0));
    }
}
