//! The kinds of additions, and how they are recognised.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use xlsx_splice::{
    Annotation, Archive, CellRef, Error, Limits, Mark, Rgb, Signature, Workbook, is_annotated,
};

use crate::book::{Form, Node, SHEET, book, entries};
use crate::proof::{FILLS, SIGNATURE, annotate, content, notes, nothing_lost, remarks, strip, verify};

fn marks(marks: &[(&str, Mark)]) -> BTreeMap<Arc<str>, BTreeMap<CellRef, Mark>> {
    let marks = marks.iter().map(|(cell, mark)| (cell.parse().unwrap(), mark.clone())).collect();
    BTreeMap::from([("자료".into(), marks)])
}

/// The fill of a cell of the first sheet, as written.
fn fill(bytes: &[u8], cell: &str) -> Option<String> {
    let parts = entries(bytes);
    let sheet = Node::parse(&content(&parts, SHEET)).unwrap();
    let styles = Node::parse(&content(&parts, "xl/styles.xml")).unwrap();
    let style: usize =
        sheet.all("c").into_iter().find(|c| c.value("r") == Some(cell))?.value("s")?.parse().unwrap();
    let fill: usize =
        styles.first("cellXfs").unwrap().children[style].value("fillId").unwrap().parse().unwrap();
    let fill = &styles.first("fills").unwrap().children[fill];
    fill.first("fgColor")?.value("rgb").map(str::to_owned)
}

#[test]
fn a_note_without_a_fill_and_a_fill_without_a_note() {
    let original = book().pack();
    let note = Mark { fill: None, note: Some("only said".to_owned()) };
    let filled = Mark { fill: Some(1), note: None };
    let beyond = Mark { fill: Some(9), note: None };
    let both = marks(&[("B2", note), ("C2", filled), ("B4", beyond)]);
    let annotation = Annotation { marks: both, ..remarks("자료", &[]) };
    let annotated = annotate(&original, &annotation).unwrap();
    nothing_lost("either", &original, &annotated);
    assert_eq!(verify(&original, &annotated), Ok(()));
    let said = notes(&annotated.bytes, "자료");
    assert_eq!(said.keys().collect::<Vec<_>>(), ["B2"]);
    assert_eq!(fill(&annotated.bytes, "B2").as_deref(), Some("FF00FF00"), "its own");
    let marked = fill(&annotated.bytes, "C2").unwrap();
    assert!(marked.starts_with("FFF") && marked != "FF00FF00", "{marked}");
    assert_eq!(fill(&annotated.bytes, "B4"), None, "a fill that is not there");
}

#[test]
fn in_a_merged_range_the_most_important_fill_and_all_notes_count() {
    let original = book().pack();
    let mark = |fill, note: &str| Mark { fill, note: Some(note.to_owned()) };
    let all =
        marks(&[("A1", mark(None, "one")), ("B1", mark(Some(2), "two")), ("C1", mark(Some(0), "three"))]);
    let annotated = annotate(&original, &Annotation { marks: all, ..remarks("자료", &[]) }).unwrap();
    assert_eq!(notes(&annotated.bytes, "자료")["A1"], "[splice-test]\none\n\ntwo\n\nthree");
    let mask = |rgb: &str| u32::from_str_radix(&rgb[2..], 16).unwrap() & 0xf8_f8_f8;
    assert_eq!(mask(&fill(&annotated.bytes, "A1").unwrap()), mask(&format!("FF{}", FILLS[0])));
    assert_eq!(annotated.merged["자료"].len(), 2);
}

#[test]
fn additions_under_another_name_are_left_alone() {
    const OTHER: Signature = Signature::new("other");
    let original = book().pack();
    let first = annotate(&original, &remarks("자료", &["B2", "D4"])).unwrap().bytes;
    assert!(is_annotated(&first, SIGNATURE) && !is_annotated(&first, OTHER));
    let workbook = Workbook::open(&first, OTHER).unwrap();
    assert!(!workbook.was_annotated() && workbook.bytes() == first);
    let second = workbook.annotate(&remarks("자료", &["B2", "C2"])).unwrap();
    assert_eq!(workbook.verify(&second), Ok(()));
    let said = &notes(&second.bytes, "자료")["B2"];
    assert!(said.starts_with("[splice-test]\n") && said.contains("\n\n[other]\n"), "{said}");
    let names = Workbook::open(&second.bytes, OTHER).unwrap();
    assert!(names.was_annotated());
    for (left, was) in entries(names.bytes()).iter().zip(&entries(&first)) {
        assert_eq!((&left.name, &left.content), (&was.name, &was.content));
    }
    let sheets: Vec<String> =
        Workbook::open(&first, OTHER).unwrap().sheets().unwrap().into_iter().map(|s| s.name).collect();
    assert_eq!(sheets, ["자료", "기타", "덧붙임"]);
}

