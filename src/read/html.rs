//! Reads tables of an HTML page named as a spreadsheet, which many public office systems export.
//!
//! The page is read in one pass, tag by tag, without building a tree: deeply nested or unclosed elements cost
//! neither stack nor memory.

mod attribute;
mod table;

use std::path::Path;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use xlsx_splice::declared_encoding;

use super::ReadError;
use super::grid::{Grid, Overflow};
use super::shown::NumberFormats;
use super::text::{Decoded, decode};
use crate::source::{CellRange, CellRef, LAST_COLUMN};
use attribute::is_hidden;
use table::{HtmlRow, HtmlTable};

/// Maximum size of a page.
const MAX_BYTES: u64 = 32 << 20;
/// Maximum nesting of tables.
const MAX_DEPTH: usize = 30;
/// Maximum number of rows and cells.
const MAX_CELLS: usize = 2_000_000;
/// Elements whose text is not displayed.
const UNSEEN: [&str; 6] = ["script", "style", "title", "xml", "noframes", "template"];
/// Block elements: they start a new line.
const BLOCKS: [&str; 24] = [
    "address",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "ul",
];

/// Reads all tables of the page into one sheet, separated by a blank row; lines of text around them become
/// rows of one cell.
pub(super) fn read(path: &Path) -> Result<Vec<Grid>, ReadError> {
    let unreadable = |error: std::io::Error| ReadError::Unreadable((&error).into());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_BYTES {
        return Err(ReadError::TooLarge(format!("{} MB", size >> 20)));
    }
    let text = text(&std::fs::read(path).map_err(unreadable)?)?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let sheet = sheet(&text, Grid::new(&name, false))?;
    Ok(vec![sheet.ok_or_else(|| ReadError::NotASpreadsheet("HTML".into()))?])
}

/// Adds the tables of a page to `grid`; none if the page has no table.
pub(super) fn sheet(text: &str, grid: Grid) -> Result<Option<Grid>, ReadError> {
    let name = grid.name.clone();
    let mut page = PageReader::new(grid);
    let mut emitter = DefaultEmitter::default();
    // Do not parse the content of scripts as tags.
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(text, emitter) {
        let Ok(token) = token;
        page.take(&token).map_err(|_| ReadError::TooLarge(name.to_string()))?;
    }
    page.finish().map_err(|_| ReadError::TooLarge(name.to_string()))?;
    Ok((page.tables > 0).then(|| page.grid.finish()))
}

/// Decodes the page by its declared encoding, unless another one fits better: many programs declare a wrong
/// one.
pub(super) fn text(bytes: &[u8]) -> Result<String, ReadError> {
    let Some(encoding) = declared(bytes) else { return Ok(decode(bytes)?.text) };
    let declared = Decoded::of(encoding, bytes);
    if declared.unreadable == 0 {
        return Ok(declared.text);
    }
    Ok(match decode(bytes) {
        Ok(other) if other.unreadable < declared.unreadable => other.text,
        _ => declared.text,
    })
}

/// The encoding declared in the page's head; none if there is a byte order mark.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let label = match memchr::memmem::find(&head, b"charset=") {
        None => declared_encoding(bytes)?.as_bytes(),
        Some(at) => {
            let rest = head.get(at + "charset=".len()..)?;
            let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
            let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
            &rest[..end]
        }
    };
    // A declaration found as ASCII text cannot be in UTF-16.
    encoding_rs::Encoding::for_label(label)
        .filter(|encoding| ![encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(encoding))
}

/// The state while reading a page.
struct PageReader {
    grid: Grid,
    formats: NumberFormats,
    row: u32,
    tables: u32,
    /// Number of rows and cells so far.
    cells_read: usize,
    /// The current line of text outside cells.
    line: String,
    /// The open tables, innermost last.
    open: Vec<HtmlTable>,
    /// The open element that is not displayed, with the number of nested elements of the same name.
    unseen: Option<(String, u32)>,
}

impl PageReader {
    fn new(grid: Grid) -> Self {
        Self {
            grid,
            formats: NumberFormats::default(),
            row: 0,
            tables: 0,
            cells_read: 0,
            line: String::new(),
            open: Vec::new(),
            unseen: None,
        }
    }

