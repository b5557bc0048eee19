//! Lines that continue the KPI above them with another period or kind.

use super::BodyReader;
use crate::plan::{Field, Indicator, Value};
use crate::read::table::organisation;
use crate::source::CellRef;

impl BodyReader<'_> {
    /// Whether a line says another period or kind of the KPI above and names none itself.
    pub(super) fn continues(&self, row: u32) -> bool {
        let columns = self.columns;
        let says = [columns.period, columns.value_kind];
        let says = says.into_iter().flatten().any(|col| self.own(row, col).is_some());
        let is_shown = |col: u16| self.grid.shown(CellRef::new(row, col)).is_some();
        says && !self.indicators.is_empty()
            && columns.col(Field::Kpi).is_some_and(|col| !is_shown(col))
            && self.has_values(row)
    }

    /// Reads a line that continues the KPI above; `long_form` gathers the two.
    pub(super) fn read_continued(&mut self, row: u32) {
        let Some(above) = self.indicators.last().cloned() else { return };
        self.remark_cells(row);
        let unit = &above.unit.text.text;
        let percent_unit = unit.is_empty() || unit.contains(['%', '％']);
        let years = self.columns.years.iter();
        let values =
            years.map(|year| Value::read(self.value_text(row, Some(year.col), percent_unit))).collect();
        let periods = self.periods(row, percent_unit);
        self.orgs.push(organisation::of_row(self.grid, row, self.columns, self.banner.as_ref()));
        self.indicators.push(Indicator { values, periods, extra: self.extra(row), ..above });
    }
}
