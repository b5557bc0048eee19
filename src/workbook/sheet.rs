//! A worksheet being filled: title, headings, cells, links, row heights.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_xlsxwriter::{Url, Worksheet};

use super::Result;
use super::cell::{Cell, CellContent, Formula};
use super::pages::{self, Orientation, SheetPage};
use super::style::{CellFormat, CellStyle, Formats};
use super::text::{MAX_LINES, cut, lines_of, row_height};
use crate::source::CellRange;

/// The most links on a sheet (Microsoft, Excel specifications and limits).
const MAX_LINKS: u32 = 65_530;
/// How many of them are reserved for links outside tables.
const KEPT_LINKS: u32 = 30;
/// The longest link, in characters.
const MAX_LINK: usize = 2_000;
/// Height of the title row, and of a row with one line of text, in points.
const TITLE: f64 = 27.0;
const STANDARD: f64 = 15.0;

/// A worksheet being filled. Its methods fail only at the limits of a sheet: too many rows or columns.
pub struct Sheet<'a> {
    /// The worksheet.
    pub worksheet: &'a mut Worksheet,
    /// The house style.
    pub formats: &'a Formats,
    /// Its name on the tab.
    pub name: String,
    /// The column widths in characters of the default font; Korean letters take two.
    widths: Vec<f64>,
    links: u32,
    /// Rows that need more than one line.
    lines: BTreeMap<u32, u16>,
}

impl<'a> Sheet<'a> {
    /// Names the sheet and sets up its pages.
    pub fn new(worksheet: &'a mut Worksheet, formats: &'a Formats, name: &str) -> Result<Self> {
        worksheet.set_name(name)?.set_formula_result_default("");
        pages::set_up(worksheet);
        Ok(Self {
            worksheet,
            formats,
            name: name.to_owned(),
            widths: Vec::new(),
            links: 0,
            lines: BTreeMap::new(),
        })
    }

    /// Sets the column widths. A [`super::Table`] does so itself.
    pub fn set_widths(&mut self, widths: impl IntoIterator<Item = f64>) -> Result {
        for (col, width) in widths.into_iter().enumerate() {
            self.widths.resize(self.widths.len().max(col + 1), width);
            self.widths[col] = width;
            self.worksheet.set_column_width(u16::try_from(col).unwrap_or(u16::MAX), width)?;
        }
        Ok(())
    }

    /// The column widths.
    pub fn widths(&self) -> &[f64] {
        &self.widths
    }

    /// Writes the title and a line below it.
    pub fn title(&mut self, title: &str, note: &str) -> Result {
        self.worksheet.set_row_height(0, TITLE)?;
        self.worksheet.write_string_with_format(0, 0, cut(title), &self.formats.title)?;
        self.note(1, note)
    }

    /// Writes a line that overflows into the cells beside it.
    pub fn note(&mut self, row: u32, text: &str) -> Result {
        self.worksheet.write_string_with_format(row, 0, cut(text), &self.formats.note)?;
        Ok(())
    }

    /// Writes the heading of a block.
    pub fn section(&mut self, row: u32, name: &str) -> Result {
        self.worksheet.write_string_with_format(row, 0, name, &self.formats.section)?;
        Ok(())
    }

    /// Writes a link within the workbook, outside tables.
    pub fn nav_link(&mut self, row: u32, text: &str, target: String) -> Result {
        self.links += 1;
        let url = Url::new(target).set_text(text);
        self.worksheet.write_url_with_format(row, 0, url, &self.formats.nav_link)?;
        Ok(())
    }

    /// Writes a cell.
    pub fn put(&mut self, row: u32, col: u16, cell: Cell) -> Result {
        let Cell { content, style, format } = cell;
        let set = self.formats.cell(style, format);
        match content {
            CellContent::Nothing => {}
            CellContent::Text(text) if text.is_empty() => {
                self.worksheet.write_blank(row, col, set)?;
            }
            CellContent::Text(text) => {
                self.worksheet.write_string_with_format(row, col, cut(&text), set)?;
                self.make_room(row, col, &text, style);
            }
            CellContent::Number(number) => {
                self.worksheet.write_number_with_format(row, col, number, set)?;
            }
            CellContent::Formula(Formula { text, result }) => {
                let formula = rust_xlsxwriter::Formula::new(text).set_result(result);
                self.worksheet.write_formula_with_format(row, col, formula, set)?;
            }
            CellContent::Link { text, target } => {
                match target.filter(|to| !text.is_empty() && self.takes_link(to)) {
                    Some(target) => {
                        self.links += 1;
                        let (url, set) = (Url::new(target).set_text(cut(&text)), CellFormat::Link);
                        self.worksheet.write_url_with_format(row, col, url, self.formats.cell(style, set))?;
                        self.make_room(row, col, &text, style);
                    }
                    None => self.put(row, col, Cell::text(&text).styled(style))?,
                }
            }
        }
        Ok(())
    }

    fn takes_link(&self, target: &str) -> bool {
        self.links < MAX_LINKS - KEPT_LINKS && target.encode_utf16().count() <= MAX_LINK
    }

    /// Records the lines that `text` needs in a cell.
    fn make_room(&mut self, row: u32, col: u16, text: &str, style: CellStyle) {
        let Some(&width) = self.widths.get(usize::from(col)) else { return };
        let lines = lines_of(text, width);
        if lines > 1 && style.wraps() {
            self.grow_row(row, lines);
        }
    }

    /// Makes a row high enough for `lines`.
    pub(super) fn grow_row(&mut self, row: u32, lines: u16) {
        let high = self.lines.entry(row).or_insert(1);
        *high = lines.max(*high);
    }

    /// Merges `area` and writes text into it.
    pub fn merged(&mut self, area: CellRange, text: &str, style: CellStyle, format: CellFormat) -> Result {
        let CellRange { first, last } = area;
        if first == last {
            return self.put(first.row, first.col, Cell { format, ..Cell::text(text).styled(style) });
        }
        let format = self.formats.cell(style, format);
        self.worksheet.merge_range(first.row, first.col, last.row, last.col, &cut(text), format)?;
        let widths = self.widths.get(usize::from(first.col)..=usize::from(last.col)).unwrap_or_default();
        let lines = lines_of(text, widths.iter().sum());
        let rows = u16::try_from(last.row - first.row + 1).unwrap_or(MAX_LINES);
        for row in first.row..=last.row {
            self.grow_row(row, lines.div_ceil(rows));
        }
        Ok(())
    }

    /// Sets the row heights. Excel would fit them itself, but not every program does.
    pub fn finish(self) -> Result {
        for (row, lines) in self.lines {
            self.worksheet.set_row_height(row, row_height(lines))?;
        }
        Ok(())
    }

    /// The heights of rows, in points.
    pub fn heights(&self, rows: Range<u32>) -> impl Iterator<Item = f64> + '_ {
        rows.map(|row| match self.lines.get(&row) {
            _ if row == 0 => TITLE,
            Some(&lines) => row_height(lines),
            None => STANDARD,
        })
    }

    /// A page scaled to the sheet's columns.
    pub fn page(&self, orientation: Orientation) -> SheetPage {
        SheetPage::of(self.widths.iter().copied(), orientation)
    }
}
