//! Lines of a body that hold for the rows below them: perspectives, levels of objectives, organisations.

use super::super::lines;
use super::BodyReader;
use crate::plan::{Field, Footnote, Indicator, Initiatives, Perspective, Text};
use crate::read::grid::Shown;
use crate::source::CellRef;

/// The most rows of such lines above the rows they hold for.
const MAX_BANNERS: u32 = 5;

impl BodyReader<'_> {
    /// Reads a row without a KPI: a footnote, or a line that holds for the rows below it.
    pub(super) fn read_line(&mut self, row: u32, cells: &[(u16, Shown)]) {
        if let [(col, shown)] = cells
            && self.read_banner(Text::new(shown.text.clone(), CellRef::new(row, *col)))
        {
            return;
        }
        for (col, shown) in cells.iter().filter(|(_, shown)| self.words.is_footnote(&shown.text)) {
            let text = Text::new(shown.text.clone(), CellRef::new(row, *col));
            let initiatives = Initiatives::read_footnote(text.clone());
            self.footnotes.push(Footnote { sheet: self.grid.name.clone(), text, initiatives });
        }
    }

    /// Reads a line with a single text as a perspective, a level of objectives or an organisation.
    fn read_banner(&mut self, text: Text) -> bool {
        let col = text.cell.map(|cell| cell.col);
        let in_column = |field: Field| self.columns.col(field) == col;
        let is_note = self.words.is_footnote(&text.text);
        if in_column(Field::Perspective) && !is_note || self.words.perspective_line(&text.text).is_some() {
            self.carried = Indicator { perspective: Perspective::read(text), ..Indicator::default() };
        } else if let Some(line) = self.words.level_line(&text.text).filter(|line| !line.name.is_empty()) {
            self.above.push(&line, text.clone());
        } else if is_note || !self.heads_rows(&text) {
            return false;
        } else if self.columns.organisation.is_none() && lines::is_organisation(self.words, &text.text) {
            self.banner = Some(text.text);
        } else if in_column(Field::Objective) {
            self.carried.objective = text;
        } else if let Some(line) = self.words.level_line(&text.text) {
            self.above.push(&line, text.clone());
        } else if self.columns.col(Field::Perspective).is_none() && !lines::is_title(self.words, &text.text) {
            self.above.replace_lowest(text);
        } else {
            return false;
        }
        true
    }

    /// Whether KPI rows follow a line, which itself is left of the KPIs or merged over them.
    fn heads_rows(&self, text: &Text) -> bool {
        let (Some(cell), Some(kpi)) = (text.cell, self.columns.col(Field::Kpi)) else { return false };
        let covers = cell.col <= kpi || self.grid.merged(cell).is_some_and(|merge| merge.last.col >= kpi);
        let mut below = self.grid.rows_from(cell.row + 1).take_while(|(row, _)| *row < self.end);
        let next = below.find(|(row, cells)| cells.len() > 1 || self.has_indicator(*row));
        covers && next.is_some_and(|(row, _)| row <= cell.row + MAX_BANNERS && self.has_indicator(row))
    }
}
