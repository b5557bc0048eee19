//! The sheet of one plan: title, header, rows, totals, footnotes, and how it is printed and protected.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Note, Worksheet};

use super::layout::FormLayout;
use super::lists::Lists;
use super::next::{KnownValues, Next};
use super::words;
use crate::finding::Lang;
use crate::plan::Field;
use crate::plan::value::Number;
use crate::source::{CellRange, CellRef};
use crate::workbook::range::{Fixed, area, in_column, in_row, range};
use crate::workbook::text::{MAX_LINES, cut, lines_of, row_height, width_of};
use crate::workbook::{self, CellFormat, CellStyle, Formats, as_number, number_pattern};

/// First row of the header. A blank row above it separates it from the lines at the top of the sheet, which
/// would be read as part of it.
pub(super) const HEADER: u32 = 3;
/// Spare rows for more KPIs. A table ends after more than three blank rows, so the last spare row is still
/// read.
const SPARE: u32 = 3;
/// Unlocked rows below the table, for footnotes.
const BELOW: u32 = 2;

/// The shared input of all sheets of a form.
#[derive(Clone, Copy)]
pub(super) struct FormSettings<'a> {
    pub formats: &'a Formats,
    pub lists: &'a Lists,
    pub lang: Lang,
    /// The plan year of the form.
    pub year: i32,
}

/// The rows of the sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormRows {
    /// First row of KPIs.
    pub body: u32,
    /// First empty row for more of them.
    pub spare: u32,
    /// The locked line below them: rows inserted above it are included in the sums.
    pub hint: u32,
    pub total: u32,
    /// First footnote.
    pub notes: u32,
    pub end: u32,
}

/// The reference columns to the right of the table, not part of the plan.
#[derive(Clone, Debug)]
pub(super) struct ReferenceColumns {
    /// Former targets: the year's index in the plan, and the column.
    pub targets: Vec<(usize, u16)>,
    /// The sum of a perspective's weights.
    pub sum: u16,
    /// The remark on it.
    pub check: u16,
}

/// A plan's sheet being written.
pub(super) struct PlanSheet<'a> {
    pub worksheet: &'a mut Worksheet,
    pub paper: FormSettings<'a>,
    pub next: &'a Next,
    pub layout: &'a FormLayout,
    pub rows: FormRows,
    pub reference: ReferenceColumns,
    pub widths: Vec<f64>,
    /// Lines of text in each row.
    pub lines: BTreeMap<u32, u16>,
}

