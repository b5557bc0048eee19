//! Changes on a scorecard outside the cells to fill in: they are reported and do not count.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::ids::RowIds;
use crate::consolidate::City;
use crate::plan::{Indicator, Plan};
use crate::read::ResultRow;

/// Which value was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EditedField {
    /// The target of the plan year.
    Target,
    /// The unit.
    Unit,
    /// The weight.
    Weight,
    /// The score, typed over its formula.
    Score,
    /// The grade, typed over its formula.
    Grade,
}

/// A change that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IgnoredEdit {
    /// Which value was changed.
    pub what: EditedField,
    /// The value on the scorecard.
    pub there: String,
    /// The value that counts.
    pub counts: String,
}

/// The plans read from a scorecard: rows by sheet and line.
pub(super) struct ScorecardPlans<'a>(BTreeMap<(&'a str, u32), (&'a Plan, &'a Indicator)>);

impl<'a> ScorecardPlans<'a> {
    pub(super) fn of(plans: &'a [Plan]) -> Self {
        let rows = plans.iter().flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)));
        Self(rows.filter_map(|(plan, row)| Some(((&*plan.sheet, row.kpi.cell?.row), (plan, row)))).collect())
    }

    /// The changes in a row. Empty where the plan has changed since, because its original values are then
    /// unknown.
    pub(super) fn changes(&self, row: &ResultRow, city: &City, ids: &RowIds) -> Vec<(EditedField, Arc<str>)> {
        let known = ids.row(&row.id).filter(|id| ids.key(*id).state == row.state);
        let stated = self.0.get(&(&*row.sheet, row.cell.row));
        let mut changes = Vec::new();
        if let (Some(id), Some((plan, there))) = (known, stated) {
            let own = city.row(id);
            let target = plan.year_index(city.year).and_then(|at| there.values.get(at));
            if let (Some(target), Some(value)) = (target, city.value(id, city.year))
                && !target.agrees(&there.unit, value, &own.unit, 0.0)
            {
                changes.push((EditedField::Target, target.text.text.clone()));
            }
            if there.unit.text.text.trim() != own.unit.text.text.trim() {
                changes.push((EditedField::Unit, there.unit.text.text.clone()));
            }
            if there.weight.percent != own.weight.percent {
                changes.push((EditedField::Weight, there.weight.text.text.clone()));
            }
        }
        let typed = [(EditedField::Score, &row.score), (EditedField::Grade, &row.grade)];
        changes.extend(typed.into_iter().filter_map(|(what, typed)| Some((what, typed.clone()?))));
        changes
    }
}
