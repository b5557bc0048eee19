//! Ids of plans and rows, which only make sense together with the city they come from.

use std::ops::{Index, IndexMut};

use serde::Serialize;

/// A plan of the city: its position in book order, from 0.
///
/// Lists with one entry a plan, in book order, are indexed by it: `city.plans[id]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PlanId(usize);

impl PlanId {
    /// The plan at the position `index`, from 0.
    pub const fn at(index: usize) -> Self {
        Self(index)
    }

    /// The position, from 0.
    pub fn index(self) -> usize {
        self.0
    }

    /// The position as people count, from 1.
    pub fn number(self) -> usize {
        self.0 + 1
    }

    /// The ids of `count` plans, in book order.
    pub fn first(count: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
        (0..count).map(Self)
    }
}

impl<T> Index<PlanId> for Vec<T> {
    type Output = T;

    fn index(&self, id: PlanId) -> &T {
        &self[id.0]
    }
}

impl<T> IndexMut<PlanId> for Vec<T> {
    fn index_mut(&mut self, id: PlanId) -> &mut T {
        &mut self[id.0]
    }
}

impl<T> Index<PlanId> for [T] {
    type Output = T;

    fn index(&self, id: PlanId) -> &T {
        &self[id.0]
    }
}

impl<T> IndexMut<PlanId> for [T] {
    fn index_mut(&mut self, id: PlanId) -> &mut T {
        &mut self[id.0]
    }
}

/// A KPI row of the city: the plan, and the row's position in it from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId {
    /// The plan.
    pub plan: PlanId,
    /// Row within the plan.
    pub row: usize,
}
