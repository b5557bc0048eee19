//! .ods: the texts as shown stand in the document itself, beside the stored numbers.
//!
//! calamine keeps the stored number and drops the shown text, and lays out repeated cells one by one; the content part
//! is therefore read here, repeats bounded (OpenDocument 1.3 Part 3, 9.1).

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::ReadError;
use super::grid::{Budget, Grid, Overflow};
use super::package::Package;
use super::shown::general;
use super::xml;
use crate::source::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};

const PART: &str = "content.xml";

/// Reads every table of the document.
pub(super) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    if let Some(manifest) = package.take("META-INF/manifest.xml")?
        && memchr::memmem::find(manifest, b"encryption-data").is_some()
    {
        return Err(ReadError::Encrypted);
    }
    let content = package.take(PART)?.ok_or_else(|| ReadError::Damaged(format!("{PART} is missing")))?;
    let mut reader = xml::reader(content);
    let mut buffer = Vec::new();
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    let budget = Budget::default();
    let mut grids = Vec::new();
    loop {
        match xml::next(&mut reader, &mut buffer, PART)? {
            Event::Start(e) => match e.local_name().as_ref() {
                "style" => style = xml::attribute(&e, "name").unwrap_or_default(),
                "table-properties" if xml::attribute(&e, "display").as_deref() == Some("false") => {
                    hidden_styles.insert(style.clone());
                }
                "table" => {
                    let name = xml::attribute(&e, "name").unwrap_or_default();
                    let hidden =
                        xml::attribute(&e, "style-name").is_some_and(|style| hidden_styles.contains(&style));
                    let table = Table::new(Grid::within(&budget, &name, hidden));
                    grids.push(table.read(&mut reader)?.map_err(|_| ReadError::TooLarge(name))?);
                }
                _ => {}
            },
            Event::Eof => return Ok(grids),
            _ => {}
        }
    }
}

/// A table while it is being read.
struct Table {
    grid: Grid,
    row: u32,
    row_repeat: u32,
    col: u32,
    column: u32,
    overflow: bool,
}

/// A cell while it is being read.
struct Cell {
    repeat: u32,
    span: (u32, u32),
    percent: bool,
    formula: bool,
    valued: bool,
    /// What the cell holds, where it shows no text.
    stored: Option<String>,
}

impl Table {
    fn new(grid: Grid) -> Self {
        Self { grid, row: 0, row_repeat: 1, col: 0, column: 0, overflow: false }
    }

    fn read(mut self, reader: &mut Reader<&[u8]>) -> Result<Result<Grid, Overflow>, ReadError> {
        let mut buffer = Vec::new();
        let mut depth = 0u32;
        loop {
            match xml::next(reader, &mut buffer, PART)? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "table-column" => self.start_column(&e),
                    "table-row" => self.start_row(&e),
                    "table-cell" | "covered-table-cell" => {
                        let cell = Cell::new(&e);
                        let text = read_text(reader)?;
                        match &cell.stored {
                            Some(stored) if text.is_empty() => self.put(&cell, stored),
                            _ => self.put(&cell, &text),
                        }
                    }
                    // A table inside a cell's frame is no sheet.
                    "table" => depth += 1,
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "table-row" => self.row = self.row.saturating_add(self.row_repeat),
                    "table" if depth == 0 => {
                        return Ok(if self.overflow { Err(Overflow) } else { Ok(self.grid.finish()) });
                    }
                    "table" => depth -= 1,
                    _ => {}
                },
                Event::Eof => return Err(ReadError::Damaged(PART.into())),
                _ => {}
            }
        }
    }

    fn start_column(&mut self, element: &BytesStart<'_>) {
        let repeat = number(element, "number-columns-repeated").max(1);
        if is_hidden(element) {
            let column = |at: u32| CellRef::new(0, u16::try_from(at).unwrap_or(LAST_COLUMN).min(LAST_COLUMN));
            let last = self.column.saturating_add(repeat - 1);
            self.grid.hidden_columns.push(CellRange::new(column(self.column), column(last)));
        }
        self.column = self.column.saturating_add(repeat);
    }

    fn start_row(&mut self, element: &BytesStart<'_>) {
        self.row_repeat = number(element, "number-rows-repeated").max(1);
        self.col = 0;
        if is_hidden(element) {
            // Long hidden stretches hold nothing; a plan's rows do not repeat.
            self.overflow |= self.grid.hide_rows(self.row, self.row_repeat.min(1000)).is_err();
        }
    }

    /// Puts a cell as often as it repeats. Only cells with text count, so a million blank ones cost nothing.
    fn put(&mut self, cell: &Cell, text: &str) {
        let (rows, cols) = cell.span;
        if rows > 1 || cols > 1 {
            let corner = |row: u32, col: u32| {
                CellRef::new(row.min(LAST_ROW), u16::try_from(col).unwrap_or(LAST_COLUMN).min(LAST_COLUMN))
            };
            let range = CellRange::new(
                corner(self.row, self.col),
                corner(self.row.saturating_add(rows - 1), self.col.saturating_add(cols - 1)),
            );
            self.overflow |= self.grid.merge(range).is_err();
        }
        if !text.is_empty() {
            for row in 0..self.row_repeat.min(LAST_ROW) {
                for col in 0..cell.repeat.min(u32::from(LAST_COLUMN)) {
                    let put = self.grid.put(
                        self.row.saturating_add(row),
                        self.col.saturating_add(col),
                        text,
                        cell.percent,
                    );
                    if put.is_err() {
                        self.overflow = true;
                        return;
                    }
                }
            }
        } else if cell.formula && !cell.valued {
            let col = u16::try_from(self.col).unwrap_or(LAST_COLUMN);
            self.grid.unresolved.push(CellRef::new(self.row, col));
        }
        self.col = self.col.saturating_add(cell.repeat);
    }
}

