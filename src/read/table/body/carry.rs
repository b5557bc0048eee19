//! Carries texts down to the rows below them: merged cells, and blank ones that continue the cell above.

use super::super::text::half_width;
use super::{BodyReader, blank, cell};
use crate::plan::{Content, Field, Level, Perspective, Text};

impl BodyReader<'_> {
    /// Updates the carried texts of the group columns; blank cells continue the cell above.
    ///
    /// In a body with merged cells, a blank cell in the parent's columns means that nothing is cited. In
    /// other bodies it continues the cell above, unless the column to its left has a new text: a new parent
    /// KPI with a blank target has no target.
    pub(super) fn carry(&mut self, row: u32) {
        let columns = self.columns;
        let grid = self.grid;
        let at = |field| cell(grid, row, columns.col(field));
        let perspective = at(Field::Perspective).filter(|text| *text != self.carried.perspective.text);
        let before = &self.carried.perspective.text.text;
        let new_perspective = perspective.as_ref().is_some_and(|text| text.text != *before);
        let new_objective = at(Field::ParentObjective).is_some() || new_perspective;
        let new_kpi = at(Field::ParentKpi).is_some() || new_objective;
        for (field, is_new_group) in [
            (Field::ParentObjective, new_perspective),
            (Field::ParentKpi, new_objective),
            (Field::ParentTarget, new_kpi),
        ] {
            let Some(column) = field.column() else { continue };
            let above = (column.text)(&self.carried);
            let text = match at(field) {
                Some(text) => text,
                None if is_new_group || self.merges || above.cell.is_none() => {
                    columns.col(field).map_or_else(Text::absent, |col| blank(grid, row, col))
                }
                None => continue,
            };
            if text != *above {
                let text = if column.content == Content::Value { half_width(text) } else { text };
                (column.read)(&mut self.carried, text);
            }
        }
        if let Some(objective) = at(Field::Objective) {
            self.carried.objective = objective;
        }
        self.carry_levels(row);
        if let Some(perspective) = perspective {
            self.carried.perspective = Perspective::read(perspective);
        }
    }

    /// Updates the carried levels; a new level ends those below it.
    fn carry_levels(&mut self, row: u32) {
        let mut fresh = false;
        for (at, &col) in self.columns.levels.iter().enumerate() {
            let text = cell(self.grid, row, Some(col));
            if self.carried.levels.len() <= at {
                let name = self.printed.get(&col).map_or("", String::as_str).into();
                self.carried.levels.push(Level { name, text: Text::absent() });
            }
            let held = &mut self.carried.levels[at].text;
            match text {
                Some(text) => {
                    fresh |= text.text != held.text;
                    *held = text;
                }
                None if fresh => *held = blank(self.grid, row, col),
                None => {}
            }
        }
    }
}
