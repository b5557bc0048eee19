//! What somebody changed on a scorecard where nothing is to be entered: it does not count, and is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::evaluate::RowScore;
use super::ids::RowIds;
use crate::consolidate::City;
use crate::plan::value::Number;
use crate::plan::{Indicator, Plan};
use crate::read::ResultRow;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edited {
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
pub struct Edit {
    /// What was changed.
    pub what: Edited,
    /// What stands on the scorecard.
    pub there: String,
    /// What counts.
    pub counts: String,
}

/// By how much a score may differ from the one reckoned and be the same: it is shown with two decimals.
const SAME_SCORE: f64 = 0.006;

impl Edit {
    /// Of a row with this score. None where what stands there is what counts, as where a whole sheet was pasted as values.
    pub(super) fn of((what, there): &(Edited, Arc<str>), row: &RowScore, own: &Indicator) -> Option<Self> {
        let counts = match what {
            Edited::Target => row.target.clone(),
            Edited::Unit => own.unit.text.text.to_string(),
            Edited::Weight => own.weight.text.text.to_string(),
            Edited::Score => row.score.map_or_else(String::new, |score| format!("{score:.2}")),
            Edited::Grade => row.grade.clone(),
        };
        let is_near = |score: f64| {
            Number::parse_plain(there.trim()).is_some_and(|there| (there - score).abs() < SAME_SCORE)
        };
        let is_same = match what {
            Edited::Score => row.score.is_some_and(is_near),
            _ => there.trim() == counts.trim(),
        };
        (!is_same).then(|| Self { what: *what, there: there.to_string(), counts })
    }
}

/// The plan that a scorecard reads as, its rows by sheet and line.
pub(super) struct Stated<'a>(BTreeMap<(&'a str, u32), (&'a Plan, &'a Indicator)>);

impl<'a> Stated<'a> {
    pub(super) fn of(plans: &'a [Plan]) -> Self {
        let rows = plans.iter().flat_map(|plan| plan.rows.iter().map(move |row| (plan, row)));
        Self(rows.filter_map(|(plan, row)| Some(((&*plan.sheet, row.kpi.cell?.row), (plan, row)))).collect())
    }

    /// What was changed in a row. Where the plan has changed since, nothing tells what the scorecard said of it at first.
    pub(super) fn changes(&self, row: &ResultRow, city: &City, ids: &RowIds) -> Vec<(Edited, Arc<str>)> {
        let known = ids.row(&row.id).filter(|id| ids.key(*id).state == row.state);
        let stated = self.0.get(&(&*row.sheet, row.cell.row));
        let mut changes = Vec::new();
        if let (Some(id), Some((plan, there))) = (known, stated) {
            let own = city.row(id);
            let target = plan.year_index(city.year).and_then(|at| there.values.get(at));
            if let (Some(target), Some(value)) = (target, city.value(id, city.year))
                && !target.agrees(&there.unit, value, &own.unit, 0.0)
            {
                changes.push((Edited::Target, target.text.text.clone()));
            }
            if there.unit.text.text.trim() != own.unit.text.text.trim() {
                changes.push((Edited::Unit, there.unit.text.text.clone()));
            }
            if there.weight.percent != own.weight.percent {
                changes.push((Edited::Weight, there.weight.text.text.clone()));
            }
        }
        let typed = [(Edited::Score, &row.score), (Edited::Grade, &row.grade)];
        changes.extend(typed.into_iter().filter_map(|(what, typed)| Some((what, typed.clone()?))));
        changes
    }
}
