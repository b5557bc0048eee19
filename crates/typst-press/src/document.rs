//! Sections, separately and as one document.

use typst::ecow::EcoVec;
use typst::foundations::Bytes;
use typst::layout::Frame;
use typst::model::DocumentInfo;
use typst::syntax::FileId;
use typst_layout::{Page, PagedDocument};

use crate::rescue::PanickedSection;

/// Consecutive pages that are set independently of the rest of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its unique name.
    pub name: String,
    /// Its main Typst file.
    pub main: String,
    /// Whether it begins on a right-hand page, preceded by an empty one if necessary.
    pub recto: bool,
    /// The expected number of pages.
    pub pages: usize,
}

impl Section {
    /// A section of one page that may begin on either side.
    pub fn new(name: impl Into<String>, main: impl Into<String>) -> Self {
        Self { name: name.into(), main: main.into(), recto: false, pages: 1 }
    }
}

/// The first page number of each section, given their `pages`.
pub(crate) fn starts(sections: &[Section], pages: &[usize]) -> Vec<usize> {
    let start = |next: &mut usize, (section, pages): (&Section, &usize)| {
        let start = *next + usize::from(section.recto && next.is_multiple_of(2));
        *next = start + pages;
        Some(start)
    };
    sections.iter().zip(pages).scan(1, start).collect()
}

/// The pages of a section, and the files they were made from.
#[derive(Clone)]
pub(crate) struct SetSection {
    pub pages: Vec<Page>,
    pub info: DocumentInfo,
    pub main: FileId,
    pub read: Vec<(FileId, Bytes)>,
}

impl SetSection {
    /// The section as a separate document.
    pub(crate) fn alone(&self) -> PagedDocument {
        PagedDocument::new(self.pages.iter().cloned().collect(), self.info.clone())
    }
}

/// A document whose sections have been set.
pub struct SetDocument {
    pub(crate) sections: Vec<(Section, SetSection)>,
    /// Indices of the sections whose number of pages differs from the expected one.
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

    /// The section at `index`, for which a library panicked.
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
