//! Typst's wording and the bytes of its files, which it does not guarantee. A failure here after an upgrade
//! means that `src/upstream`, and nothing else, needs updating.

use typst_press::{MessageKind, Standard, UnmetReason};

use super::*;

/// Wrong markup, the kind of error, and the quoted facts.
const MISTAKES: &[(&str, MessageKind, &[&str])] = &[
    ("#titel", MessageKind::UnknownVariable, &["titel"]),
    ("#(a: 1).titel", MessageKind::MissingKey, &["\"titel\""]),
    ("#(a: 1).at(\"titel\")", MessageKind::MissingKey, &["\"titel\""]),
    ("#text(size: \"a\")[]", MessageKind::WrongType, &["length", "string"]),
    ("#(1 + (:))", MessageKind::CannotAdd, &["integer", "dictionary"]),
    ("#{ 1; [a] }", MessageKind::CannotJoin, &["integer", "content"]),
    ("#(1 - \"a\")", MessageKind::CannotSubtract, &["string", "integer"]),
    ("#([a] * (:))", MessageKind::CannotMultiply, &["content", "dictionary"]),
    ("#(1 / 0)", MessageKind::DivisionByZero, &[]),
    ("#(1).titel", MessageKind::NoFields, &["integer"]),
    ("#(1).titel()", MessageKind::NoMethod, &["integer", "titel"]),
    ("#let f(a) = a\n#f()", MessageKind::MissingArgument, &["a"]),
    ("#let f(a) = a\n#f(1, b: 2)", MessageKind::UnknownArgument, &["b"]),
    ("#let f(a) = a\n#f(1, 2)", MessageKind::TooManyArguments, &[]),
    ("#(1, 2).at(3)", MessageKind::IndexOutOfBounds, &["3", "2"]),
    ("#{ let a = (1, 2); a.at(3) = 1 }", MessageKind::IndexOutOfBounds, &["3", "2"]),
    ("#read(\"gone.txt\")", MessageKind::FileNotFound, &["gone.txt"]),
    ("#import \"latin1.typ\"", MessageKind::NotUtf8, &[""]),
    ("#import \"main.txt.typ\": titel", MessageKind::UnresolvedImport, &[]),
    ("#(1", MessageKind::UnclosedDelimiter, &[]),
    ("#\"a", MessageKind::UnclosedString, &[]),
    ("`a", MessageKind::UnclosedRaw, &[]),
    ("a ]", MessageKind::UnexpectedClosing, &["bracket"]),
    ("a */", MessageKind::StrayCommentEnd, &[]),
    ("#{ let for = 1 }", MessageKind::WrongType, &["pattern", "keyword `for`"]),
    ("#{ in }", MessageKind::Unexpected, &["keyword `in`"]),
    ("#{ 1 2 }", MessageKind::Expected, &["semicolon or line break"]),
    ("#let = 1", MessageKind::Expected, &["pattern"]),
    ("#{ a ? b }", MessageKind::InvalidCharacter, &["?"]),
    ("#while true {}", MessageKind::InfiniteLoop, &[]),
    ("#{ let n = 1; while n > 0 { n += 1 } }", MessageKind::InfiniteLoop, &[]),
    ("#let f() = f()\n#f()", MessageKind::CallDepth, &[]),
    ("#show heading: it => heading(it.body)\n= A", MessageKind::ShowDepth, &[]),
    ("#{ let c = [a]; for i in range(200) { c = box(c) }; c }", MessageKind::LayoutDepth, &[]),
    ("#ref(<gone>)", MessageKind::LabelNotFound, &["`<gone>`"]),
    ("#box(pagebreak())", MessageKind::PagebreakInContainer, &[]),
    ("#box[#set page(width: 9pt)]", MessageKind::PageInContainer, &[]),
    ("#image(bytes((0x89, 0x50, 0x4e, 0x47)), format: \"png\")", MessageKind::CannotDecodeImage, &[]),
    ("#json(bytes(\"{\"))", MessageKind::CannotParse, &[]),
    ("#assert(false, message: \"no\")", MessageKind::AssertionFailed, &["no"]),
    ("#panic(1)", MessageKind::Panic, &["1"]),
];

