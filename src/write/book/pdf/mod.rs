//! From set pages to the file: exported under its standards, with crop marks where it goes to the printer, and packed.

mod file;
mod marks;
mod standards;
#[cfg(test)]
mod tests;

use rayon::prelude::*;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

use super::rescue::{Stopped, caught};
use super::set::SetChunk;
use super::{BookError, BookWorld};
use file::File;
pub(super) use marks::BLEED_MM;
use standards::Aim;
pub use standards::Unmet;

/// The file.
pub(super) struct Exported {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The standards it meets.
    pub standards: Vec<&'static str>,
    /// The standards it was to meet and does not.
    pub unmet: Vec<Unmet>,
}

/// Exports `document`, set from `world`: tagged for screen readers, fit for the archive. A standard that cannot be met is
/// given up and told.
pub(super) fn export(document: &PagedDocument, world: &BookWorld<'_>) -> Result<Exported, BookError> {
    let (plain, aim, unmet) = plain(document, world)?;
    let standards = aim.names();
    // A file that is built in another way than expected is good as it is, only larger.
    let Some(mut file) = File::read(&plain) else { return Ok(Exported { bytes: plain, standards, unmet }) };
    marks::add(&mut file);
    Ok(Exported { bytes: file.write(), standards, unmet })
}

/// Which of the chunks the export stops at: each is exported by itself. None where it takes several to stop it.
pub(super) fn culprits(set: &[SetChunk], world: &BookWorld<'_>, reason: String) -> Stopped {
    let stops = |chunk: &SetChunk| caught(|| plain(&chunk.alone(), world).is_ok()).is_err();
    let stopping = set.par_iter().enumerate().filter(|(_, chunk)| stops(chunk));
    Stopped { chunks: stopping.map(|(at, _)| at).collect(), reason }
}

/// The file as Typst writes it, the standards it meets and those it does not.
fn plain(document: &PagedDocument, world: &BookWorld<'_>) -> Result<(Vec<u8>, Aim, Vec<Unmet>), BookError> {
    let mut aim = Aim::highest();
    let mut unmet = Vec::new();
    loop {
        match typst_pdf::pdf(document, &options(&aim)?) {
            Ok(bytes) => return Ok((bytes, aim, unmet)),
            Err(errors) => {
                let given_up = aim.lower(&errors, |error| world.place_of(error));
                if given_up.is_empty() {
                    return Err(world.explain(&errors));
                }
                unmet.extend(given_up);
            }
        }
    }
}

/// No time of making, so that the same plans give the same bytes.
fn options(aim: &Aim) -> Result<PdfOptions, BookError> {
    let standards =
        PdfStandards::new(&aim.standards()).map_err(|error| BookError::Data(error.message().to_string()))?;
    Ok(PdfOptions { creator: Smart::Custom(Some("planbook".to_owned())), standards, ..PdfOptions::default() })
}
