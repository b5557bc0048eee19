//! Ids that identify a scorecard's rows when it comes back.

use std::collections::BTreeMap;

use crate::consolidate::{City, RowId};
use crate::files::sha256;
use crate::plan::Field;

/// A row's id, and the state of the values its score depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    /// Stable while organisation, objective and KPI stay the same, wherever the row moves.
    pub id: String,
    /// Changes when target, unit or weight change.
    pub state: String,
}

/// The keys of all rows of a city.
#[derive(Clone, Debug)]
pub struct RowIds {
    keys: Vec<Vec<RowKey>>,
    rows: BTreeMap<String, RowId>,
}

impl RowIds {
    /// The keys of `city`'s rows.
    pub fn of(city: &City) -> Self {
        let mut rows = BTreeMap::new();
        let mut keys: Vec<Vec<RowKey>> = city.plans.iter().map(|_| Vec::new()).collect();
        for id in city.rows() {
            let key = (0u32..).map(|number| key(city, id, number)).find(|key| !rows.contains_key(&key.id));
            let Some(key) = key else { continue };
            rows.insert(key.id.clone(), id);
            keys[id.plan].push(key);
        }
        Self { keys, rows }
    }

    /// The key of the row `id`, which is one of the city's.
    pub fn key(&self, id: RowId) -> &RowKey {
        &self.keys[id.plan][id.row]
    }

    /// The row with this `id`.
    pub fn row(&self, id: &str) -> Option<RowId> {
        self.rows.get(id).copied()
    }
}

/// The key of a row; `number` distinguishes otherwise identical rows.
fn key(city: &City, id: RowId, number: u32) -> RowKey {
    let (keys, row) = (city.row_keys(id), city.row(id));
    let number = if number == 0 { String::new() } else { number.to_string() };
    let target = city.place(id, Field::Year(city.year)).cell.and(city.value(id, city.year));
    let target = target.map_or("", |value| &*value.text.text);
    RowKey {
        id: short(&[&city.org_key(id).to_string(), keys.objective.as_str(), keys.kpi.as_str(), &number]),
        state: short(&[target, &row.unit.text.text, &row.weight.text.text])[..6].to_owned(),
    }
}

/// A hash of `parts` in twelve letters.
fn short(parts: &[&str]) -> String {
    sha256(parts.join("\u{1f}").as_bytes())[..12].to_owned()
}
