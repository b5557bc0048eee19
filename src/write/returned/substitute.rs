//! The review workbook: a new .xlsx with the same cells and merges, for a workbook that cannot hold remarks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::sync::Arc;

use xlsx_splice::Annotated;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::original::SIGNATURE;
use super::remarks::Remarks;
use crate::read::PlainSheet;
use crate::source::CellRef;
use crate::workbook::text::width_of;
use crate::workbook::{self, Book, Cell, CellFormat, CellStyle, Formats, Sheet, SheetNames, Style};

/// Widths of columns, in characters.
const NARROWEST: f64 = 7.0;
const WIDEST: f64 = 32.0;
/// Cells beyond this column get no borders.
const MOST_COLUMNS: u16 = 60;
/// The most cells, hidden rows and sheets to copy. For a workbook with more, only the review sheet is
/// written.
const MOST_CELLS: usize = 200_000;
const MOST_SHEETS: usize = 500;

/// A workbook with `sheets` and `remarks`. Without any sheets it has only the review sheet.
pub(super) fn workbook(sheets: &[PlainSheet], remarks: Remarks, style: &Style) -> Annotated {
    let cells: usize = sheets.iter().map(|sheet| sheet.cells.len().max(sheet.hidden_rows.len())).sum();
    let sheets = if cells > MOST_CELLS || sheets.len() > MOST_SHEETS { &[] } else { sheets };
    let names = names(sheets);
    let plain = if sheets.is_empty() { None } else { copy(sheets, &names, style).ok() };
    let copied = plain.and_then(|plain| annotated(&plain, renamed(remarks.clone(), &names)));
    match copied {
        Some(annotated) => Annotated {
            noted: by_old_name(annotated.noted, &names),
            marked_only: by_old_name(annotated.marked_only, &names),
            merged: by_old_name(annotated.merged, &names),
            ..annotated
        },
        // The findings are reported even if the sheets cannot be copied.
        None => {
            let review = Remarks { marks: BTreeMap::new(), ..remarks };
            annotated(&without_sheets(), review).unwrap_or_default()
        }
    }
}

fn annotated(plain: &[u8], remarks: Remarks) -> Option<Annotated> {
    xlsx_splice::Workbook::open(plain, SIGNATURE).and_then(|plain| plain.annotate(&remarks.annotation())).ok()
}

/// New sheet names by old ones.
type NewNames = BTreeMap<Arc<str>, Arc<str>>;

/// A name for each sheet that Excel accepts. Other programs' sheets and text files may have names it rejects.
fn names(sheets: &[PlainSheet]) -> NewNames {
    let mut names = SheetNames::default();
    sheets.iter().map(|sheet| (sheet.name.clone(), names.add(&sheet.name).into())).collect()
}

/// `remarks` with the new sheet names.
fn renamed(mut remarks: Remarks, names: &NewNames) -> Remarks {
    let new = |old: &Arc<str>| names.get(old).unwrap_or(old).clone();
    remarks.marks = remarks.marks.into_iter().map(|(sheet, marks)| (new(&sheet), marks)).collect();
    for row in remarks.review.iter_mut().flat_map(|review| &mut review.rows) {
        // A finding on a sheet that was not copied gets no link.
        row.link = row.link.take().filter(|(sheet, _)| names.contains_key(sheet));
        if let Some((sheet, _)) = &mut row.link {
            *sheet = new(sheet);
        }
    }
    remarks
}

fn by_old_name<T>(by_new: BTreeMap<Arc<str>, T>, names: &NewNames) -> BTreeMap<Arc<str>, T> {
    let old = |new: Arc<str>| {
        names.iter().find(|(_, name)| **name == new).map_or(new.clone(), |(old, _)| old.clone())
    };
    by_new.into_iter().map(|(name, value)| (old(name), value)).collect()
}

/// A workbook with the cells and merges of `sheets`.
fn copy(sheets: &[PlainSheet], names: &NewNames, style: &Style) -> workbook::Result<Vec<u8>> {
    let formats = Formats::of(style.clone());
    let mut book = Book::new(&formats, None)?;
    for plain in sheets {
        let mut sheet = book.sheet(names.get(&plain.name).unwrap_or(&plain.name))?;
        sheet.set_widths(widths(plain))?;
        fill(&mut sheet, plain)?;
        sheet.finish()?;
    }
    book.save()
}

fn fill(sheet: &mut Sheet<'_>, plain: &PlainSheet) -> workbook::Result {
    let blank = sheet.formats.cell(CellStyle::Body, CellFormat::Centre);
    let lone = sheet.formats.style.plain();
    let mut rows: BTreeMap<u32, Vec<&(CellRef, Arc<str>)>> = BTreeMap::new();
    for cell in &plain.cells {
        rows.entry(cell.0.row).or_default().push(cell);
    }
    // Blank cells of a table get borders too.
    let last = plain.cells.iter().map(|(cell, _)| cell.col).max().unwrap_or(0).min(MOST_COLUMNS);
    for (&row, _) in rows.iter().filter(|(_, cells)| cells.len() > 1) {
        for col in 0..=last {
            sheet.worksheet.write_blank(row, col, blank)?;
        }
    }
    let mut merged = BTreeSet::new();
    for merge in &plain.merges {
        let (first, last) = (merge.first, merge.last);
        // Of two overlapping merges the first one counts.
        if sheet.worksheet.merge_range(first.row, first.col, last.row, last.col, "", blank).is_ok() {
            merged.insert(first);
        }
    }
    for (row, cells) in rows {
        for (cell, text) in &cells {
            if cells.len() == 1 && !merged.contains(cell) {
                // Titles and footnotes overflow into the cells beside them.
                sheet.worksheet.write_string_with_format(row, cell.col, text.as_ref(), &lone)?;
            } else {
                sheet.put(row, cell.col, Cell::value(text))?;
            }
        }
    }
    for row in &plain.hidden_rows {
        sheet.worksheet.set_row_hidden(*row)?;
    }
    for range in &plain.hidden_columns {
        for col in range.first.col..=range.last.col {
            sheet.worksheet.set_column_hidden(col)?;
        }
    }
    Ok(())
}

/// The width of each column: that of its longest text, within bounds. Texts alone in their row and merged
/// texts are ignored, since they have room beside them.
fn widths(sheet: &PlainSheet) -> Vec<f64> {
    let wide = sheet.merges.iter().filter(|merge| merge.first.col != merge.last.col);
    let wide: BTreeSet<CellRef> = wide.map(|merge| merge.first).collect();
    let mut widths = Vec::new();
    for (at, (cell, text)) in sheet.cells.iter().enumerate() {
        let col = usize::from(cell.col);
        if widths.len() <= col {
            widths.resize(col + 1, NARROWEST);
        }
        let beside =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| sheet.cells.get(at));
        let alone = beside.into_iter().all(|(other, _)| other.row != cell.row);
        if !alone && !wide.contains(cell) {
            widths[col] = width_of(text).clamp(widths[col], WIDEST);
        }
    }
    widths
}

/// A workbook without sheets, to which the review sheet will be added.
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
        // Writing to memory does not fail, and these names are valid.
        let _ = package.start_file(name, options).is_ok() && package.write_all(content.as_bytes()).is_ok();
    }
    package.finish().map(Cursor::into_inner).unwrap_or_default()
}
