//! The positions of the rows of the scorecard's table.

use std::ops::RangeInclusive;

use super::columns::BODY;
use super::input::CardInput;
use crate::score::groups;

/// The positions of the table's rows.
pub(super) struct CardPlaces {
    /// The row of each KPI.
    pub kpis: Vec<u32>,
    /// The rows of each perspective.
    pub groups: Vec<PerspectiveRows>,
    /// The row of the plan's sums.
    pub total: u32,
}

/// The positions of a perspective's rows.
pub(super) struct PerspectiveRows {
    /// The rows of its KPIs.
    pub kpis: RangeInclusive<u32>,
    /// The row of its sums.
    pub sums: u32,
}

impl CardPlaces {
    pub(super) fn of(input: &CardInput<'_>) -> Self {
        let mut next = BODY;
        let mut places = Self { kpis: Vec::new(), groups: Vec::new(), total: BODY };
        for group in groups(input.plan) {
            let first = next;
            for _ in group {
                places.kpis.push(next);
                next += 1;
            }
            places.groups.push(PerspectiveRows { kpis: first..=next - 1, sums: next });
            next += 1;
        }
        places.total = next;
        places
    }
}
