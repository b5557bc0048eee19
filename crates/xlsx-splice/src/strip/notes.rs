//! Removes our notes, and our part of other people's notes.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::cell::CellRef;
use crate::error::Error;
use crate::opc;
use crate::package::Package;
use crate::part::{Edits, Part};
use crate::records::crc32;
use crate::relationships::Relationship;
use crate::signature::Signature;
use crate::state::{NoteDigest, is_significant};
use crate::vml;
use crate::xml::{TagKind, Tags, escape, unescape};

/// Removes our notes from the sheet `part`; `known` are their digests.
pub(crate) fn take_off(
    package: &mut Package<'_>,
    part: &str,
    signature: Signature,
    known: &BTreeSet<NoteDigest>,
) -> Result<(), Error> {
    let related = opc::relationships(package, part)?;
    let comments = related.iter().find(|r| r.kind == "comments");
    let Some((id, name)) = comments.and_then(|r| Some((&r.id, r.target.clone()?))) else { return Ok(()) };
    if !package.has(&name) {
        return Ok(());
    }
    let text = Part::decode(&name, &package.read(&name)?)?;
    let found = CommentsPart::read(&name, &text.text, &signature.headline(), known)?;
    if found.own.is_empty() && found.edits.is_nothing() {
        return Ok(());
    }
    if found.others == 0 {
        opc::undeclare(package, part, id, &name)?;
        package.remove(&name);
    } else {
        opc::apply(package, &name, &text, found.edits)?;
    }
    erase_boxes(package, part, &related, &found.own)
}

/// Notes in a comments part.
struct CommentsPart {
    /// Cells whose whole note is ours.
    own: BTreeSet<CellRef>,
    /// The number of other notes.
    others: usize,
    /// The edits that remove ours.
    edits: Edits,
}

/// A piece of a note's text, which programs split into runs arbitrarily.
struct NoteText {
    /// The enclosing run, or the piece itself where there is none.
    run: Range<usize>,
    /// Between its tags.
    place: Range<usize>,
    text: String,
}

impl CommentsPart {
    fn read(part: &str, text: &str, headline: &str, known: &BTreeSet<NoteDigest>) -> Result<Self, Error> {
        let mut found = Self { own: BTreeSet::new(), others: 0, edits: Edits::default() };
        let mut tags = Tags::new(part, text);
        while let Some(tag) = tags.next()? {
            if tag.local() != "comment" || tag.kind != TagKind::Open {
                continue;
            }
            let (pieces, end) = pieces(&mut tags, tag.depth)?;
            let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            let own = own_parts(&whole, headline, known);
            let left = own.iter().rev().fold(whole.clone(), |mut left, range| {
                left.replace_range(range.clone(), "");
                left
            });
            if !own.is_empty() && left.trim().is_empty() {
                found.edits.replace(tag.span.start..end, "");
                found.own.extend(tag.value("ref").and_then(|r| r.parse::<CellRef>().ok()));
            } else {
                found.others += 1;
                cut(&pieces, &own, &mut found.edits);
            }
        }
        Ok(found)
    }
}

/// Our parts of a note: each begins at the headline and ends where a known text ends; what follows is
/// somebody else's. A part edited by somebody is removed as a whole, up to the next one.
fn own_parts(note: &str, headline: &str, known: &BTreeSet<NoteDigest>) -> Vec<Range<usize>> {
    let is_line = |at: &usize| *at == 0 || note[..*at].ends_with(['\n', '\r']);
    let begins: Vec<usize> = note.match_indices(headline).map(|(at, _)| at).filter(is_line).collect();
    let parts = begins.iter().enumerate().map(|(number, &at)| {
        let text = at + headline.len();
        let next = begins.get(number + 1).copied().unwrap_or(note.len());
        let end = end_of_known(&note[text..next], known).map_or(next, |length| text + length);
        // The line ends before our part belong to it.
        let start = note[..at].trim_end_matches(['\n', '\r']).len();
        let end =
            if start == 0 { note.len() - note[end..].trim_start_matches(['\n', '\r']).len() } else { end };
        start..end
    });
    parts.collect()
}

