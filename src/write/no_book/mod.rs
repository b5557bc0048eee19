//! In the place of `book` where planbook is built without it: the same names, and an error that says so.

mod press;
mod writer;

pub use press::{BookError, Press, Scope, TEMPLATES_FOLDER, built_in_templates};
pub use writer::BookWriter;
