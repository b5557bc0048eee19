//! A catalogue of three chapters with a table of contents, set twice: the second time only the changed
//! sections are set.
#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;

use typst_press::{
    Bytes, ExportOptions, FileWorld, FontSources, Fonts, NumberedFiles, Script, Section, Typesetter, export,
};

const TEMPLATE: &str = r#"
#let section = json("section.json")
#set document(title: "Catalogue", date: datetime(year: 2026, month: 1, day: 1))
#set page(width: 120mm, height: 80mm, bleed: 3mm, numbering: "1")
#counter(page).update(section.start)
#if section.name == "contents" [
  = Contents
  #for (name, page) in json("starts.json") [#name #h(1fr) #page \ ]
] else [
  = #section.name
  #read(section.name + ".txt")
]
"#;
const CHAPTERS: [&str; 3] = ["Chairs", "Lamps", "Tables"];

fn main() -> Result<(), Box<dyn Error>> {
    let fonts = Fonts::find(&Script::LATIN, &[], &FontSources::default())?;
    let mut world = FileWorld::new(&fonts);
    world.insert("catalogue.typ", Bytes::from_string(TEMPLATE))?;
    for chapter in CHAPTERS {
        world.insert(&format!("{chapter}.txt"), Bytes::from_string(format!("All about {chapter}.")))?;
    }
    let names = || std::iter::once("contents").chain(CHAPTERS);
    let sections: Vec<Section> =
        names().map(|name| Section { recto: true, ..Section::new(name, "catalogue.typ") }).collect();
    let numbered = |starts: &[usize]| {
        let list: Vec<String> =
            names().zip(starts).skip(1).map(|(name, start)| format!("[\"{name}\", {start}]")).collect();
        let own = |(name, start): (&str, &usize)| {
            let json = format!("{{\"name\": \"{name}\", \"start\": {start}}}");
            vec![("section.json".to_owned(), Bytes::from_string(json))]
        };
        let list = Bytes::from_string(format!("[{}]", list.join(", ")));
        Ok(NumberedFiles {
            shared: vec![("starts.json".to_owned(), list)],
            own: names().zip(starts).map(own).collect(),
        })
    };

    let mut typesetter = Typesetter::default();
    let document = typesetter.set(&mut world, &sections, numbered)?;
    println!("set {} of {} sections", typesetter.retypeset(), sections.len());
    export(&document, &world, &ExportOptions::default())?;

    world.insert("Lamps.txt", Bytes::from_string("Lamps have become brighter."))?;
    let document = typesetter.set(&mut world, &sections, numbered)?;
    println!("after a change, set {} of {} sections", typesetter.retypeset(), sections.len());
    let exported = export(&document, &world, &ExportOptions::default())?;
    let standards: Vec<&str> = exported.standards.iter().map(|standard| standard.name()).collect();
    let path = std::env::temp_dir().join("catalogue.pdf");
    std::fs::write(&path, &exported.pdf)?;
    println!("{}: {} pages, {}", path.display(), exported.pages, standards.join(", "));
    Ok(())
}
