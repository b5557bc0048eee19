//! Documents (.hwpx, .docx): each of their tables as a sheet, with the lines above it.
//!
//! The lines stand in the first [`LINES`] rows of the sheet, the table below them, so that titles, names of
//! organisations and heading lines are found as on a worksheet.

mod docx;
mod hwpx;

pub(super) use docx::read as read_docx;
pub(super) use hwpx::read as read_hwpx;

use super::ReadError;
use super::grid::{Budget, Grid, Overflow, one_line};
use super::xml::Document;
use crate::source::{CellRange, CellRef, LINES_ABOVE as LINES};

/// The most tables of a document.
const MAX_TABLES: usize = 2000;
/// The deepest tables in tables that are read.
const MAX_NESTING: u32 = 8;
/// The most rows and columns that a cell may span.
const MAX_SPAN: u32 = 1000;
/// The most bytes of a paragraph.
const MAX_TEXT: usize = 100_000;
/// The longest line that is part of a sheet's name, in characters.
const NAME_LETTERS: usize = 20;

/// The grids made from a document so far.
struct Tables {
    budget: Budget,
    /// What a table is called: `표`, `table`.
    word: &'static str,
    grids: Vec<Grid>,
    /// The lines since the last table.
    lines: Vec<String>,
}

/// A table as it is read.
#[derive(Default)]
struct Table {
    cells: Vec<TableCell>,
    /// Tables inside its cells.
    nested: Vec<Table>,
}

/// A cell of a table.
#[derive(Default)]
struct TableCell {
    row: u32,
    col: u32,
    rows: u32,
    cols: u32,
    text: String,
}

impl From<Overflow> for ReadError {
    fn from(_: Overflow) -> Self {
        Self::TooLarge("cells".into())
    }
}

impl Tables {
    fn new(word: &'static str) -> Self {
        Self { budget: Budget::default(), word, grids: Vec::new(), lines: Vec::new() }
    }

    /// Adds a paragraph outside tables.
    fn line(&mut self, text: &str) {
        if let Some(line) = one_line(text) {
            self.lines.push(line.text.to_string());
        }
    }

