//! Two texts of a part gone through side by side.

use std::collections::VecDeque;
use std::ops::Range;

use crate::error::Error;
use crate::xml::{Kind, Tag, Tags};

/// A tag, or a text between two of them. An empty element counts as two tags.
pub(crate) struct Piece<'a> {
    /// As it is written; of a start tag, the text between `<` and the end of its attributes.
    pub written: &'a str,
    /// The name without prefix; nothing for a text.
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

/// What is to be thought of a place where two texts differ.
pub(crate) enum Verdict {
    /// The same element with other attributes that a addition may change.
    Changed,
    /// An element that a addition brings along.
    New,
    /// Something else.
    Wrong,
}

/// What an addition may do to a part.
pub(crate) trait Rule {
    /// Takes note of a piece of the new text.
    fn pass(&mut self, _piece: &Piece<'_>) {}
    /// Judges the start tag `new`, which is in the place of `old`.
    fn judge(&mut self, old: Option<&Piece<'_>>, new: &Piece<'_>) -> Verdict;
    /// Whether a new element may contain `piece`.
    fn may_contain(&mut self, piece: &Piece<'_>) -> bool;
}

/// Whether `new` is `old` with nothing but what `rule` allows.
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

/// Goes behind a new element; returns whether everything in it is allowed.
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

/// The pieces of a text, one after the other.
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
        if kind != Kind::Close {
            let end = tag.span.end - if kind == Kind::Empty { 2 } else { 1 };
            let written = self.text[tag.span.start + 1..end].trim_end();
            self.ahead.push_back(Piece { written, local, kind: PieceKind::Open, tag: Some(tag) });
        }
        if kind != Kind::Open {
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
