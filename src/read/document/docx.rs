//! Word documents: WordprocessingML (ECMA-376 Part 1, 17).

use quick_xml::events::Event;

use super::tables::{DocumentTable, TableCell, Tables, append, is_too_deep};
use crate::read::ReadError;
use crate::read::grid::Grid;
use crate::read::package::Package;
use crate::read::xml::{Document, attribute};

const PART: &str = "word/document.xml";

/// The tables of a .docx.
pub(in crate::read) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    let content = package.unpacked(PART)?.ok_or_else(|| ReadError::Lacks(PART.into()))?;
    let mut document = Document::new(PART, &content);
    let mut tables = Tables::new("table");
    loop {
        match document.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "tbl" => {
                    let table = table(&mut document, 1)?;
                    tables.table(table)?;
                }
                "p" => {
                    let mut text = String::new();
                    let nested = paragraph(&mut document, &mut text, 1)?;
                    tables.line(&text);
                    nested.into_iter().try_for_each(|table| tables.table(table))?;
                }
                _ => {}
            },
            Event::Eof => return Ok(tables.grids),
            _ => {}
        }
    }
}

/// Reads the paragraph that has just started; returns the tables in its text boxes.
fn paragraph(
    document: &mut Document<'_>,
    text: &mut String,
    nesting: u32,
) -> Result<Vec<DocumentTable>, ReadError> {
    let own = document.depth();
    let mut tables = Vec::new();
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        match element.local_name().as_ref() {
            "t" => append(document, text)?,
            "tab" | "br" | "cr" => text.push(' '),
            "noBreakHyphen" => text.push('-'),
            // What was deleted with changes tracked, and the second form of a drawing.
            "del" | "moveFrom" | "Fallback" | "instrText" | "pPr" => document.skip()?,
            "tbl" if is_too_deep(nesting) => document.skip()?,
            "tbl" => tables.push(table(document, nesting + 1)?),
            "p" => text.push(' '),
            _ => {}
        }
    }
    Ok(tables)
}

/// Reads the table that has just started.
fn table(document: &mut Document<'_>, nesting: u32) -> Result<DocumentTable, ReadError> {
    let own = document.depth();
    let mut table = DocumentTable::default();
    let mut row = 0;
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        match element.local_name().as_ref() {
            "tr" => {
                table_row(document, &mut table, row, nesting)?;
                row += 1;
            }
            "tblPr" | "tblGrid" => document.skip()?,
            _ => {}
        }
    }
    Ok(table)
}

fn table_row(
    document: &mut Document<'_>,
    table: &mut DocumentTable,
    row: u32,
    nesting: u32,
) -> Result<(), ReadError> {
    let own = document.depth();
    let mut col = 0;
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        match element.local_name().as_ref() {
            "gridBefore" => col = number(attribute(&element, "val")),
            "tc" => col = table_cell(document, table, (row, col), nesting)?,
            // A row that was deleted with changes tracked.
            "trPrChange" => document.skip()?,
            _ => {}
        }
    }
    Ok(())
}

/// Reads the cell that has just started; returns the column after it.
fn table_cell(
    document: &mut Document<'_>,
    table: &mut DocumentTable,
    (row, col): (u32, u32),
    nesting: u32,
) -> Result<u32, ReadError> {
    let own = document.depth();
    let mut cell = TableCell { row, col, rows: 1, cols: 1, text: String::new() };
    let mut continues = false;
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        match element.local_name().as_ref() {
            "gridSpan" => cell.cols = number(attribute(&element, "val")).clamp(1, super::tables::MAX_SPAN),
            "vMerge" => continues = attribute(&element, "val").is_none_or(|value| value != "restart"),
            "p" => {
                cell.text.push(' ');
                table.nested.extend(paragraph(document, &mut cell.text, nesting)?);
            }
            "tbl" if is_too_deep(nesting) => document.skip()?,
            "tbl" => {
                let nested = self::table(document, nesting + 1)?;
                table.nested.push(nested);
            }
            _ => {}
        }
    }
    let next = col.saturating_add(cell.cols);
    if continues {
        // The cell above goes on: it spans one row more.
        let above =
            table.cells.iter_mut().rev().find(|above| above.col == col && above.row + above.rows == row);
        if let Some(above) = above {
            above.rows += 1;
        }
    } else {
        table.cells.push(cell);
    }
    Ok(next)
}

fn number(value: Option<String>) -> u32 {
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}
