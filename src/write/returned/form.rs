//! Lays out the review sheet: one row per finding of the workbook, with cells to answer in.

use std::collections::BTreeMap;
use std::sync::Arc;

use xlsx_splice::{AddedCell, AddedRow, AddedSheet, CellFormat, Choices, Font, Formats, MAX_LINKS, Rgb};

use super::palette::Palette;
use crate::finding::{Lang, ReviewForm, Severity};
use crate::source::{CellRange, CellRef};

/// The row of the column headings, from 0.
const HEAD_ROW: u32 = 3;
/// Colours that the house style does not change: links, and the lines of the table.
const LINK: Rgb = Rgb([0x05, 0x63, 0xc1]);
const LINE: Rgb = Rgb([0xbf, 0xbf, 0xbf]);

/// The texts of the review sheet.
#[derive(Clone, Debug)]
pub struct ReviewSheet {
    /// The tab's name.
    pub name: String,
    /// The title line.
    pub title: String,
    /// The instructions below the title.
    pub lead: String,
    /// The columns.
    pub columns: Vec<ReviewColumn>,
    /// One row per finding.
    pub rows: Vec<ReviewRow>,
    /// The answers to choose from.
    pub choices: Vec<String>,
}

/// A column of the review sheet.
#[derive(Clone, Debug)]
pub struct ReviewColumn {
    /// Its heading.
    pub heading: String,
    /// Its width in characters.
    pub width: f64,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column of the review sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// The severity, in its colour.
    Severity,
    /// The location, as a link.
    Place,
    /// The department's answer, chosen from a list.
    Action,
    /// The department's remark.
    Remark,
}

/// A finding on the review sheet.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// Its texts, column by column.
    pub cells: Vec<String>,
    /// Its severity.
    pub severity: Severity,
    /// The cell it links to.
    pub link: Option<(Arc<str>, CellRef)>,
    /// The finding's id.
    pub id: String,
}

/// The formats of the review sheet, as indices into [`formats`]. Those of the severities are consecutive.
mod format {
    pub(super) const TITLE: usize = 0;
    pub(super) const LEAD: usize = 1;
    pub(super) const HEAD: usize = 2;
    pub(super) const TEXT: usize = 3;
    pub(super) const LINK: usize = 4;
    pub(super) const ANSWER: usize = 5;
    pub(super) const SEVERITY: usize = 6;
}

fn formats(palette: &Palette) -> Formats {
    let small = Font { size: 10, ..Font::default() };
    let fonts = vec![
        small,
        Font { size: 16, bold: true, ..small },
        Font { bold: true, color: Some(palette.on_head), ..small },
        Font { underline: true, color: Some(LINK), ..small },
    ];
    let [small, title, bold, link] = [0, 1, 2, 3];
    let [lines, no_lines] = [0, 1];
    let plain =
        CellFormat { font: small, border: no_lines, top: true, wrapped: true, ..CellFormat::default() };
    let cell = CellFormat { border: lines, ..plain };
    let centered = CellFormat { centered: true, ..cell };
    let severity = |rgb| CellFormat { fill: Some(rgb), ..centered };
    let [error, warning, info] = palette.marks.map(severity);
    let cells = vec![
        CellFormat { font: title, border: no_lines, ..CellFormat::default() },
        plain,
        CellFormat { font: bold, fill: Some(palette.head), top: false, ..centered },
        cell,
        CellFormat { font: link, ..centered },
        CellFormat { fill: Some(palette.answer), ..cell },
        error,
        warning,
        info,
    ];
    Formats { fonts, borders: vec![Some(LINE), None], cells }
}

impl ReviewSheet {
    /// The sheet to add to a workbook.
    pub fn laid_out(&self, palette: &Palette) -> AddedSheet {
        // The ids are in the column after the visible ones.
        let ids = u16::try_from(self.columns.len()).unwrap_or(0);
        let last = HEAD_ROW + u32::try_from(self.rows.len().max(1)).unwrap_or(0);
        let mut rows = BTreeMap::from([
            (0, row(28, vec![cell(&self.title, format::TITLE)])),
            (1, row(self.lead_height(), vec![cell(&self.lead, format::LEAD)])),
            (HEAD_ROW, self.head()),
        ]);
        rows.extend((HEAD_ROW + 1..).zip(self.rows.iter().enumerate().map(|(at, row)| self.row(at, row))));
        let line = |row| CellRange::new(CellRef::new(row, 0), CellRef::new(row, ids.saturating_sub(1)));
        AddedSheet {
            name: self.name.clone(),
            tab: palette.head,
            columns: self.columns.iter().map(|column| column.width).collect(),
            table: CellRange::new(CellRef::new(HEAD_ROW, 0), CellRef::new(last, ids)),
            rows,
            merges: vec![line(0), line(1)],
            choices: self.choices(last).into_iter().collect(),
            formats: formats(palette),
        }
    }

    fn lead_height(&self) -> usize {
        let width = self.columns.iter().map(|column| column.width).sum();
        15 * wrapped_lines(&self.lead, width) + 6
    }

    fn head(&self) -> AddedRow {
        let headings = self.columns.iter().map(|column| column.heading.as_str()).chain([ReviewForm::ID]);
        row(24, headings.map(|heading| cell(heading, format::HEAD)).collect())
    }

    fn row(&self, at: usize, finding: &ReviewRow) -> AddedRow {
        let link = finding.link.as_ref().filter(|_| at < MAX_LINKS);
        let shown = self.columns.iter().zip(&finding.cells);
        let lines = shown.clone().map(|(column, text)| wrapped_lines(text, column.width)).max();
        let shown = shown.map(|(column, text)| match column.kind {
            ColumnKind::Severity => cell(text, format::SEVERITY + finding.severity as usize),
            ColumnKind::Place if link.is_some() => {
                AddedCell { link: link.cloned(), ..cell(text, format::LINK) }
            }
            ColumnKind::Action | ColumnKind::Remark => cell(text, format::ANSWER),
            ColumnKind::Place | ColumnKind::Text => cell(text, format::TEXT),
        });
        let id = AddedCell { text: finding.id.clone(), ..AddedCell::default() };
        row((lines.unwrap_or(1) * 14 + 4).min(400), shown.chain([id]).collect())
    }

    /// The drop-down list of answers.
    fn choices(&self, last: u32) -> Option<Choices> {
        let column = self.columns.iter().position(|column| column.kind == ColumnKind::Action)?;
        let column = u16::try_from(column).ok().filter(|_| !self.rows.is_empty())?;
        let range = CellRange::new(CellRef::new(HEAD_ROW + 1, column), CellRef::new(last, column));
        Some(Choices { range, values: self.choices.clone() })
    }
}

fn row(height: usize, cells: Vec<AddedCell>) -> AddedRow {
    AddedRow { height: height as f64, cells }
}

fn cell(text: &str, format: usize) -> AddedCell {
    AddedCell { text: text.to_owned(), format: Some(format), link: None }
}

/// The number of lines a text takes in a column of `width` characters.
fn wrapped_lines(text: &str, width: f64) -> usize {
    let room = (width - 1.0).max(2.0);
    let length = |line: &str| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 1.75 }).sum::<f64>();
    text.lines().map(|line| (length(line) / room) as usize + 1).sum()
}

/// The name of the review sheet.
pub(super) fn sheet_name(lang: Lang) -> &'static str {
    lang.pick("검토의견", "Review")
}
