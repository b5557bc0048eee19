//! Setting the book: chunk by chunk, several at a time, and what has not changed is not set again.
//!
//! Rust has cut the book into pages and knows their numbers, so no chunk needs another. What Typst remembers of a
//! chunk goes when the chunk is done; only its pages stay, until the whole book is exported.

use std::collections::HashMap;

use rayon::prelude::*;
use serde::Serialize;
use typst::comemo;
use typst::diag::SourceResult;
use typst::ecow::EcoVec;
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Output, StyleChain, Target};
use typst::introspection::{Introspector, Location, Locator};
use typst::layout::Frame;
use typst::model::{Document, DocumentInfo};
use typst::syntax::FileId;
use typst::utils::hash128;
use typst_layout::{Page, PagedDocument, layout_document_for_bundle};

use super::fonts::has_small_figures;
use super::pages::{self, Chunk};
use super::rescue::{Concessions, Stopped, caught};
use super::world::{BookWorld, ChunkWorld, PLACES};
use super::{BookError, TemplateError, to_json};
use crate::project::BookPart;

/// How often a book is set because its chunks take other numbers of pages than expected.
const MOST_ATTEMPTS: usize = 4;

/// Sets books, and remembers the pages of the last one: what was made from the same files is not set again.
#[derive(Default)]
pub struct Typesetter {
    /// By the label of the chunk.
    remembered: HashMap<String, SetChunk>,
    /// The fonts they were set in.
    fonts: u128,
    anew: usize,
    other_length: Vec<String>,
}

/// A chunk as pages, and the files they were made from.
#[derive(Clone)]
pub(super) struct SetChunk {
    pages: Vec<Page>,
    info: DocumentInfo,
    read: Vec<(FileId, Bytes)>,
}

/// What is being set: the templates read it beside the data.
#[derive(Serialize)]
struct Piece<'c> {
    part: BookPart,
    /// The label of the chunk.
    id: &'c str,
    /// The number of its first page.
    start: usize,
    /// How many pages it was cut into.
    pages: usize,
    /// Whether it is a plan.
    plan: bool,
    /// Whether letters are moved towards each other. They are not, so that text is as wide as it was measured, but where
    /// letters run from right to left: the shaper stops at those where it may not.
    kerning: bool,
    /// Whether there are raised or lowered figures in it.
    has_small_figures: bool,
}

/// Why a chunk could not be set.
enum Trouble {
    /// A template is wrong.
    Template(Box<TemplateError>),
    /// A library stopped, saying this.
    Stopped(String),
}

/// Why the chunks could not be set.
pub(super) enum Unset {
    /// Nothing can be done about it here.
    Error(BookError),
    /// A library stopped at some of them.
    Stopped(Stopped),
}

impl From<BookError> for Unset {
    fn from(error: BookError) -> Self {
        Self::Error(error)
    }
}

impl Typesetter {
    /// How many parts and plans of the last book had to be set.
    pub fn set_anew(&self) -> usize {
        self.anew
    }

    /// The titles of parts, and organisations whose plans, take another number of pages than they were cut into: a template
    /// of the office's own runs over, or leaves pages out.
    pub(super) fn of_other_length(&mut self) -> Vec<String> {
        std::mem::take(&mut self.other_length)
    }

    /// Sets `chunks` from the files of `world`; those that `conceded` covers are a page that says so. Where a template takes
    /// more or fewer pages than expected, numbers and links would be wrong: what shows them is set again until they are right.
    pub(super) fn set(
        &mut self,
        world: &mut BookWorld<'_>,
        chunks: &[Chunk],
        conceded: &Concessions,
    ) -> Result<Vec<SetChunk>, Unset> {
        let fonts = hash128(world.fonts());
        if std::mem::replace(&mut self.fonts, fonts) != fonts {
            self.remembered.clear();
        }
        self.anew = 0;
        let mut expected: Vec<usize> = chunks.iter().map(|chunk| chunk.pages).collect();
        let mut attempts = 0;
        loop {
            let starts = pages::starts(chunks, &expected);
            world.put(PLACES, to_json(&pages::places(chunks, &starts))?)?;
            let set = self.set_all(world, chunks, &starts, conceded)?;
            let actual: Vec<usize> = set.iter().map(|chunk| chunk.pages.len()).collect();
            attempts += 1;
            if actual == expected || attempts == MOST_ATTEMPTS {
                // Findings alone are not cut beforehand.
                let other = |(chunk, pages): &(&Chunk, &usize)| {
                    chunk.part != BookPart::Findings && chunk.pages != **pages
                };
                let name = |chunk: &Chunk| chunk.org.clone().unwrap_or_else(|| chunk.part.name());
                self.other_length =
                    chunks.iter().zip(&actual).filter(other).map(|(chunk, _)| name(chunk)).collect();
                return Ok(set);
            }
            expected = actual;
        }
    }

