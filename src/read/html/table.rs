//! A table of a page: its rows, with the column of each cell.

use html5gum::StartTag;

use super::attribute::attribute;
use crate::read::shown::NumberFormats;
use crate::read::shown::general::general;
use crate::read::spreadsheet_xml::named_format;
use crate::source::LAST_COLUMN;

/// Maximum rows or columns that a cell may span: pages write 1,000 to mean all.
const MAX_SPAN: u32 = 1_000;

/// A table while it is open.
#[derive(Default)]
pub(super) struct HtmlTable {
    lines: Vec<HtmlRow>,
    /// The open row.
    row: Option<HtmlRow>,
    /// The open cell of that row.
    cell: Option<OpenCell>,
    /// Whether the rows of this section are hidden.
    hidden: bool,
    /// Columns of this row and the following ones covered by cells of the rows above: first column, end
    /// column, remaining rows.
    covered: Vec<(u32, u32, u32)>,
    /// The same for cells of this row.
    new_covered: Vec<(u32, u32, u32)>,
    /// How many entries of `covered` are before the next cell.
    passed: usize,
    col: u32,
    /// Rows of tables nested in cells of the open row.
    inner: Vec<HtmlRow>,
    /// Whether it contains a table, and so serves only for layout.
    is_layout: bool,
}

/// A finished row for the sheet.
#[derive(Default)]
pub(super) struct HtmlRow {
    pub cells: Vec<HtmlCell>,
    pub hidden: bool,
}

/// A cell with its column.
pub(super) struct HtmlCell {
    pub col: u32,
    pub text: String,
    pub percent: bool,
    pub height: u32,
    pub width: u32,
}

/// An open cell.
struct OpenCell {
    cell: HtmlCell,
    /// It is hidden and takes no column.
    hidden: bool,
    /// The stored number, if given, and its Excel number format.
    stored: Option<String>,
    format: Option<String>,
    /// Nested tables were moved below the row.
    has_nested: bool,
}

impl HtmlTable {
    /// The text of the open cell.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        self.cell.as_mut().map(|open| &mut open.cell.text)
    }

    pub(super) fn start_group(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    pub(super) fn start_row(&mut self, hidden: bool, formats: &mut NumberFormats) {
        self.end_row(formats);
        self.row = Some(HtmlRow { cells: Vec::new(), hidden: hidden || self.hidden });
        (self.passed, self.col) = (0, 0);
    }

    pub(super) fn start_cell(&mut self, tag: &StartTag<()>, hidden: bool, formats: &mut NumberFormats) {
        self.end_cell(formats);
        if self.row.is_none() {
            self.start_row(false, formats);
        }
        while let Some(&(_, end, _)) = self.covered.get(self.passed).filter(|covered| covered.0 <= self.col) {
            self.col = self.col.max(end);
            self.passed += 1;
        }
        let span = |name| {
            let number = attribute(tag, name).and_then(|value| value.trim().parse().ok());
            number.unwrap_or(1u32).clamp(1, MAX_SPAN)
        };
        let cell = HtmlCell {
            col: self.col,
            text: String::new(),
            percent: false,
            height: span(b"rowspan"),
            width: span(b"colspan"),
        };
        let stored = attribute(tag, b"x:num").filter(|stored| !stored.is_empty());
        let format = attribute(tag, b"style").and_then(|style| number_format(&style));
        self.cell = Some(OpenCell { cell, hidden, stored, format, has_nested: false });
    }

    pub(super) fn end_cell(&mut self, formats: &mut NumberFormats) {
        let Some(mut open) = self.cell.take() else { return };
        if open.hidden {
            return;
        }
        if open.has_nested {
            // Text after a nested table goes below it.
            self.inner.extend(lines_of(&std::mem::take(&mut open.cell.text)));
        }
        open.show(formats);
        let HtmlCell { col, height, width, .. } = open.cell;
        self.col = col.saturating_add(width);
        if height > 1 && col <= u32::from(LAST_COLUMN) {
            self.new_covered.push((col, self.col, height - 1));
        }
        if let Some(row) = &mut self.row
            && col <= u32::from(LAST_COLUMN)
            && (!open.cell.text.trim().is_empty() || height > 1 || width > 1)
        {
            row.cells.push(open.cell);
        }
    }

    pub(super) fn end_row(&mut self, formats: &mut NumberFormats) {
        self.end_cell(formats);
        let Some(row) = self.row.take() else { return };
        self.lines.push(row);
        self.lines.append(&mut self.inner);
        self.covered.retain_mut(|(_, _, more)| {
            *more -= 1;
            *more > 0
        });
        self.covered.append(&mut self.new_covered);
        self.covered.sort_unstable();
    }

    /// Adds a table nested in the open cell: one with several rows and columns goes below the row as a table,
    /// any other becomes text.
    pub(super) fn add_nested(&mut self, inner: HtmlTable) {
        let Some(open) = &mut self.cell else { return };
        let is_table =
            inner.is_layout || inner.lines.len() > 1 && inner.lines.iter().any(|line| line.cells.len() > 1);
        if is_table {
            self.is_layout = true;
            open.has_nested = true;
            self.inner.extend(lines_of(&std::mem::take(&mut open.cell.text)));
            self.inner.extend(inner.lines());
            self.inner.push(HtmlRow::default());
        } else {
            for cell in inner.lines.into_iter().flat_map(|line| line.cells) {
                open.cell.text.push(' ');
                open.cell.text.push_str(&cell.text);
            }
        }
    }

    /// Closes the table and returns its rows.
    pub(super) fn lines(mut self) -> Vec<HtmlRow> {
        let count = self.lines.len();
        for (at, line) in self.lines.iter_mut().enumerate() {
            let below = u32::try_from(count - at).unwrap_or(u32::MAX);
            for cell in &mut line.cells {
                cell.height = cell.height.min(below);
                if self.is_layout {
                    (cell.height, cell.width) = (1, 1);
                }
            }
        }
        self.lines
    }
}

impl OpenCell {
    /// Formats the text as Excel shows it: the page may store a bare number and its format separately.
    fn show(&mut self, formats: &mut NumberFormats) {
        let text = self.cell.text.trim();
        let is_blank = text.is_empty();
        let number = if is_blank { self.stored.as_deref().unwrap_or_default() } else { text };
        let Ok(number) = number.trim().parse::<f64>() else { return };
        match &self.format {
            Some(code) => (self.cell.text, self.cell.percent) = formats.show(number, code),
            None if is_blank => self.cell.text = general(number),
            None => {}
        }
    }
}

/// One row per line of a text.
fn lines_of(text: &str) -> impl Iterator<Item = HtmlRow> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let cell = HtmlCell { col: 0, text: line.to_owned(), percent: false, height: 1, width: 1 };
        HtmlRow { cells: vec![cell], hidden: false }
    })
}

/// The Excel number format in a style, if it is for numbers.
fn number_format(style: &str) -> Option<String> {
    let rest = style.split_once("mso-number-format:")?.1.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let code = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split(';').next()?.trim(),
    };
    // `\0022` is a character by its code, `\#` a literal #.
    let mut bare = String::new();
    let mut pieces = code.split('\\');
    bare.push_str(pieces.next()?);
    for piece in pieces {
        let escape = piece.get(..4).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        match escape.and_then(char::from_u32).filter(|c| !c.is_control()) {
            Some(c) => {
                bare.push(c);
                bare.push_str(&piece[4..]);
            }
            None => bare.push_str(piece),
        }
    }
    let code = named_format(&bare);
    (!code.is_empty() && !code.contains('@')).then_some(code)
}