#[test]
fn marks_in_other_colours_are_recognised_and_removed() {
    let original = book().pack();
    let rounds = [FILLS, [Rgb([0xff, 0, 0]), Rgb([0xff, 0xeb, 0x3b]), Rgb([0; 3])], [Rgb([0xee; 3]); 3]]
        .map(|fills| Annotation { fills: fills.to_vec(), ..remarks("자료", &["A1", "B2", "C2", "H9"]) });
    let fresh: Vec<Vec<u8>> = rounds.iter().map(|round| annotate(&original, round).unwrap().bytes).collect();
    for before in &fresh {
        assert!(strip(before).unwrap() == strip(&fresh[0]).unwrap(), "something of the marks is left");
        for (round, directly) in rounds.iter().zip(&fresh) {
            assert!(annotate(before, round).unwrap().bytes == *directly);
        }
    }
}

#[test]
fn a_package_is_read_with_backslashes_doubled_entries_and_odd_relationships() {
    let mut odd = book();
    for (name, ..) in &mut odd.parts {
        *name = name.replace('/', "\\");
    }
    odd.parts.push(("XL\\Styles.xml".to_owned(), b"<second/>".to_vec(), Form::default()));
    odd.set(
        "xl\\_rels\\workbook.xml.rels",
        "\u{feff}<Relationships><Relationship Id=\"\" Type=\"a/worksheet\" Target=\"\\xl\\worksheets\\sheet1.xml\"></Relationships>\0\0",
    );
    let mut archive = Archive::open(Cursor::new(odd.pack()), Limits::default()).unwrap();
    let related = archive.relationships("xl/workbook.xml").unwrap().unwrap();
    let found: Vec<_> =
        related.iter().map(|r| (r.id.as_str(), r.kind.as_str(), r.target.as_deref())).collect();
    assert_eq!(found, [("", "worksheet", Some("xl/worksheets/sheet1.xml"))]);
    assert!(archive.read("xl/worksheets/SHEET1.xml").unwrap().is_some());
    assert!(archive.read("xl/styles.xml").unwrap().unwrap().starts_with(b"<?xml"), "the first of two");
    assert_eq!(archive.read("xl/none.xml"), Ok(None));
    assert_eq!(archive.relationships("xl/none.xml"), Ok(None));
    assert!(matches!(Workbook::open(&odd.pack(), SIGNATURE), Err(Error::DuplicateEntry(_))));
}

#[test]
fn what_reading_may_cost_is_bounded() {
    let packed = book().pack();
    let open = |limits| Archive::open(Cursor::new(&packed), limits);
    let (default, few) = (Limits::default(), Limits { entries: 3, ..Limits::default() });
    assert!(matches!(open(few), Err(Error::TooLarge(_))));
    let mut small = open(Limits { part: 100, ..default }).unwrap();
    assert!(matches!(small.read(SHEET), Err(Error::TooLarge(_))));
    let mut little = open(Limits { total: 2000, ..default }).unwrap();
    let read = (0..9).map(|_| little.read(SHEET)).collect::<Result<Vec<_>, _>>();
    assert!(matches!(read, Err(Error::TooLarge(_))));
    let mut wrong = packed.clone();
    let at = packed.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    wrong[at + 16] ^= 0xff;
    let last = book().parts.last().unwrap().0.clone();
    let mut wrong = Archive::open(Cursor::new(wrong), default).unwrap();
    assert!(matches!(wrong.read(&last), Err(Error::Corrupt { .. })));
    let doctype = book().edit(SHEET, "?>\n", "?>\n<!DOCTYPE worksheet>").pack();
    let mut doctype = Archive::open(Cursor::new(doctype), default).unwrap();
    assert_eq!(doctype.read(SHEET), Err(Error::Doctype(SHEET.to_owned())));
}
