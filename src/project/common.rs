//! Kinds of settings: roll-up and polarity of KPIs, the scope of weights; and `[common]`, KPIs that every organisation
//! measures for itself.

use schemars::JsonSchema;
use serde::Serialize;

/// How the parent's value of a common KPI follows from its children's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RollUpRule {
    /// The parent's value is the sum of its children's.
    Sum,
    /// Values are compared, not added. Rates are never averaged.
    #[default]
    Compare,
}

impl RollUpRule {
    /// Their names in planbook.toml.
    pub(super) const NAMES: &[(&str, Self)] = &[("sum", Self::Sum), ("compare", Self::Compare)];
}

/// Whether a higher or a lower value of a KPI is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Higher is better.
    #[default]
    Up,
    /// Lower is better.
    Down,
}

impl Polarity {
    /// Their names in planbook.toml.
    pub(super) const NAMES: &[(&str, Self)] = &[("up", Self::Up), ("down", Self::Down)];
}

/// Over what the weights of KPIs add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WeightScope {
    /// Over the whole plan.
    #[default]
    Plan,
    /// Over each perspective of a plan.
    Perspective,
    /// Over each objective of a plan.
    Objective,
}

impl WeightScope {
    /// Their names in planbook.toml.
    pub const NAMES: &[(&str, Self)] =
        &[("plan", Self::Plan), ("perspective", Self::Perspective), ("objective", Self::Objective)];
}

/// `[common."예산집행률"]`: a KPI that every organisation measures for itself.
#[derive(Clone, Debug, Default, PartialEq, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CommonKpi {
    /// Other spellings.
    pub spellings: Vec<String>,
    /// How the parent's value follows from its children's.
    pub rollup: RollUpRule,
    /// Whether every plan must have it. Default: yes if most organisations have it.
    pub required: Option<bool>,
    /// Its polarity.
    #[serde(rename = "direction")]
    pub polarity: Polarity,
    /// Removes a built-in common KPI.
    pub off: bool,
}
