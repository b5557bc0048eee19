//! The perspectives that a city's plans use.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::consolidate::City;
use crate::text::NameKey;

/// The perspectives, in the order in which plans print them.
pub(super) struct Perspectives(Vec<(NameKey, Arc<str>)>);

/// What is known about one perspective.
#[derive(Default)]
struct PerspectiveTally {
    spellings: BTreeMap<Arc<str>, usize>,
    /// Its relative height in each plan that has it: 0 at the top, 1 at the bottom.
    heights: Vec<f64>,
}

impl Perspectives {
    /// Finds the perspectives of `city`: each with its most common spelling, ordered by its mean height in
    /// the plans.
    pub(super) fn of(city: &City) -> Self {
        let mut tallies: BTreeMap<&NameKey, PerspectiveTally> = BTreeMap::new();
        for (plan, node) in city.plans.iter().zip(&city.nodes) {
            let mut order: Vec<&NameKey> = Vec::new();
            let rows = plan.rows.iter().zip(&node.row_keys);
            for (row, keys) in rows.filter(|(_, keys)| !keys.perspective.is_empty()) {
                if !order.contains(&&keys.perspective) {
                    order.push(&keys.perspective);
                }
                let tally = tallies.entry(&keys.perspective).or_default();
                *tally.spellings.entry(row.perspective.name.clone()).or_default() += 1;
            }
            for (place, key) in order.iter().enumerate() {
                let height = (place as f64 + 0.5) / order.len() as f64;
                tallies.entry(key).or_default().heights.push(height);
            }
        }
        let mut found: Vec<(f64, &NameKey, Arc<str>)> = tallies
            .into_iter()
            .map(|(key, tally)| {
                let height = tally.heights.iter().sum::<f64>() / tally.heights.len() as f64;
                (height, key, commonest(&tally.spellings))
            })
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        Self(found.into_iter().map(|(_, key, name)| (key.clone(), name)).collect())
    }

    /// The names in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.0.iter().map(|(_, name)| name)
    }

    /// The position of the perspective `key`.
    pub(super) fn position(&self, key: &NameKey) -> Option<usize> {
        self.0.iter().position(|(own, _)| own == key)
    }
}

/// Returns the most used spelling; the first in a tie.
pub(super) fn commonest(spellings: &BTreeMap<Arc<str>, usize>) -> Arc<str> {
    let most = spellings.values().copied().max().unwrap_or(0);
    spellings.iter().find(|(_, count)| **count == most).map_or_else(|| "".into(), |(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{city, config, plan};

    #[test]
    fn perspectives_stand_as_plans_print_them_under_their_commonest_spelling() {
        let row = |perspective: &str| {
            format!("{perspective} | 시 | 지표 | 1 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 50 | ")
        };
        let plans = [
            plan("교통국", "가나시").row(&row("정책성과 (50)")).row(&row("조직 역량 (50)")),
            plan("환경국", "가나시").row(&row("시민 고객")).row(&row("정책 성과")).row(&row("조직 역량")),
            plan("복지국", "가나시").row(&row("")).row(&row("정책 성과")).row(&row("조직 역량")),
        ];
        let found = Perspectives::of(&city(plans, &config("city = '가나시'")));
        assert_eq!(
            found.names().map(|name| &**name).collect::<Vec<_>>(),
            ["시민 고객", "정책 성과", "조직 역량"]
        );
    }
}
