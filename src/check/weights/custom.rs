//! What the weights of a folder add up to: as planbook.toml says, else as in most plans.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{WeightGroup, groups, has_weights, lacks_weight, rounding, sum, sum_of};
use crate::consolidate::{City, Context};
use crate::finding::Code;
use crate::plan::{Plan, PlanId};
use crate::project::config::WeightScope;

/// Sums that offices use, the commonest first.
const USUAL: [f64; 4] = [100.0, 1.0, 10.0, 1000.0];
/// How many plans must share any other sum.
const MIN_SHARED: usize = 3;
/// Fewer plans are no majority: sums near a usual one count for it, too.
const FEW: usize = 5;
/// How near that is, as a share.
const NEAR: f64 = 0.2;

/// What weights add up to, and over what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightSum {
    pub(super) sum: f64,
    pub(super) per: WeightScope,
}

/// What is known of the sums of a folder.
#[derive(Debug, PartialEq)]
pub(super) enum Custom {
    /// What they should be.
    Known(WeightSum),
    /// No sum has a majority: the sums of the plans and how many plans have each, commonest first.
    Unknown(Vec<(f64, usize)>),
}

impl Custom {
    /// That of the folder.
    pub(super) fn of(context: &Context<'_>) -> Self {
        let switch = context.config.checks.get(&Code::W101);
        if let Some(switch) = switch.filter(|switch| switch.sum.is_some() || switch.per.is_some()) {
            let (sum, per) = (switch.sum.unwrap_or(USUAL[0]), switch.per.unwrap_or_default());
            return Self::Known(WeightSum { sum, per });
        }
        let city = context.city;
        let is_complete = |plan: &Plan| (0..plan.rows.len()).all(|row| !lacks_weight(plan, row));
        let voters: Vec<PlanId> = city
            .numbered_plans()
            .filter(|(_, plan)| has_weights(plan) && is_complete(plan))
            .map(|(id, _)| id)
            .collect();
        let exact = most(voters.len(), voters.iter().flat_map(|&plan| shown(city, plan)));
        let near = || {
            let near = voters.iter().filter_map(|&plan| near(sum(&city.plans[plan])));
            most(voters.len(), near).filter(|_| voters.len() < FEW)
        };
        match exact.or_else(near) {
            Some(known) => Self::Known(known),
            None => Self::Unknown(sums(city)),
        }
    }

    /// What the weights should add up to, if that is known.
    pub(super) fn known(&self) -> Option<WeightSum> {
        match self {
            Self::Known(known) => Some(*known),
            Self::Unknown(_) => None,
        }
    }
}

/// Every sum that the plan's weights have: the plan's, and a usual one that all its perspectives or objectives have.
fn shown(city: &City, plan: PlanId) -> Vec<WeightSum> {
    let rows = &city.plans[plan];
    let usual = |group: &WeightGroup<'_>| {
        let (found, rounded) =
            (sum_of(rows, &group.rows), rounding(group.rows.iter().map(|&row| &rows.rows[row])));
        USUAL.into_iter().find(|usual| (found - usual).abs() <= rounded + 1e-6).ok_or(found)
    };
    let scopes = WeightScope::NAMES.iter().filter_map(|&(_, per)| {
        let sums: Vec<_> = groups(city, plan, per).iter().map(usual).collect();
        let first = *sums.first()?;
        let sum = match per {
            WeightScope::Plan => first.unwrap_or_else(|sum| sum),
            _ => first.ok().filter(|_| sums.iter().all(|sum| *sum == first))?,
        };
        Some(WeightSum { sum, per })
    });
    scopes.collect()
}

/// The usual sum of a plan near `sum`.
fn near(sum: f64) -> Option<WeightSum> {
    let usual = USUAL.into_iter().find(|usual| (sum - usual).abs() <= usual * NEAR)?;
    Some(WeightSum { sum: usual, per: WeightScope::Plan })
}

/// The sum that at least half of `voters` plans have, and more than any other over the same scope.
fn most(voters: usize, shown: impl Iterator<Item = WeightSum>) -> Option<WeightSum> {
    let mut votes: BTreeMap<(WeightScope, i64), usize> = BTreeMap::new();
    for WeightSum { sum, per } in shown {
        *votes.entry((per, millionths(sum))).or_default() += 1;
    }
    let is_usual = |sum: i64| USUAL.iter().any(|usual| millionths(*usual) == sum);
    votes.retain(|(_, sum), count| is_usual(*sum) || *count >= MIN_SHARED);
    let (&(per, sum), &count) =
        votes.iter().max_by_key(|&(&(per, sum), &count)| (count, is_usual(sum), Reverse(per)))?;
    let rivals = votes.iter().any(|(&(other, found), &it)| other == per && found != sum && it == count);
    #[allow(clippy::cast_precision_loss, reason = "a sum of weights is small")]
    let sum = sum as f64 / 1e6;
    (count * 2 >= voters && !rivals).then_some(WeightSum { sum, per })
}

#[allow(clippy::cast_possible_truncation, reason = "a weight beyond that is no weight")]
fn millionths(sum: f64) -> i64 {
    (sum * 1e6).round() as i64
}

/// The sums of all plans with weights, with the number of plans, the commonest first.
fn sums(city: &City) -> Vec<(f64, usize)> {
    let mut counts: BTreeMap<i64, (f64, usize)> = BTreeMap::new();
    for plan in city.plans.iter().filter(|plan| has_weights(plan)) {
        let sum = sum(plan);
        counts.entry(millionths(sum)).or_insert((sum, 0)).1 += 1;
    }
    let mut sums: Vec<(f64, usize)> = counts.into_values().collect();
    sums.sort_by_key(|&(_, count)| Reverse(count));
    sums
}
