//! The checks: one file each, run over the consolidated city.
//!
//! A check is a function that looks at the [`Context`] and drafts findings. What `planbook explain` prints is
//! the doc comment at the head of its file: Korean first, then a line `---`, then English. The table
//! [`CHECKS`] lists them all.

mod cascade;
mod draft;
mod explain;
mod reading;
mod registry;
mod rows;
mod shared;
mod targets;
mod weights;
mod words;

pub use draft::{Draft, Report};
pub use explain::{Explanation, explain};
pub use registry::{CHECKS, Check};

use crate::consolidate::Context;
use crate::finding::Finding;

/// Runs every check that is switched on and returns the findings, most severe first, then in book order.
/// Waived findings are among them, marked.
pub fn run(context: &Context<'_>) -> Vec<Finding> {
    let mut report = Report::new(*context);
    for check in CHECKS {
        if context.config.is_on(check.code) {
            (check.run)(context, &mut report);
        }
    }
    report.finish()
}
