//! The exported file: standards, compression, crop marks.

use hayro_syntax::Pdf;
use typst_press::{Standard, UnmetReason};

use super::*;

#[test]
fn a_file_meets_the_standards_and_is_packed() {
    let exported = exported("= Title\nText").unwrap();
    assert_eq!(exported.standards, [Standard::A2a, Standard::Ua1]);
    assert_eq!((exported.unmet.len(), exported.warning, exported.pages), (0, None, 1));
    assert!(has(&exported.pdf, "/Type/ObjStm") && has(&exported.pdf, "/Type/XRef"));
    assert!(has(&exported.pdf, "<pdfaid:part>2</pdfaid:part>"), "metadata stays readable");
    assert!(!has(&exported.pdf, "/StructElem"), "tags are in compressed streams");
    assert!(!exported.fonts.is_empty());
    assert_eq!(Pdf::new(exported.pdf).unwrap().pages().len(), 1);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let text = "= Title\nText #pagebreak() more";
    assert!(exported(text).unwrap().pdf == exported(text).unwrap().pdf);
}

#[test]
fn a_page_with_a_bleed_has_crop_marks_and_one_without_has_none() {
    let text = "#page(bleed: 3mm)[= One]\n#page[Two]";
    let exported = exported(text).unwrap();
    assert_eq!((exported.warning, exported.pages), (None, 2));
    let pdf = Pdf::new(exported.pdf).unwrap();
    let widths: Vec<f64> = pdf.pages().iter().map(|page| page.media_box().width()).collect();
    let [marked, plain] = widths[..] else { panic!("{widths:?}") };
    // The bleed and the room for the marks on both sides, 10 mm each.
    assert!((marked - 200.0 - 20.0 * 72.0 / 25.4).abs() < 0.01 && (plain - 200.0).abs() < 0.01, "{widths:?}");
}

#[test]
fn a_standard_that_cannot_be_met_is_told_with_reason_and_place_and_the_others_are_kept() {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
    let exported = exported(&format!("= Title\n#image(bytes(\"{picture}\"))")).unwrap();
    assert_eq!(exported.standards, [Standard::A2u], "it asks for no structure");
    let unmet: Vec<Standard> = exported.unmet.iter().map(|unmet| unmet.standard).collect();
    assert_eq!(unmet, [Standard::A2a, Standard::Ua1]);
    for unmet in &exported.unmet {
        assert_eq!((&unmet.reason, unmet.place.as_deref()), (&UnmetReason::NoAltText, Some("main.typ:4")));
    }
}

#[test]
fn standards_that_do_not_go_together_are_an_error() {
    let mut world = world(&[("main.typ", HEAD)]);
    let sections = [Section::new("all", "main.typ")];
    let number = |_: &[usize]| Ok(NumberedFiles::default());
    let document = Typesetter::default().set(&mut world, &sections, number).unwrap();
    let standards = vec![vec![Standard::A2a], vec![Standard::A2b]];
    let options = ExportOptions { standards, ..ExportOptions::default() };
    assert!(matches!(export(&document, &world, &options), Err(PressError::Standards(_))));
}