impl<'a> PlanSheet<'a> {
    /// Begins the sheet `name`.
    pub(super) fn new(
        worksheet: &'a mut Worksheet,
        paper: FormSettings<'a>,
        next: &'a Next,
        layout: &'a FormLayout,
        name: &str,
    ) -> workbook::Result<Self> {
        worksheet.set_name(name)?;
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX / 4);
        let body = HEADER + layout.rows;
        let spare = body + count(next.plan.rows.len());
        let hint = spare + SPARE;
        let notes = hint + 2;
        let end = notes + count(next.plan.footnotes.len()) + BELOW - 1;
        let rows = FormRows { body, spare, hint, total: hint + 1, notes, end };
        let former =
            (0..next.columns.len()).filter(|&at| matches!(next.columns[at], KnownValues::Targets(_)));
        let targets: Vec<(usize, u16)> = former.zip(layout.last() + 2..).collect();
        let sum = targets.last().map_or(layout.last() + 2, |&(_, col)| col + 1);
        let widths = layout.columns.iter().map(|&field| width(next, field)).collect();
        let reference = ReferenceColumns { targets, sum, check: sum + 1 };
        Ok(Self { worksheet, paper, next, layout, rows, reference, widths, lines: BTreeMap::new() })
    }

    /// Writes all of it.
    pub(super) fn write(mut self) -> workbook::Result {
        self.columns()?;
        self.head()?;
        self.header()?;
        self.header_beside()?;
        self.body()?;
        self.sums()?;
        self.footnotes()?;
        self.validations()?;
        self.conditions()?;
        self.pages()?;
        for (&row, &lines) in &self.lines {
            self.worksheet.set_row_height(row, row_height(lines.max(1)))?;
        }
        Ok(())
    }

    fn columns(&mut self) -> workbook::Result {
        for (col, &width) in (0..).zip(&self.widths) {
            self.worksheet.set_column_width(col, width)?;
        }
        self.worksheet.set_column_width(self.layout.last() + 1, 2)?;
        for &(_, col) in &self.reference.targets {
            self.worksheet.set_column_width(col, 12)?;
        }
        self.worksheet.set_column_width(self.reference.sum, 11)?;
        self.worksheet.set_column_width(self.reference.check, 18)?;
        Ok(())
    }

    /// Title, and below it what to do.
    fn head(&mut self) -> workbook::Result {
        let FormSettings { formats, lang, .. } = self.paper;
        let last = self.layout.last();
        let title = formats.title.clone().set_align(rust_xlsxwriter::FormatAlign::Center);
        let text = cut(&self.next.plan.title.text);
        self.worksheet.set_row_height(0, 30)?;
        self.worksheet.merge_range(0, 0, 0, last, &text, &title)?;
        // The rest of the line shows the state of the weights.
        let right = self.layout.col(Field::Kpi).unwrap_or(last);
        let note =
            formats.note.clone().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::VerticalCenter);
        self.worksheet.merge_range(1, 0, 1, right, words::legend(lang), &note)?;
        self.make_room(in_row(1, 0..=right), words::legend(lang));
        self.worksheet.set_row_height(2, 6)?;
        Ok(())
    }

    fn header(&mut self) -> workbook::Result {
        let FormSettings { lang, year, .. } = self.paper;
        for head in &self.layout.heads {
            let (top, left) = (HEADER + head.rows.0, head.cols.0);
            let area = area(&(top..=HEADER + head.rows.1), left..=head.cols.1);
            self.locked(area, &head.text, CellStyle::Heading, CellFormat::Centre)?;
            let Some(field) = head.field else { continue };
            let text = words::note(field, self.next, year, lang);
            let author = words::names(lang).guide;
            let lines = text.lines().map(|line| u32::from(lines_of(line, 38.0))).sum::<u32>();
            let note = Note::new(text)
                .set_author(author)
                .add_author_prefix(false)
                .set_width(280)
                .set_height(20 + 20 * lines)
                .set_font_name(&self.paper.formats.style.font)
                .set_font_size(9);
            self.worksheet.insert_note(top, left, &note)?;
        }
        for row in HEADER..self.rows.body {
            self.lines.entry(row).or_insert(1);
        }
        self.worksheet.set_freeze_panes(self.rows.body, 1)?;
        Ok(())
    }

    fn header_beside(&mut self) -> workbook::Result {
        let lang = self.paper.lang;
        let names = words::names(lang);
        let named = self.layout.heads.iter().any(|head| head.field.is_none() && head.rows == (0, 0));
        let first = self.layout.last() + 2;
        let top = HEADER + u32::from(named);
        if named {
            let area = in_row(HEADER, first..=self.reference.check);
            self.locked(area, names.aside, CellStyle::SubBand, CellFormat::Centre)?;
        }
        let targets = self.reference.targets.clone();
        let mut heads: Vec<(u16, String)> = targets
            .into_iter()
            .map(|(at, col)| (col, words::former_target(self.next.plan.years[at].year, lang)))
            .collect();
        heads.push((self.reference.sum, names.perspective_sum.to_owned()));
        heads.push((self.reference.check, names.perspective_check.to_owned()));
        for (col, text) in heads {
            let area = in_column(col, &(top..=self.rows.body - 1));
            self.locked(area, &text, CellStyle::SubBand, CellFormat::Centre)?;
        }
        Ok(())
    }

    fn footnotes(&mut self) -> workbook::Result {
        let open = self.paper.formats.style.plain().set_unlocked();
        let texts = self.next.plan.footnotes.iter().map(|note| &*note.text.text).chain(["", ""]);
        let wide: f64 = self.widths.iter().sum();
        let texts: Vec<(u32, &str)> = (self.rows.notes..=self.rows.end).zip(texts).collect();
        for (row, text) in texts {
            self.worksheet.set_row_format(row, &open)?;
            let format = open.clone().set_text_wrap().set_align(rust_xlsxwriter::FormatAlign::VerticalCenter);
            self.worksheet.merge_range(row, 0, row, self.layout.last(), &cut(text), &format)?;
            self.lines.insert(row, lines_of(text, wide));
        }
        Ok(())
    }

    /// The format of a cell; `open` cells are unlocked on the protected sheet.
    pub(super) fn format(&self, look: CellStyle, set: CellFormat, open: bool) -> Format {
        let format = self.paper.formats.cell(look, set).clone();
        if open { format.set_unlocked() } else { format }
    }

    /// Writes `text` into locked cells, merged if there are several.
    pub(super) fn locked(
        &mut self,
        area: CellRange,
        text: &str,
        style: CellStyle,
        format: CellFormat,
    ) -> workbook::Result {
        self.block(area, text, &self.format(style, format, false))
    }

    /// Writes `text` into cells to fill in, merged if there are several.
    pub(super) fn open(&mut self, area: CellRange, text: &str, format: CellFormat) -> workbook::Result {
        self.block(area, text, &self.format(CellStyle::Body, format, true))
    }

    fn block(&mut self, area: CellRange, text: &str, format: &Format) -> workbook::Result {
        let CellRange { first, last } = area;
        if first != last {
            self.worksheet.merge_range(first.row, first.col, last.row, last.col, "", format)?;
        }
        if text.is_empty() {
            self.worksheet.write_blank(first.row, first.col, format)?;
        } else {
            self.worksheet.write_string_with_format(first.row, first.col, cut(text), format)?;
        }
        self.make_room(area, text);
        Ok(())
    }

    /// Makes a block high enough for its text by growing the last row.
    fn make_room(&mut self, area: CellRange, text: &str) {
        let CellRange { first: CellRef { row: top, col: left }, last: CellRef { row: bottom, col: right } } =
            area;
        let wide: f64 = (left..=right).filter_map(|col| self.widths.get(usize::from(col))).sum();
        // Reference columns are as wide as their texts.
        let wide = if wide > 0.0 { wide } else { 24.0 };
        let needed: u16 = text.split('\n').map(|line| lines_of(line, wide)).sum();
        let above: u16 = (top..bottom).map(|row| self.lines.get(&row).copied().unwrap_or(1)).sum();
        let last = self.lines.entry(bottom).or_insert(1);
        *last = needed.saturating_sub(above).clamp(*last, MAX_LINES.max(*last));
    }

    /// Writes a value or a weight: a number that displays as written, else text. An empty cell gets its
    /// neighbours' format.
    pub(super) fn number(
        &mut self,
        row: u32,
        col: u16,
        text: &str,
        look: CellStyle,
        like: Option<CellFormat>,
    ) -> workbook::Result {
        let centred = |set: Option<CellFormat>| {
            let format = self.format(look, CellFormat::Centre, true);
            match set {
                Some(CellFormat::Number(decimals, grouped)) => {
                    format.set_num_format(number_pattern(decimals, grouped))
                }
                _ => format,
            }
        };
        if let Some((number, set)) = as_number(text) {
            let format = centred(Some(set));
            self.worksheet.write_number_with_format(row, col, number, &format)?;
        } else if text.is_empty() {
            let format = centred(like);
            self.worksheet.write_blank(row, col, &format)?;
        } else {
            let format = centred(None);
            self.worksheet.write_string_with_format(row, col, cut(text), &format)?;
            self.make_room(in_row(row, col..=col), text);
        }
        Ok(())
    }

    /// The range of the sums: from the header to the line below the last row, so that inserted rows are
    /// included everywhere.
    pub(super) fn whole(&self, col: u16) -> String {
        range(in_column(col, &(HEADER..=self.rows.hint)), Fixed::Row)
    }

    /// Gives a row at least one line.
    pub(super) fn touch(&mut self, row: u32) {
        self.lines.entry(row).or_insert(1);
    }
}

/// The format of a row's empty cells: with thousands separators where its other values have them.
pub(super) fn like(texts: &[&str]) -> Option<CellFormat> {
    let numbers: Vec<CellFormat> =
        texts.iter().filter_map(|text| as_number(text)).map(|(_, set)| set).collect();
    let large =
        texts.iter().filter_map(|text| Number::parse_plain(text)).any(|number| number.abs() >= 1000.0);
    let whole = numbers.iter().all(|set| matches!(set, CellFormat::Number(0, _)));
    let grouped = numbers.iter().any(|set| matches!(set, CellFormat::Number(_, true)));
    (whole && grouped && large).then_some(CellFormat::Number(0, true))
}

/// The width of a column: a usual one for text, the content's for values.
fn width(next: &Next, field: Field) -> f64 {
    let (least, most) = field.column().map_or((10.0, 14.0), |column| column.form_width);
    let rows = &next.plan.rows;
    let texts = rows.iter().filter_map(|row| row.text_of(field, &next.plan.years));
    texts.map(|text| width_of(&text.text)).fold(least, f64::max).min(most)
}
