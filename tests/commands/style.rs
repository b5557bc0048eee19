//! `[style]` of planbook.toml, from the settings to what is handed out.

use std::fs;
use std::path::Path;

use crate::common::planbook;

/// The first workbook of the example, given back in these colours; `before` is what the department sends.
fn returned(style: &str, before: &[u8]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("workbooks")).unwrap();
    fs::write(dir.path().join("workbooks/가.xlsx"), before).unwrap();
    fs::write(dir.path().join("planbook.toml"), style).unwrap();
    planbook(dir.path(), &["return", "."]);
    fs::read(dir.path().join("output/returned/workbooks/가.xlsx")).unwrap()
}

#[test]
fn marks_of_a_round_in_other_colours_are_known_and_taken_off() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let original = fs::read(&paths[0]).unwrap();
    let styles = [
        "",
        "[style]\nseverity = { error = \"#ff0000\", warning = \"#ffeb3b\", info = \"#000000\" }",
        // All alike, and as light as may be.
        "[style]\nseverity = { error = \"#eeeeee\", warning = \"#eeeeee\", info = \"#eeeeee\" }",
    ];
    let fresh = styles.map(|style| returned(style, &original));
    assert!(fresh[0] != fresh[1] && fresh[0] != original);
    for before in &fresh {
        for (style, directly) in styles.iter().zip(&fresh) {
            assert!(returned(style, before) == *directly, "something of the marks is left");
        }
    }
}
