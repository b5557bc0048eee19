//! The tables of a document, each as a sheet.

use crate::read::ReadError;
use crate::read::grid::{Budget, Grid, Overflow, one_line};
use crate::read::xml::Document;
use crate::source::{CellRange, CellRef, LINES_ABOVE as LINES};

/// The most tables of a document.
const MAX_TABLES: usize = 2000;

/// The deepest tables in tables that are read.
const MAX_NESTING: u32 = 8;

/// The most rows and columns that a cell may span.
pub(super) const MAX_SPAN: u32 = 1000;

/// The most bytes of a paragraph.
pub(super) const MAX_TEXT: usize = 100_000;

/// The longest line that is part of a sheet's name, in characters.
const NAME_LETTERS: usize = 20;

/// The grids made from a document so far.
pub(super) struct Tables {
    pub(super) budget: Budget,
    /// What a table is called: `표`, `table`.
    pub(super) word: &'static str,
    pub(super) grids: Vec<Grid>,
    /// The lines since the last table.
    pub(super) lines: Vec<String>,
}

/// A table as it is read.
#[derive(Default)]
pub(super) struct DocumentTable {
    pub(super) cells: Vec<TableCell>,
    /// Tables inside its cells.
    pub(super) nested: Vec<DocumentTable>,
}

/// A cell of a table.
#[derive(Default)]
pub(super) struct TableCell {
    pub(super) row: u32,
    pub(super) col: u32,
    pub(super) rows: u32,
    pub(super) cols: u32,
    pub(super) text: String,
}

impl From<Overflow> for ReadError {
    fn from(_: Overflow) -> Self {
        Self::TooLarge("cells".into())
    }
}

impl Tables {
    pub(super) fn new(word: &'static str) -> Self {
        Self { budget: Budget::default(), word, grids: Vec::new(), lines: Vec::new() }
    }

    /// Adds a paragraph outside tables.
    pub(super) fn line(&mut self, text: &str) {
        if let Some(line) = one_line(text) {
            self.lines.push(line.text.to_string());
        }
    }

    /// Adds a table, and after it those inside its cells.
    pub(super) fn table(&mut self, table: DocumentTable) -> Result<(), ReadError> {
        if self.grids.len() >= MAX_TABLES {
            return Err(ReadError::TooLarge(format!("{MAX_TABLES} tables")));
        }
        let lines = std::mem::take(&mut self.lines);
        let mut grid = Grid::within(&self.budget, &self.name(&lines), false);
        grid.of_document = true;
        let kept = &lines[lines.len().saturating_sub(LINES as usize)..];
        for (row, line) in (LINES - kept.len() as u32..).zip(kept) {
            grid.put(row, 0, line, false)?;
        }
        for cell in &table.cells {
            let row = LINES.saturating_add(cell.row);
            grid.put(row, cell.col, &cell.text, false)?;
            let (rows, cols) = (cell.rows.clamp(1, MAX_SPAN), cell.cols.clamp(1, MAX_SPAN));
            if let (true, Ok(first), Ok(last)) =
                (rows * cols > 1, u16::try_from(cell.col), u16::try_from(cell.col.saturating_add(cols - 1)))
            {
                let last = CellRef::new(row.saturating_add(rows - 1), last);
                grid.merge(CellRange::new(CellRef::new(row, first), last))?;
            }
        }
        self.grids.push(grid.finish());
        table.nested.into_iter().try_for_each(|nested| self.table(nested))
    }

    /// The name of the next table: its number, and the line above it.
    pub(super) fn name(&self, lines: &[String]) -> String {
        let number = format!("{} {}", self.word, self.grids.len() + 1);
        let heading = lines.last().map(|line| line.chars().take(NAME_LETTERS).collect::<String>());
        // Worksheets may not have these letters in their names.
        let bare = heading.map(|text| text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " "));
        match bare.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) {
            Some(heading) => format!("{number} {heading}"),
            None => number,
        }
    }
}

/// Whether an element nests too deeply in tables to be read.
pub(super) fn is_too_deep(nesting: u32) -> bool {
    nesting > MAX_NESTING
}

/// Appends the text of the element that has just started to `text`.
pub(super) fn append(document: &mut Document<'_>, text: &mut String) -> Result<(), ReadError> {
    document.text(text, MAX_TEXT)
}
