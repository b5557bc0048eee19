//! An error in planbook.toml, as shown to the user.

use std::fmt;

use crate::finding::{Lang, Message};

/// An error in planbook.toml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what would be right.
    pub message: Message,
    /// The line as it is written.
    pub written: String,
    /// The line as it should be, if known: two lines if it held two settings, empty if it should be
    /// removed. Only the first error of a line has it.
    pub instead: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message.text(Lang::En))
    }
}
