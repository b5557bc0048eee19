//! Waivers of planbook.toml that waive nothing.

use std::collections::BTreeSet;

use super::registry::CHECKS;
use crate::finding::{Code, Finding};
use crate::project::Config;

/// The waivers of planbook.toml without a finding, except those of findings that only a book run produces.
pub fn idle_waivers<'c>(findings: &[Finding], config: &'c Config) -> Vec<&'c str> {
    let ids: BTreeSet<&str> = findings.iter().map(|finding| finding.id.as_str()).collect();
    let is_of_the_book = |id: &str| {
        let code: Option<Code> = id.split('-').next().and_then(|code| code.parse().ok());
        code.is_some_and(|code| CHECKS.iter().all(|check| check.code != code))
    };
    let waived = config.waive.iter().map(|waiver| waiver.id.as_str());
    waived.filter(|id| !ids.contains(id) && !is_of_the_book(id)).collect()
}
