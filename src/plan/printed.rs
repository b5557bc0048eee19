//! Every text of a plan that reaches print, with its place.

use std::sync::Arc;

use super::{Field, Indicator, Plan, Text};
use crate::source::{CellRef, Place};

/// A text of a plan that is printed.
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
    /// Where it stands in the workbook `file`.
    pub fn place(&self, file: &Arc<str>) -> Place {
        Place::cell(file, self.sheet, self.cell)
    }
}

impl Plan {
    /// Every text that the printed book takes from this plan. What has no cell of its own stands in the header.
    pub fn printed(&self) -> impl Iterator<Item = Printed<'_>> {
        let labels = &self.labels;
        let headings = [
            &self.org,
            &self.note,
            &labels.perspective,
            &labels.parent_goal,
            &labels.parent_kpi,
            &labels.parent_target,
            &labels.goal,
            &labels.kpi,
            &labels.unit,
            &labels.weight,
            &labels.code,
        ];
        let headings =
            headings.into_iter().chain(self.years.iter().flat_map(|year| [&year.label, &year.group]));
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
        let before = [
            (Field::Perspective, &row.perspective.text),
            (Field::ParentGoal, &row.parent_goal),
            (Field::ParentKpi, &row.parent_kpi),
            (Field::ParentTarget, &row.parent_target.text),
            (Field::Goal, &row.goal),
            (Field::Kpi, &row.kpi),
        ];
        let values =
            self.years.iter().zip(&row.values).map(|(year, value)| (Field::Year(year.year), &value.text));
        let after = [
            (Field::Unit, &row.unit.text),
            (Field::Weight, &row.weight.text),
            (Field::Code, &row.initiatives.text),
        ];
        before.into_iter().chain(values).chain(after)
    }
}
