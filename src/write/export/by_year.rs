//! Values by year.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::plan::{Plan, Value};

/// Values by year, in the order of their columns: `{"2008": "38,978", "2009": "35,000"}`.
pub(super) struct ByYear<'a> {
    pub plan: &'a Plan,
    pub values: &'a [Value],
}

impl Serialize for ByYear<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (column, value) in self.plan.years.iter().zip(self.values) {
            map.serialize_entry(&column.year.to_string(), &value.text.text)?;
        }
        map.end()
    }
}
