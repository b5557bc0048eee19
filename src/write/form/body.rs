//! The rows of a form: KPIs with what is known of them, former targets beside them, empty rows for more.

use rust_xlsxwriter::XlsxError;

use super::next::{Known, runs};
use super::sheet::{PlanSheet, like};
use super::verify::text_of;
use crate::plan::{Field, Indicator};
use crate::write::style::{Look, Set};

impl PlanSheet<'_> {
    pub(super) fn body(&mut self) -> Result<(), XlsxError> {
        let next = self.next;
        // A row can be deleted from a protected sheet only when all of its cells are open.
        let open = self.paper.formats.style.plain().set_unlocked();
        for row in self.rows.body..self.rows.hint {
            self.worksheet.set_row_format(row, &open)?;
            self.touch(row);
        }
        for (at, (row, own)) in (self.rows.body..).zip(&next.plan.rows).enumerate() {
            self.row(at, row, own)?;
        }
        for field in self.layout.columns.clone() {
            if is_group(field) {
                self.groups(field)?;
            }
        }
        self.spare_rows()
    }

    /// The cells of one row that are its own.
    fn row(&mut self, at: usize, row: u32, own: &Indicator) -> Result<(), XlsxError> {
        let former: Vec<(u16, &str)> = self
            .beside
            .targets
            .iter()
            .filter_map(|&(year, col)| match &self.next.columns[year] {
                Known::Targets(values) => Some((col, values.get(at).map_or("", |value| &*value.text.text))),
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
                Field::Kpi => self.cell(row, col, &own.kpi.text, Set::Text(0))?,
                Field::Unit => self.cell(row, col, &own.unit.text.text, Set::Centre)?,
                Field::Code => self.cell(row, col, &own.initiatives.text.text, Set::Centre)?,
                Field::Weight => self.number(row, col, &own.weight.text.text, Look::Body, None)?,
                Field::Year(year) => {
                    let value = self.next.plan.year_index(year).and_then(|index| own.values.get(index));
                    let text = value.map_or("", |value| &value.text.text);
                    self.number(row, col, text, Look::Body, alike)?;
                }
                _ => {}
            }
        }
        for (col, text) in former {
            self.number(row, col, text, Look::Muted, None)?;
        }
        Ok(())
    }

    fn cell(&mut self, row: u32, col: u16, text: &str, set: Set) -> Result<(), XlsxError> {
        self.block(row, col, row, col, text, Look::Body, set, true)
    }

    /// The cells of a column that stand for several rows, merged over them.
    fn groups(&mut self, field: Field) -> Result<(), XlsxError> {
        let Some(col) = self.layout.col(field) else { return Ok(()) };
        for rows in runs(&self.next.plan.rows, field) {
            let own = &self.next.plan.rows[rows.start];
            let first = self.row_at(rows.start);
            let last = self.row_at(rows.end - 1);
            let text = match field {
                // The weight goes on a line of its own, as departments write it.
                Field::Perspective if own.perspective.weight.is_some() => {
                    let text = &*own.perspective.text.text;
                    match text.rsplit_once(" (") {
                        Some((name, weight)) => format!("{name}\n({weight}"),
                        None => text.to_owned(),
                    }
                }
                _ => text_of(own, field).text.to_string(),
            };
            let set = if matches!(field, Field::Perspective | Field::ParentTarget) {
                Set::Centre
            } else {
                Set::Text(0)
            };
            self.block(first, col, last, col, &text, Look::Body, set, true)?;
            if field == Field::ParentTarget && first == last {
                self.number(first, col, &text, Look::Body, None)?;
            }
        }
        Ok(())
    }

    /// The sheet's row of the KPI row `at`.
    pub(super) fn row_at(&self, at: usize) -> u32 {
        self.rows.body + u32::try_from(at).unwrap_or(u32::MAX / 2)
    }

    fn spare_rows(&mut self) -> Result<(), XlsxError> {
        for row in self.rows.spare..self.rows.hint {
            for (col, field) in (0..).zip(self.layout.columns.clone()) {
                let text = matches!(field, Field::Goal | Field::Kpi | Field::ParentGoal | Field::ParentKpi);
                let set = if text { Set::Text(0) } else { Set::Centre };
                self.cell(row, col, "", set)?;
            }
        }
        Ok(())
    }
}

fn is_group(field: Field) -> bool {
    matches!(
        field,
        Field::Perspective | Field::ParentGoal | Field::ParentKpi | Field::ParentTarget | Field::Goal
    )
}
