//! Notes: the comments part (ECMA-376 Part 1, 18.7) and the boxes they are shown in, which are VML (Part 4, 19).

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Refusal;
use super::part::Edits;
use super::sheet::{REACH, Worksheet};
use super::xml::{Kind, Tags, escape};
use crate::source::CellRef;

/// The author of our notes.
const AUTHOR: &str = "planbook";
/// The line with which our part of a note begins. Other programs may drop the author and cut the text into runs by its
/// script, but a line of one script stays whole.
pub(super) const HEADLINE: &str = "[planbook]";

/// Width of a note's box in pixels, and of one line of its text.
const BOX_WIDTH: u32 = 340;
const LINE_HEIGHT: u32 = 17;

/// A comments part.
pub(super) struct Comments {
    prefix: String,
    authors: usize,
    /// The index of our author, if it is known already.
    ours: Option<usize>,
    /// Where a new author, and a new comment, belong.
    authors_end: Place,
    list_end: Place,
    /// New comments.
    added: String,
    /// Cells with a note, and where more text can be put into it.
    notes: Vec<(CellRef, Place)>,
    edits: Edits,
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
pub(super) fn empty_comments(namespace: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <comments xmlns=\"{namespace}\"><authors></authors><commentList></commentList></comments>"
    )
}

impl Comments {
    /// Reads the comments part `part`.
    pub(super) fn read(part: &str, text: &str) -> Result<Self, Refusal> {
        let missing = || Refusal::Damaged(format!("{part}: comments"));
        // Lists that are not there: the authors stand first, the notes behind them.
        let (mut inside, mut behind) = (None, None);
        let (mut prefix, mut authors, mut ours) = (String::new(), 0, None);
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
                    if tags.text_before() == AUTHOR {
                        ours = Some(authors);
                    }
                    authors += 1;
                }
                ("author", Kind::Empty) => authors += 1,
                ("comment", Kind::Open | Kind::Empty) => {
                    let cell = tag.value("ref").and_then(|r| r.parse().ok());
                    let place = match tag.kind {
                        Kind::Open => text_place(&mut tags, tag.depth)?,
                        _ => end().within("text"),
                    };
                    notes.extend(cell.map(|cell| (cell, place)));
                }
                _ => {}
            }
        }
        Ok(Self {
            prefix,
            authors,
            ours,
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

    /// Whether the cell has a note.
    pub(super) fn has(&self, cell: CellRef) -> bool {
        self.notes.iter().any(|(noted, _)| *noted == cell)
    }

    /// Writes a note: a new one, or below the one that stands there.
    pub(super) fn add(&mut self, cell: CellRef, text: &str) {
        let prefix = &self.prefix;
        if let Some((_, place)) = self.notes.iter().find(|(noted, _)| *noted == cell) {
            let run = run(prefix, &format!("\n\n{HEADLINE}\n{text}"));
            place.insert(prefix, &run, &mut self.edits);
            return;
        }
        let author = *self.ours.get_or_insert_with(|| {
            let author = format!("<{prefix}author>{AUTHOR}</{prefix}author>");
            self.authors_end.insert(prefix, &author, &mut self.edits);
            self.authors
        });
        let _ = write!(
            self.added,
            "<{prefix}comment ref=\"{cell}\" authorId=\"{author}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
            run(prefix, &format!("{HEADLINE}\n{text}"))
        );
    }

    /// The changes that put the notes in.
    pub(super) fn finish(mut self) -> Edits {
        if !self.added.is_empty() {
            self.list_end.insert(&self.prefix, &self.added, &mut self.edits);
        }
        self.edits
    }
}

/// Where a run can be put into the comment that is open at `depth`; goes behind it.
fn text_place(tags: &mut Tags<'_>, depth: usize) -> Result<Place, Refusal> {
    let (mut place, mut end) = (None, 0);
    while let Some(tag) = tags.next()? {
        if tag.kind == Kind::Close && tag.depth == depth {
            end = tag.span.start;
            break;
        }
        match (tag.local(), tag.kind) {
            ("text", Kind::Empty) => place = Some(Place::InEmpty(tag.span.end, tag.name().to_owned())),
            // 18.4.8: phonetic text stands behind all runs.
            ("rPh" | "phoneticPr", Kind::Open | Kind::Empty) => {
                place = place.or(Some(Place::At(tag.span.start)))
            }
            ("text", Kind::Close) => place = place.or(Some(Place::At(tag.span.start))),
            _ => {}
        }
    }
    Ok(place.unwrap_or_else(|| Place::At(end).within("text")))
}

fn run(prefix: &str, text: &str) -> String {
    format!(
        "<{prefix}r><{prefix}rPr><{prefix}sz val=\"9\"/></{prefix}rPr><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>",
        escape(text)
    )
}

/// A VML part without any shape.
pub(super) fn empty_drawing() -> &'static str {
    "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" \
     data=\"1\"/></o:shapelayout></xml>"
}

