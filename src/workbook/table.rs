//! A table: one list defines headings, widths and contents of its columns.

use std::borrow::Borrow;

use rust_xlsxwriter::{Table as ExcelTable, TableColumn, TableStyle};

use super::Result;
use super::cell::{Cell, Formula};
use super::range::{cells, in_row};
use super::sheet::Sheet;
use super::style::{CellFormat, CellStyle};
use crate::finding::Lang;
use crate::source::{CellRange, CellRef};

/// A column.
struct ColumnSpec<'a, R> {
    heading: String,
    width: f64,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
    /// The heading of the group it begins.
    over: Option<(String, CellStyle)>,
    sum: Option<Sum>,
}

/// The sum of a column's numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    all: f64,
    above_zero: usize,
}

/// A total below a table.
#[derive(Clone, Copy, Debug)]
pub enum Total {
    /// The sum over the filtered lines.
    Sum,
    /// The number of lines with a value above 0.
    Lines,
}

/// The columns of a table with one line per `R`, from left to right.
pub struct Columns<'a, R> {
    lang: Lang,
    all: Vec<ColumnSpec<'a, R>>,
}

impl<'a, R> Columns<'a, R> {
    /// No columns yet; headings are in `lang`.
    pub fn new(lang: Lang) -> Self {
        Self { lang, all: Vec::new() }
    }

    /// The number of columns, which is the index of the next.
    pub fn count(&self) -> u16 {
        u16::try_from(self.all.len()).unwrap_or(u16::MAX)
    }

    /// Adds a column: heading in Korean and English, width in characters (Korean letters take two), and
    /// content.
    #[must_use]
    pub fn column<C: Into<Cell>>(
        self,
        (ko, en): (&str, &str),
        width: f64,
        cell: impl Fn(&R) -> C + 'a,
    ) -> Self {
        let heading = self.lang.pick(ko, en);
        self.named(heading, width, cell)
    }

    /// `heading`, with a number if another column has it: the columns of an Excel table have different names.
    pub fn distinct(&self, heading: String) -> String {
        let is_taken = |name: &str| self.all.iter().any(|column| column.heading.eq_ignore_ascii_case(name));
        let numbered = (2..).map(|number: u32| format!("{heading} ({number})"));
        std::iter::once(heading.clone()).chain(numbered).find(|name| !is_taken(name)).unwrap_or(heading)
    }

    /// Adds a column with a composed heading.
    #[must_use]
    pub fn named<C: Into<Cell>>(
        mut self,
        heading: impl Into<String>,
        width: f64,
        cell: impl Fn(&R) -> C + 'a,
    ) -> Self {
        let cell = Box::new(move |item: &R| cell(item).into());
        self.all.push(ColumnSpec { heading: heading.into(), width, cell, over: None, sum: None });
        self
    }

    /// Includes the last column in [`Table::totals`].
    #[must_use]
    pub fn summed(mut self) -> Self {
        if let Some(last) = self.all.last_mut() {
            last.sum = Some(Sum::default());
        }
        self
    }

    /// Begins a group at the last column: a heading above it and the columns that follow, up to the next
    /// group.
    #[must_use]
    pub fn under(mut self, heading: &str, style: CellStyle) -> Self {
        if let Some(last) = self.all.last_mut() {
            last.over = Some((heading.to_owned(), style));
        }
        self
    }
}

/// A table being written, line by line below its heading.
pub struct Table<'a, R> {
    columns: Vec<ColumnSpec<'a, R>>,
    /// The row of the heading.
    heading: u32,
    /// The last row written.
    pub last: u32,
}