/// The end of the longest known text that `rest` begins with.
fn end_of_known(rest: &str, known: &BTreeSet<NoteDigest>) -> Option<usize> {
    let (mut letters, mut count, mut end) = (String::new(), 0, None);
    for (at, c) in rest.char_indices().filter(|(_, c)| is_significant(*c)) {
        letters.push(c);
        count += 1;
        let mut of_this_length = known.range(NoteDigest(count, 0)..=NoteDigest(count, u32::MAX)).peekable();
        if of_this_length.peek().is_some() {
            let sum = crc32(letters.as_bytes());
            if of_this_length.any(|known| known.1 == sum) {
                end = Some(at + c.len_utf8());
            }
        }
    }
    end
}

/// The pieces of the comment that is open at `depth`, and where it ends.
fn pieces(tags: &mut Tags<'_>, depth: usize) -> Result<(Vec<NoteText>, usize), Error> {
    let mut pieces: Vec<NoteText> = Vec::new();
    let mut run = None;
    let mut first_of_run = 0;
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close && tag.depth == depth {
            return Ok((pieces, tag.span.end));
        }
        match (tag.local(), tag.kind) {
            ("r", TagKind::Open) => (run, first_of_run) = (Some(tag.span.start), pieces.len()),
            ("r", TagKind::Close) => {
                if let Some(start) = run.take() {
                    pieces[first_of_run..].iter_mut().for_each(|piece| piece.run = start..tag.span.end);
                }
            }
            ("rPh", TagKind::Open) => {
                tags.skip(&tag)?;
            }
            ("t", TagKind::Close) => {
                let text = tags.text_before();
                let place = tag.span.start - text.len()..tag.span.start;
                pieces.push(NoteText { run: place.clone(), place, text: unescape(text) });
            }
            _ => {}
        }
    }
    Ok((pieces, 0))
}

/// Removes these ranges from a note's text.
fn cut(pieces: &[NoteText], ranges: &[Range<usize>], edits: &mut Edits) {
    let mut start = 0;
    for piece in pieces {
        let end = start + piece.text.len();
        let inside = |(at, _): &(usize, char)| ranges.iter().any(|range| range.contains(&(start + at)));
        let kept: String =
            piece.text.char_indices().filter(|letter| !inside(letter)).map(|(_, letter)| letter).collect();
        if kept.is_empty() && end > start {
            edits.replace(piece.run.clone(), "");
        } else if kept != piece.text {
            edits.replace(piece.place.clone(), escape(&kept));
        }
        start = end;
    }
}

/// Removes the boxes of notes from the sheet's VML, and the VML part itself once it is empty.
fn erase_boxes(
    package: &mut Package<'_>,
    sheet: &str,
    related: &[Relationship],
    cells: &BTreeSet<CellRef>,
) -> Result<(), Error> {
    let part = Part::decode(sheet, &package.read(sheet)?)?;
    let mut tags = Tags::new(sheet, &part.text);
    let mut link = None;
    while let Some(tag) = tags.next()? {
        if tag.local() == "legacyDrawing" && tag.kind != TagKind::Close {
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
        return opc::apply(package, &name, &drawing, edits);
    }
    opc::undeclare(package, sheet, &id, &name)?;
    package.remove(&name);
    let mut edits = Edits::default();
    edits.replace(place, "");
    opc::apply(package, sheet, &part, edits)
}

/// The edits that remove the boxes of these cells, and the number of shapes left.
fn without_boxes(text: &str, cells: &BTreeSet<CellRef>) -> (Edits, usize) {
    let mut edits = Edits::default();
    let mut left = vml::count_shapes(text);
    for found in vml::note_boxes(text).into_iter().filter(|found| cells.contains(&found.cell)) {
        edits.replace(found.shape, "");
        left -= 1;
    }
    (edits, left)
}
