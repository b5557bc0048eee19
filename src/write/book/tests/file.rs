//! Tests of the whole file: what the standards require, and what packing and crop marks leave intact.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;
use typst_press::Standard;

use super::*;

fn book_of(city: &City, print: bool) -> TypesetBook {
    let options = BookOptions { print, ..BookOptions::default() };
    let context = Context { city, config: &Config::default() };
    pdf(&context, &[], Lang::Ko, &fonts(&context), &options).unwrap()
}

/// Returns the objects packed into streams of a book's file, as text, and the rest of the file.
fn objects(city: &City, print: bool) -> Vec<String> {
    let book = book_of(city, print);
    assert_eq!((&book.unmet, book.warning), (&vec![], None));
    let mut objects = vec![String::from_utf8_lossy(&book.pdf).into_owned()];
    for at in memmem::find_iter(&book.pdf, "/Type/ObjStm") {
        let data = at + memmem::find(&book.pdf[at..], b"stream\n").unwrap() + "stream\n".len();
        let mut text = Vec::new();
        ZlibDecoder::new(&book.pdf[data..]).read_to_end(&mut text).unwrap();
        objects.extend(String::from_utf8_lossy(&text).lines().map(str::to_owned));
    }
    objects
}

fn has(bytes: &[u8], text: &str) -> bool {
    memmem::find(bytes, text.as_bytes()).is_some()
}

#[test]
fn the_file_says_what_the_archive_and_screen_readers_ask_for() {
    let text = objects(&city(consistent_city(), &Config::default()), false).concat();
    for mark in [
        "/StructTreeRoot",
        "/MarkInfo<</Marked true/Suspects false>>",
        "/Lang(ko",
        "/DisplayDocTitle true",
        "/OutputIntents",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(text.contains(mark), "{mark}");
    }
    let pages = text.matches("<</Type/Page/").count();
    assert_eq!(text.matches("/Tabs/S").count(), pages, "links are visited in the order of reading");
    let headers = text.matches("/S/TH/").count();
    assert!(headers > 0 && text.matches("/S/Table").count() > 0);
    assert_eq!(
        text.matches("/Scope/Column").count(),
        headers,
        "every header cell says what it is the header of"
    );
}

#[test]
fn running_heads_and_page_numbers_are_no_content() {
    let config = crate::testing::config("[book]\nparts = ['plans']");
    let city = city(consistent_city(), &config);
    let context = Context { city: &city, config: &config };
    let book = pdf(&context, &[], Lang::Ko, &fonts(&context), &BookOptions::default()).unwrap();
    let pdf = hayro_syntax::Pdf::new(book.pdf).unwrap();
    for page in pdf.pages().iter() {
        let content = String::from_utf8_lossy(page.page_stream().unwrap()).into_owned();
        let artifacts = content.matches("/Artifact").count();
        // The mark of a header or footer precedes its text; the plan's own text follows marks with tag
        // numbers.
        assert!(content.matches("/Pagination").count() >= 2 && artifacts >= 2, "{content}");
    }
}

#[test]
fn a_book_meets_its_standards_and_is_packed() {
    let book = book_of(&city(consistent_city(), &Config::default()), false);
    assert_eq!(book.standards, [Standard::A2a, Standard::Ua1]);
    assert_eq!(book.unmet, []);
    assert!(has(&book.pdf, "/Type/ObjStm") && has(&book.pdf, "/Type/XRef"));
    assert!(!has(&book.pdf, "/StructElem"), "tags stand in compressed streams");
    assert!(has(&book.pdf, "<pdfaid:part>2</pdfaid:part>"), "metadata stays readable");
    assert!(!has(&book.pdf, "/TrimBox") && !has(&book.pdf, "/Artifact BMC"));
}

#[test]
fn for_the_printer_each_page_stands_on_a_larger_sheet() {
    let objects = objects(&city(consistent_city(), &Config::default()), true);
    let pages: Vec<_> = objects.iter().filter(|object| object.contains("<</Type/Page/")).collect();
    assert!(pages.len() > 2);
    for page in pages {
        for mark in ["/MediaBox[-19.843 -19.843 ", "/BleedBox[0 0 858.89", "/TrimBox[8.50", "/Contents["] {
            assert!(page.contains(mark), "{mark}: {page}");
        }
    }
    let book = book_of(&city(consistent_city(), &Config::default()), true);
    assert_eq!(book.standards, [Standard::A2a, Standard::Ua1]);
}

#[test]
fn a_picture_without_words_costs_the_standard_but_not_the_book() {
    let svg =
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let cover = format!("#let cover(book) = page(image(bytes(\"{svg}\"), width: 9pt))");
    let city = city([plan("교통국", "가나시")], &Config::default());
    let book = with_templates(&city, &[("cover.typ", &cover)]).unwrap();
    assert!(book.pages > 0 && !book.standards.contains(&Standard::Ua1), "{:?}", book.standards);
    let told: Vec<String> = book.unmet.iter().map(|standard| unmet(standard, Lang::Ko)).collect();
    assert!(told.iter().any(|line| line.contains("PDF/UA-1") && line.contains("cover.typ:1")), "{told:?}");
}
