//! Numbers, texts and links in cells.

use std::sync::Arc;

use super::cell::as_number;
use super::link::{external, internal};
use super::style::CellFormat;
use super::text::{MAX_LINES, MAX_TEXT, cut, lines_of};
use crate::source::{CellRef, Place};

#[test]
fn numbers_keep_their_look_and_everything_else_stays_text() {
    for (text, number) in [
        ("28,604", Some((28604.0, CellFormat::Number(0, true)))),
        ("70.0", Some((70.0, CellFormat::Number(1, false)))),
        ("-3.25", Some((-3.25, CellFormat::Number(2, false)))),
        ("1,234,567.5", Some((1_234_567.5, CellFormat::Number(1, true)))),
        ("0", Some((0.0, CellFormat::Number(0, false)))),
        ("007", None),
        ("+5", None),
        ("△3", None),
        ("-", None),
        ("", None),
        ("21(22)", None),
        ("12345678901234567890", None),
        ("0.12345678", None),
    ] {
        assert_eq!(as_number(text), number, "{text}");
    }
}

#[test]
fn long_texts_are_cut_to_what_a_cell_holds() {
    for text in ["가".repeat(40_000), "😀".repeat(20_000)] {
        let short = cut(&text);
        assert!(short.encode_utf16().count() <= MAX_TEXT && short.ends_with('…'));
    }
    assert_eq!(cut("짧은 글"), "짧은 글");
}

#[test]
fn rows_are_made_high_enough_for_korean() {
    assert_eq!(lines_of("짧은 글", 20.0), 1);
    assert_eq!(lines_of(&"가".repeat(20), 20.0), 2);
    assert_eq!(lines_of(&"a".repeat(20), 22.0), 1);
    assert_eq!(lines_of(&"가".repeat(10_000), 5.0), MAX_LINES);
}

#[test]
fn links_point_at_the_cell_or_are_left_out() {
    let (file, sheet) = (Arc::from("workbooks/01_대변인.xlsx"), Arc::from("실'국"));
    let place = Place::cell(&file, &sheet, CellRef::new(5, 11));
    assert_eq!(
        external("../plans/", &place).as_deref(),
        Some("file:///../plans/workbooks/01_대변인.xlsx#'실''국'!L6")
    );
    assert_eq!(external("..", &Place::file(&Arc::from("a#b.xlsx"))), None);
    assert_eq!(internal("지적사항", 3), "internal:'지적사항'!A4");
}
