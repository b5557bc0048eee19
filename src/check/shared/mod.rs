//! Checks of KPIs that several plans carry.

pub(super) mod cascaded_units;
pub(super) mod cascaded_values;
pub(super) mod outlier;
pub(super) mod required;
pub(super) mod roll_up;
mod shares;
pub(super) mod short_of_cited;
pub(super) mod twin_plans;
pub(super) mod unrelated;

use crate::consolidate::{City, Parent, RowId};

/// A KPI that a plan and its parent's plan both carry.
struct Cascaded {
    child: RowId,
    parent: RowId,
}

/// Every KPI that a plan and its parent's plan both carry, in book order of the child. Common KPIs are among them.
fn cascaded(city: &City) -> Vec<Cascaded> {
    city.rows()
        .filter_map(|child| {
            let Parent::Plan(above) = city.parents[child.plan] else { return None };
            let key = &city.row_keys(child).kpi;
            let row = city.keys[above].iter().position(|keys| !key.is_empty() && keys.kpi == *key)?;
            Some(Cascaded { child, parent: RowId { plan: above, row } })
        })
        .collect()
}
