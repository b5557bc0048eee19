//! What `planbook score` tells as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::{CityScore, ForeignScorecard};

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

/// What lies among the scorecards and does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Untaken {
    /// Scorecards that could not be read, with the reason.
    pub unreadable: Vec<(String, String)>,
    /// Workbooks in the folder that are no scorecards.
    pub no_scorecard: Vec<String>,
    /// Rows filled in differently on two scorecards: KPI, the scorecard that counts, the other.
    pub conflicts: Vec<[String; 3]>,
    /// Results for KPIs that the plans do not have (any more): scorecard and row id.
    pub unknown: Vec<[String; 2]>,
    /// Scorecards of another year or city, which do not count.
    pub elsewhere: Vec<Other>,
}

/// A scorecard that does not count.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Other {
    /// Its name.
    pub file: String,
    /// Its year.
    pub year: Option<i32>,
    /// Its city.
    pub city: String,
    /// How many results stand in it.
    pub results: usize,
}

impl Other {
    /// What is told of it.
    pub fn of(other: &ForeignScorecard) -> Self {
        let ForeignScorecard { file, year, city, results } = other;
        Self { file: file.to_string(), year: *year, city: city.to_string(), results: *results }
    }
}