#[test]
fn typst_says_of_mistakes_what_is_expected() {
    let mut strange = Vec::new();
    for (markup, kind, facts) in MISTAKES {
        let mut world = world(&[("main.typ", markup), ("main.txt.typ", "")]);
        world.insert("latin1.typ", Bytes::new([0xe4, 0xf6])).unwrap();
        let sections = [Section::new("all", "main.typ")];
        let number = |_: &[usize]| Ok(NumberedFiles::default());
        let said = match Typesetter::default().set(&mut world, &sections, number) {
            Err(PressError::Typst { error, .. }) => error.message,
            Err(error) => panic!("{markup}: {error}"),
            Ok(_) => panic!("{markup}: no mistake"),
        };
        let same_facts = facts.iter().zip(&said.facts).all(|(expected, fact)| fact.contains(expected));
        if said.kind != *kind || !same_facts || said.facts.len() < facts.len() {
            strange.push(format!("{markup}: {said:?}"));
        }
    }
    assert!(strange.is_empty(), "\n{}", strange.join("\n"));
}

#[test]
fn typst_names_the_standard_that_is_not_met_and_the_reason() {
    let picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"))";
    let font = &fonts().families()[0];
    let no_glyph = format!("= One\n#text(font: \"{font}\", fallback: false)[\u{10fff0}]");
    let mut cases = vec![
        (picture.to_owned(), Standard::Ua1, UnmetReason::NoAltText),
        ("= One\n=== Three".to_owned(), Standard::Ua1, UnmetReason::SkippedHeadingLevel),
        ("== Two".to_owned(), Standard::Ua1, UnmetReason::FirstHeadingLevel),
        (no_glyph, Standard::A2b, UnmetReason::MissingGlyph("\"\\u{10fff0}\"".to_owned())),
    ];
    // A private-use character that some font has: not every system has one.
    if let Some(letter) = ('\u{e000}'..'\u{f8ff}').find(|&letter| fonts().shows(letter)) {
        let quoted = format!("\"\\u{{{:x}}}\"", u32::from(letter));
        cases.push((format!("= One\n{letter}"), Standard::A2a, UnmetReason::NoMeaning(quoted)));
    }
    for (text, standard, reason) in cases {
        let unmet = exported(&text).unwrap().unmet;
        let told = unmet.iter().any(|unmet| unmet.standard == standard && unmet.reason == reason);
        assert!(told, "{text}: {unmet:?}");
    }
}

/// The font file `data` with a licence that forbids embedding.
fn restricted(mut data: Vec<u8>) -> Vec<u8> {
    let record = memchr::memmem::find(&data, b"OS/2").unwrap();
    let offset = u32::from_be_bytes(data[record + 8..record + 12].try_into().unwrap()) as usize;
    data[offset + 8..offset + 10].copy_from_slice(&[0, 2]);
    data
}

#[test]
fn typst_names_the_font_whose_licence_forbids_embedding() {
    let (family, file) = exported("text").unwrap().fonts.into_iter().next().unwrap();
    let data: &'static [u8] = restricted(std::fs::read(file).unwrap()).leak();
    let embedded: &'static [(&str, &[u8])] = vec![("restricted.ttf", data)].leak();
    let sources = FontSources { folder: None, embedded, system: false };
    let fonts = Fonts::find(&Script::LATIN, &[], &sources).unwrap();
    let mut world = FileWorld::new(&fonts);
    world.insert("main.typ", Bytes::from_string(format!("{HEAD}text"))).unwrap();
    let sections = [Section::new("all", "main.typ")];
    let number = |_: &[usize]| Ok(NumberedFiles::default());
    let document = Typesetter::default().set(&mut world, &sections, number).unwrap();
    let unmet = export(&document, &world, &ExportOptions::default()).unwrap().unmet;
    let told =
        |reason: &UnmetReason| matches!(reason, UnmetReason::FontLicence(font) if font.contains(&family));
    assert!(unmet.iter().any(|unmet| told(&unmet.reason)), "{unmet:?}");
}

#[test]
fn typst_writes_files_that_can_be_packed_and_marked() {
    let text = "#set page(bleed: 3mm)\n= One\n#link(\"https://typst.app\")[two] #pagebreak() three";
    let exported = exported(text).unwrap();
    assert_eq!((exported.warning, exported.pages), (None, 2));
    assert!(has(&exported.pdf, "/Type/ObjStm"));
}
