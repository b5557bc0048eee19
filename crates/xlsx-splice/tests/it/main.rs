//! Tests of the crate as its users see it, in one program.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod additions;
mod book;
mod foreign;
mod fuzz_corpus;
mod packages;
mod proof;
mod properties;
mod targets;
