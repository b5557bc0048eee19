//! The cell and the text of each column in a row.

use super::{Field, Indicator, Text, YearColumn};
use crate::source::CellRef;

impl Indicator {
    /// The cell of `field`; the KPI's cell if the table lacks the column.
    pub fn cell(&self, field: Field, years: &[YearColumn]) -> CellRef {
        self.cell_of(field, years).or(self.kpi.cell).unwrap_or_default()
    }

    /// The cell of `field`, if the table has the column.
    pub fn cell_of(&self, field: Field, years: &[YearColumn]) -> Option<CellRef> {
        self.text_of(field, years)?.cell
    }

    /// The text of `field`; none for the workbook and for a year not in `years`.
    pub fn text_of(&self, field: Field, years: &[YearColumn]) -> Option<&Text> {
        match field {
            Field::Year(year) => {
                let index = years.iter().position(|column| column.year == year)?;
                self.values.get(index).map(|value| &value.text)
            }
            _ => field.column().map(|column| (column.text)(self)),
        }
    }
}
