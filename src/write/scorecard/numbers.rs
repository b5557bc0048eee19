//! The common KPIs with the numbers of all organisations.

use crate::consolidate::Context;
use crate::measure::Comparison;

/// The common KPIs across all organisations, collected once for all scorecards.
pub(super) struct CommonNumbers<'a>(pub Vec<Comparison<'a>>);

impl<'a> CommonNumbers<'a> {
    pub(super) fn of(context: Context<'a>) -> Self {
        Self(context.city.common.iter().map(|matrix| Comparison::of(context, matrix)).collect())
    }
}
