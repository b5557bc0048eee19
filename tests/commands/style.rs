//! `[style]` of planbook.toml, from the settings to what is handed out.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use planbook::finding::Severity;
use planbook::project::Config;
use planbook::workbook::Style;
use planbook::write::annotate::{
    Annotation, ColumnKind, Mark, Palette, ReviewColumn, ReviewSheet, annotate, strip, verify,
};

fn example() -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/seoul-2009/workbooks");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    fs::read(&paths[0]).unwrap()
}

/// A mark of each severity, in the colours of `style`.
fn annotation(original: &[u8], style: &str) -> Annotation {
    let config = Config::parse(style).unwrap();
    let sheet: Arc<str> = planbook::read::sheets_in(original).unwrap()[0].name.clone();
    let marks: BTreeMap<_, _> = [("A3", Severity::Error), ("B4", Severity::Warning), ("E6", Severity::Info)]
        .map(|(cell, severity)| (cell.parse().unwrap(), Mark { severity, note: "보십시오".to_owned() }))
        .into();
    let column = ReviewColumn { heading: "내용".to_owned(), width: 40.0, kind: ColumnKind::Text };
    let review = ReviewSheet {
        name: "검토의견".to_owned(),
        title: "검토 의견".to_owned(),
        lead: "답을 적으십시오".to_owned(),
        columns: vec![column],
        rows: Vec::new(),
        choices: vec!["수정함".to_owned()],
    };
    let palette = Palette::of(&Style::of(&config));
    Annotation { marks: [(sheet, marks)].into(), review: Some(review), palette }
}

#[test]
fn marks_of_a_round_in_other_colours_are_known_and_taken_off() {
    let original = example();
    let styles = [
        "",
        "[style]\nseverity = { error = \"#ff0000\", warning = \"#ffeb3b\", info = \"#000000\" }",
        // All alike, and as light as may be.
        "[style]\nseverity = { error = \"#eeeeee\", warning = \"#eeeeee\", info = \"#eeeeee\" }",
    ];
    let rounds: Vec<_> = styles.map(|style| annotation(&original, style)).into();
    let fresh: Vec<_> = rounds.iter().map(|round| annotate(&original, round).unwrap()).collect();
    let clean = strip(&fresh[0].bytes).unwrap();
    for before in &fresh {
        assert_eq!(verify(&original, before), Ok(()));
        assert!(strip(&before.bytes).unwrap() == clean, "something of the marks is left");
        for (round, directly) in rounds.iter().zip(&fresh) {
            assert!(annotate(&before.bytes, round).unwrap().bytes == directly.bytes);
        }
    }
    assert!(fresh[0].bytes != fresh[1].bytes);
}
