//! A table of a page: its rows with the columns that their cells stand in.

use html5gum::StartTag;

use super::attribute;
use crate::read::shown::{Formats, general};
use crate::read::spreadsheet_xml::named_format;
use crate::source::LAST_COLUMN;

/// How many rows or columns a cell may span: pages say 1,000 where they mean all.
const MOST_SPANNED: u32 = 1_000;

/// A table while it is open.
#[derive(Default)]
pub(super) struct Table {
    lines: Vec<Line>,
    /// The row that is open.
    row: Option<Line>,
    /// The cell that is open in it.
    cell: Option<Open>,
    /// Whether the rows of this part are hidden.
    hidden: bool,
    /// What cells of the rows above take of this one and of those below: the first column, the one behind the last, and how
    /// many more rows.
    taken: Vec<(u32, u32, u32)>,
    /// The same of the cells of this row.
    fresh: Vec<(u32, u32, u32)>,
    /// How many of `taken` lie before the next cell, and its column.
    passed: usize,
    col: u32,
    /// Lines of tables that stand in cells of the open row.
    inner: Vec<Line>,
    /// Whether it holds a table: then it only puts things in their places.
    is_layout: bool,
}

/// A row as it goes onto the sheet.
#[derive(Default)]
pub(super) struct Line {
    pub cells: Vec<Cell>,
    pub hidden: bool,
}

/// A cell in its column.
pub(super) struct Cell {
    pub col: u32,
    pub text: String,
    pub percent: bool,
    pub height: u32,
    pub width: u32,
}

/// A cell that is open.
struct Open {
    cell: Cell,
    /// Nobody sees it, and it takes no column.
    hidden: bool,
    /// The number it stores, where it says so, and the format in which Excel shows it.
    stored: Option<String>,
    format: Option<String>,
    /// Tables in it have been put below.
    parted: bool,
}

impl Table {
    /// The text of the cell that is open.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        self.cell.as_mut().map(|open| &mut open.cell.text)
    }

    pub(super) fn start_group(&mut self, hidden: bool) {
        self.hidden = hidden;
    }

    pub(super) fn start_row(&mut self, hidden: bool, formats: &mut Formats) {
        self.end_row(formats);
        self.row = Some(Line { cells: Vec::new(), hidden: hidden || self.hidden });
        (self.passed, self.col) = (0, 0);
    }

    pub(super) fn start_cell(&mut self, tag: &StartTag<()>, hidden: bool, formats: &mut Formats) {
        self.end_cell(formats);
        if self.row.is_none() {
            self.start_row(false, formats);
        }
        while let Some(&(_, end, _)) = self.taken.get(self.passed).filter(|taken| taken.0 <= self.col) {
            self.col = self.col.max(end);
            self.passed += 1;
        }
        let span = |name| {
            let number = attribute(tag, name).and_then(|value| value.trim().parse().ok());
            number.unwrap_or(1u32).clamp(1, MOST_SPANNED)
        };
        let cell = Cell {
            col: self.col,
            text: String::new(),
            percent: false,
            height: span(b"rowspan"),
            width: span(b"colspan"),
        };
        let stored = attribute(tag, b"x:num").filter(|stored| !stored.is_empty());
        let format = attribute(tag, b"style").and_then(|style| number_format(&style));
        self.cell = Some(Open { cell, hidden, stored, format, parted: false });
    }

    pub(super) fn end_cell(&mut self, formats: &mut Formats) {
        let Some(mut open) = self.cell.take() else { return };
        if open.hidden {
            return;
        }
        if open.parted {
            // What follows a table in its cell stands below it.
            self.inner.extend(lines_of(&std::mem::take(&mut open.cell.text)));
        }
        open.show(formats);
        let Cell { col, height, width, .. } = open.cell;
        self.col = col.saturating_add(width);
        if height > 1 && col <= u32::from(LAST_COLUMN) {
            self.fresh.push((col, self.col, height - 1));
        }
        if let Some(row) = &mut self.row
            && col <= u32::from(LAST_COLUMN)
            && (!open.cell.text.trim().is_empty() || height > 1 || width > 1)
        {
            row.cells.push(open.cell);
        }
    }

    pub(super) fn end_row(&mut self, formats: &mut Formats) {
        self.end_cell(formats);
        let Some(row) = self.row.take() else { return };
        self.lines.push(row);
        self.lines.append(&mut self.inner);
        self.taken.retain_mut(|(_, _, more)| {
            *more -= 1;
            *more > 0
        });
        self.taken.append(&mut self.fresh);
        self.taken.sort_unstable();
    }

    /// Takes in a table that stands in the open cell: one with rows and columns keeps them, below the row; another is text.
    pub(super) fn hold(&mut self, inner: Table) {
        let Some(open) = &mut self.cell else { return };
        let is_table =
            inner.is_layout || inner.lines.len() > 1 && inner.lines.iter().any(|line| line.cells.len() > 1);
        if is_table {
            self.is_layout = true;
            open.parted = true;
            self.inner.extend(lines_of(&std::mem::take(&mut open.cell.text)));
            self.inner.extend(inner.lines());
            self.inner.push(Line::default());
        } else {
            for cell in inner.lines.into_iter().flat_map(|line| line.cells) {
                open.cell.text.push(' ');
                open.cell.text.push_str(&cell.text);
            }
        }
    }

    /// The rows of the table, which is closed.
    pub(super) fn lines(mut self) -> Vec<Line> {
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

impl Open {
    /// Makes the text what Excel shows: the page may hold a bare number and the format apart from it.
    fn show(&mut self, formats: &mut Formats) {
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

/// A row for each line of a text.
fn lines_of(text: &str) -> impl Iterator<Item = Line> {
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let cell = Cell { col: 0, text: line.to_owned(), percent: false, height: 1, width: 1 };
        Line { cells: vec![cell], hidden: false }
    })
}

/// The number format that a style names for Excel, where it is one for numbers.
fn number_format(style: &str) -> Option<String> {
    let rest = style.split_once("mso-number-format:")?.1.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let code = match quote {
        Some(quote) => rest[1..].split(quote).next()?,
        None => rest.split(';').next()?.trim(),
    };
    // `\0022` is the letter of that number, `\#` a # that means no more than itself.
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
