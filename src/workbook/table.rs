//! A table: one list says what its columns are called, how wide they are and what stands in them.

use std::borrow::Borrow;

use rust_xlsxwriter::{Table as ExcelTable, TableColumn, TableStyle, XlsxError};

use super::cell::{Cell, Formula};
use super::range::{cells, in_row};
use super::sheet::Sheet;
use super::style::{CellFormat, CellStyle};
use crate::finding::Lang;
use crate::source::{CellRange, CellRef};

/// A column.
struct Column<'a, R> {
    heading: Heading,
    width: f64,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
    /// The heading over the group that it begins.
    over: Option<(String, CellStyle)>,
    sum: Option<Sum>,
}

/// The columns of a table with a line for each `R`, from left to right.
pub struct Columns<'a, R>(Vec<Column<'a, R>>);

/// What the numbers of a column come to.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    all: f64,
    above_zero: usize,
}

/// What a line below a table counts.
#[derive(Clone, Copy, Debug)]
pub enum Total {
    /// The sum of the lines that a filter leaves.
    Sum,
    /// The lines that have a number above 0.
    Lines,
}

/// What a column is called: in Korean and in English, or as it is called in the plans.
#[derive(Clone, Debug)]
pub enum Heading {
    /// In both languages.
    Both(&'static str, &'static str),
    /// In the one that is written.
    Own(String),
}

impl From<(&'static str, &'static str)> for Heading {
    fn from((ko, en): (&'static str, &'static str)) -> Self {
        Self::Both(ko, en)
    }
}

impl From<String> for Heading {
    fn from(text: String) -> Self {
        Self::Own(text)
    }
}

impl Heading {
    fn text(&self, lang: Lang) -> &str {
        match self {
            Self::Both(ko, en) => lang.pick(ko, en),
            Self::Own(text) => text,
        }
    }
}

impl<R> Default for Columns<'_, R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, R> Columns<'a, R> {
    /// No columns yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the column that comes next.
    pub fn next(&self) -> u16 {
        u16::try_from(self.0.len()).unwrap_or(u16::MAX)
    }

    /// One more column: its heading, its width in characters, of which Korean letters take two, and what stands in it.
    #[must_use]
    pub fn column(mut self, heading: impl Into<Heading>, width: f64, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        self.0.push(Column { heading: heading.into(), width, cell: Box::new(cell), over: None, sum: None });
        self
    }

    /// Gives the last column a place in the lines of [`Table::totals`].
    #[must_use]
    pub fn summed(mut self) -> Self {
        self.0.iter_mut().rev().take(1).for_each(|column| column.sum = Some(Sum::default()));
        self
    }

    /// Puts a heading over the last column and those that come behind it, up to the next that begins a group.
    #[must_use]
    pub fn under(mut self, heading: &str, style: CellStyle) -> Self {
        self.0.iter_mut().rev().take(1).for_each(|column| column.over = Some((heading.to_owned(), style)));
        self
    }
}

/// A table being written, line by line below its heading.
pub struct Table<'a, R> {
    lang: Lang,
    columns: Columns<'a, R>,
    /// The row of the heading.
    heading: u32,
    /// The row written last.
    pub last: u32,
}

impl<'a, R> Table<'a, R> {
    /// A table whose heading stands in the row `heading`. Its columns give the sheet its widths.
    ///
    /// # Errors
    /// Those of the sheet's limits, as all methods below.
    pub fn new(
        sheet: &mut Sheet<'_>,
        lang: Lang,
        heading: u32,
        columns: Columns<'a, R>,
    ) -> Result<Self, XlsxError> {
        sheet.set_widths(columns.0.iter().map(|column| column.width))?;
        Ok(Self { lang, columns, heading, last: heading })
    }

    fn last_column(&self) -> u16 {
        self.columns.next().saturating_sub(1)
    }