    /// Adds a table, and after it those inside its cells.
    fn table(&mut self, table: Table) -> Result<(), ReadError> {
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
    fn name(&self, lines: &[String]) -> String {
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
fn is_too_deep(nesting: u32) -> bool {
    nesting > MAX_NESTING
}

/// Appends the text of the element that has just started to `text`.
fn append(document: &mut Document<'_>, text: &mut String) -> Result<(), ReadError> {
    document.text(text, MAX_TEXT)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};
    use std::sync::Arc;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use crate::plan::Field;
    use crate::project::Config;
    use crate::read::{Contents, ReadError, read_workbook};

    fn read(name: &str, parts: &[(&str, &str)]) -> Result<Contents, ReadError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (part, content) in parts {
            archive.start_file(*part, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, archive.finish().unwrap().into_inner()).unwrap();
        read_workbook(&path, &Arc::from(name), &Config::default())
    }

    fn hangul_row(row: usize, cells: &[&str]) -> String {
        let cell = |(col, text): (usize, &&str)| {
            format!(
                "<hp:tc><hp:subList><hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p></hp:subList>\
                 <hp:cellAddr colAddr=\"{col}\" rowAddr=\"{row}\"/><hp:cellSpan colSpan=\"1\" rowSpan=\"1\"/></hp:tc>"
            )
        };
        format!("<hp:tr>{}</hp:tr>", cells.iter().enumerate().map(cell).collect::<String>())
    }

    #[test]
    fn a_plan_in_a_hangul_document_is_read_with_its_lines() {
        let rows = hangul_row(0, &["성과지표", "단위", "가중치", "2025년 실적", "2026년 목표"])
            + &hangul_row(1, &["민원 만족도", "점", "100", "82", "8<hp:deleteBegin/>4<hp:deleteEnd/>5"]);
        let section = format!(
            "<hs:sec xmlns:hs=\"s\" xmlns:hp=\"p\"><hp:p><hp:run><hp:t>부서명: 민원과</hp:t></hp:run></hp:p>\
             <hp:p><hp:run><hp:t>성과목표 1. 친절한 행정</hp:t></hp:run></hp:p>\
             <hp:p><hp:run><hp:tbl>{rows}</hp:tbl></hp:run></hp:p></hs:sec>"
        );
        let parts = [("mimetype", "application/hwp+zip"), ("Contents/section0.xml", section.as_str())];
        let contents = read("민원.hwpx", &parts).unwrap();
        let plan = &contents.plans[0];
        assert_eq!((&*plan.org, &*plan.rows[0].objective.text), ("민원과", "성과목표 1. 친절한 행정"));
        assert_eq!(&*plan.rows[0].values[1].text.text, "85");
        let place = plan.place(0, Field::Kpi).to_string();
        assert_eq!(place, "민원.hwpx 표 1 성과목표 1. 친절한 행정, 2행 1열");
        let locked = ("META-INF/manifest.xml", "<m><encryption-data/></m>");
        assert_eq!(read("민원.hwpx", &[parts[0], parts[1], locked]), Err(ReadError::Encrypted));
    }

    #[test]
    fn a_plan_in_a_word_document_is_read_without_what_was_deleted() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let row = |cells: &[&str]| {
            format!("<w:tr>{}</w:tr>", cells.iter().map(|text| cell(text)).collect::<String>())
        };
        let above = "<w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>Clean streets</w:t></w:r></w:p></w:tc>";
        let below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>";
        let body = format!(
            "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Department: Streets</w:t></w:r></w:p><w:tbl>{}\
             <w:tr>{above}{}{}</w:tr><w:tr>{below}{}{}</w:tr></w:tbl></w:body></w:document>",
            row(&["Objective", "Indicator", "Target 2026"]),
            cell("Litter index"),
            "<w:tc><w:p><w:del><w:r><w:delText>4</w:delText></w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins></w:p></w:tc>",
            cell("Bins emptied"),
            cell("900"),
        );
        let contents = read("Streets.docx", &[("word/document.xml", body.as_str())]).unwrap();
        let plan = &contents.plans[0];
        let said: Vec<(&str, &str, &str)> = plan
            .rows
            .iter()
            .map(|row| (&*row.objective.text, &*row.kpi.text, &*row.values[0].text.text))
            .collect();
        assert_eq!(said, [("Clean streets", "Litter index", "5"), ("Clean streets", "Bins emptied", "900")]);
        assert_eq!(&*plan.org, "Streets");
        assert_eq!(
            plan.place(1, Field::Kpi).to_string(),
            "Streets.docx table 1 Department  Streets, row 3, column 2"
        );
    }

    #[test]
    fn documents_that_nest_or_span_without_end_cost_only_themselves() {
        let nested = "<w:tbl><w:tr><w:tc>".repeat(5000) + &"</w:tc></w:tr></w:tbl>".repeat(5000);
        let body = format!("<w:document xmlns:w=\"w\"><w:body>{nested}</w:body></w:document>");
        assert!(read("a.docx", &[("word/document.xml", body.as_str())]).is_ok());
        let wide = "<hp:tc><hp:cellAddr colAddr=\"4000000000\" rowAddr=\"4000000000\"/>\
                    <hp:cellSpan colSpan=\"4000000000\" rowSpan=\"4000000000\"/></hp:tc>";
        let section = format!("<s xmlns:hp=\"p\"><hp:tbl><hp:tr>{}</hp:tr></hp:tbl></s>", wide.repeat(100));
        let parts = [("mimetype", "application/hwp+zip"), ("Contents/section0.xml", section.as_str())];
        assert!(read("a.hwpx", &parts).is_ok());
    }
}
