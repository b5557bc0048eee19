//! Every text of a plan that the book prints, with its location.

use std::sync::Arc;

use super::{Field, Indicator, Plan, Text};
use crate::source::{CellRef, Place};

/// A printed text of a plan.
#[derive(Clone, Copy, Debug)]
pub struct Printed<'p> {
    /// The text.
    pub text: &'p str,
    /// Its column; [`Field::File`] outside the rows.
    pub field: Field,
    sheet: &'p Arc<str>,
    cell: CellRef,
}

impl Printed<'_> {
    /// Its location in the workbook `file`.
    pub fn place(&self, file: &Arc<str>) -> Place {
        Place::cell(file, self.sheet, self.cell)
    }
}

impl Plan {
    /// Every text that the book prints from this plan. Texts without a cell are located at the header.
    pub fn printed(&self) -> impl Iterator<Item = Printed<'_>> {
        let years = self.years.iter().flat_map(|year| [&year.label, &year.group]);
        let headings = [&self.org, &self.note].into_iter().chain(self.labels.iter()).chain(years);
        let headings =
            headings.map(|text| Printed { text, field: Field::File, sheet: &self.sheet, cell: self.header });
        let titles = [&self.title, &self.parent_label, &self.own_label].into_iter();
        let titles = titles.map(|text| self.at_its_cell(text, Field::File, &self.sheet));
        let rows = self.rows.iter().flat_map(move |row| {
            self.texts(row).map(move |(field, text)| self.at_its_cell(text, field, &row.sheet))
        });
        let notes = self.footnotes.iter().map(|note| self.at_its_cell(&note.text, Field::File, &note.sheet));
        titles.chain(rows).chain(notes).chain(headings)
    }

    fn at_its_cell<'p>(&self, text: &'p Text, field: Field, sheet: &'p Arc<str>) -> Printed<'p> {
        Printed { text: &text.text, field, sheet, cell: text.cell.unwrap_or(self.header) }
    }

    fn texts<'p>(&'p self, row: &'p Indicator) -> impl Iterator<Item = (Field, &'p Text)> {
        let fields = Field::of_table(self.years.iter().map(|year| year.year));
        fields.filter_map(|field| Some((field, row.text_of(field, &self.years)?)))
    }
}