impl Cell {
    fn new(element: &BytesStart<'_>) -> Self {
        let kind = xml::attribute(element, "value-type");
        Self {
            repeat: number(element, "number-columns-repeated").max(1),
            span: (
                number(element, "number-rows-spanned").max(1),
                number(element, "number-columns-spanned").max(1),
            ),
            percent: kind.as_deref() == Some("percentage"),
            formula: xml::attribute(element, "formula").is_some(),
            valued: kind.is_some(),
            stored: stored(element, kind.as_deref()),
        }
    }
}

/// What a cell holds, as it would be shown: programs that write no text leave that to whoever opens it.
fn stored(element: &BytesStart<'_>, kind: Option<&str>) -> Option<String> {
    let number = |name: &str| xml::attribute(element, name)?.parse::<f64>().ok();
    match kind? {
        "float" | "currency" => Some(general(number("value")?)),
        "percentage" => Some(format!("{}%", general(number("value")? * 100.0))),
        "boolean" => Some(xml::attribute(element, "boolean-value")?.to_uppercase()),
        "date" => {
            let date = xml::attribute(element, "date-value")?;
            Some(date.strip_suffix("T00:00:00").unwrap_or(&date).to_owned())
        }
        "time" => xml::attribute(element, "time-value"),
        "string" => xml::attribute(element, "string-value"),
        _ => None,
    }
}

/// The text of a cell up to its end: paragraphs on lines of their own, notes left out.
fn read_text(reader: &mut Reader<&[u8]>) -> Result<String, ReadError> {
    let mut buffer = Vec::new();
    let mut text = String::new();
    let mut depth = 0u32;
    let mut skipped = 0u32;
    loop {
        match xml::next(reader, &mut buffer, PART)? {
            Event::Start(e) => {
                depth += 1;
                match e.local_name().as_ref() {
                    "annotation" | "frame" | "custom-shape" | "shapes" => skipped += 1,
                    _ if skipped > 0 => skipped += 1,
                    "s" | "tab" | "line-break" => text.push(' '),
                    "p" if !text.is_empty() => text.push('\n'),
                    _ => {}
                }
            }
            Event::End(_) => {
                if depth == 0 {
                    return Ok(text);
                }
                depth -= 1;
                skipped = skipped.saturating_sub(1);
            }
            Event::Text(e) if skipped == 0 => {
                text.push_str(&e.xml10_content());
            }
            Event::CData(e) if skipped == 0 => text.push_str(&e),
            Event::GeneralRef(e) if skipped == 0 => text.push_str(&xml::character(&e)),
            Event::Eof => return Err(ReadError::Damaged(PART.into())),
            _ => {}
        }
    }
}

fn number(element: &BytesStart<'_>, name: &str) -> u32 {
    xml::attribute(element, name).and_then(|value| value.parse().ok()).unwrap_or(0)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    xml::attribute(element, "visibility").is_some_and(|value| value != "visible")
}
