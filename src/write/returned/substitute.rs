//! The review workbook: a new .xlsx of the same cells and merges, for a workbook that cannot take remarks itself.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::read::PlainSheet;
use crate::write::annotate::{Annotated, Annotation, annotate};
use crate::write::sheet::{Sheet, width_of};
use crate::write::style::{self, Formats, Look, Set};

/// Widths of columns, in characters.
const NARROWEST: f64 = 7.0;
const WIDEST: f64 = 32.0;

/// The workbook of `sheets` with `annotation`. Without any sheet it has the review sheet alone.
pub(super) fn workbook(sheets: &[PlainSheet], annotation: Annotation) -> Annotated {
    let plain = if sheets.is_empty() { None } else { copy(sheets).ok() };
    let annotated = plain.and_then(|plain| annotate(&plain, &annotation).ok());
    // What cannot be copied is told of all the same.
    annotated.unwrap_or_else(|| {
        let review = Annotation { marks: BTreeMap::new(), ..annotation };
        annotate(&without_sheets(), &review).unwrap_or_default()
    })
}

/// A workbook with the cells and merges of `sheets`.
fn copy(sheets: &[PlainSheet]) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    book.set_default_format(&style::text(style::TEXT_SIZE, style::colour::INK), 20, 64)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    for plain in sheets {
        let columns = widths(plain).into_iter().map(|width| (String::new(), width)).collect();
        let mut sheet = Sheet::new(book.add_worksheet(), &formats, &plain.name, columns)?;
        for merge in &plain.merges {
            let (first, last) = (merge.first, merge.last);
            let blank = formats.cell(Look::Body, Set::Centre);
            sheet.worksheet.merge_range(first.row, first.col, last.row, last.col, "", blank)?;
        }
        for (cell, text) in &plain.cells {
            sheet.value(cell.row, cell.col, text, Look::Body)?;
        }
        let unseen = Format::new();
        for row in &plain.hidden_rows {
            sheet.worksheet.set_row_format(*row, &unseen)?;
            sheet.worksheet.set_row_hidden(*row)?;
        }
        for range in &plain.hidden_columns {
            for col in range.first.col..=range.last.col {
                sheet.worksheet.set_column_hidden(col)?;
            }
        }
        sheet.finish()?;
    }
    book.save_to_buffer()
}

/// A width for each column: that of its longest text, within bounds. Merged cells have room elsewhere.
fn widths(sheet: &PlainSheet) -> Vec<f64> {
    let mut widths = Vec::new();
    for (cell, text) in &sheet.cells {
        let col = usize::from(cell.col);
        if widths.len() <= col {
            widths.resize(col + 1, NARROWEST);
        }
        if !sheet.merges.iter().any(|merge| merge.first == *cell && merge.first.col != merge.last.col) {
            widths[col] = width_of(text).clamp(widths[col], WIDEST);
        }
    }
    widths
}

/// A workbook that the review sheet is to be the only sheet of.
fn without_sheets() -> Vec<u8> {
    const PARTS: [(&str, &str); 5] = [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
             <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheets></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"1\"><font>\
             <sz val=\"10\"/><name val=\"맑은 고딕\"/></font></fonts></styleSheet>",
        ),
    ];
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in PARTS {
        let content = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{content}");
        // Memory does not refuse, and these names are fine.
        let _ = package.start_file(name, options).is_ok() && package.write_all(content.as_bytes()).is_ok();
    }
    package.finish().map(Cursor::into_inner).unwrap_or_default()
}
