//! A plan before and after, with normalised names.

use crate::consolidate::City;
use crate::plan::{Plan, PlanId};
use crate::text::{NameKey, Names};

/// A plan before and after.
pub(super) struct PlanPair<'a> {
    pub old: PlanSide<'a>,
    pub new: PlanSide<'a>,
}

/// A plan with its normalised names.
pub(super) struct PlanSide<'a> {
    pub plan: &'a Plan,
    /// The resolved name of the parent.
    pub parent: &'a str,
    pub keys: Vec<RowNameKeys>,
}

/// The normalised names of a row.
pub(super) struct RowNameKeys {
    pub perspective: NameKey,
    pub parent_objective: NameKey,
    pub parent_kpi: NameKey,
    pub objective: NameKey,
    pub kpi: NameKey,
    pub unit: NameKey,
}

impl<'a> PlanSide<'a> {
    pub fn new(city: &'a City, plan: PlanId, names: &Names, units: &Names) -> Self {
        let keys = city.plans[plan].rows.iter().map(|row| RowNameKeys {
            perspective: names.key(&row.perspective.name),
            parent_objective: names.key(&row.parent_objective.text),
            parent_kpi: names.key(&row.parent_kpi.text),
            objective: names.key(&row.objective.text),
            kpi: names.key(&row.kpi.text),
            unit: units.key(&row.unit.text.text),
        });
        Self { plan: &city.plans[plan], parent: city.parent_name(plan), keys: keys.collect() }
    }
}
