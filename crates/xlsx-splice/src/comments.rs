//! Notes: the comments part (ECMA-376 Part 1, 18.7).

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::cell::CellRef;
use crate::error::Error;
use crate::part::Edits;
use crate::signature::Signature;
use crate::xml::{Kind, Tags, escape, unescape};

/// A comments part.
pub(crate) struct Comments {
    signature: Signature,
    prefix: String,
    authors: usize,
    /// The index of the own author, if it is there already.
    own_author: Option<usize>,
    /// Where a new author, and a new comment, belong.
    authors_end: Place,
    list_end: Place,
    /// New comments.
    added: String,
    /// The notes that are already there.
    notes: Vec<Note>,
    edits: Edits,
}

/// A note of the part.
struct Note {
    cell: CellRef,
    /// Where more text can be put into it.
    place: Place,
    text: String,
}

/// Where something can be inserted.
#[derive(Clone)]
enum Place {
    /// At this byte.
    At(usize),
    /// Into the empty element of this name, which ends at this byte.
    InEmpty(usize, String),
    /// There, in an element of this name that is not there yet.
    New(Box<Place>, &'static str),
}

impl Place {
    /// There, in an element of this name that is to be made.
    fn within(self, name: &'static str) -> Self {
        Place::New(Box::new(self), name)
    }

    fn insert(&self, prefix: &str, text: &str, edits: &mut Edits) {
        match self {
            Place::At(at) => edits.insert(*at, text),
            Place::InEmpty(end, name) => edits.replace(end - 2..*end, format!(">{text}</{name}>")),
            Place::New(place, name) => {
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
        // Lists that are missing: the authors come first, the notes follow.
        let (mut inside, mut behind) = (None, None);
        let (mut prefix, mut authors, mut own_author) = (String::new(), 0, None);
        let (mut authors_end, mut list_end, mut notes) = (None, None, Vec::new());
        let mut tags = Tags::new(part, text);
        while let Some(tag) = tags.next()? {
            let end = || match tag.kind {
                Kind::Empty => Place::InEmpty(tag.span.end, tag.name().to_owned()),
                _ => Place::At(tag.span.start),
            };
            match (tag.local(), tag.kind) {
                (_, Kind::Open) if tag.depth == 0 => {
                    tag.prefix().clone_into(&mut prefix);
                    inside = Some(tag.span.end);
                }
                (_, Kind::Empty) if tag.depth == 0 => return Err(missing()),
                (_, Kind::Close) if tag.depth == 0 => behind = behind.or(Some(tag.span.start)),
                ("extLst", Kind::Open | Kind::Empty) if tag.depth == 1 => behind = Some(tag.span.start),
                ("authors", Kind::Close | Kind::Empty) => authors_end = Some(end()),
                ("commentList", Kind::Close | Kind::Empty) => list_end = Some(end()),
                ("author", Kind::Close) => {
                    if tags.text_before() == signature.name() {
                        own_author = Some(authors);
                    }
                    authors += 1;
                }
                ("author", Kind::Empty) => authors += 1,
                ("comment", Kind::Open | Kind::Empty) => {
                    let cell = tag.value("ref").and_then(|r| r.parse().ok());
                    let (place, text) = match tag.kind {
                        Kind::Open => text_of_note(&mut tags, tag.depth)?,
                        _ => (end().within("text"), String::new()),
                    };
                    notes.extend(cell.map(|cell| Note { cell, place, text }));
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
                .or(inside.map(|at| Place::At(at).within("authors")))
                .ok_or_else(missing)?,
            list_end: list_end
                .or(behind.map(|at| Place::At(at).within("commentList")))
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

    /// Writes a note: a new one, or below the one that is already there.
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

    /// The changes that put the notes in.
    pub(crate) fn finish(mut self) -> Edits {
        if !self.added.is_empty() {
            self.list_end.insert(&self.prefix, &self.added, &mut self.edits);
        }
        self.edits
    }
}

/// Where a run can be put into the comment that is open at `depth`, and what the comment says; goes behind it.
fn text_of_note(tags: &mut Tags<'_>, depth: usize) -> Result<(Place, String), Error> {
    let (mut place, mut end, mut text) = (None, 0, String::new());
    while let Some(tag) = tags.next()? {
        if tag.kind == Kind::Close && tag.depth == depth {
            end = tag.span.start;
            break;
        }
        match (tag.local(), tag.kind) {
            ("text", Kind::Empty) => place = Some(Place::InEmpty(tag.span.end, tag.name().to_owned())),
            // 18.4.8: phonetic text follows all runs.
            ("rPh" | "phoneticPr", Kind::Open | Kind::Empty) => {
                place = place.or(Some(Place::At(tag.span.start)))
            }
            ("text", Kind::Close) => place = place.or(Some(Place::At(tag.span.start))),
            ("t", Kind::Close) => text.push_str(&unescape(tags.text_before())),
            _ => {}
        }
    }
    Ok((place.unwrap_or_else(|| Place::At(end).within("text")), text))
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
