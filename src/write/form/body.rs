//! The rows of a form: KPIs with their known values, former targets beside them, spare rows.

use super::next::{KnownValues, runs};
use super::sheet::{PlanSheet, like};
use crate::plan::{Content, Field, Indicator};
use crate::workbook::range::{in_column, in_row};
use crate::workbook::{self, CellFormat, CellStyle};

impl PlanSheet<'_> {
    pub(super) fn body(&mut self) -> workbook::Result {
        let next = self.next;
        // Excel deletes a row of a protected sheet only if all of its cells are unlocked.
        let open = self.paper.formats.style.plain().set_unlocked();
        for row in self.rows.body..self.rows.hint {
            self.worksheet.set_row_format(row, &open)?;
            self.touch(row);
        }
        for (at, (row, own)) in (self.rows.body..).zip(&next.plan.rows).enumerate() {
            self.row(at, row, own)?;
        }
        for field in self.layout.columns.clone() {
            if field.merges() {
                self.groups(field)?;
            }
        }
        self.spare_rows()
    }

    /// The unmerged cells of one row.
    fn row(&mut self, at: usize, row: u32, own: &Indicator) -> workbook::Result {
        let former: Vec<(u16, &str)> = self
            .reference
            .targets
            .iter()
            .filter_map(|&(year, col)| match &self.next.columns[year] {
                KnownValues::Targets(values) => {
                    Some((col, values.get(at).map_or("", |value| &*value.text.text)))
                }
                _ => None,
            })
            .collect();
        let texts: Vec<&str> = own
            .values
            .iter()
            .map(|value| &*value.text.text)
            .chain(former.iter().map(|&(_, text)| text))
            .collect();
        let alike = like(&texts);
        for (col, field) in (0..).zip(self.layout.columns.clone()) {
            match field {
                Field::Year(year) => {
                    let value = self.next.plan.year_index(year).and_then(|index| own.values.get(index));
                    let text = value.map_or("", |value| &value.text.text);
                    self.number(row, col, text, CellStyle::Body, alike)?;
                }
                _ => self.own_cell(row, col, own, field)?,
            }
        }
        for (col, text) in former {
            self.number(row, col, text, CellStyle::Muted, None)?;
        }
        Ok(())
    }

    /// A cell of one row.
    fn own_cell(&mut self, row: u32, col: u16, own: &Indicator, field: Field) -> workbook::Result {
        let Some(column) = field.column().filter(|column| !column.merges) else { return Ok(()) };
        let text = &(column.text)(own).text;
        match column.content {
            Content::Number | Content::Value => self.number(row, col, text, CellStyle::Body, None),
            content => self.open(in_row(row, col..=col), text, column_format(content)),
        }
    }

    /// The cells of a column that are merged over several rows.
    fn groups(&mut self, field: Field) -> workbook::Result {
        let Some(col) = self.layout.col(field) else { return Ok(()) };
        for rows in runs(&self.next.plan.rows, field) {
            let own = &self.next.plan.rows[rows.start];
            let first = self.row_at(rows.start);
            let last = self.row_at(rows.end - 1);
            let text = match field {
                // The weight goes on a separate line, as departments write it.
                Field::Perspective if own.perspective.weight.is_some() => {
                    let text = &*own.perspective.text.text;
                    match text.rsplit_once(" (") {
                        Some((name, weight)) => format!("{name}\n({weight}"),
                        None => text.to_owned(),
                    }
                }
                _ => own.text_of(field, &[]).map_or_else(String::new, |text| text.text.to_string()),
            };
            self.open(in_column(col, &(first..=last)), &text, column_format(field.content()))?;
            if field.content() == Content::Value && first == last {
                self.number(first, col, &text, CellStyle::Body, None)?;
            }
        }
        Ok(())
    }

    /// The sheet's row of the KPI row `at`.
    pub(super) fn row_at(&self, at: usize) -> u32 {
        self.rows.body + u32::try_from(at).unwrap_or(u32::MAX / 2)
    }

    fn spare_rows(&mut self) -> workbook::Result {
        for row in self.rows.spare..self.rows.hint {
            for (col, field) in (0..).zip(self.layout.columns.clone()) {
                self.open(in_row(row, col..=col), "", column_format(field.content()))?;
            }
        }
        Ok(())
    }
}

/// The format of a column's cells.
fn column_format(content: Content) -> CellFormat {
    if content == Content::Prose { CellFormat::Text(0) } else { CellFormat::Centre }
}
