//! Sets a document section by section, in parallel, and reuses unchanged sections.
//!
//! Sections read page numbers from files and do not depend on each other. Typst's caches for a section are
//! freed when it is done; only its pages are kept until the export.

use std::collections::HashMap;

use rayon::prelude::*;
use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Bytes, Content, Output, StyleChain, Target};
use typst::introspection::{Introspector, Location, Locator};
use typst::model::Document;
use typst::utils::hash128;
use typst::{World, comemo};
use typst_layout::{PagedDocument, layout_document_for_bundle};

use crate::diagnostics::TypstError;
use crate::document::{Section, SetDocument, SetSection, starts};
use crate::error::PressError;
use crate::rescue::{Panicked, PanickedSection, caught};
use crate::world::{FileWorld, SectionWorld};

/// The most attempts at setting a document whose sections take other numbers of pages than expected.
const MAX_ATTEMPTS: usize = 4;

/// The files that depend on page numbers.
#[derive(Clone, Debug, Default)]
pub struct NumberedFiles {
    /// Files that all sections may read: name and content.
    pub shared: Vec<(String, Bytes)>,
    /// Data files of each section, invisible to the others. Trailing sections without any may be omitted.
    pub own: Vec<Vec<(String, Bytes)>>,
}

/// Sets documents, and keeps the last one's pages: what was made from the same files is not set again.
#[derive(Default)]
pub struct Typesetter {
    /// By the name of the section.
    remembered: HashMap<String, SetSection>,
    /// The fonts they were set in.
    fonts: u128,
    retypeset: usize,
}

/// Why a section could not be set.
enum Failure {
    Typst(Box<TypstError>),
    Panicked { section: PanickedSection, reason: String },
}

impl Typesetter {
    /// How many times sections of the last document were set.
    pub fn retypeset(&self) -> usize {
        self.retypeset
    }

    /// Sets `sections` from the files of `world`. `number` makes the files that depend on page numbers from
    /// the first page number of each section. If sections take other numbers of pages than expected, it is
    /// called again with the right ones, and the sections that read its files are set again.
    ///
    /// # Errors
    /// When a file is wrong or a library panics.
    pub fn set(
        &mut self,
        world: &mut FileWorld<'_>,
        sections: &[Section],
        mut number: impl FnMut(&[usize]) -> Result<NumberedFiles, String>,
    ) -> Result<SetDocument, PressError> {
        let fonts = hash128(world.fonts().book());
        if std::mem::replace(&mut self.fonts, fonts) != fonts {
            self.remembered.clear();
        }
        self.retypeset = 0;
        let mut expected: Vec<usize> = sections.iter().map(|section| section.pages).collect();
        let mut attempts = 0;
        loop {
            let files = number(&starts(sections, &expected)).map_err(PressError::Numbering)?;
            for (name, content) in files.shared {
                world.insert(&name, content)?;
            }
            let set = self.set_all(world, sections, &files.own)?;
            let actual: Vec<usize> = set.iter().map(|section| section.pages.len()).collect();
            attempts += 1;
            if actual == expected || attempts == MAX_ATTEMPTS {
                let mismatch = |&index: &usize| sections[index].pages != actual[index];
                let page_count_mismatches = (0..sections.len()).filter(mismatch).collect();
                let sections = sections.iter().cloned().zip(set).collect();
                return Ok(SetDocument { sections, page_count_mismatches });
            }
            expected = actual;
        }
    }

    /// Each section's pages.
    fn set_all(
        &mut self,
        world: &FileWorld<'_>,
        sections: &[Section],
        own: &[Vec<(String, Bytes)>],
    ) -> Result<Vec<SetSection>, PressError> {
        let own = own.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        let worlds = sections.iter().zip(own).map(|(section, own)| world.section(&section.main, own));
        let worlds: Vec<SectionWorld<'_>> = worlds.collect::<Result<_, _>>()?;
        let known = |(section, world): (&Section, &SectionWorld<'_>)| {
            self.remembered.get(&section.name).filter(|known| is_made_from(known, world)).cloned()
        };
        let known: Vec<Option<SetSection>> = sections.iter().zip(&worlds).map(known).collect();
        self.retypeset += known.iter().filter(|known| known.is_none()).count();
        let set: Vec<Result<SetSection, Failure>> = known
            .into_par_iter()
            .zip(sections.par_iter().zip(&worlds))
            .with_max_len(1)
            .map(|(known, (section, world))| known.map_or_else(|| set_section(section, world), Ok))
            .collect();
        let made = |(section, set): (&Section, &Result<SetSection, Failure>)| {
            Some((section.name.clone(), set.as_ref().ok()?.clone()))
        };
        self.remembered = sections.iter().zip(&set).filter_map(made).collect();
        all(set)
    }
}

/// The sections, if all of them could be set. Reports the first error in section order, and a panic only if
/// there is no error.
fn all(set: Vec<Result<SetSection, Failure>>) -> Result<Vec<SetSection>, PressError> {
    let mut done = Vec::with_capacity(set.len());
    let (mut wrong, mut first_error) = (Vec::new(), None);
    let mut panicked = Panicked::default();
    for (index, set) in set.into_iter().enumerate() {
        match set {
            Ok(set) => done.push(set),
            Err(Failure::Typst(error)) => {
                wrong.push(index);
                first_error.get_or_insert(error);
            }
            Err(Failure::Panicked { section, reason }) => {
                panicked.sections.push(section);
                panicked.reason = reason;
            }
        }
    }
    match first_error {
        Some(error) => Err(PressError::Typst { sections: wrong, error }),
        None if panicked.sections.is_empty() => Ok(done),
        None => Err(PressError::Panicked(panicked)),
    }
}

fn set_section(section: &Section, world: &SectionWorld<'_>) -> Result<SetSection, Failure> {
    let set = caught(|| typst::compile::<Pages>(world).output);
    comemo::evict(0);
    let read = world.read();
    let set = set.map_err(|reason| Failure::Panicked {
        section: PanickedSection::new(&section.name, &read),
        reason,
    })?;
    let Pages(document) =
        set.map_err(|errors| Failure::Typst(Box::new(TypstError::of(&errors, world.shared))))?;
    let (pages, info) = (document.pages().to_vec(), document.info().clone());
    Ok(SetSection { pages, info, main: world.main(), read })
}

/// Whether setting `known` again from `world` would give the same result.
fn is_made_from(known: &SetSection, world: &SectionWorld<'_>) -> bool {
    let same = |(id, bytes): &(_, Bytes)| world.content(*id).is_some_and(|now| now == bytes);
    known.main == world.main() && known.read.iter().all(same)
}

/// The pages of a section. Their elements have names (locations) unique in the whole document.
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
