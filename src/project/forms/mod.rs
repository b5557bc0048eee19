//! `[[forms]]` of planbook.toml: forms known by their headings, and what their columns mean.

mod entry;
mod heading;
mod role;
mod write;

pub use entry::{FormEntry, TableShape};
pub use heading::{HeadingKey, numbered, short_heading};
pub(super) use role::ids as role_ids;
pub use role::{FormRole, ValueRole};
pub use write::{FormNotes, add_forms};
