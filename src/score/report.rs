//! What `planbook score` tells as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CityScore, Untaken};

/// What is shown as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The scores; with `--org` the plans of that organisation alone.
    #[serde(flatten)]
    pub score: CityScore,
    /// The folder that the scorecards were read from.
    pub scorecards: Option<String>,
    /// The command that makes them again.
    #[serde(skip)]
    pub again: String,
    /// What lies among the scorecards and does not count.
    #[serde(flatten)]
    pub untaken: Untaken,
    /// KPIs whose result the formulas of the scorecard do not take: written with its unit or %, or as text.
    #[serde(rename = "with_unit")]
    pub not_plain: Vec<String>,
}
