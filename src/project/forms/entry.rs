//! A form as planbook.toml has it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::heading::HeadingKey;
use super::role::FormRole;

/// `[[forms]]`: a form, recognised by its headings at any position.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    /// The office's name for it.
    pub name: String,
    /// The headings by which it is recognised, as written; names and years around them do not matter. The second
    /// column with the same heading is `heading #2`.
    pub headings: Vec<String>,
    /// The roles of columns: heading = role (`kpi`, `target 2026`, `성과지표`). A column without one is read by the words of its heading.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub roles: BTreeMap<String, FormRole>,
    /// The shape of the table. Default: inferred from the table.
    #[serde(default)]
    pub shape: Option<TableShape>,
    /// The table is not a plan: planbook neither reads it nor asks about it.
    #[serde(default)]
    pub not_a_plan: bool,
}

impl FormEntry {
    /// The headings by which it is recognised, without their years.
    pub fn keys(&self) -> BTreeSet<HeadingKey> {
        let key = |heading: &String| HeadingKey { year: None, ..HeadingKey::of(heading) };
        self.headings.iter().map(key).collect()
    }
}

/// The shapes of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TableShape {
    /// A row for each KPI.
    List,
    /// A row for each KPI and period.
    Long,
    /// A column for each KPI.
    Transposed,
    /// A block of labels and values for each KPI.
    Card,
    /// A column for each KPI, a row for each organisation.
    Matrix,
}

impl TableShape {
    /// The names in planbook.toml.
    pub const NAMES: &'static [(&'static str, TableShape)] = &[
        ("list", TableShape::List),
        ("long", TableShape::Long),
        ("transposed", TableShape::Transposed),
        ("card", TableShape::Card),
        ("matrix", TableShape::Matrix),
    ];

    /// The fixed name in planbook.toml and in data.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, shape)| *shape == self).map_or("list", |(name, _)| name)
    }
}
