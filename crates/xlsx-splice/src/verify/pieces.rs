//! Compares two texts of a part in parallel.

use std::collections::VecDeque;
use std::ops::Range;

use crate::error::Error;
use crate::xml::{Tag, TagKind, Tags};

/// A tag, or the text between two tags. An empty element counts as two tags.
pub(crate) struct Piece<'a> {
    /// The source text; for a start tag, between `<` and the end of its attributes.
    pub written: &'a str,
    /// The name without prefix; empty for a text.
    pub local: &'a str,
    pub kind: PieceKind,
    /// The tag, where it is a start tag.
    pub tag: Option<Tag<'a>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    Open,
    Close,
    Text,
}

impl Piece<'_> {
    fn is_same(&self, other: &Piece<'_>) -> bool {
        self.kind == other.kind && self.written == other.written
    }
}

/// The verdict on a difference.
pub(crate) enum Verdict {
    /// The same element with attribute changes that an addition may make.
    Changed,
    /// An element that an addition inserts.
    New,
    /// Something else.
    Wrong,
}

/// What an addition may do to a part.
pub(crate) trait Rule {
    /// Sees every piece of the new text.
    fn pass(&mut self, _piece: &Piece<'_>) {}
    /// Judges the start tag `new` at the position of `old`.
    fn judge(&mut self, old: Option<&Piece<'_>>, new: &Piece<'_>) -> Verdict;
    /// Whether a new element may contain `piece`.
    fn may_contain(&mut self, piece: &Piece<'_>) -> bool;
}

/// Whether `new` differs from `old` only as `rule` allows.
pub(crate) fn compare(part: &str, old: &str, new: &str, rule: &mut impl Rule) -> Result<bool, Error> {
    let (mut before, mut after) = (Pieces::new(part, old)?, Pieces::new(part, new)?);
    loop {
        match (before.peek(), after.peek()) {
            (None, None) => return Ok(true),
            (_, None) => return Ok(false),
            (Some(a), Some(b)) if a.is_same(b) => {
                rule.pass(b);
                before.step()?;
                after.step()?;
            }
            (a, Some(b)) if b.kind == PieceKind::Open => match rule.judge(a, b) {
                Verdict::Changed => {
                    rule.pass(b);
                    before.step()?;
                    after.step()?;
                }
                Verdict::New => {
                    if !skip(&mut after, rule)? {
                        return Ok(false);
                    }
                }
                Verdict::Wrong => return Ok(false),
            },
            _ => return Ok(false),
        }
    }
}

/// Skips a new element; returns whether everything in it is allowed.
fn skip(pieces: &mut Pieces<'_>, rule: &mut impl Rule) -> Result<bool, Error> {
    let mut depth = 0usize;
    while let Some(piece) = pieces.peek() {
        match piece.kind {
            PieceKind::Open => depth += 1,
            PieceKind::Close => depth -= 1,
            PieceKind::Text => {}
        }
        if piece.kind != PieceKind::Close && !rule.may_contain(piece) {
            return Ok(false);
        }
        pieces.step()?;
        if depth == 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The pieces of a text in order.
struct Pieces<'a> {
    text: &'a str,
    tags: Tags<'a>,
    done: usize,
    ahead: VecDeque<Piece<'a>>,
}

impl<'a> Pieces<'a> {
    fn new(part: &'a str, text: &'a str) -> Result<Self, Error> {
        let mut pieces = Self { text, tags: Tags::new(part, text), done: 0, ahead: VecDeque::new() };
        pieces.fill()?;
        Ok(pieces)
    }

    fn peek(&self) -> Option<&Piece<'a>> {
        self.ahead.front()
    }

    fn step(&mut self) -> Result<(), Error> {
        self.ahead.pop_front();
        if self.ahead.is_empty() { self.fill() } else { Ok(()) }
    }

    /// Reads on to the next tag.
    fn fill(&mut self) -> Result<(), Error> {
        let next = self.tags.next()?;
        let until = next.as_ref().map_or(self.text.len(), |tag| tag.span.start);
        self.push_text(self.done..until);
        let Some(tag) = next else {
            self.done = self.text.len();
            return Ok(());
        };
        self.done = tag.span.end;
        let (kind, local, name) = (tag.kind, tag.local(), tag.name());
        let close = Piece { written: name, local, kind: PieceKind::Close, tag: None };
        if kind != TagKind::Close {
            let end = tag.span.end - if kind == TagKind::Empty { 2 } else { 1 };
            let written = self.text[tag.span.start + 1..end].trim_end();
            self.ahead.push_back(Piece { written, local, kind: PieceKind::Open, tag: Some(tag) });
        }
        if kind != TagKind::Open {
            self.ahead.push_back(close);
        }
        Ok(())
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let written = &self.text[range];
            self.ahead.push_back(Piece { written, local: "", kind: PieceKind::Text, tag: None });
        }
    }
}
