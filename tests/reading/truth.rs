//! The expected data of the real book, from `tests/fixtures/seoul-2009`.

use std::path::Path;

use serde_json::Value as Json;

/// Reads one of its files.
pub fn truth(name: &str) -> Json {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/seoul-2009").join(name);
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}
