//! The result of processing a plan-year folder.

use crate::consolidate::{City, Context};
use crate::finding::{Finding, Severity};
use crate::project::Config;
use crate::project::files::PassedOver;

/// The result of processing a plan-year folder, from which all outputs are made.
#[derive(Debug)]
pub struct Run {
    /// The consolidated city.
    pub city: City,
    /// Findings, most severe first, then in book order; waived ones are marked.
    pub findings: Vec<Finding>,
    /// Files of the folder that were skipped.
    pub passed_over: Vec<PassedOver>,
}

impl Run {
    /// Adds findings from making outputs.
    pub fn add(&mut self, found: Vec<Finding>, config: &Config) {
        self.findings.extend(found);
        super::finalize(&mut self.findings, &Context { city: &self.city, config });
    }

    /// How many findings have `severity` and are not waived.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity == severity && f.waived.is_none()).count()
    }

    /// How many findings are waived.
    pub fn waived(&self) -> usize {
        self.findings.iter().filter(|finding| finding.waived.is_some()).count()
    }
}
