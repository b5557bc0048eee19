//! Hangul documents: OWPML (KS X 6101).

use quick_xml::events::Event;

use super::tables::{DocumentTable, TableCell, Tables, is_too_deep};
use crate::read::ReadError;
use crate::read::grid::Grid;
use crate::read::package::Package;
use crate::read::xml::{Document, attribute};

/// The tables of a .hwpx.
pub(in crate::read) fn read(package: &mut Package) -> Result<Vec<Grid>, ReadError> {
    let mut sections: Vec<(u32, String)> =
        package.names().filter_map(|name| Some((section(&name)?, name))).collect();
    sections.sort();
    if sections.is_empty() {
        return Err(ReadError::Lacks("Contents/section0.xml".into()));
    }
    let mut tables = Tables::new("표");
    for (_, name) in sections {
        let content = package.unpacked(&name)?.ok_or_else(|| ReadError::Lacks(name.clone()))?;
        read_section(&name, &content, &mut tables)?;
    }
    Ok(tables.grids)
}

/// The number of a section's part: `Contents/section0.xml`.
fn section(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    name.strip_prefix("contents/section")?.strip_suffix(".xml")?.parse().ok()
}

fn read_section(name: &str, content: &[u8], tables: &mut Tables) -> Result<(), ReadError> {
    let mut document = Document::new(name, content);
    loop {
        match document.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "p" => {
                    let mut text = String::new();
                    let nested = paragraph(&mut document, &mut text, 1)?;
                    tables.line(&text);
                    nested.into_iter().try_for_each(|table| tables.table(table))?;
                }
                "tbl" => {
                    let table = table(&mut document, 1)?;
                    tables.table(table)?;
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Reads the paragraph that has just started; returns the tables in it.
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
            "t" => run(document, text)?,
            "tbl" if is_too_deep(nesting) => document.skip()?,
            "tbl" => tables.push(table(document, nesting + 1)?),
            "p" => text.push(' '),
            // Not part of the running text.
            "footNote" | "endNote" | "header" | "footer" | "hiddenComment" | "secPr" | "script"
            | "shapeComment" => {
                document.skip()?;
            }
            _ => {}
        }
    }
    Ok(tables)
}

/// Reads the text of a run: letters, with tabs and line breaks between them.
fn run(document: &mut Document<'_>, text: &mut String) -> Result<(), ReadError> {
    let own = document.depth();
    let mut deleted = false;
    while document.depth() >= own {
        match document.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "tab" | "lineBreak" | "nbSpace" | "fwSpace" => text.push(' '),
                "hyphen" => text.push('-'),
                // What was deleted with changes tracked.
                "deleteBegin" => deleted = true,
                "deleteEnd" => deleted = false,
                _ => {}
            },
            Event::Text(piece) if !deleted && text.len() <= super::tables::MAX_TEXT => {
                text.push_str(&piece.xml10_content())
            }
            Event::CData(piece) if !deleted && text.len() <= super::tables::MAX_TEXT => {
                text.push_str(&piece.xml10_content())
            }
            Event::GeneralRef(name) if !deleted => text.push_str(&crate::read::xml::character(&name)),
            _ => {}
        }
    }
    Ok(())
}

/// Reads the table that has just started.
fn table(document: &mut Document<'_>, nesting: u32) -> Result<DocumentTable, ReadError> {
    let own = document.depth();
    let mut table = DocumentTable::default();
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        match element.local_name().as_ref() {
            "tc" => table_cell(document, &mut table, nesting)?,
            "caption" => document.skip()?,
            _ => {}
        }
    }
    Ok(table)
}

/// Reads the cell that has just started; its place is inside it.
fn table_cell(document: &mut Document<'_>, table: &mut DocumentTable, nesting: u32) -> Result<(), ReadError> {
    let own = document.depth();
    let mut cell = TableCell { rows: 1, cols: 1, ..TableCell::default() };
    while document.depth() >= own {
        let Event::Start(element) = document.next()? else { continue };
        let number = |name: &str| attribute(&element, name).and_then(|value| value.parse::<u32>().ok());
        match element.local_name().as_ref() {
            "cellAddr" => {
                (cell.row, cell.col) =
                    (number("rowAddr").unwrap_or_default(), number("colAddr").unwrap_or_default());
            }
            "cellSpan" => {
                (cell.rows, cell.cols) = (number("rowSpan").unwrap_or(1), number("colSpan").unwrap_or(1));
            }
            "p" => {
                cell.text.push(' ');
                table.nested.extend(paragraph(document, &mut cell.text, nesting)?);
            }
            _ => {}
        }
    }
    table.cells.push(cell);
    Ok(())
}
