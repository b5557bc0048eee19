//! Whole documents: from files to a PDF.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod export;
mod fonts;
mod sections;
mod upstream;

use std::sync::OnceLock;

use typst_press::{
    Bytes, ExportOptions, Exported, FileWorld, FontSources, Fonts, NumberedFiles, PressError, Script,
    Section, Typesetter, export,
};

/// The system's fonts. `.ci/setup` installs some wherever the tests run.
fn fonts() -> &'static Fonts {
    static FONTS: OnceLock<Fonts> = OnceLock::new();
    FONTS.get_or_init(|| Fonts::find(&Script::LATIN, &[], &FontSources::default()).unwrap())
}

/// The settings a document needs to meet the standards, and small pages.
const HEAD: &str = "#set document(title: \"Test\", date: datetime(year: 2026, month: 1, day: 1))\n\
    #set page(width: 200pt, height: 100pt)\n";

/// A world with these files.
fn world(files: &[(&str, &str)]) -> FileWorld<'static> {
    let mut world = FileWorld::new(fonts());
    for (name, text) in files {
        world.insert(name, Bytes::from_string((*text).to_owned())).unwrap();
    }
    world
}

/// A document of one section with this text after [`HEAD`].
fn exported(text: &str) -> Result<Exported, PressError> {
    let mut world = world(&[("main.typ", &format!("{HEAD}{text}"))]);
    let sections = [Section::new("all", "main.typ")];
    let document = Typesetter::default().set(&mut world, &sections, |_| Ok(NumberedFiles::default()))?;
    export(&document, &world, &ExportOptions::default())
}

fn has(pdf: &[u8], text: &str) -> bool {
    memchr::memmem::find(pdf, text.as_bytes()).is_some()
}
