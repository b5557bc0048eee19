//! Where a value came from: workbook, sheet, cell and range, as types.
//!
//! Positions are kept zero-based and shown the way spreadsheets show them (`A1`), so that no other module
//! handles bare pairs of numbers.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

pub use xlsx_splice::{BadCellRef, CellRange, CellRef, LAST_COLUMN, LAST_ROW, column_letters, parse_column};

/// A location that a finding points at: a file and, optionally, a sheet and a cell in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Path of the workbook relative to the plan-year folder, with `/` between its parts.
    pub file: Arc<str>,
    /// Sheet name as on its tab.
    pub sheet: Option<Arc<str>>,
    /// Cell on that sheet.
    pub cell: Option<CellRef>,
}

impl Place {
    /// A whole file.
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: None, cell: None }
    }

    /// A whole sheet.
    pub fn sheet(file: &Arc<str>, sheet: &Arc<str>) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: None }
    }

    /// One cell.
    pub fn cell(file: &Arc<str>, sheet: &Arc<str>, cell: CellRef) -> Self {
        Self { file: file.clone(), sheet: Some(sheet.clone()), cell: Some(cell) }
    }
}

/// `file sheet!cell`, with control characters escaped so that a name cannot control the terminal.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", escape_controls(&self.file))?;
        match (&self.sheet, self.cell) {
            (Some(sheet), Some(cell)) if is_document(&self.file) => {
                write!(f, " {}", escape_controls(sheet))?;
                write_in_table(f, cell, self.file.to_lowercase().ends_with(".hwpx"))
            }
            (Some(sheet), Some(cell)) => write!(f, " {}!{cell}", escape_controls(sheet)),
            (Some(sheet), None) => write!(f, " {}", escape_controls(sheet)),
            (None, Some(cell)) => write!(f, " {cell}"),
            (None, None) => Ok(()),
        }
    }
}

/// The rows above a table of a document that hold the lines before it.
pub const LINES_ABOVE: u32 = 8;

/// Whether a file is a document whose tables are read: a person finds a cell in it by row and column.
fn is_document(file: &str) -> bool {
    let file = file.to_lowercase();
    file.ends_with(".hwpx") || file.ends_with(".docx")
}

/// A cell of a document's table, by row and column from 1.
fn write_in_table(f: &mut fmt::Formatter<'_>, cell: CellRef, korean: bool) -> fmt::Result {
    match (cell.row.checked_sub(LINES_ABOVE), korean) {
        (Some(row), true) => write!(f, ", {}행 {}열", row + 1, cell.col + 1),
        (Some(row), false) => write!(f, ", row {}, column {}", row + 1, cell.col + 1),
        (None, true) => f.write_str(" 위의 글"),
        (None, false) => f.write_str(", above it"),
    }
}

/// `text` with invisible characters, line ends and bidirectional controls escaped.
///
/// File and sheet names are untrusted: a newline or an escape sequence must not reach a terminal, a log or a
/// table, and names that look alike must stay distinguishable.
pub fn escape_controls(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}

/// As [`escape_controls`], but keeps line breaks: for planbook's own texts of several lines.
pub fn escape_controls_in_lines(text: &str) -> String {
    text.split('\n').map(escape_controls).collect::<Vec<_>>().join("\n")
}

/// Whether a character is invisible or changes how others are displayed: controls, zero-width characters,
/// bidirectional controls, Hangul fillers, tags.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// `text` without the characters that XML 1.0 (2.2) forbids, whether raw or escaped as workbooks do
/// (`_xFFFE_`): they would make every written file invalid. All white space is kept.
pub fn writable(text: &str) -> Cow<'_, str> {
    let mut kept = Cow::Borrowed(text);
    // Removing an escape may form a new one.
    while kept.contains(is_invalid_in_xml) || escapes(&kept).next().is_some() {
        let (mut rest, mut done) = (String::with_capacity(kept.len()), 0);
        for escape in escapes(&kept) {
            rest.push_str(&kept[done..escape.start]);
            done = escape.end;
        }
        rest.push_str(&kept[done..]);
        rest.retain(|c| !is_invalid_in_xml(c));
        kept = Cow::Owned(rest);
    }
    kept
}

fn is_invalid_in_xml(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}') || c < ' ' && !c.is_whitespace()
}

/// The byte ranges of escapes of characters that XML forbids.
fn escapes(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    text.match_indices("_x").filter_map(|(at, _)| {
        let escape = text.get(at..at + 7)?;
        let code = escape.strip_suffix('_').and_then(|escape| u32::from_str_radix(&escape[2..], 16).ok())?;
        let is_letter = matches!(code, 0x9 | 0xa | 0xd) || code >= 0x20;
        (!is_letter || matches!(code, 0xfffe | 0xffff) || (0xd800..0xe000).contains(&code))
            .then_some(at..at + 7)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newline_in_a_name_does_not_reach_the_terminal() {
        let place = Place::file(&Arc::from("a\n\u{1b}[31mb.xlsx"));
        assert_eq!(place.to_string(), "a\\u{a}\\u{1b}[31mb.xlsx");
    }

    #[test]
    fn letters_that_cannot_be_seen_or_turn_text_around_are_shown() {
        for c in "\u{e0041}\u{200b}\u{200d}\u{2028}\u{2029}\u{202e}\u{2060}\u{2069}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{7f}\u{9b}\u{ad}".chars() {
            let shown = escape_controls(&format!("가{c}나"));
            assert_eq!(shown, format!("가{}나", c.escape_unicode()));
        }
        assert_eq!(escape_controls("성과계획 (2차)_최종.xlsx ㎢"), "성과계획 (2차)_최종.xlsx ㎢");
    }
}
