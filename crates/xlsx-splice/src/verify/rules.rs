//! The changes that an addition may make, by kind of part.

use std::collections::BTreeSet;

use super::pieces::{Piece, PieceKind, Rule, Verdict};
use crate::cell::{CellRef, parse_column};

fn opens(piece: &Piece<'_>) -> bool {
    piece.kind == PieceKind::Open
}

fn closes(piece: Option<&Piece<'_>>, name: &str) -> bool {
    piece.is_some_and(|piece| piece.kind == PieceKind::Close && piece.local == name)
}

/// The attributes of a start tag, but for `left_out`.
fn attributes(piece: &Piece<'_>, left_out: &str) -> Vec<(String, String)> {
    let all = piece.tag.as_ref().map(|tag| tag.attributes()).unwrap_or_default();
    all.into_iter().filter(|(name, ..)| name != left_out).map(|(name, _, value)| (name, value)).collect()
}

/// Content types, relationships, the workbook and its comments: entries are appended to their list.
pub(crate) struct AppendRule;

/// New elements, and the list they may be appended to.
const AT_THE_END: [(&str, &str); 8] = [
    ("Default", "Types"),
    ("Override", "Types"),
    ("Relationship", "Relationships"),
    ("sheet", "sheets"),
    ("definedName", "definedNames"),
    ("author", "authors"),
    ("comment", "commentList"),
    ("r", "text"),
];

impl Rule for AppendRule {
    fn judge(&mut self, old: Option<&Piece<'_>>, new: &Piece<'_>) -> Verdict {
        let at_the_end = AT_THE_END.iter().any(|(name, list)| new.local == *name && closes(old, list));
        // A note's own text ends where its phonetic text begins.
        let before_phonetic = new.local == "r"
            && old.is_some_and(|old| opens(old) && matches!(old.local, "rPh" | "phoneticPr"));
        // New lists.
        let first = matches!(new.local, "definedNames" | "authors" | "commentList" | "text")
            && old.is_some_and(|old| old.local != new.local);
        if at_the_end || before_phonetic || first { Verdict::New } else { Verdict::Wrong }
    }

    fn may_contain(&mut self, _piece: &Piece<'_>) -> bool {
        true
    }
}

/// Formats: entries are appended to their list, whose count grows.
pub(crate) struct StylesRule;

const LISTS: [(&str, &str); 5] = [
    ("font", "fonts"),
    ("fill", "fills"),
    ("border", "borders"),
    ("xf", "cellXfs"),
    // A format that Hancom wrapped, marked.
    ("AlternateContent", "cellXfs"),
];

impl Rule for StylesRule {
    fn judge(&mut self, old: Option<&Piece<'_>>, new: &Piece<'_>) -> Verdict {
        let is_list = LISTS.iter().any(|(_, list)| new.local == *list);
        match old {
            Some(old) if is_list && opens(old) && old.local == new.local => {
                if attributes(old, "count") == attributes(new, "count") {
                    Verdict::Changed
                } else {
                    Verdict::Wrong
                }
            }
            _ if is_list => Verdict::New,
            _ if LISTS.iter().any(|(entry, list)| new.local == *entry && closes(old, list)) => Verdict::New,
            _ => Verdict::Wrong,
        }
    }

    fn may_contain(&mut self, _piece: &Piece<'_>) -> bool {
        true
    }
}

/// A sheet: marked cells have another format, or are new and empty; the note boxes are linked.
pub(crate) struct SheetRule {
    marked: BTreeSet<CellRef>,
    /// The current position: the row and column of the next cell unless it states its own.
    row: u32,
    col: u16,
    formats: BTreeSet<(usize, usize)>,
}

impl SheetRule {
    /// For a sheet on which these cells were marked.
    pub(crate) fn new(marked: BTreeSet<CellRef>) -> Self {
        Self { marked, row: 0, col: 0, formats: BTreeSet::new() }
    }

    /// The old and new formats of marked cells.
    pub(crate) fn formats(self) -> BTreeSet<(usize, usize)> {
        self.formats
    }

    /// The position of a cell.
    fn cell(&self, piece: &Piece<'_>) -> CellRef {
        let reference = reference(piece).map(|text| text.replace('$', ""));
        let letters = reference.as_deref().map(|text| text.trim_end_matches(|c: char| c.is_ascii_digit()));
        CellRef::new(self.row, letters.and_then(parse_column).unwrap_or(self.col))
    }

    fn enter_row(&mut self, piece: &Piece<'_>) {
        let said =
            reference(piece).and_then(|row| row.trim().parse::<u32>().ok()).map(|row| row.saturating_sub(1));
        // A row may omit its number where its cells have references.
        let first = || piece.tag.as_ref()?.first_child()?.value("r")?.parse::<CellRef>().ok();
        if let Some(row) = said.or_else(|| first().map(|cell| cell.row)) {
            self.row = row;
        }
        self.col = 0;
    }

    fn is_new_cell(&self, piece: &Piece<'_>) -> bool {
        let known = ["r", "s"];
        self.marked.contains(&self.cell(piece))
            && attributes(piece, "").iter().all(|(name, _)| known.contains(&name.as_str()))
    }
}

/// The value of the attribute `r`, nearly always the first attribute.
fn reference(piece: &Piece<'_>) -> Option<String> {
    let rest = piece.written.strip_prefix("c r=\"").or_else(|| piece.written.strip_prefix("row r=\""));
    match rest.and_then(|rest| rest.split_once('"')) {
        Some((value, _)) => Some(value.to_owned()),
        None => piece.tag.as_ref()?.value("r"),
    }
}

fn style(piece: &Piece<'_>) -> usize {
    let style = piece.tag.as_ref().and_then(|tag| tag.value("s"));
    style.and_then(|style| style.parse().ok()).unwrap_or(0)
}

impl Rule for SheetRule {
    fn pass(&mut self, piece: &Piece<'_>) {
        match (piece.local, piece.kind) {
            ("row", PieceKind::Open) => self.enter_row(piece),
            ("row", PieceKind::Close) => self.row = self.row.saturating_add(1),
            ("c", PieceKind::Open) => self.col = self.cell(piece).col.saturating_add(1),
            _ => {}
        }
    }

    fn judge(&mut self, old: Option<&Piece<'_>>, new: &Piece<'_>) -> Verdict {
        match (new.local, old) {
            ("c", Some(old))
                if opens(old) && old.local == "c" && attributes(old, "s") == attributes(new, "s") =>
            {
                if !self.marked.contains(&self.cell(new)) {
                    return Verdict::Wrong;
                }
                self.formats.insert((style(old), style(new)));
                Verdict::Changed
            }
            ("c" | "row" | "legacyDrawing", _) => Verdict::New,
            _ => Verdict::Wrong,
        }
    }

    fn may_contain(&mut self, piece: &Piece<'_>) -> bool {
        match (piece.local, piece.kind) {
            ("row", PieceKind::Open) => {
                self.enter_row(piece);
                attributes(piece, "r").is_empty()
            }
            ("c", PieceKind::Open) => self.is_new_cell(piece),
            ("legacyDrawing", PieceKind::Open) => true,
            _ => false,
        }
    }
}
