//! The skeleton of every worksheet planbook writes: title, heading, cells, links, page setup.
//!
//! Text from the plans is only ever written as text, so that no cell of theirs becomes a formula.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, Url, Worksheet, XlsxError};

use super::pages::{Page, Way};
use super::style::{CellFormat, CellStyle, Formats};
use crate::plan::value::Number;
use crate::source::{Place, column_letters};

/// Characters a cell holds, in UTF-16 units (ECMA-376 Part 1, 18.4.12).
const MAX_TEXT: usize = 32_767;
/// Links a sheet holds (Microsoft, Excel specifications and limits).
const MAX_LINKS: u32 = 65_530;
/// How many of them are kept for links outside of tables.
const KEPT_LINKS: u32 = 30;
/// Characters a link holds.
const MAX_LINK: usize = 2_000;
/// Height of a line of text in a table, in points, and what a row needs besides.
pub(crate) const LINE: f64 = 14.0;
pub(crate) const PADDING: f64 = 4.0;
/// Height of the title's row, and of a row whose text needs no more than a line, in points.
const TITLE: f64 = 27.0;
const STANDARD: f64 = 15.0;
/// The most lines a row is made high for; Excel allows rows of 409 points.
pub(crate) const MAX_LINES: u16 = 20;

/// A column: its heading and its width in characters of the default font; Korean letters take two.
pub type Column = (String, f64);

/// A worksheet being filled.
pub struct Sheet<'a> {
    /// The worksheet.
    pub worksheet: &'a mut Worksheet,
    /// The house style.
    pub formats: &'a Formats,
    columns: Vec<Column>,
    links: u32,
    /// Rows that need more than one line.
    lines: BTreeMap<u32, u16>,
}

