//! Everything this crate relies on that Typst does not guarantee: the wording of its messages, and the bytes
//! of its files.
//!
//! Nothing else in the crate depends on them. If they change, nothing fails: messages are shown in Typst's
//! wording, one unmet standard drops all of them, and the file stays as Typst wrote it. The tests of
//! `tests/upstream.rs` make Typst produce all this and show what a new version changes.

pub(crate) mod bytes;
pub(crate) mod conformance;
pub(crate) mod messages;
