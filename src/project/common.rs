//! Kinds of settings: roll-up and polarity of KPIs, the scope of weights; and `[common]`, KPIs that every organisation
//! measures for itself.

use schemars::JsonSchema;
use serde::Serialize;

/// How the children's values of a common KPI make up the parent's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RollUp {
    /// The parent's value is the sum of its children's.
    Sum,
    /// Values only compare. Rates are never averaged.
    #[default]
    Compare,
}

impl RollUp {
    /// Their names in planbook.toml.
    pub(super) const NAMES: &[(&str, Self)] = &[("sum", Self::Sum), ("compare", Self::Compare)];
}

/// Which way a KPI is better.
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
    /// How children make up the parent.
    pub rollup: RollUp,
    /// Whether every plan must carry it. Where nothing is said: whether most organisations carry it.
    pub required: Option<bool>,
    /// Its polarity.
    #[serde(rename = "direction")]
    pub polarity: Polarity,
    /// Set to take a built-in one out.
    pub off: bool,
}
