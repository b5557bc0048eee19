//! Sections: set independently, reused, numbered, and omitted.

use typst_press::typst::layout::FrameItem;
use typst_press::typst_layout::Page;
use typst_press::{Concessions, PagedDocument, Replacements, SetDocument};

use super::*;

const TEMPLATE: &str = "#let own = json(\"section.json\")\n#set page(width: 200pt, height: 100pt)\n\
    #for page in range(int(read(own.name + \".txt\"))) [#(own.start + page) #pagebreak(weak: true)]";

/// The first page numbers as files: one per section, one for all.
fn numbered<'n>(names: &'n [&'n str]) -> impl FnMut(&[usize]) -> Result<NumberedFiles, String> + use<'n> {
    move |starts| {
        let own = |(name, start): (&&str, &usize)| {
            let json = format!("{{\"name\": \"{name}\", \"start\": {start}}}");
            vec![("section.json".to_owned(), Bytes::from_string(json))]
        };
        let starts_json = Bytes::from_string(format!("{starts:?}"));
        Ok(NumberedFiles {
            shared: vec![("starts.json".to_owned(), starts_json)],
            own: names.iter().zip(starts).map(own).collect(),
        })
    }
}

/// Page counts of sections `a`, `b`, `c`, as files.
fn chapters(pages: [usize; 3]) -> FileWorld<'static> {
    let [a, b, c] = pages.map(|pages| pages.to_string());
    world(&[("main.typ", TEMPLATE), ("a.txt", &a), ("b.txt", &b), ("c.txt", &c)])
}

const NAMES: [&str; 3] = ["a", "b", "c"];

fn sections() -> [Section; 3] {
    NAMES.map(|name| Section { recto: name == "c", ..Section::new(name, "main.typ") })
}

fn set(typesetter: &mut Typesetter, world: &mut FileWorld<'_>) -> SetDocument {
    typesetter.set(world, &sections(), numbered(&NAMES)).unwrap()
}

/// The text of each page.
fn text(document: &PagedDocument) -> Vec<String> {
    let text = |page: &Page| {
        let runs = page.frame.items().filter_map(|(_, item)| match item {
            FrameItem::Text(text) => Some(text.text.as_str()),
            _ => None,
        });
        runs.collect()
    };
    document.pages().iter().map(text).collect()
}

#[test]
fn only_sections_whose_files_have_changed_are_set_again() {
    let mut typesetter = Typesetter::default();
    let first = set(&mut typesetter, &mut chapters([1, 1, 1]));
    assert_eq!((typesetter.retypeset(), first.page_count_mismatches.len()), (3, 0));
    set(&mut typesetter, &mut chapters([1, 1, 1]));
    assert_eq!(typesetter.retypeset(), 0);
    let mut world = chapters([1, 1, 1]);
    world.insert("b.txt", Bytes::from_string("1 ")).unwrap();
    assert!(typesetter.set(&mut world, &sections(), numbered(&NAMES)).is_err(), "not a number");
    world.insert("b.txt", Bytes::from_string("01")).unwrap();
    set(&mut typesetter, &mut world);
    assert_eq!(typesetter.retypeset(), 1);
}

#[test]
fn a_section_that_takes_more_pages_moves_what_follows_and_a_recto_one_begins_on_the_right() {
    let mut typesetter = Typesetter::default();
    let document = set(&mut typesetter, &mut chapters([1, 3, 1]));
    assert_eq!(document.page_count_mismatches, [1]);
    assert_eq!(text(&document.assemble()), ["1", "2", "3", "4", "5"]);
    let document = set(&mut typesetter, &mut chapters([1, 2, 1]));
    assert_eq!(text(&document.assemble()), ["1", "2", "3", "", "5"]);
}

#[test]
fn an_error_has_its_place_and_the_sections_that_meet_it() {
    let template = "#let own = json(\"section.json\")\n#if own.name != \"a\" { own.titel }\n";
    let mut world = world(&[("main.typ", template)]);
    let error = Typesetter::default().set(&mut world, &sections(), numbered(&NAMES)).err();
    let Some(PressError::Typst { sections, error }) = error else { panic!("{error:?}") };
    assert_eq!(sections, [1, 2]);
    let place = error.place.as_ref().unwrap();
    assert_eq!((error.file.as_deref(), place.line, place.column, place.length), (Some("main.typ"), 2, 27, 5));
    assert!(error.to_string().starts_with("main.typ:2:27: "), "{error}");
}

#[test]
fn templates_see_given_files_and_nothing_else() {
    for path in ["/etc/passwd", "../secret.typ", "other.txt"] {
        assert!(exported(&format!("#read(\"{path}\")")).is_err(), "{path}");
    }
    assert!(world(&[]).insert("../outside.typ", Bytes::from_string("")).is_err());
    let name = "#datetime.today()";
    assert!(exported(name).is_err(), "there is no clock");
}

/// Without kerning Typst or the export, depending on the font, panics at some right-to-left words.
const PANICS: &str = "#set text(kerning: false)\n";

/// Makes the document of the section `main`, which may read `words`, until it succeeds; returns the
/// omissions.
fn rescued(main: &str, words: &str) -> Concessions {
    let mut conceded = Concessions::default();
    let mut typesetter = Typesetter::default();
    loop {
        let replaced = Replacements::new(conceded.letters.iter().copied(), '?').apply(words);
        let mut world = world(&[("main.typ", main), ("plain.typ", "not set"), ("words.txt", &replaced)]);
        let main = if conceded.sections.contains("all") { "plain.typ" } else { "main.typ" };
        let document =
            typesetter.set(&mut world, &[Section::new("all", main)], |_| Ok(NumberedFiles::default()));
        match document.and_then(|document| export(&document, &world, &ExportOptions::default())) {
            Ok(_) => return conceded,
            Err(PressError::Panicked(panicked)) => assert!(conceded.concede(&panicked), "{panicked:?}"),
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_section_at_which_a_library_panics_is_set_without_its_letters() {
    let conceded = rescued(&format!("{PANICS}#read(\"words.txt\")"), "a \u{5d3} \u{5d3}");
    assert_eq!(conceded.letters.into_iter().collect::<String>(), "\u{5d3}");
    assert!(conceded.sections.is_empty());
}

#[test]
fn a_section_at_which_a_library_panics_whatever_its_data_is_replaced() {
    let conceded = rescued(&format!("{PANICS}\u{5d3} \u{5d3} #read(\"words.txt\")"), "plain");
    assert!(conceded.letters.is_empty() && conceded.sections.contains("all"));
}
