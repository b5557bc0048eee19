//! What the fuzz targets do. They are plain functions, so that the tests run them over the corpus too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[path = "../../tests/it/book.rs"]
pub mod book;
#[path = "../../tests/it/targets.rs"]
pub mod targets;
