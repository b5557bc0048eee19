//! Checks of KPIs shared by several plans.

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

/// A KPI in both a plan and its parent's plan.
struct Cascaded {
    child: RowId,
    parent: RowId,
}

/// Every KPI in both a plan and its parent's plan, in book order of the child, common KPIs included.
fn cascaded(city: &City) -> Vec<Cascaded> {
    city.rows()
        .filter_map(|child| {
            let Parent::Plan(above) = city.nodes[child.plan].parent else { return None };
            let key = &city.row_keys(child).kpi;
            let row =
                city.nodes[above].row_keys.iter().position(|keys| !key.is_empty() && keys.kpi == *key)?;
            Some(Cascaded { child, parent: RowId { plan: above, row } })
        })
        .collect()
}
