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

use super::pages::{self, Chunk};
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
struct SetChunk {
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

    /// Sets `chunks` from the files of `world`. Where a template takes more or fewer pages than expected, numbers and
    /// links would be wrong: what shows them is set again until they are right.
    pub(super) fn set(
        &mut self,
        world: &mut BookWorld<'_>,
        chunks: &[Chunk],
    ) -> Result<PagedDocument, BookError> {
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
            let set = self.set_all(world, chunks, &starts)?;
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
                return Ok(bound(chunks, set));
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
    ) -> Result<Vec<SetChunk>, BookError> {
        let world_of = |(chunk, &start): (&Chunk, &usize)| {
            world.of_chunk(to_json(&Piece { part: chunk.part, id: &chunk.label, start })?)
        };
        let worlds: Vec<ChunkWorld<'_>> =
            chunks.iter().zip(starts).map(world_of).collect::<Result<_, _>>()?;
        let known = |chunk: &Chunk, world: &ChunkWorld<'_>| {
            self.remembered.get(&chunk.label).filter(|known| known.is_made_from(world)).cloned()
        };
        let known: Vec<Option<SetChunk>> =
            chunks.iter().zip(&worlds).map(|(chunk, world)| known(chunk, world)).collect();
        self.anew += known.iter().filter(|known| known.is_none()).count();
        let set: Vec<Result<SetChunk, Box<TemplateError>>> = known
            .into_par_iter()
            .zip(chunks.par_iter().zip(&worlds))
            .with_max_len(1)
            .map(|(known, (chunk, world))| known.map_or_else(|| SetChunk::new(world, chunk), Ok))
            .collect();
        let plans = || chunks.iter().zip(&set).filter(|(chunk, _)| chunk.org.is_some());
        let every_plan_fails = plans().count() > 1 && plans().all(|(_, set)| set.is_err());
        let set: Vec<SetChunk> = set.into_iter().collect::<Result<_, _>>().map_err(|mut error| {
            // An error that all plans meet is none of the first one's.
            error.plan.take_if(|_| every_plan_fails);
            BookError::Template(error)
        })?;
        self.remembered = chunks.iter().map(|chunk| chunk.label.clone()).zip(set.iter().cloned()).collect();
        Ok(set)
    }
}

impl SetChunk {
    fn new(world: &ChunkWorld<'_>, chunk: &Chunk) -> Result<Self, Box<TemplateError>> {
        let set = typst::compile::<Pages>(world).output;
        comemo::evict(0);
        let Pages(document) =
            set.map_err(|errors| TemplateError { plan: chunk.org.clone(), ..world.book.describe(&errors) })?;
        let read = world.read();
        Ok(Self { pages: document.pages().to_vec(), info: document.info().clone(), read })
    }

    /// Whether setting it again from `world` would come to the same.
    fn is_made_from(&self, world: &ChunkWorld<'_>) -> bool {
        self.read.iter().all(|(id, bytes)| world.content(*id).is_some_and(|now| now == bytes))
    }
}

/// The chunks as one document, with empty pages before those that begin on the right.
fn bound(chunks: &[Chunk], set: Vec<SetChunk>) -> PagedDocument {
    let info = set.first().map(|chunk| chunk.info.clone()).unwrap_or_default();
    let mut pages: EcoVec<Page> = EcoVec::new();
    for (chunk, set) in chunks.iter().zip(set) {
        let empty = set.pages.first().filter(|_| chunk.recto && pages.len() % 2 == 1);
        let empty = empty.map(|page| Page { frame: Frame::hard(page.frame.size()), ..page.clone() });
        for page in empty.into_iter().chain(set.pages) {
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
