//! The table of checks: code, function, and the source file whose head explains it.

use super::draft::Report;
use super::{shared, targets, weights};
use crate::consolidate::Context;
use crate::finding::Code;

/// One check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its code.
    pub code: Code,
    /// Looks at the city and files findings.
    pub run: fn(&Context<'_>, &mut Report<'_>),
    /// Its source, for the explanation at its head.
    pub source: &'static str,
}

macro_rules! checks {
    ($($code:ident $family:ident $module:ident;)*) => {
        /// Every check, in the order in which they run.
        pub const CHECKS: &[Check] = &[$(Check {
            code: Code::$code,
            run: $family::$module::check,
            source: include_str!(concat!(stringify!($family), "/", stringify!($module), ".rs")),
        },)*];
    };
}

checks! {
    W101 weights plan_sum;
    S301 shared cascaded_values;
    S302 shared cascaded_units;
    S303 shared roll_up;
    S304 shared required;
    S305 shared short_of_cited;
    S306 shared outlier;
    S307 shared unrelated;
    S308 shared twin_plans;
    T401 targets running_total;
    T402 targets growth;
    T403 targets scale;
    T404 targets not_a_share;
    T405 targets missing;
    T406 targets worse;
}