    fn take(&mut self, token: &Token) -> Result<(), Overflow> {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                if let Some((unseen, depth)) = &mut self.unseen {
                    *depth += u32::from(*unseen == name);
                } else {
                    self.start(&name, tag)?;
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                match &mut self.unseen {
                    Some((unseen, depth)) if *unseen == name => match depth.checked_sub(1) {
                        Some(less) => *depth = less,
                        None => self.unseen = None,
                    },
                    Some(_) => {}
                    None => self.end(&name)?,
                }
            }
            Token::String(text) if self.unseen.is_none() => {
                self.current_text().push_str(&String::from_utf8_lossy(&text.value));
            }
            _ => {}
        }
        Ok(())
    }

    /// The target of text: the open cell, else the line outside the tables.
    fn current_text(&mut self) -> &mut String {
        self.open.last_mut().and_then(HtmlTable::text).unwrap_or(&mut self.line)
    }

    fn start(&mut self, name: &str, tag: &StartTag<()>) -> Result<(), Overflow> {
        let hidden = is_hidden(tag);
        if UNSEEN.contains(&name) || hidden && matches!(name, "div" | "span" | "table") {
            self.unseen = (!tag.self_closing).then(|| (name.to_owned(), 0));
            return Ok(());
        }
        match name {
            "table" => {
                // A table that starts inside a table but outside its cells: the first was never closed.
                if self.open.last_mut().is_some_and(|table| table.text().is_none()) {
                    self.close_table()?;
                }
                if self.open.is_empty() {
                    self.end_line()?;
                }
                if self.open.len() >= MAX_DEPTH {
                    return Err(Overflow);
                }
                self.open.push(HtmlTable::default());
            }
            "tr" | "td" | "th" => {
                self.cells_read += 1;
                let Some(table) = self.open.last_mut() else { return Ok(()) };
                if self.cells_read > MAX_CELLS {
                    return Err(Overflow);
                }
                match name {
                    "tr" => table.start_row(hidden, &mut self.formats),
                    _ => table.start_cell(tag, hidden, &mut self.formats),
                }
            }
            "thead" | "tbody" | "tfoot" => {
                if let Some(table) = self.open.last_mut() {
                    table.start_group(hidden);
                }
            }
            "br" => self.current_text().push('\n'),
            _ if BLOCKS.contains(&name) => self.break_line()?,
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Overflow> {
        match (name, self.open.last_mut()) {
            ("table", Some(_)) => self.close_table()?,
            ("td" | "th", Some(table)) => table.end_cell(&mut self.formats),
            ("tr", Some(table)) => table.end_row(&mut self.formats),
            ("thead" | "tbody" | "tfoot", Some(table)) => {
                table.end_row(&mut self.formats);
                table.start_group(false);
            }
            _ if BLOCKS.contains(&name) => self.break_line()?,
            _ => {}
        }
        Ok(())
    }

    fn break_line(&mut self) -> Result<(), Overflow> {
        if self.open.is_empty() {
            return self.end_line();
        }
        self.current_text().push('\n');
        Ok(())
    }

    /// Writes the current line of text outside the tables as a row.
    fn end_line(&mut self) -> Result<(), Overflow> {
        for line in std::mem::take(&mut self.line).lines().filter(|line| !line.trim().is_empty()) {
            self.grid.put(self.row, 0, line, false)?;
            self.row = self.row.saturating_add(1);
        }
        Ok(())
    }

    /// Closes the innermost table: adds it to the enclosing cell, or to the sheet.
    fn close_table(&mut self) -> Result<(), Overflow> {
        let Some(mut table) = self.open.pop() else { return Ok(()) };
        self.tables = self.tables.saturating_add(1);
        table.end_row(&mut self.formats);
        match self.open.last_mut() {
            Some(around) => around.add_nested(table),
            None => {
                // Its caption, and text between its cells.
                self.end_line()?;
                self.lay(table.lines())?;
            }
        }
        Ok(())
    }

    fn lay(&mut self, lines: Vec<HtmlRow>) -> Result<(), Overflow> {
        let any = !lines.is_empty();
        for line in lines {
            if line.hidden {
                self.grid.hide_rows(self.row, 1)?;
            }
            for cell in line.cells {
                self.grid.put(self.row, cell.col, &cell.text, cell.percent)?;
                if cell.height > 1 || cell.width > 1 {
                    self.merge(cell.col, cell.height, cell.width)?;
                }
            }
            self.row = self.row.saturating_add(1);
        }
        self.row = self.row.saturating_add(u32::from(any));
        Ok(())
    }

    fn merge(&mut self, col: u32, height: u32, width: u32) -> Result<(), Overflow> {
        let column = |col: u32| u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN);
        let last = CellRef::new(self.row.saturating_add(height - 1), column(col.saturating_add(width - 1)));
        self.grid.merge(CellRange::new(CellRef::new(self.row, column(col)), last))
    }

    /// Closes everything still open at the end of the page.
    fn finish(&mut self) -> Result<(), Overflow> {
        while !self.open.is_empty() {
            self.close_table()?;
        }
        self.end_line()
    }
}

#[cfg(test)]
mod tests;