impl<'a> Sheet<'a> {
    /// Names the sheet, sets the widths of its columns and sets up its pages: A4 landscape, one page wide, page
    /// numbers.
    ///
    /// # Errors
    /// When the name is none for a sheet.
    pub fn new(
        worksheet: &'a mut Worksheet,
        formats: &'a Formats,
        name: &str,
        columns: Vec<Column>,
    ) -> Result<Self, XlsxError> {
        worksheet.set_name(name)?;
        for (col, (_, width)) in (0..).zip(&columns) {
            worksheet.set_column_width(col, *width)?;
        }
        worksheet
            .set_paper_size(9)
            .set_landscape()
            .set_print_fit_to_pages(1, 0)
            .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3)
            .set_footer("&L&A&R&P / &N")
            .set_screen_gridlines(false);
        Ok(Self { worksheet, formats, columns, links: 0, lines: BTreeMap::new() })
    }

    /// Writes the title and a line below it.
    ///
    /// # Errors
    /// Those of the sheet's limits, as all methods below.
    pub fn title(&mut self, title: &str, note: &str) -> Result<(), XlsxError> {
        self.worksheet.set_row_height(0, TITLE)?;
        self.worksheet.write_string_with_format(0, 0, cut(title), &self.formats.title)?;
        self.worksheet.write_string_with_format(1, 0, cut(note), &self.formats.note)?;
        Ok(())
    }

    /// Writes the headings of the sheet's one table into `row`, with a filter, and keeps them in sight and on every
    /// page. `last` is the table's last row, `fixed` the number of columns that stay in sight.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn table(&mut self, row: u32, last: u32, fixed: u16) -> Result<(), XlsxError> {
        self.lines.insert(row, 2);
        let headings: Vec<String> = self.columns.iter().map(|(heading, _)| heading.clone()).collect();
        self.headings(row, &headings)?;
        let last_col = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.worksheet.set_freeze_panes(row + 1, fixed)?;
        self.worksheet.set_repeat_rows(row, row)?;
        self.worksheet.autofilter(row, 0, last.max(row), last_col)?;
        Ok(())
    }

    /// Writes headings into `row`.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn headings<T: AsRef<str>>(&mut self, row: u32, headings: &[T]) -> Result<(), XlsxError> {
        for (col, heading) in (0..).zip(headings) {
            self.text(row, col, heading.as_ref(), CellStyle::Heading, CellFormat::Centre)?;
        }
        Ok(())
    }

    /// Makes rows high enough for their text. Excel would do so itself, but not every program does.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn finish(self) -> Result<(), XlsxError> {
        for (row, lines) in self.lines {
            self.worksheet.set_row_height(row, f64::from(lines) * LINE + PADDING)?;
        }
        Ok(())
    }

    /// How high rows will be, in points.
    pub fn heights(&self, rows: std::ops::Range<u32>) -> impl Iterator<Item = f64> + '_ {
        rows.map(|row| match self.lines.get(&row) {
            _ if row == 0 => TITLE,
            Some(&lines) => f64::from(lines) * LINE + PADDING,
            None => STANDARD,
        })
    }

    /// A page with the sheet's columns on it.
    pub fn page(&self, way: Way) -> Page {
        Page::of(self.columns.iter().map(|(_, width)| *width), way)
    }

    /// Takes note of the lines that `text` fills in a cell.
    fn make_room(&mut self, row: u32, col: u16, text: &str, look: CellStyle) {
        let Some((_, width)) = self.columns.get(usize::from(col)) else { return };
        let lines = lines_of(text, *width);
        if lines > 1 && look.wraps() {
            let high = self.lines.entry(row).or_default();
            *high = lines.max(*high);
        }
    }

    /// Writes text.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn text(
        &mut self,
        row: u32,
        col: u16,
        text: &str,
        look: CellStyle,
        set: CellFormat,
    ) -> Result<(), XlsxError> {
        let format = self.formats.cell(look, set);
        if text.is_empty() {
            self.worksheet.write_blank(row, col, format)?;
        } else {
            self.worksheet.write_string_with_format(row, col, cut(text), format)?;
            self.make_room(row, col, text, look);
        }
        Ok(())
    }

    /// Writes text into the cells from `row` to `last` of a column, merged where they are several.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn merged(
        &mut self,
        row: u32,
        last: u32,
        col: u16,
        text: &str,
        look: CellStyle,
    ) -> Result<(), XlsxError> {
        if row == last {
            return self.text(row, col, text, look, CellFormat::Text(0));
        }
        let format = self.formats.cell(look, CellFormat::Text(0));
        self.worksheet.merge_range(row, col, last, col, &cut(text), format)?;
        let width = self.columns.get(usize::from(col)).map_or(10.0, |(_, width)| *width);
        let rows = u16::try_from(last - row + 1).unwrap_or(MAX_LINES);
        for row in row..=last {
            let high = self.lines.entry(row).or_insert(1);
            *high = lines_of(text, width).div_ceil(rows).max(*high);
        }
        Ok(())
    }

    /// Writes a formula and what it comes to, so that programs that do not calculate show it too. The formula is
    /// planbook's own and holds no text of a plan.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn formula(
        &mut self,
        row: u32,
        col: u16,
        (formula, result): (String, String),
        look: CellStyle,
        set: CellFormat,
    ) -> Result<(), XlsxError> {
        let formula = Formula::new(formula).set_result(result);
        // Nothing, where a formula comes to nothing; the library would store 0.
        self.worksheet.set_formula_result_default("");
        self.worksheet.write_formula_with_format(row, col, formula, self.formats.cell(look, set))?;
        Ok(())
    }

    /// Writes a value as a number that looks as it was written, if that can be; else as text.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn value(&mut self, row: u32, col: u16, text: &str, look: CellStyle) -> Result<(), XlsxError> {
        match as_number(text) {
            Some((number, set)) => {
                let format = self.formats.cell(look, set);
                self.worksheet.write_number_with_format(row, col, number, format)?;
                Ok(())
            }
            None => self.text(row, col, text, look, CellFormat::Centre),
        }
    }

    /// Writes a number.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn number(
        &mut self,
        row: u32,
        col: u16,
        number: f64,
        look: CellStyle,
        set: CellFormat,
    ) -> Result<(), XlsxError> {
        self.worksheet.write_number_with_format(row, col, number, self.formats.cell(look, set))?;
        Ok(())
    }

    /// Empty cells with the lines of a table.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn blanks(&mut self, row: u32, cols: std::ops::Range<u16>, look: CellStyle) -> Result<(), XlsxError> {
        for col in cols {
            self.text(row, col, "", look, CellFormat::Text(0))?;
        }
        Ok(())
    }

    /// Text in one cell over several columns of a row.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn over(
        &mut self,
        row: u32,
        (first, last): (u16, u16),
        text: &str,
        look: CellStyle,
    ) -> Result<(), XlsxError> {
        let format = self.formats.cell(look, CellFormat::Centre);
        self.worksheet.merge_range(row, first, row, last, &cut(text), format)?;
        let columns = self.columns.get(usize::from(first)..=usize::from(last)).unwrap_or_default();
        let lines = lines_of(text, columns.iter().map(|(_, width)| width).sum());
        let high = self.lines.entry(row).or_default();
        *high = lines.max(*high);
        Ok(())
    }

    /// Writes a link within the workbook outside of any table.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn way(&mut self, row: u32, col: u16, text: &str, target: String) -> Result<(), XlsxError> {
        self.links += 1;
        let url = Url::new(target).set_text(text);
        self.worksheet.write_url_with_format(row, col, url, &self.formats.way)?;
        Ok(())
    }

    /// Writes a count.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn count(&mut self, row: u32, col: u16, count: usize, look: CellStyle) -> Result<(), XlsxError> {
        let format = self.formats.cell(look, CellFormat::Count);
        // No count comes near the 53 bits that a float holds exactly.
        #[allow(clippy::cast_precision_loss)]
        self.worksheet.write_number_with_format(row, col, count as f64, format)?;
        Ok(())
    }

    /// Writes a count, nothing for none.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn some(&mut self, row: u32, col: u16, count: usize, look: CellStyle) -> Result<(), XlsxError> {
        if count == 0 {
            self.text(row, col, "", CellStyle::Body, CellFormat::Centre)
        } else {
            self.count(row, col, count, look)
        }
    }

    /// Writes `text` as a link, or as mere text where the sheet holds no more links or `target` is none.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn link(
        &mut self,
        row: u32,
        col: u16,
        text: &str,
        target: Option<String>,
        look: CellStyle,
    ) -> Result<(), XlsxError> {
        let fits = |target: &String| target.encode_utf16().count() <= MAX_LINK;
        match target.filter(fits).filter(|_| self.links < MAX_LINKS - KEPT_LINKS && !text.is_empty()) {
            Some(target) => {
                self.links += 1;
                let url = Url::new(target).set_text(cut(text));
                self.worksheet.write_url_with_format(
                    row,
                    col,
                    url,
                    self.formats.cell(look, CellFormat::Link),
                )?;
                self.make_room(row, col, text, look);
                Ok(())
            }
            None => self.text(row, col, text, look, CellFormat::Text(0)),
        }
    }
}

