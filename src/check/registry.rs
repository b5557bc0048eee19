//! The table of checks: code, function, and the source file whose head explains it.

use super::draft::Report;
use super::weights;
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
}
