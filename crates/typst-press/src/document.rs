//! Sections, on their own and as one document.

use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::layout::Frame;
use typst::model::DocumentInfo;
use typst::syntax::FileId;
use typst_layout::{Page, PagedDocument};

use crate::rescue::PanickedSection;

/// Pages that follow each other whatever stands before: set by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is known by; no other section of the document has this name.
    pub name: String,
    /// The file that Typst begins with.
    pub main: String,
    /// Whether it begins on a right-hand page, after an empty one where need be.
    pub recto: bool,
    /// How many pages it is expected to take.
    pub pages: usize,
}

impl Section {
    /// A section of one page that begins on any side.
    pub fn new(name: impl Into<String>, main: impl Into<String>) -> Self {
        Self { name: name.into(), main: main.into(), recto: false, pages: 1 }
    }
}

/// The number of the first page of each section, if they take so many `pages`.
pub(crate) fn starts(sections: &[Section], pages: &[usize]) -> Vec<usize> {
    let start = |next: &mut usize, (section, pages): (&Section, &usize)| {
        let start = *next + usize::from(section.recto && next.is_multiple_of(2));
        *next = start + pages;
        Some(start)
    };
    sections.iter().zip(pages).scan(1, start).collect()
}

/// A section as pages, and what they were made from.
#[derive(Clone)]
pub(crate) struct SetSection {
    pub pages: Vec<Page>,
    pub info: DocumentInfo,
    pub main: FileId,
    pub read: Vec<(FileId, Bytes)>,
}

impl SetSection {
    /// The section as a document of its own.
    pub(crate) fn alone(&self) -> PagedDocument {
        PagedDocument::new(self.pages.iter().cloned().collect(), self.info.clone())
    }
}

/// A document whose sections are set.
pub struct SetDocument {
    pub(crate) sections: Vec<(Section, SetSection)>,
    /// Positions of the sections that take another number of pages than expected.
    pub page_count_mismatches: Vec<usize>,
}

impl SetDocument {
    /// The sections as one document, with empty pages before those that begin on the right.
    pub fn assemble(&self) -> PagedDocument {
        let info = self.sections.first().map(|(_, set)| set.info.clone()).unwrap_or_default();
        let mut pages: EcoVec<Page> = EcoVec::new();
        for (section, set) in &self.sections {
            let empty = set.pages.first().filter(|_| section.recto && pages.len() % 2 == 1);
            let empty = empty.map(|page| Page { frame: Frame::hard(page.frame.size()), ..page.clone() });
            for page in empty.into_iter().chain(set.pages.iter().cloned()) {
                let number = pages.len() as u64 + 1;
                pages.push(Page { number, ..page });
            }
        }
        PagedDocument::new(pages, info)
    }

    /// The section at `index`, at which a library panicked.
    pub(crate) fn panicked(&self, index: usize) -> Option<PanickedSection> {
        self.sections.get(index).map(|(section, set)| PanickedSection::new(&section.name, &set.read))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_begins_on_the_right_after_an_empty_page_and_moves_with_those_before_it() {
        let sections = [false, true, false].map(|recto| Section { recto, ..Section::new("a", "a.typ") });
        assert_eq!(starts(&sections, &[1, 2, 1]), [1, 3, 5]);
        assert_eq!(starts(&sections, &[4, 3, 1]), [1, 5, 8]);
    }
}
