//! Exports pages to a PDF file: under standards, with crop marks on pages with a bleed, and compressed.

use std::collections::BTreeSet;

use rayon::prelude::*;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

use crate::diagnostics::{TypstError, file_and_line};
use crate::document::SetDocument;
use crate::error::PressError;
use crate::pdf::{PdfFile, add_crop_marks};
use crate::rescue::{Panicked, caught};
use crate::standards::{Standard, StandardTargets, Unmet};
use crate::world::FileWorld;

/// How a file is exported.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// The file's creator program.
    pub creator: Option<String>,
    /// Lists of alternative standards. The first possible one of each list is used.
    pub standards: Vec<Vec<Standard>>,
}

impl Default for ExportOptions {
    /// For the archive and for screen readers.
    fn default() -> Self {
        let archive = vec![Standard::A2a, Standard::A2u, Standard::A2b];
        Self { creator: None, standards: vec![archive, vec![Standard::Ua1]] }
    }
}

/// An exported file.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Its fonts: family and file.
    pub fonts: BTreeSet<(String, String)>,
    /// The standards it meets.
    pub standards: Vec<Standard>,
    /// The standards it was meant to meet but does not.
    pub unmet: Vec<Unmet>,
    /// What could not be applied to it.
    pub warning: Option<ExportWarning>,
}

/// The file is as Typst wrote it, because its structure is unknown: after an upgrade of Typst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportWarning {
    /// It is larger than necessary.
    NotPacked,
    /// It is larger than necessary, and lacks its crop marks.
    NoCropMarks,
}

/// Exports `document`, set from `world`. Standards that cannot be met are dropped and reported.
///
/// # Errors
/// When Typst cannot export it, or a library panics.
pub fn export(
    document: &SetDocument,
    world: &FileWorld<'_>,
    options: &ExportOptions,
) -> Result<Exported, PressError> {
    let pages = document.assemble();
    let (plain, aim, unmet) = match caught(|| plain(&pages, world, options)) {
        Ok(plain) => plain?,
        Err(reason) => return Err(PressError::Panicked(culprits(document, world, options, reason))),
    };
    let with_bleed = pages.pages().iter().filter(|page| !page.bleed.is_zero()).count();
    let (pdf, warning) = finished(plain, with_bleed);
    let exported = Exported {
        pdf,
        pages: pages.pages().len(),
        fonts: world.fonts().used(&pages),
        standards: aim.standards(),
        unmet,
        warning,
    };
    // Free its many small allocations while the caller continues.
    rayon::spawn(move || drop(pages));
    Ok(exported)
}

/// The file `plain`, compressed and with crop marks on its `with_bleed` pages; unchanged with a warning if
/// that fails.
fn finished(plain: Vec<u8>, with_bleed: usize) -> (Vec<u8>, Option<ExportWarning>) {
    let packed = || {
        let mut file = PdfFile::read(&plain)?;
        (add_crop_marks(&mut file) == with_bleed).then(|| file.write())
    };
    match caught(packed) {
        Ok(Some(packed)) => (packed, None),
        _ if with_bleed > 0 => (plain, Some(ExportWarning::NoCropMarks)),
        _ => (plain, Some(ExportWarning::NotPacked)),
    }
}

/// The sections for which the export panics, each tried separately. Empty where only a combination panics.
fn culprits(
    document: &SetDocument,
    world: &FileWorld<'_>,
    options: &ExportOptions,
    reason: String,
) -> Panicked {
    let panics = |index: &usize| {
        let alone = document.sections[*index].1.alone();
        caught(|| plain(&alone, world, options).is_ok()).is_err()
    };
    let culprits: Vec<usize> = (0..document.sections.len()).into_par_iter().filter(panics).collect();
    Panicked { sections: culprits.into_iter().filter_map(|index| document.panicked(index)).collect(), reason }
}

/// The file as Typst writes it, with the standards met and unmet.
fn plain<'o>(
    document: &PagedDocument,
    world: &FileWorld<'_>,
    options: &'o ExportOptions,
) -> Result<(Vec<u8>, StandardTargets<'o>, Vec<Unmet>), PressError> {
    let mut aim = StandardTargets::highest(&options.standards);
    let mut unmet = Vec::new();
    loop {
        match typst_pdf::pdf(document, &typst_options(&aim, options)?) {
            Ok(bytes) => return Ok((bytes, aim, unmet)),
            Err(errors) => {
                let given_up = aim.lower(&errors, |error| file_and_line(error.span, world));
                if given_up.is_empty() {
                    let error = Box::new(TypstError::of(&errors, world));
                    return Err(PressError::Typst { sections: Vec::new(), error });
                }
                unmet.extend(given_up);
            }
        }
    }
}

/// No creation time, so that the same files give the same bytes.
fn typst_options(aim: &StandardTargets<'_>, options: &ExportOptions) -> Result<PdfOptions, PressError> {
    let standards = PdfStandards::new(&aim.typst())
        .map_err(|error| PressError::Standards(error.message().to_string()))?;
    let creator = options.creator.clone().map_or(Smart::Auto, |creator| Smart::Custom(Some(creator)));
    Ok(PdfOptions { creator, standards, ..PdfOptions::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::upstream::bytes::sample;

    #[test]
    fn a_file_whose_bytes_are_not_as_expected_is_given_out_plain_with_a_warning() {
        let (packed, warning) = finished(sample(), 0);
        assert!(packed != sample() && warning.is_none());
        let strange = [sample(), b"\n%of another make".to_vec()].concat();
        let strange = String::from_utf8(strange).unwrap().replace("xref\n0", "xref\n 0").into_bytes();
        assert_eq!(finished(strange.clone(), 0), (strange.clone(), Some(ExportWarning::NotPacked)));
        assert_eq!(finished(strange.clone(), 3), (strange, Some(ExportWarning::NoCropMarks)));
        let message = "a page with a bleed that is not found as one";
        assert_eq!(finished(sample(), 1), (sample(), Some(ExportWarning::NoCropMarks)), "{message}");
    }
}
