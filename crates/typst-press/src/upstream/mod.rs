//! What Typst does not promise and this crate rests on: the wording of its messages, and how the bytes of its files lie.
//!
//! Nothing else in the crate looks at them. Where they change, nothing fails: messages are told in Typst's own words, a
//! standard that cannot be met costs all of them, the file stays as Typst wrote it. The tests of `tests/upstream.rs` make Typst
//! say and write all this, and tell what a new version changes.

pub(crate) mod bytes;
pub(crate) mod conformance;
pub(crate) mod messages;
