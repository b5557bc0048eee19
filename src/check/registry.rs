//! The table of checks: code, function, and the source file whose head explains it.

use super::draft::Report;
use super::{cascade, reading, rows, shared, targets, weights};
use crate::consolidate::Context;
use crate::finding::Code;

/// One check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its code.
    pub code: Code,
    /// Examines the city and files findings.
    pub run: fn(&Context<'_>, &mut Report<'_>),
    /// Its source, whose head is the explanation.
    pub source: &'static str,
}

/// The sources of the checks that need the book, outside the table: see [`super::run_for_print`],
/// [`super::unset`].
const OF_THE_BOOK: [(Code, &str); 2] =
    [(Code::R010, include_str!("reading/letters.rs")), (Code::R015, include_str!("reading/unset.rs"))];

/// The source whose head explains `code`.
pub(super) fn source(code: Code) -> &'static str {
    let of_the_table = CHECKS.iter().map(|check| (check.code, check.source));
    of_the_table.chain(OF_THE_BOOK).find(|(own, _)| *own == code).map_or("", |(_, source)| source)
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
    R001 reading unreadable;
    R002 reading no_plan;
    R003 reading missing_column;
    R004 reading hidden;
    R005 reading two_plans;
    R006 reading formula;
    R007 reading stray_row;
    R008 reading years;
    R009 reading roster;
    R011 reading scorecard;
    R012 reading error_cell;
    R013 reading organisation;
    R014 reading odd_letters;
    R016 reading unread;
    R017 reading unsure_table;
    F001 reading unread_column;
    F002 reading kept_column;
    W101 weights plan_sum;
    W102 weights perspective_sum;
    W103 weights no_weight;
    L201 cascade missing_parent;
    L202 cascade cited_kpi;
    L203 cascade cited_target;
    L204 cascade city_target;
    L205 cascade unknown_target;
    L206 cascade near_names;
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
    T407 targets doubtful_polarity;
    T408 targets no_value;
    T409 targets decimals;
    K501 rows twin_kpi;
    C601 rows malformed_code;
    C602 rows code_in_footnote;
    C603 rows shared_code;
    C604 rows code_gap;
}
