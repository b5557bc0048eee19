//! The keys of all rows, and the common KPIs with their rows.

use std::sync::Arc;

use foldhash::HashMap;

use super::key_table::{KeyTable, before_brackets};
use super::{CommonMatrix, RowId, RowKeys};
use crate::plan::{Plan, PlanId};
use crate::project::config::Config;
use crate::project::defaults::MEASURED_BY_EACH;
use crate::text::NameKey;
use crate::text::names::plain_key;

/// The keys of all rows, and the common KPIs with their rows.
pub(super) fn key_rows(
    plans: &[Plan],
    config: &Config,
    table: &mut KeyTable,
    units: &mut KeyTable,
) -> (Vec<Vec<RowKeys>>, Vec<CommonMatrix>) {
    let mut common: Vec<CommonMatrix> = config
        .common_kpis()
        .into_iter()
        .map(|(name, rule)| {
            let name: Arc<str> = name.into();
            CommonMatrix {
                key: table.key(&name),
                name,
                rule,
                rows: Vec::new(),
                variants: Vec::new(),
                required: false,
            }
        })
        .collect();
    let mut positions: HashMap<NameKey, usize> = HashMap::default();
    for (position, matrix) in common.iter().enumerate() {
        positions.entry(matrix.key.clone()).or_insert(position);
    }
    let mut keys = Vec::with_capacity(plans.len());
    for (plan, Plan { rows, .. }) in PlanId::first(plans.len()).zip(plans) {
        let mut row_keys = Vec::with_capacity(rows.len());
        for (row, indicator) in rows.iter().enumerate() {
            let unit = units.key(&indicator.unit.text.text);
            let kpi = match without_unit(&indicator.kpi.text, &unit, units) {
                Some(name) => table.key(&name),
                None => table.key(&indicator.kpi.text),
            };
            let position = positions.get(&kpi).copied();
            let mut variant = || {
                let name = before_brackets(&indicator.kpi.text)?;
                positions.get(&table.key(&name.into())).copied()
            };
            let variant = if position.is_none() { variant() } else { None };
            if let Some(position) = position {
                common[position].rows.push(RowId { plan, row });
            } else if let Some(variant) = variant {
                common[variant].variants.push(RowId { plan, row });
            }
            let own_measure = position.or(variant).is_some() || is_measured_by_each(&indicator.kpi.text);
            row_keys.push(RowKeys {
                perspective: table.key(&indicator.perspective.name),
                parent_objective: table.key(&indicator.parent_objective.text),
                parent_kpi: table.key(&indicator.parent_kpi.text),
                objective: table.key(&indicator.objective.text),
                kpi,
                unit,
                common: position,
                own_measure,
            });
        }
        keys.push(row_keys);
    }
    super::common::complete(plans, config, table, &mut keys, &mut common);
    (keys, common)
}

/// Whether every organisation measures the KPI among its own staff or clients.
fn is_measured_by_each(kpi: &str) -> bool {
    let key = plain_key(kpi);
    MEASURED_BY_EACH.iter().any(|words| key.contains(&plain_key(words)))
}

/// The name of a KPI without a trailing unit in brackets (`만족도(%)`); none if it has no such unit.
fn without_unit(kpi: &str, unit: &NameKey, units: &mut KeyTable) -> Option<Arc<str>> {
    let inside = kpi.strip_suffix([')', '）', ']'])?;
    let (name, inside) = inside.rsplit_once(['(', '（', '['])?;
    let name = name.trim();
    let is_unit = !name.is_empty() && !unit.is_empty() && units.key(&inside.trim().into()) == *unit;
    is_unit.then(|| name.into())
}

#[cfg(test)]
mod tests {
    use crate::project::Config;
    use crate::testing::{city, config, consistent_city, plan};

    #[test]
    fn spellings_of_a_common_kpi_share_one_matrix() {
        let city = city(consistent_city(), &Config::default());
        let matrix = city.common.iter().find(|matrix| &*matrix.name == "예산집행률").unwrap();
        assert_eq!(matrix.rows.len(), 7);
        assert!(matrix.rows.iter().all(|&row| city.row_keys(row).common.is_some()));
    }

    #[test]
    fn a_kpi_with_a_remark_in_brackets_is_another_kpi() {
        let plans = [plan("가국", "나시")
            .row("관점 | | | | 목표 | 공무원 청렴도 (나시) | 1 | 2 | 3 | 4 | 점 | 100 | ")];
        let city = city(plans, &Config::default());
        assert_eq!(city.nodes[0].row_keys[0].common, None);
    }

    #[test]
    fn the_unit_in_brackets_after_a_name_does_not_distinguish_kpis() {
        let row = |kpi: &str| format!("관점 | | | | 목표 | {kpi} | 1 | 2 | 3 | 4 | % | 100 | ");
        let plans =
            [plan("가국", "나시").row(&row("시설 만족도(%)")), plan("다국", "나시").row(&row("시설 만족도"))];
        let city = city(plans, &Config::default());
        assert_eq!(city.nodes[0].row_keys[0].kpi, city.nodes[1].row_keys[0].kpi);
    }

    #[test]
    fn planbook_toml_removes_a_common_kpi() {
        let city = city(consistent_city(), &config("[common.\"예산집행률\"]\noff = true"));
        assert!(city.common.iter().all(|matrix| &*matrix.name != "예산집행률"));
    }
}