    /// Writes the line of `item` and tells its row.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn line(&mut self, sheet: &mut Sheet<'_>, item: &R) -> Result<u32, XlsxError> {
        self.last += 1;
        for (col, column) in (0..).zip(&mut self.columns.0) {
            let cell = (column.cell)(item);
            if let Some((sum, number)) = column.sum.as_mut().zip(cell.as_number()) {
                sum.all += number;
                sum.above_zero += usize::from(number > 0.0);
            }
            sheet.put(self.last, col, cell)?;
        }
        Ok(self.last)
    }

    /// Writes the lines of `items`.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn lines<T: Borrow<R>>(
        &mut self,
        sheet: &mut Sheet<'_>,
        items: impl IntoIterator<Item = T>,
    ) -> Result<(), XlsxError> {
        items.into_iter().try_for_each(|item| self.line(sheet, item.borrow()).map(drop))
    }

    /// Writes a line over the headings, as [`Table::band`] does over lines.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn above(&self, sheet: &mut Sheet<'_>, texts: &[&str], style: CellStyle) -> Result<(), XlsxError> {
        self.row_of(sheet, self.heading - 1, texts, style)
    }

    /// Writes a line over a group of lines: `texts` in its first cells, the others blank. Tells its row.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn band(
        &mut self,
        sheet: &mut Sheet<'_>,
        texts: &[&str],
        style: CellStyle,
    ) -> Result<u32, XlsxError> {
        self.last += 1;
        self.row_of(sheet, self.last, texts, style)?;
        Ok(self.last)
    }

    fn row_of(
        &self,
        sheet: &mut Sheet<'_>,
        row: u32,
        texts: &[&str],
        style: CellStyle,
    ) -> Result<(), XlsxError> {
        let texts = texts.iter().copied().chain(std::iter::repeat(""));
        for (col, text) in (0..=self.last_column()).zip(texts) {
            sheet.put(row, col, Cell::text(text).styled(style))?;
        }
        Ok(())
    }

    /// Says in the place of lines why there are none.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn none(&mut self, sheet: &mut Sheet<'_>, why: &str) -> Result<(), XlsxError> {
        self.last += 1;
        sheet.put(self.last, 0, Cell::text(why).muted())
    }

    /// Writes lines below the table, each with its name, that sum up the columns [`Columns::summed`]. They are no part of the
    /// table.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn totals(&self, sheet: &mut Sheet<'_>, totals: &[(&str, Total)]) -> Result<(), XlsxError> {
        if self.last == self.heading {
            return Ok(());
        }
        for (row, &(name, total)) in (self.last + 1..).zip(totals) {
            self.row_of(sheet, row, &[name], CellStyle::Band)?;
            for (col, column) in (0..).zip(&self.columns.0) {
                let Some(sum) = column.sum else { continue };
                let cells = cells(col, &(self.heading + 1..=self.last));
                let formula = match total {
                    Total::Sum => Formula::new(format!("SUBTOTAL(109,{cells})"), sum.all),
                    Total::Lines => Formula::new(format!("COUNTIF({cells},\">0\")"), sum.above_zero),
                };
                sheet.put(row, col, Cell::formula(formula, CellFormat::Count).styled(CellStyle::Band))?;
            }
        }
        Ok(())
    }

    /// Writes the headings, and above them those of groups.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn headings(&self, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
        for (col, column) in (0..).zip(&self.columns.0) {
            sheet.put(
                self.heading,
                col,
                Cell::text(column.heading.text(self.lang)).styled(CellStyle::Heading).centred(),
            )?;
        }
        let over = |(col, column): (u16, &'_ Column<'a, R>)| Some((col, column.over.clone()?));
        let groups: Vec<(u16, (String, CellStyle))> = (0..).zip(&self.columns.0).filter_map(over).collect();
        let ends = groups.iter().skip(1).map(|(next, _)| next - 1).chain([self.last_column()]);
        for ((first, (text, style)), last) in groups.iter().zip(ends) {
            sheet.merged(in_row(self.heading - 1, *first..=last), text, *style, CellFormat::Centre)?;
        }
        Ok(())
    }

    /// Makes it a table to work with: a filter, and headings that stay in sight and are printed on every page, as the first
    /// `fixed` columns stay. Gives its cells, the heading among them.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn pin(&self, sheet: &mut Sheet<'_>, fixed: u16) -> Result<CellRange, XlsxError> {
        let last = CellRef::new(self.last, self.last_column());
        let top = self.heading - u32::from(self.columns.0.iter().any(|column| column.over.is_some()));
        sheet.worksheet.set_freeze_panes(self.heading + 1, fixed)?.set_repeat_rows(top, self.heading)?;
        sheet.worksheet.autofilter(self.heading, 0, last.row, last.col)?;
        Ok(CellRange::new(CellRef::new(self.heading, 0), last))
    }

    /// Writes the headings on two lines and pins them.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn finish(self, sheet: &mut Sheet<'_>, fixed: u16) -> Result<CellRange, XlsxError> {
        sheet.make_high(self.heading, 2);
        self.headings(sheet)?;
        self.pin(sheet, fixed)
    }

    /// Makes it one of Excel's own tables, which pivot tables are made from.
    ///
    /// # Errors
    /// Those of the sheet's limits.
    pub fn finish_as_table(self, sheet: &mut Sheet<'_>, name: &str, fixed: u16) -> Result<(), XlsxError> {
        let heading = sheet.formats.cell(CellStyle::Heading, CellFormat::Centre);
        let headed = |column: &Column<'_, R>| {
            TableColumn::new().set_header(column.heading.text(self.lang)).set_header_format(heading)
        };
        let headings: Vec<TableColumn> = self.columns.0.iter().map(headed).collect();
        let table = ExcelTable::new().set_columns(&headings).set_name(name).set_style(TableStyle::None);
        // A table has one line at the least.
        let last = self.last.max(self.heading + 1);
        sheet.worksheet.add_table(self.heading, 0, last, self.last_column(), &table)?;
        sheet
            .worksheet
            .set_freeze_panes(self.heading + 1, fixed)?
            .set_repeat_rows(self.heading, self.heading)?;
        sheet.make_high(self.heading, 2);
        Ok(())
    }
}
