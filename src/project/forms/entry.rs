//! A form as planbook.toml has it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::heading::HeadingKey;
use super::role::FormRole;

/// `[[forms]]`: a form, known again by its headings wherever it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormEntry {
    /// What the office calls it.
    pub name: String,
    /// The headings by which it is known, as written; names and years around them do not matter. A second
    /// column of one heading is `heading #2`.
    pub headings: Vec<String>,
    /// What columns mean: heading = role (`kpi`, `target 2026`, `성과지표`). Columns without one are read by their words.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub roles: BTreeMap<String, FormRole>,
    /// The shape of the table. Default: as it looks.
    #[serde(default)]
    pub shape: Option<TableShape>,
    /// The table is no plan: it is never read, and never asked about.
    #[serde(default)]
    pub not_a_plan: bool,
}

impl FormEntry {
    /// The headings by which it is known, without their years.
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
