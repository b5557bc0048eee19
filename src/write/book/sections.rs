//! Turns the chunks of a book into sections that are set separately, and makes the data for each.

use serde::Serialize;
use typst_press::{
    Bytes, Concessions, FileWorld, NumberedFiles, Section, has_raised_or_lowered, has_right_to_left,
};

use super::built_in::{MAIN, NOTICE};
use super::pages::{self, Chunk};
use crate::project::BookPart;

/// The path under which the templates read their data.
pub(super) const DATA: &str = "data.json";
/// The path under which they read the page of every label.
pub(super) const PLACES: &str = "places.json";
/// The path under which they read the colours.
pub(super) const LOOK: &str = "look.json";
/// The path under which they read which chunk is being set.
const PIECE: &str = "piece.json";

/// The chunk being set; the templates read it beside the data.
#[derive(Serialize)]
pub(super) struct SectionPiece<'c> {
    part: BookPart,
    /// The label of the chunk.
    id: &'c str,
    /// The number of its first page.
    start: usize,
    /// How many pages it was cut into.
    pages: usize,
    /// Whether it is a plan.
    plan: bool,
    /// Whether letters are kerned. Kerning is off so that text is as wide as it was measured, except for
    /// right-to-left text, where the shaper panics without it.
    kerning: bool,
    /// Whether it contains superscript or subscript digits.
    has_small_figures: bool,
}

impl<'c> SectionPiece<'c> {
    /// Describes each of `chunks`, whose data files are in `world`.
    pub(super) fn all(chunks: &'c [Chunk], world: &FileWorld<'_>) -> Vec<Self> {
        let piece = |chunk: &'c Chunk| {
            let file = format!("{}.json", file_stem(chunk));
            let has =
                |sign: fn(&str) -> bool| [DATA, &file].iter().filter_map(|name| world.text(name)).any(sign);
            Self {
                part: chunk.part,
                id: &chunk.label,
                start: 0,
                pages: chunk.pages,
                plan: chunk.plan.is_some(),
                kerning: has(has_right_to_left),
                has_small_figures: has(has_raised_or_lowered),
            }
        };
        chunks.iter().map(piece).collect()
    }
}

/// Returns the name of the file that holds the data of `chunk` alone.
fn file_stem(chunk: &Chunk) -> String {
    if chunk.plan.is_some() { chunk.label.clone() } else { chunk.part.name() }
}

/// Returns `chunks` as sections; a `conceded` one becomes a page that says so.
pub(super) fn sections(chunks: &[Chunk], conceded: &Concessions) -> Vec<Section> {
    let section = |chunk: &Chunk| Section {
        name: chunk.label.clone(),
        main: if conceded.sections.contains(&chunk.label) { NOTICE.0 } else { MAIN }.to_owned(),
        recto: chunk.recto,
        pages: chunk.pages,
    };
    chunks.iter().map(section).collect()
}

/// Returns the files with the page of every label and the chunk being set, if `chunks` begin on the pages
/// `starts`.
pub(super) fn numbered(
    chunks: &[Chunk],
    pieces: &mut [SectionPiece<'_>],
    starts: &[usize],
) -> serde_json::Result<NumberedFiles> {
    let places = json(PLACES, &pages::places(chunks, starts))?;
    let own = pieces.iter_mut().zip(starts).map(|(piece, &start)| {
        piece.start = start;
        Ok(vec![json(PIECE, piece)?])
    });
    Ok(NumberedFiles { shared: vec![places], own: own.collect::<serde_json::Result<_>>()? })
}

fn json(name: &str, data: &impl Serialize) -> serde_json::Result<(String, Bytes)> {
    Ok((name.to_owned(), Bytes::from_string(serde_json::to_string(data)?)))
}