/// How the last end tag of a VML part begins.
pub(super) const VML_END: &str = "</xml";
const SHAPE_TYPE: &str = "_x0000_t202";
const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
     xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";

/// Adds boxes for notes to the VML part `part`. Excel writes VML that is no XML, so nothing in it is parsed: the
/// boxes go before the last end tag.
pub(super) fn draw(
    part: &str,
    text: &str,
    sheet: &Worksheet,
    notes: &[(CellRef, &str)],
) -> Result<Edits, Refusal> {
    let end = text.rfind(VML_END).ok_or_else(|| Refusal::Damaged(format!("{part}: VML")))?;
    let taken: BTreeSet<u32> = text
        .match_indices("_x0000_s")
        .filter_map(|(at, found)| {
            let digits = &text[at + found.len()..];
            digits[..digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
        })
        .collect();
    let first = taken.last().map_or(1025, |last| last.saturating_add(1));
    let mut shapes = String::new();
    if !text.contains(SHAPE_TYPE) {
        let _ = write!(
            shapes,
            "<v:shapetype {NAMESPACES} id=\"{SHAPE_TYPE}\" coordsize=\"21600,21600\" o:spt=\"202\" \
             path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
             o:connecttype=\"rect\"/></v:shapetype>"
        );
    }
    for (number, (cell, note)) in (first..).zip(notes) {
        let order = number - first + 1;
        let anchor = anchor(sheet, *cell, note);
        let height = lines(note) * LINE_HEIGHT;
        let _ = write!(
            shapes,
            "<v:shape {NAMESPACES} id=\"_x0000_s{number}\" type=\"#{SHAPE_TYPE}\" style='position:absolute;\
             width:{}pt;height:{}pt;z-index:{order};visibility:hidden' fillcolor=\"#ffffe1\" o:insetmode=\"auto\">\
             <v:fill color2=\"#ffffe1\"/><v:shadow color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
             <v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>\
             <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
             <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
            BOX_WIDTH * 3 / 4,
            height * 3 / 4,
            cell.row,
            cell.col
        );
    }
    let mut edits = Edits::default();
    edits.insert(end, shapes);
    Ok(edits)
}

/// How many lines a note takes in its box.
fn lines(note: &str) -> u32 {
    // A wide letter takes 12 pixels at 9 points, a narrow one half of that.
    let width = |line: &str| line.chars().map(|c| if c.is_ascii() { 7 } else { 12 }).sum::<u32>();
    note.lines().map(|line| width(line) / (BOX_WIDTH - 30) + 1).sum::<u32>() + 2
}

/// Where a note's box stands: column, pixels into it, row, pixels into it; first its top left corner, then the other.
fn anchor(sheet: &Worksheet, cell: CellRef, note: &str) -> String {
    const OFFSET: u32 = 12;
    let left = cell.col.saturating_add(1).min(crate::source::LAST_COLUMN);
    let (mut right, mut rest) = (left, BOX_WIDTH + OFFSET);
    let reach = left.saturating_add(REACH as u16).min(crate::source::LAST_COLUMN);
    while rest > sheet.column_pixels(right) && right < reach {
        rest -= sheet.column_pixels(right);
        right += 1;
    }
    let top = cell.row.saturating_sub(1);
    let (mut bottom, mut below) = (top, lines(note) * LINE_HEIGHT + OFFSET);
    for height in sheet.row_pixels(top) {
        if below <= height || bottom == crate::source::LAST_ROW {
            break;
        }
        below -= height;
        bottom += 1;
    }
    format!("{left}, {OFFSET}, {top}, {OFFSET}, {right}, {rest}, {bottom}, {below}")
}

/// The cells of a part of threaded comments.
pub(super) fn threaded_cells(part: &str, text: &str) -> Result<BTreeSet<CellRef>, Refusal> {
    let mut tags = Tags::new(part, text);
    let mut cells = BTreeSet::new();
    while let Some(tag) = tags.next()? {
        if tag.local() == "threadedComment" {
            cells.extend(tag.value("ref").and_then(|r| r.parse::<CellRef>().ok()));
        }
    }
    Ok(cells)
}
