//! The checks: one file each, run over the consolidated city.
//!
//! A check is a function that examines the [`Context`] and files findings. `planbook explain` prints the doc
//! comment at the head of its file: Korean first, then a line `---`, then English. The table [`CHECKS`] lists
//! them all.

mod cascade;
mod draft;
mod explain;
mod figures;
mod index;
mod reading;
mod registry;
mod rows;
mod run;
mod shared;
mod targets;
mod waivers;
mod weights;
mod words;

pub(crate) use draft::finalize;
pub use draft::{Draft, Report};
pub use explain::{Explanation, explain};
pub use index::FindingIndex;
pub use reading::unreadable::why as why_unreadable;
pub use registry::{CHECKS, Check};
pub use run::Run;
pub(crate) use targets::doubtful_polarity::runs_against;
pub use waivers::idle_waivers;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::consolidate::Context;
use crate::finding::{Code, Finding};
use crate::plan::PlanId;

/// Runs every enabled check and returns the findings, most severe first, then in book order. Waived findings
/// are included and marked.
pub fn run(context: &Context<'_>) -> Vec<Finding> {
    run_for_print(context, None)
}

/// The same for a run that prints the book: `shows` says whether its fonts have a character.
pub fn run_for_print(context: &Context<'_>, shows: Option<&dyn Fn(char) -> bool>) -> Vec<Finding> {
    let on = CHECKS.par_iter().filter(|check| context.config.is_on(check.code));
    let findings_of = |check: &Check| {
        let mut report = Report::new(*context);
        (check.run)(context, &mut report);
        report.into_findings()
    };
    let mut findings: Vec<Finding> = on.flat_map_iter(findings_of).collect();
    if let Some(shows) = shows.filter(|_| context.config.is_on(Code::R010)) {
        let mut report = Report::new(*context);
        reading::letters::check(context, shows, &mut report);
        findings.extend(report.into_findings());
    }
    finalize(&mut findings, context);
    findings
}

/// Findings on plans that could not be typeset: those with any of `letters`, which had to be replaced, and
/// those at `pages`, each replaced by a page that says so.
pub fn unset(context: &Context<'_>, letters: &BTreeSet<char>, pages: &BTreeSet<PlanId>) -> Vec<Finding> {
    let mut report = Report::new(*context);
    if context.config.is_on(Code::R015) {
        reading::unset::check(context, letters, pages, &mut report);
    }
    report.into_findings()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Lang, Severity};
    use crate::project::Config;
    use crate::testing::{city, consistent_city};

    #[test]
    fn a_consistent_city_gives_no_error_and_no_warning() {
        let config = Config::default();
        let findings = run(&Context { city: &city(consistent_city(), &config), config: &config });
        let grave = findings.iter().filter(|finding| finding.severity != Severity::Info);
        let told: Vec<String> =
            grave.map(|f| format!("{} {} {}", f.rule, f.at, f.message.text(Lang::En))).collect();
        assert_eq!(told, Vec::<String>::new());
    }

    #[test]
    fn a_city_without_plans_is_checked_without_findings() {
        let config = Config::default();
        let empty = city(Vec::<crate::plan::Plan>::new(), &config);
        assert!(run(&Context { city: &empty, config: &config }).is_empty());
    }
}
