//! The engine's output passes verification; damaged output does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_xlsxwriter::DataValidation;

use super::verify;
use crate::package::Package;
use crate::{Annotated, Annotation, Error, Mark, Rgb, Signature, Workbook};

/// A workbook with merges, widths, a formula, a list to choose from and a second sheet.
fn original() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Table").unwrap();
    sheet.set_column_width(1, 30).unwrap();
    sheet.merge_range(0, 0, 0, 3, "Title", &Default::default()).unwrap();
    sheet.write_string(1, 1, "Name").unwrap();
    sheet.write_number(2, 2, 120.0).unwrap();
    sheet.write_formula(3, 2, "=C3*2").unwrap();
    let list = DataValidation::new().allow_list_strings(&["one", "two"]).unwrap();
    sheet.add_data_validation(4, 0, 9, 0, &list).unwrap();
    book.add_worksheet().set_name("Other").unwrap().write_string(0, 0, "as it is").unwrap();
    book.save_to_buffer().unwrap()
}

fn annotated(original: &[u8]) -> Annotated {
    let mark = Mark { fill: Some(0), note: Some("The sum is 120.".to_owned()) };
    let cells = ["C3", "A1", "H20"].map(|cell| (cell.parse().unwrap(), mark.clone()));
    let marks = BTreeMap::from([(Arc::from("Table"), BTreeMap::from(cells))]);
    let fills = vec![Rgb([0xf4, 0xb8, 0xb0])];
    let workbook = Workbook::open(original, Signature::new("test")).unwrap();
    workbook.annotate(&Annotation { marks, fills, sheet: None }).unwrap()
}

/// The result of verifying the engine's output with `old` replaced by `new` in `part`.
fn broken(part: &str, old: &str, new: &str) -> Result<(), Error> {
    let original = original();
    let mut result = annotated(&original);
    let mut package = Package::open(&result.bytes).unwrap();
    let text = String::from_utf8(package.read(part).unwrap()).unwrap();
    assert!(text.contains(old), "{part}: {text}");
    package.put(part, text.replacen(old, new, 1).into_bytes()).unwrap();
    let bytes = package.write().unwrap();
    result.bytes = bytes;
    verify(&original, &result)
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn additions_alone_are_let_through() {
    let original = original();
    verify(&original, &annotated(&original)).unwrap();
}

#[test]
fn a_changed_value_formula_or_layout_is_refused() {
    let refused = Err(Error::NotPreserved(SHEET.to_owned()));
    assert_eq!(broken(SHEET, "<v>120</v>", "<v>100</v>"), refused);
    assert_eq!(broken(SHEET, "C3*2", "C3*3"), refused);
    assert_eq!(broken(SHEET, "ref=\"A1:D1\"", "ref=\"A1:C1\""), refused);
    assert_eq!(broken(SHEET, "width=\"30", "width=\"31"), refused);
    assert_eq!(broken(SHEET, "sqref=\"A5:A10\"", "sqref=\"A5:A11\""), refused);
    assert_eq!(
        broken(SHEET, "<sheetData>", "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"),
        refused
    );
}

#[test]
fn a_cell_that_was_not_marked_keeps_its_format_and_a_marked_one_all_but_the_fill() {
    assert!(broken(SHEET, "<c r=\"B2\"", "<c r=\"B2\" s=\"1\"").is_err());
    let styles = "xl/styles.xml";
    assert!(broken(styles, "<cellXfs count", "<dxfs/><cellXfs count").is_err());
    assert!(broken(styles, "val=\"Calibri\"", "val=\"Arial\"").is_err());
    let fill_behind = broken(styles, "</fills>", "<fill/></fills>");
    assert_eq!(fill_behind, Ok(()), "what stands behind all others hurts nobody");
}

#[test]
fn a_part_that_was_to_stay_is_refused_even_where_it_says_the_same() {
    let original = original();
    let mut result = annotated(&original);
    let mut package = Package::open(&result.bytes).unwrap();
    let mut text = package.read("xl/worksheets/sheet2.xml").unwrap();
    text.push(b'\n');
    package.put("xl/worksheets/sheet2.xml", text).unwrap();
    let bytes = package.write().unwrap();
    result.bytes = bytes;
    assert_eq!(verify(&original, &result), Err(Error::NotPreserved("xl/worksheets/sheet2.xml".to_owned())));
}

#[test]
fn a_part_that_went_missing_is_refused() {
    let original = original();
    let mut result = annotated(&original);
    let mut package = Package::open(&result.bytes).unwrap();
    package.remove("docProps/app.xml");
    let bytes = package.write().unwrap();
    result.bytes = bytes;
    assert!(verify(&original, &result).is_err());
}