/// A link to a cell of another sheet of the same workbook.
pub fn internal(sheet: &str, row: u32) -> String {
    format!("internal:'{}'!A{}", sheet.replace('\'', "''"), row + 1)
}

/// The cells of a column from one row to another, as a formula names them.
pub fn cells(col: u16, first: u32, last: u32) -> String {
    let letters = column_letters(col);
    format!("{letters}{}:{letters}{}", first + 1, last + 1)
}

/// A cell as a formula names it.
pub fn cell(row: u32, col: u16) -> String {
    format!("{}{}", column_letters(col), row + 1)
}

/// A link to a place in a plan's workbook, whose folder is `base` as seen from the workbook written. None where a
/// name holds characters that links have another use for.
pub fn external(base: &str, place: &Place) -> Option<String> {
    let path = format!("{}/{}", base.trim_end_matches('/'), place.file);
    let awkward = |text: &str| text.contains(['#', '%', '\\', ':']) || text.chars().any(char::is_control);
    if awkward(&path) {
        return None;
    }
    let target = match (&place.sheet, place.cell) {
        (Some(sheet), Some(cell)) if !awkward(sheet) => format!("#'{}'!{cell}", sheet.replace('\'', "''")),
        _ => String::new(),
    };
    Some(format!("file:///{path}{target}"))
}

/// The width of a column that shows `text` on one line.
pub fn width_of(text: &str) -> f64 {
    digits(text) + 1.5
}

/// How wide `text` is, counted in digits.
fn digits(text: &str) -> f64 {
    text.chars().map(|c| if c < '\u{1100}' { 1.0 } else { 1.75 }).sum()
}

/// The lines that `text` fills in a column so many digits wide. A Korean letter of the house font is as wide as one
/// digit and three quarters.
pub(crate) fn lines_of(text: &str, width: f64) -> u16 {
    let digits = digits(text);
    let room = (width - 0.5).max(1.0);
    (1..MAX_LINES).find(|&lines| digits <= room * f64::from(lines)).unwrap_or(MAX_LINES)
}

/// `text` within what a cell holds.
pub(crate) fn cut(text: &str) -> String {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MAX_TEXT {
            // The character before is at most two units long: one off makes room for the ellipsis.
            let kept = text[..at].chars().count() - 1;
            return text.chars().take(kept).chain(['…']).collect();
        }
    }
    text.to_owned()
}

/// The number that [`Sheet::value`] writes for `text`, if it writes one.
pub fn number_in(text: &str) -> Option<f64> {
    as_number(text).map(|(number, _)| number)
}

/// The number that `text` is and the format that shows it just so.
pub(crate) fn as_number(text: &str) -> Option<(f64, CellFormat)> {
    let number = Number::parse_plain(text)?;
    let decimals = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let grouped = text.contains(',');
    // `007`, `+5`, `△3` and numbers of more than 15 digits would not look as they were written.
    let plain = text.replace(',', "");
    let faithful = format!("{number:.decimals$}") == plain && plain.len() <= 16;
    // A number below 1,000 shows no separator either way.
    let decimals = u8::try_from(decimals).ok().filter(|&decimals| decimals <= CellFormat::MAX_DECIMALS)?;
    faithful.then_some((number, CellFormat::Number(decimals, grouped)))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
