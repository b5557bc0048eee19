//! The JSON output of `planbook score`.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CityScore, Untaken};

/// The JSON output of `planbook score`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScoreReport {
    /// The scores; with `--org`, of the plans of that organisation only.
    #[serde(flatten)]
    pub score: CityScore,
    /// The folder that the scorecards were read from.
    pub scorecards: Option<String>,
    /// The command that makes them again.
    #[serde(skip)]
    pub again: String,
    /// What is among the scorecards but does not count.
    #[serde(flatten)]
    pub untaken: Untaken,
    /// KPIs whose result the formulas on the scorecard ignore: written with its unit or %, or as text.
    #[serde(rename = "with_unit")]
    pub not_plain: Vec<String>,
}
