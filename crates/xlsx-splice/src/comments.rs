//! Notes: the comments part (ECMA-376 Part 1, 18.7).

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::cell::CellRef;
use crate::error::Error;
use crate::part::Edits;
use crate::signature::Signature;
use crate::xml::{TagKind, Tags, escape, unescape};

/// A comments part.
pub(crate) struct Comments {
    signature: Signature,
    prefix: String,
    authors: usize,
    /// The index of our author, if it exists.
    own_author: Option<usize>,
    /// Where a new author, and a new comment, are inserted.
    authors_end: InsertionPoint,
    list_end: InsertionPoint,
    /// New comments.
    added: String,
    /// The existing notes.
    notes: Vec<ExistingNote>,
    edits: Edits,
}

/// A note of the part.
struct ExistingNote {
    cell: CellRef,
    /// Where more text is inserted.
    place: InsertionPoint,
    text: String,
}

/// An insertion point.
#[derive(Clone)]
enum InsertionPoint {
    /// At this byte.
    At(usize),
    /// Into the empty element of this name, which ends at this byte.
    InEmpty(usize, String),
    /// There, inside an element of this name that does not exist yet.
    New(Box<InsertionPoint>, &'static str),
}

impl InsertionPoint {
    /// There, inside a new element of this name.
    fn within(self, name: &'static str) -> Self {
        InsertionPoint::New(Box::new(self), name)
    }

    fn insert(&self, prefix: &str, text: &str, edits: &mut Edits) {
        match self {
            InsertionPoint::At(at) => edits.insert(*at, text),
            InsertionPoint::InEmpty(end, name) => edits.replace(end - 2..*end, format!(">{text}</{name}>")),
            InsertionPoint::New(place, name) => {
                place.insert(prefix, &format!("<{prefix}{name}>{text}</{prefix}{name}>"), edits);
            }
        }
    }
}

/// A comments part without any comment.
pub(crate) fn empty_comments(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

impl Comments {
    /// Reads the comments part `part`.
    pub(crate) fn read(part: &str, text: &str, signature: Signature) -> Result<Self, Error> {
        let missing = || Error::corrupt(part, "comments");
        // Missing lists: the authors come first, then the notes.
        let (mut inside, mut behind) = (None, None);
        let (mut prefix, mut authors, mut own_author) = (String::new(), 0, None);
        let (mut authors_end, mut list_end, mut notes) = (None, None, Vec::new());
        let mut tags = Tags::new(part, text);
        while let Some(tag) = tags.next()? {
            let end = || match tag.kind {
                TagKind::Empty => InsertionPoint::InEmpty(tag.span.end, tag.name().to_owned()),
                _ => InsertionPoint::At(tag.span.start),
            };
            match (tag.local(), tag.kind) {
                (_, TagKind::Open) if tag.depth == 0 => {
                    tag.prefix().clone_into(&mut prefix);
                    inside = Some(tag.span.end);
                }
                (_, TagKind::Empty) if tag.depth == 0 => return Err(missing()),
                (_, TagKind::Close) if tag.depth == 0 => behind = behind.or(Some(tag.span.start)),
                ("extLst", TagKind::Open | TagKind::Empty) if tag.depth == 1 => behind = Some(tag.span.start),
                ("authors", TagKind::Close | TagKind::Empty) => authors_end = Some(end()),
                ("commentList", TagKind::Close | TagKind::Empty) => list_end = Some(end()),
                ("author", TagKind::Close) => {
                    if tags.text_before() == signature.name() {
                        own_author = Some(authors);
                    }
                    authors += 1;
                }
                ("author", TagKind::Empty) => authors += 1,
                ("comment", TagKind::Open | TagKind::Empty) => {
                    let cell = tag.value("ref").and_then(|r| r.parse().ok());
                    let (place, text) = match tag.kind {
                        TagKind::Open => text_of_note(&mut tags, tag.depth)?,
                        _ => (end().within("text"), String::new()),
                    };
                    notes.extend(cell.map(|cell| ExistingNote { cell, place, text }));
                }
                _ => {}
            }
        }
        Ok(Self {
            signature,
            prefix,
            authors,
            own_author,
            authors_end: authors_end
                .or(inside.map(|at| InsertionPoint::At(at).within("authors")))
                .ok_or_else(missing)?,
            list_end: list_end
                .or(behind.map(|at| InsertionPoint::At(at).within("commentList")))
                .ok_or_else(missing)?,
            added: String::new(),
            notes,
            edits: Edits::default(),
        })
    }

    /// The text of the note on the cell; none where there is none.
    pub(crate) fn text(&self, cell: CellRef) -> Option<&str> {
        self.notes.iter().find(|note| note.cell == cell).map(|note| note.text.as_str())
    }

    /// Adds a note: a new one, or below the existing one.
    pub(crate) fn add(&mut self, cell: CellRef, text: &str) {
        let (prefix, headline) = (&self.prefix, self.signature.headline());
        if let Some(note) = self.notes.iter().find(|note| note.cell == cell) {
            let run = run(prefix, &format!("\n\n{headline}\n{text}"));
            note.place.insert(prefix, &run, &mut self.edits);
            return;
        }
        let author = *self.own_author.get_or_insert_with(|| {
            let author = format!("<{prefix}author>{}</{prefix}author>", self.signature.name());
            self.authors_end.insert(prefix, &author, &mut self.edits);
            self.authors
        });
        let _ = write!(
            self.added,
            "<{prefix}comment ref=\"{cell}\" authorId=\"{author}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
            run(prefix, &format!("{headline}\n{text}"))
        );
    }

    /// The edits that insert the notes.
    pub(crate) fn finish(mut self) -> Edits {
        if !self.added.is_empty() {
            self.list_end.insert(&self.prefix, &self.added, &mut self.edits);
        }
        self.edits
    }
}

/// The insertion point for a run in the comment open at `depth`, and the comment's text; advances past it.
fn text_of_note(tags: &mut Tags<'_>, depth: usize) -> Result<(InsertionPoint, String), Error> {
    let (mut place, mut end, mut text) = (None, 0, String::new());
    while let Some(tag) = tags.next()? {
        if tag.kind == TagKind::Close && tag.depth == depth {
            end = tag.span.start;
            break;
        }
        match (tag.local(), tag.kind) {
            ("text", TagKind::Empty) => {
                place = Some(InsertionPoint::InEmpty(tag.span.end, tag.name().to_owned()))
            }
            // 18.4.8: phonetic text follows all runs.
            ("rPh" | "phoneticPr", TagKind::Open | TagKind::Empty) => {
                place = place.or(Some(InsertionPoint::At(tag.span.start)))
            }
            ("text", TagKind::Close) => place = place.or(Some(InsertionPoint::At(tag.span.start))),
            ("t", TagKind::Close) => text.push_str(&unescape(tags.text_before())),
            _ => {}
        }
    }
    Ok((place.unwrap_or_else(|| InsertionPoint::At(end).within("text")), text))
}

fn run(prefix: &str, text: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escape(text)
    )
}

/// The cells of a part of threaded comments.
pub(crate) fn threaded_cells(part: &str, text: &str) -> Result<BTreeSet<CellRef>, Error> {
    let mut tags = Tags::new(part, text);
    let mut cells = BTreeSet::new();
    while let Some(tag) = tags.next()? {
        if tag.local() == "threadedComment" {
            cells.extend(tag.value("ref").and_then(|r| r.parse::<CellRef>().ok()));
        }
    }
    Ok(cells)
}