    /// Each chunk's pages. The first error in the order of the book is told, whichever came up first.
    fn set_all(
        &mut self,
        world: &BookWorld<'_>,
        chunks: &[Chunk],
        starts: &[usize],
        conceded: &Concessions,
    ) -> Result<Vec<SetChunk>, Unset> {
        let world_of = |(chunk, &start): (&Chunk, &usize)| {
            let piece = Piece {
                part: chunk.part,
                id: &chunk.label,
                start,
                pages: chunk.pages,
                plan: chunk.plan.is_some(),
                kerning: world.texts_of(chunk).any(runs_leftwards),
                has_small_figures: world.texts_of(chunk).any(has_small_figures),
            };
            world.of_chunk(to_json(&piece)?, conceded.covers(chunk))
        };
        let worlds: Vec<ChunkWorld<'_>> =
            chunks.iter().zip(starts).map(world_of).collect::<Result<_, _>>()?;
        let known = |chunk: &Chunk, world: &ChunkWorld<'_>| {
            self.remembered.get(&chunk.label).filter(|known| known.is_made_from(world)).cloned()
        };
        let known: Vec<Option<SetChunk>> =
            chunks.iter().zip(&worlds).map(|(chunk, world)| known(chunk, world)).collect();
        self.anew += known.iter().filter(|known| known.is_none()).count();
        let set: Vec<Result<SetChunk, Trouble>> = known
            .into_par_iter()
            .zip(chunks.par_iter().zip(&worlds))
            .with_max_len(1)
            .map(|(known, (chunk, world))| known.map_or_else(|| SetChunk::new(world, chunk), Ok))
            .collect();
        let made = |(chunk, set): (&Chunk, &Result<SetChunk, Trouble>)| {
            Some((chunk.label.clone(), set.as_ref().ok()?.clone()))
        };
        self.remembered = chunks.iter().zip(&set).filter_map(made).collect();
        all(chunks, set)
    }
}

/// Signs that turn what follows them.
const DIRECTIONS: [&str; 4] = ["\u{200f}", "\u{202b}", "\u{202e}", "\u{2067}"];

/// Whether any letters of `text` run from right to left: Hebrew, Arabic, Syriac and their like.
fn runs_leftwards(text: &str) -> bool {
    let letter = |c: char| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}' | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    };
    // Most text is told by its bytes: no letter begins like these, and none of the signs for a direction is in it.
    let possible = text.bytes().any(|byte| matches!(byte, 0xd6..=0xe0 | 0xef..))
        || DIRECTIONS.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some());
    possible && text.chars().any(letter)
}

/// The chunks, if all of them could be set.
fn all(chunks: &[Chunk], set: Vec<Result<SetChunk, Trouble>>) -> Result<Vec<SetChunk>, Unset> {
    let plans = || chunks.iter().zip(&set).filter(|(chunk, _)| chunk.org.is_some());
    let every_plan_fails = plans().count() > 1 && plans().all(|(_, set)| set.is_err());
    let mut stopped = Stopped { chunks: Vec::new(), reason: String::new() };
    let mut pages = Vec::with_capacity(set.len());
    for (index, set) in set.into_iter().enumerate() {
        match set {
            Ok(set) => pages.push(set),
            Err(Trouble::Stopped(reason)) => {
                stopped.chunks.push(index);
                stopped.reason = reason;
            }
            Err(Trouble::Template(mut error)) => {
                // An error that all plans meet is none of the first one's.
                error.plan.take_if(|_| every_plan_fails);
                return Err(BookError::Template(error).into());
            }
        }
    }
    if stopped.chunks.is_empty() { Ok(pages) } else { Err(Unset::Stopped(stopped)) }
}

impl SetChunk {
    fn new(world: &ChunkWorld<'_>, chunk: &Chunk) -> Result<Self, Trouble> {
        let set = caught(|| typst::compile::<Pages>(world).output);
        comemo::evict(0);
        let Pages(document) = set.map_err(Trouble::Stopped)?.map_err(|errors| {
            let error = TemplateError { plan: chunk.org.clone(), ..world.book.describe(&errors) };
            Trouble::Template(Box::new(error))
        })?;
        let read = world.read();
        Ok(Self { pages: document.pages().to_vec(), info: document.info().clone(), read })
    }

    /// Whether setting it again from `world` would come to the same.
    fn is_made_from(&self, world: &ChunkWorld<'_>) -> bool {
        self.read.iter().all(|(id, bytes)| world.content(*id).is_some_and(|now| now == bytes))
    }

    /// The chunk as a document of its own.
    pub(super) fn alone(&self) -> PagedDocument {
        PagedDocument::new(self.pages.iter().cloned().collect(), self.info.clone())
    }
}

/// The chunks as one document, with empty pages before those that begin on the right.
pub(super) fn bound(chunks: &[Chunk], set: &[SetChunk]) -> PagedDocument {
    let info = set.first().map(|chunk| chunk.info.clone()).unwrap_or_default();
    let mut pages: EcoVec<Page> = EcoVec::new();
    for (chunk, set) in chunks.iter().zip(set) {
        let empty = set.pages.first().filter(|_| chunk.recto && pages.len() % 2 == 1);
        let empty = empty.map(|page| Page { frame: Frame::hard(page.frame.size()), ..page.clone() });
        for page in empty.into_iter().chain(set.pages.iter().cloned()) {
            let number = pages.len() as u64 + 1;
            pages.push(Page { number, ..page });
        }
    }
    PagedDocument::new(pages, info)
}

/// The pages of a chunk. Their elements bear names (locations) that no other chunk's have, so that they stay apart in
/// the whole book.
struct Pages(PagedDocument);

impl Output for Pages {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine<'_>, content: &Content, styles: StyleChain<'_>) -> SourceResult<Self> {
        let locator = Locator::synthesize(Location::new(hash128(content)));
        layout_document_for_bundle(engine, content, locator, styles).map(Self)
    }

    fn introspector(&self) -> &dyn Introspector {
        Output::introspector(&self.0)
    }
}
