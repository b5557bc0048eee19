//! The fuzz target functions. Each takes any bytes and asserts the invariants.

use std::collections::BTreeMap;
use std::sync::Arc;

use xlsx_splice::{
    AddedCell, AddedRow, AddedSheet, Annotation, Archive, CellRange, CellRef, Error, Formats, Limits, Mark,
    Rgb, Signature, Workbook,
};

use super::book::{self, SHEET, book, entries, sheet};

const SIGNATURE: Signature = Signature::new("splice-test");

/// The parts that the target `parts` replaces, chosen by its first byte.
pub const PARTS: [&str; 8] = [
    SHEET,
    "xl/styles.xml",
    "xl/workbook.xml",
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
];

/// A whole archive.
pub fn package(data: &[u8]) {
    // The tolerant reader accepts everything that the strict one does.
    if let Ok(mut archive) = Archive::open(std::io::Cursor::new(data), Limits::default()) {
        for name in archive.names().collect::<Vec<_>>() {
            let _ = archive.read(&name);
        }
        let _ = archive.relationships("");
    } else {
        assert!(Workbook::open(data, SIGNATURE).is_err());
    }
    // Archives that only this crate can read have no second reader for comparison.
    check(data, &annotation(&["B2", "A1", "F30"]), false);
}

/// One part of a valid package.
pub fn parts(data: &[u8]) {
    let Some((&which, text)) = data.split_first() else { return };
    let name = PARTS[usize::from(which) % PARTS.len()];
    check(&with_notes().set(name, text).pack(), &annotation(&["B2", "A1", "F30"]), true);
}

/// References, one per line: as marked cells, as positions of cells and merges, and as relationship targets.
pub fn references(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let lines: Vec<&str> = text.lines().take(40).collect();
    let (mut rows, mut merges, mut cells) = (String::new(), String::new(), Vec::new());
    for line in &lines {
        if let Ok(cell) = line.parse::<CellRef>() {
            assert_eq!(cell.to_string().parse(), Ok(cell), "{line}");
            cells.push(cell.to_string());
        }
        if let Ok(range) = line.parse::<CellRange>() {
            assert!(range.contains(range.first) && range.contains(range.last), "{line}");
        }
        let written = line.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        rows.push_str(&format!("<row r=\"{written}\"><c r=\"{written}\"><v>1</v></c><c/></row>"));
        merges.push_str(&format!("<mergeCell ref=\"{written}\"/>"));
    }
    let mut book = book();
    book.set(SHEET, sheet("", &rows, &format!("<mergeCells>{merges}</mergeCells>")));
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    check(&book.pack(), &annotation(&cells), true);
    if let Some(target) = lines.first().filter(|line| !line.contains(['<', '&', '"'])) {
        book.edit("xl/_rels/workbook.xml.rels", "\"worksheets/sheet1.xml\"", &format!("\"{target}\""));
        check(&book.pack(), &annotation(&["B2"]), true);
    }
}

/// A valid package with notes on its first sheet.
pub fn with_notes() -> book::Book {
    let mut book = book();
    book.relate_sheet(&[
        ("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ("rId2", "comments", "../comments1.xml"),
    ]);
    book.edit(SHEET, "</worksheet>", "<legacyDrawing r:id=\"rId1\"/></worksheet>");
    book.set("xl/comments1.xml", format!("<comments xmlns=\"{}\"><authors><author>김</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>확인</t></text></comment></commentList></comments>", book::MAIN));
    book.set("xl/drawings/vmlDrawing1.vml", "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><v:shape id=\"_x0000_s1025\"><x:ClientData ObjectType=\"Note\"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>");
    book.declare(
        "xl/comments1.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    )
    .declare("xl/drawings/vmlDrawing1.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing");
    book
}

/// Annotates it: either refused, or with additions that are reproducible to the byte, pass verification and
/// can be removed exactly (if `compare` says that the tests' reader can tell).
fn check(original: &[u8], annotation: &Annotation, compare: bool) {
    let Ok(workbook) = Workbook::open(original, SIGNATURE) else { return };
    let _ = workbook.sheets();
    let Ok(annotated) = workbook.annotate(annotation) else { return };
    match workbook.verify(&annotated) {
        Ok(()) | Err(Error::NotPreserved(_)) => {}
        Err(other) => panic!("held against the original: {other}"),
    }
    let clean = Workbook::open(&annotated.bytes, SIGNATURE).expect("what was added can be taken off");
    // A part that had additions is not the same once they are removed.
    if !workbook.was_annotated() {
        if compare {
            for (was, left) in entries(original).iter().zip(&entries(clean.bytes())) {
                assert_eq!((&was.name, &was.content), (&left.name, &left.content), "taken off again");
            }
        }
        let again = clean.annotate(annotation).expect("what was annotated can be annotated");
        assert!(again.bytes == annotated.bytes, "annotated twice");
    }
}

fn annotation(cells: &[&str]) -> Annotation {
    let name: Arc<str> = Arc::from("자료");
    let mark = |cell: &str| Mark { fill: Some(0), note: Some(format!("{cell} <&>")) };
    let marks: BTreeMap<CellRef, Mark> =
        cells.iter().filter_map(|cell| Some((cell.parse().ok()?, mark(cell)))).collect();
    let cell = |text: String, link| AddedCell { text, format: None, link };
    let row = |(at, mark): (&CellRef, &Mark)| AddedRow {
        height: 18.0,
        cells: vec![cell(mark.note.clone().unwrap_or_default(), Some((name.clone(), *at)))],
    };
    let sheet = AddedSheet {
        name: "덧붙임".to_owned(),
        tab: Rgb::default(),
        columns: vec![9.0, 9.0],
        table: CellRange::new(CellRef::new(3, 0), CellRef::new(9, 1)),
        rows: (4..).zip(marks.iter().map(row)).collect(),
        merges: Vec::new(),
        choices: Vec::new(),
        formats: Formats::default(),
    };
    let fills = vec![Rgb([0xf4, 0xb8, 0xb0])];
    Annotation { marks: BTreeMap::from([(name, marks)]), fills, sheet: Some(sheet) }
}
