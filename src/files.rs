//! The one module that opens and replaces files.
//!
//! A file is written beside its final name, synced to disk and renamed over the old one. If anything fails
//! before that, the old file stays intact and no partial file remains.

mod aside;
mod digest;
mod input;
mod name;
mod output;

pub use aside::{earlier, is_set_aside, set_aside, set_aside_where};
pub use digest::{sha256, sha256_of};
pub use input::{content, read_input};
pub use name::{file_name, path_name, shown};
pub use output::{Output, WriteError, replace};

#[cfg(test)]
mod tests;
