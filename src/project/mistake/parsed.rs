//! What parser and resolver say about a text as it is.

use toml::de::DeTable;

use crate::project::resolve;
use crate::project::resolve::complaint::{Cause, Complaint};

/// The offset of the first syntax error. The parser checks brackets and signs first and then names and
/// values, so its first error need not be the first in the text.
pub(super) fn trouble(text: &str) -> Option<usize> {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors.iter().map(|error| error.span().map_or(0, |span| span.start)).min()
}

/// The invalid names and values in `text`; empty if its syntax is wrong.
pub(super) fn complaints(text: &str) -> Vec<Complaint> {
    resolve::settings(text).map(|(_, complaints)| complaints).unwrap_or_default()
}

/// Whether a line is valid below its heading.
pub(super) fn makes_sense(heading: Option<&str>, line: &str) -> bool {
    let heading = heading.filter(|_| !line.trim_start().starts_with('[')).unwrap_or_default();
    let read = resolve::settings(&format!("{}\n{line}\n", resolve::standing(heading)));
    read.is_some_and(|(_, complaints)| complaints.iter().all(|it| it.cause == Cause::Missing))
}