impl<'a, R> Table<'a, R> {
    /// A table with its headings in the row `heading`. Sets the sheet's column widths.
    pub fn new(sheet: &mut Sheet<'_>, heading: u32, columns: Columns<'a, R>) -> Result<Self> {
        sheet.set_widths(columns.all.iter().map(|column| column.width))?;
        Ok(Self { columns: columns.all, heading, last: heading })
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Writes the line of `item` and returns its row.
    pub fn line(&mut self, sheet: &mut Sheet<'_>, item: &R) -> Result<u32> {
        self.last += 1;
        for (col, column) in (0..).zip(&mut self.columns) {
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
    pub fn lines<T: Borrow<R>>(
        &mut self,
        sheet: &mut Sheet<'_>,
        items: impl IntoIterator<Item = T>,
    ) -> Result {
        items.into_iter().try_for_each(|item| self.line(sheet, item.borrow()).map(drop))
    }

    /// Writes a band above the headings, as [`Table::band`] does above lines.
    pub fn above(&self, sheet: &mut Sheet<'_>, texts: &[&str], style: CellStyle) -> Result {
        self.row_of(sheet, self.heading - 1, texts, style)
    }

    /// Writes a band above a group of lines: `texts` in its first cells, the others blank. Returns its row.
    pub fn band(&mut self, sheet: &mut Sheet<'_>, texts: &[&str], style: CellStyle) -> Result<u32> {
        self.last += 1;
        self.row_of(sheet, self.last, texts, style)?;
        Ok(self.last)
    }

    fn row_of(&self, sheet: &mut Sheet<'_>, row: u32, texts: &[&str], style: CellStyle) -> Result {
        let texts = texts.iter().copied().chain(std::iter::repeat(""));
        for (col, text) in (0..=self.last_column()).zip(texts) {
            sheet.put(row, col, Cell::text(text).styled(style))?;
        }
        Ok(())
    }

    /// Writes in place of lines why there are none.
    pub fn none(&mut self, sheet: &mut Sheet<'_>, why: &str) -> Result {
        self.last += 1;
        sheet.put(self.last, 0, Cell::text(why).muted())
    }

    /// Writes named totals of the columns [`Columns::summed`] below the table, outside it.
    pub fn totals(&self, sheet: &mut Sheet<'_>, totals: &[(&str, Total)]) -> Result {
        if self.last == self.heading {
            return Ok(());
        }
        for (row, &(name, total)) in (self.last + 1..).zip(totals) {
            self.row_of(sheet, row, &[name], CellStyle::Band)?;
            for (col, column) in (0..).zip(&self.columns) {
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

    /// Writes the headings, and the group headings above them.
    pub fn headings(&self, sheet: &mut Sheet<'_>) -> Result {
        for (col, column) in (0..).zip(&self.columns) {
            sheet.put(self.heading, col, Cell::text(&column.heading).styled(CellStyle::Heading).centred())?;
        }
        let over = |(col, column): (u16, &'_ ColumnSpec<'a, R>)| Some((col, column.over.clone()?));
        let groups: Vec<(u16, (String, CellStyle))> = (0..).zip(&self.columns).filter_map(over).collect();
        let ends = groups.iter().skip(1).map(|(next, _)| next - 1).chain([self.last_column()]);
        for ((first, (text, style)), last) in groups.iter().zip(ends) {
            sheet.merged(in_row(self.heading - 1, *first..=last), text, *style, CellFormat::Centre)?;
        }
        Ok(())
    }

    /// Adds a filter and freezes and repeats the headings and the first `fixed` columns. Returns the table's
    /// range, headings included.
    pub fn pin(&self, sheet: &mut Sheet<'_>, fixed: u16) -> Result<CellRange> {
        let last = CellRef::new(self.last, self.last_column());
        let top = self.heading - u32::from(self.columns.iter().any(|column| column.over.is_some()));
        sheet.worksheet.set_freeze_panes(self.heading + 1, fixed)?.set_repeat_rows(top, self.heading)?;
        sheet.worksheet.autofilter(self.heading, 0, last.row, last.col)?;
        Ok(CellRange::new(CellRef::new(self.heading, 0), last))
    }

    /// Writes the headings on two lines and pins them.
    pub fn finish(self, sheet: &mut Sheet<'_>, fixed: u16) -> Result<CellRange> {
        sheet.grow_row(self.heading, 2);
        self.headings(sheet)?;
        self.pin(sheet, fixed)
    }

    /// Makes it an Excel table, as a source for pivot tables.
    pub fn finish_as_table(self, sheet: &mut Sheet<'_>, name: &str, fixed: u16) -> Result {
        let heading = sheet.formats.cell(CellStyle::Heading, CellFormat::Centre);
        let headed = |column: &ColumnSpec<'_, R>| {
            TableColumn::new().set_header(&column.heading).set_header_format(heading)
        };
        let headings: Vec<TableColumn> = self.columns.iter().map(headed).collect();
        let table = ExcelTable::new().set_columns(&headings).set_name(name).set_style(TableStyle::None);
        // An Excel table needs at least one line.
        let last = self.last.max(self.heading + 1);
        sheet.worksheet.add_table(self.heading, 0, last, self.last_column(), &table)?;
        sheet
            .worksheet
            .set_freeze_panes(self.heading + 1, fixed)?
            .set_repeat_rows(self.heading, self.heading)?;
        sheet.grow_row(self.heading, 2);
        Ok(())
    }
}
