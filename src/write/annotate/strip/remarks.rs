//! Notes of ours, and our part of notes that stood there before.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::Refusal;
use super::super::graph;
use super::super::notes::HEADLINE;
use super::super::package::Package;
use super::super::part::{Edits, Part};
use super::super::xml::{Kind, Tags, escape, unescape};
use crate::source::CellRef;

/// Takes our notes off the sheet `part`.
pub(super) fn take_off(package: &mut Package<'_>, part: &str) -> Result<(), Refusal> {
    let related = graph::relationships(package, part)?;
    let comments = related.iter().find(|r| r.kind == "comments");
    let Some((id, name)) = comments.and_then(|r| Some((&r.id, r.target.clone()?))) else { return Ok(()) };
    if !package.has(&name) {
        return Ok(());
    }
    let text = Part::decode(&name, &package.read(&name)?)?;
    let found = Found::read(&name, &text.text)?;
    if found.ours.is_empty() && found.edits.is_nothing() {
        return Ok(());
    }
    if found.others == 0 {
        graph::forget(package, part, id, &name)?;
        package.remove(&name);
    } else {
        graph::apply(package, &name, &text, found.edits)?;
    }
    erase_boxes(package, part, &related, &found.ours)
}

/// Notes in a comments part.
struct Found {
    /// Cells whose whole note is ours.
    ours: BTreeSet<CellRef>,
    /// How many other notes there are.
    others: usize,
    /// The changes that take ours off.
    edits: Edits,
}

/// A piece of a note's text: programs cut it into runs as they like.
struct Piece {
    /// The run around it, or the piece itself where there is none.
    run: Range<usize>,
    /// Between its tags.
    place: Range<usize>,
    text: String,
}

impl Found {
    fn read(part: &str, text: &str) -> Result<Self, Refusal> {
        let mut found = Self { ours: BTreeSet::new(), others: 0, edits: Edits::default() };
        let mut tags = Tags::new(part, text);
        while let Some(tag) = tags.next()? {
            if tag.local() != "comment" || tag.kind != Kind::Open {
                continue;
            }
            let (pieces, end) = pieces(&mut tags, tag.depth)?;
            let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            match begins(&whole) {
                Some(at) if whole[..at].trim().is_empty() => {
                    found.edits.replace(tag.span.start..end, "");
                    found.ours.extend(tag.value("ref").and_then(|r| r.parse::<CellRef>().ok()));
                }
                Some(at) => {
                    found.others += 1;
                    let kept = whole[..at].trim_end_matches(['\n', '\r']).len();
                    cut(&pieces, kept, &mut found.edits);
                }
                None => found.others += 1,
            }
        }
        Ok(found)
    }
}

/// Where our part of a note begins: at the line that says so.
fn begins(note: &str) -> Option<usize> {
    note.match_indices(HEADLINE).map(|(at, _)| at).find(|&at| at == 0 || note[..at].ends_with('\n'))
}

/// The pieces of the comment that is open at `depth`, and where it ends.
fn pieces(tags: &mut Tags<'_>, depth: usize) -> Result<(Vec<Piece>, usize), Refusal> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut run = None;
    let mut first_of_run = 0;
    while let Some(tag) = tags.next()? {
        if tag.kind == Kind::Close && tag.depth == depth {
            return Ok((pieces, tag.span.end));
        }
        match (tag.local(), tag.kind) {
            ("r", Kind::Open) => (run, first_of_run) = (Some(tag.span.start), pieces.len()),
            ("r", Kind::Close) => {
                if let Some(start) = run.take() {
                    pieces[first_of_run..].iter_mut().for_each(|piece| piece.run = start..tag.span.end);
                }
            }
            ("rPh", Kind::Open) => {
                tags.skip(&tag)?;
            }
            ("t", Kind::Close) => {
                let text = tags.text_before();
                let place = tag.span.start - text.len()..tag.span.start;
                pieces.push(Piece { run: place.clone(), place, text: unescape(text) });
            }
            _ => {}
        }
    }
    Ok((pieces, 0))
}

/// Keeps the first `kept` bytes of a note's text and takes out the rest.
fn cut(pieces: &[Piece], kept: usize, edits: &mut Edits) {
    let mut before = 0;
    for piece in pieces {
        let end = before + piece.text.len();
        if before >= kept && end > before {
            edits.replace(piece.run.clone(), "");
        } else if end > kept {
            edits.replace(piece.place.clone(), escape(&piece.text[..kept - before]));
        }
        before = end;
    }
}

/// Takes the boxes of notes out of the sheet's VML; where no box is left, the VML part itself.
fn erase_boxes(
    package: &mut Package<'_>,
    sheet: &str,
    related: &[graph::Relationship],
    cells: &BTreeSet<CellRef>,
) -> Result<(), Refusal> {
    let part = Part::decode(sheet, &package.read(sheet)?)?;
    let mut tags = Tags::new(sheet, &part.text);
    let mut link = None;
    while let Some(tag) = tags.next()? {
        if tag.local() == "legacyDrawing" && tag.kind != Kind::Close {
            let end = tags.skip(&tag)?.end;
            link = tag.relation().map(|id| (id, tag.span.start..end));
        }
    }
    let Some((id, place)) = link else { return Ok(()) };
    let target = related.iter().find(|r| r.id == id).and_then(|r| r.target.clone());
    let Some(name) = target.filter(|name| package.has(name)) else { return Ok(()) };
    let drawing = Part::decode(&name, &package.read(&name)?)?;
    let (edits, left) = without_boxes(&drawing.text, cells);
    if left > 0 {
        return graph::apply(package, &name, &drawing, edits);
    }
    graph::forget(package, sheet, &id, &name)?;
    package.remove(&name);
    let mut edits = Edits::default();
    edits.replace(place, "");
    graph::apply(package, sheet, &part, edits)
}

/// The changes that take the boxes of these cells out, and how many shapes are left. VML is searched as text: Excel writes
/// some that is no XML.
fn without_boxes(text: &str, cells: &BTreeSet<CellRef>) -> (Edits, usize) {
    let (mut edits, mut left) = (Edits::default(), 0);
    let mut from = 0;
    while let Some(start) = text[from..].find("<v:shape ").map(|at| from + at) {
        let end = text[start..].find("</v:shape>").map_or(text.len(), |at| start + at + "</v:shape>".len());
        let shape = &text[start..end];
        let number = |name: &str| {
            let value = shape.split_once(&format!("<x:{name}>"))?.1;
            value.split('<').next()?.trim().parse::<u32>().ok()
        };
        let cell = number("Row").zip(number("Column").and_then(|col| u16::try_from(col).ok()));
        if cell.is_some_and(|(row, col)| shape.contains("Note") && cells.contains(&CellRef::new(row, col))) {
            edits.replace(start..end, "");
        } else {
            left += 1;
        }
        from = end;
    }
    (edits, left)
}
