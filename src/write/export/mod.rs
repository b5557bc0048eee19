//! Data for other programs: `data/*.json`, `data/indicators.csv` and SARIF. `docs/data.md` describes them.
//!
//! Records are written one by one, so memory does not grow with the city beyond its plans.

mod by_year;
pub mod cascade_json;
pub mod findings_json;
pub mod indicators_csv;
pub mod indicators_json;
pub mod sarif;
mod writer;

pub use writer::DataWriter;

#[cfg(test)]
mod tests;
