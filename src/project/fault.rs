//! Something wrong with planbook.toml, as it is shown.

use std::fmt;

use crate::finding::{Lang, Message};

/// Something wrong with planbook.toml.
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
    /// The line as it should be, where that can be told: two lines where it was two in one, empty where it should go. Of
    /// several troubles of a line only the first has it.
    pub instead: Option<String>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message.text(Lang::En))
    }
}
