//! In the place of `book` where planbook is built without it: the same names, and an error that says so.

mod press;
mod writer;

pub use press::{BookError, Press, Scope, built_in_templates};
pub use writer::BookWriter;

/// Where a plan-year folder keeps templates of its own.
pub const TEMPLATES_FOLDER: &str = "templates/book";
