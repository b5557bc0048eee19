//! What the fuzz targets do. They are plain functions, so that `tests/fuzz_corpus.rs` runs them over the corpus too.

#[path = "../../tests/common/package.rs"]
pub mod package;
pub mod targets;
