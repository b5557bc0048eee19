//! Typst in, PDF out: for long documents that are made by a program, section by section.
//!
//! ```no_run
//! use typst_press::{Bytes, ExportOptions, FileWorld, FontSources, Fonts, NumberedFiles, Script, Section, Typesetter};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let fonts = Fonts::find(&Script::LATIN, &[], &FontSources::default())?;
//! let mut world = FileWorld::new(&fonts);
//! world.insert("main.typ", Bytes::from_string("Page #json(\"section.json\").start"))?;
//! let sections = ["one", "two"].map(|name| Section::new(name, "main.typ"));
//! let document = Typesetter::default().set(&mut world, &sections, |starts| {
//!     let own = |start: &usize| ("section.json".to_owned(), Bytes::from_string(format!("{{\"start\": {start}}}")));
//!     Ok(NumberedFiles { own: starts.iter().map(|start| vec![own(start)]).collect(), ..NumberedFiles::default() })
//! })?;
//! let exported = typst_press::export(&document, &world, &ExportOptions::default())?;
//! std::fs::write("document.pdf", exported.pdf)?;
//! # Ok(())
//! # }
//! ```
//!
//! - [`Fonts`]: finds fonts in a folder, in the program and on the system, and chooses families for a [`Script`].
//! - [`FileWorld`]: what Typst may see: given files and the fonts. No disk, no network, no clock.
//! - [`Typesetter`]: sets each [`Section`] by itself, several at a time, and gives the memory back at its end. What was made
//!   from unchanged files is not set again. Sections take each other's page numbers from files, so none needs another.
//! - [`export`]: the PDF under the highest standards it can meet, packed, with crop marks around pages that have a bleed.
//!   Where it cannot be packed or marked, it is the file as Typst wrote it, with a warning.
//! - [`Panicked`] and [`Concessions`]: what to do without where a library panics.
//! - [`Message`]: what Typst says of a template, as data, to be told in another language.
//!
//! What rests on Typst's words and on the bytes of its files is in one place, `upstream`; the tests `upstream` tell when a
//! new version changes them.

mod diagnostics;
mod document;
mod error;
mod export;
mod fonts;
mod letters;
mod pdf;
mod picture;
mod rescue;
mod standards;
mod typesetter;
mod upstream;
mod world;

pub use diagnostics::{SourcePlace, TypstError};
pub use document::{Section, SetDocument};
pub use error::PressError;
pub use export::{ExportOptions, ExportWarning, Exported, export};
pub use fonts::{FontError, FontSources, Fonts, Script, UnavailableFont};
pub use letters::{RAISED_AND_LOWERED, Replacements, has_raised_or_lowered, has_right_to_left};
pub use picture::{Picture, PictureError, PictureFormat};
pub use rescue::{Concessions, Panicked, PanickedSection, caught};
pub use standards::{Standard, Unmet};
pub use typesetter::{NumberedFiles, Typesetter};
pub use upstream::conformance::UnmetReason;
pub use upstream::messages::{Message, MessageKind};
pub use world::{FileWorld, InvalidName};

pub use typst;
pub use typst::foundations::Bytes;
pub use typst_layout;
pub use typst_layout::PagedDocument;
pub use typst_pdf;
