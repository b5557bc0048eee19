//! Reads the rows below a header: fills KPI rows down, skips totals, collects footnotes.

use std::sync::Arc;

use super::PlanTable;
use super::header::{Header, TableColumns};
use super::numbers;
use super::organisation;
use super::plan::{fallback_name, name_of, plan};
use super::remarks;
use super::text::half_width;
use super::title::{Title, join_spaced_letters};
use super::vocabulary::Vocabulary;
use crate::plan::{
    COLUMNS, Content, Field, Footnote, Indicator, Initiatives, Perspective, Text, Value, Weight,
};
use crate::read::grid::{Grid, Shown};
use crate::read::outcome::{Remark, RemarkKind};
use crate::source::CellRef;

/// A table ends after this many blank rows; later rows are reported but not read.
const GAP: u32 = 3;

/// The rows of a table: its body ends before `end`, its title and labels are from `floor` on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub floor: u32,
    pub end: Option<u32>,
}

/// Reads the table below `header`. If its rows belong to several organisations, returns one table for each.
pub(super) fn read(
    file: &Arc<str>,
    grid: &Grid,
    words: &Vocabulary,
    header: &Header,
    title: Option<Title>,
    extent: Extent,
) -> Vec<PlanTable> {
    let mut reader = BodyReader::new(grid, words, &header.columns, header.body, extent.end);
    reader.read_rows();
    let mut noticed = reader.remarks;
    noticed.extend(remarks::missing_columns(grid, words, header));
    noticed.extend(remarks::hidden(grid, &header.columns, &reader.indicators));
    noticed.extend(remarks::unread(grid, header));
    if reader.indicators.is_empty() {
        noticed.push(remarks::no_rows(grid, header));
    }
    let titled = title.is_some();
    let named = name_of(grid, words, header, title.as_ref(), extent.floor);
    let by_row = header.columns.organisation.filter(|&(_, in_charge)| {
        // The person or office in charge counts as organisation only as a last resort.
        named.is_none() && (!in_charge || organisation::by_sheet(grid).is_none())
    });
    let (org, by_file) = match named {
        Some(name) => (Arc::from(join_spaced_letters(&name)), None),
        None => fallback_name(file, grid, words),
    };
    let plan = plan(file, grid, header, org, title, reader.indicators, reader.footnotes);
    if by_row.is_some() && reader.orgs.iter().any(Option::is_some) {
        return organisation::split(PlanTable { plan, remarks: noticed, titled }, reader.orgs);
    }
    if let (Some(by_file), false) = (by_file, plan.rows.is_empty()) {
        noticed.push(remarks::organisation(grid, header, by_file));
    }
    noticed.extend(remarks::in_charge(grid, header));
    vec![PlanTable { plan, remarks: noticed, titled }]
}

/// Reads the rows of a body.
struct BodyReader<'g> {
    grid: &'g Grid,
    words: &'g Vocabulary,
    columns: &'g TableColumns,
    first: u32,
    end: u32,
    /// Whether the group columns have merged cells; a blank cell then does not continue the one above.
    merges: bool,
    /// The texts that blank cells below continue.
    carried: Indicator,
    indicators: Vec<Indicator>,
    /// The organisation named in each row, if there is a column for it.
    orgs: Vec<Option<Arc<str>>>,
    footnotes: Vec<Footnote>,
    remarks: Vec<Remark>,
    /// Whether the table's numbers have decimal commas.
    decimal_comma: bool,
}

impl<'g> BodyReader<'g> {
    fn new(
        grid: &'g Grid,
        words: &'g Vocabulary,
        columns: &'g TableColumns,
        first: u32,
        end: Option<u32>,
    ) -> Self {
        let end = end.unwrap_or(u32::MAX);
        let merges = columns.groups().any(|col| grid.has_vertical_merge(col, first..=end.saturating_sub(1)));
        Self {
            grid,
            words,
            columns,
            first,
            end,
            merges,
            carried: Indicator::default(),
            indicators: Vec::new(),
            orgs: Vec::new(),
            footnotes: Vec::new(),
            remarks: Vec::new(),
            decimal_comma: numbers::has_decimal_commas(grid, columns, first..end),
        }
    }

    fn read_rows(&mut self) {
        let mut last = self.first.saturating_sub(1);
        let mut ended = false;
        for (row, cells) in self.grid.rows_from(self.first) {
            if row >= self.end {
                break;
            }
            let in_table = self.has_indicator(row);
            ended |= in_table && row > last + GAP;
            if self.is_total(row, cells) {
                // A total is not a KPI.
            } else if ended && in_table {
                self.remark(row, RemarkKind::StrayRow);
            } else if in_table {
                self.read_indicator(row);
            } else if self.has_values(row) {
                self.remark(row, RemarkKind::RowWithoutKpi);
            } else {
                self.read_line(row, cells);
            }
            last = row;
        }
        for cell in &self.grid.unresolved {
            let inside =
                self.indicators.iter().any(|row| row.kpi.cell.is_some_and(|kpi| kpi.row == cell.row));
            if inside && self.columns.all().any(|col| col == cell.col) {
                self.remarks.push(Remark {
                    sheet: self.grid.name.clone(),
                    cell: Some(*cell),
                    plan: None,
                    kind: RemarkKind::FormulaWithoutResult,
                });
            }
        }
    }

    fn remark(&mut self, row: u32, kind: RemarkKind) {
        let columns = self.columns;
        let first = columns.all().find(|&col| self.grid.own(CellRef::new(row, col)).is_some());
        let cell = CellRef::new(row, first.unwrap_or_default());
        self.remarks.push(Remark { sheet: self.grid.name.clone(), cell: Some(cell), plan: None, kind });
    }

    /// Whether the row has a KPI and at least a value, unit or weight.
    fn has_indicator(&self, row: u32) -> bool {
        let kpi = self.columns.col(Field::Kpi).and_then(|col| self.grid.shown(CellRef::new(row, col)));
        kpi.is_some_and(|(_, shown)| !self.words.is_total(&shown.text))
            && (self.has_values(row) || self.has_unit(row))
    }

    fn has_values(&self, row: u32) -> bool {
        let years = self.columns.years.iter().map(|year| year.col);
        years.chain(self.columns.col(Field::Weight)).any(|col| self.own(row, col).is_some())
    }

    fn has_unit(&self, row: u32) -> bool {
        self.columns.col(Field::Unit).is_some_and(|col| self.own(row, col).is_some())
    }

    fn own(&self, row: u32, col: u16) -> Option<&'g Shown> {
        self.grid.own(CellRef::new(row, col))
    }

    /// Whether the row is a total. A KPI may also be named "total of …", but then it has a unit or more than
    /// one text before its values.
    fn is_total(&self, row: u32, cells: &[(u16, Shown)]) -> bool {
        let kpi = self.columns.col(Field::Kpi).unwrap_or(u16::MAX);
        let heads: Vec<&Shown> =
            cells.iter().filter(|(col, _)| *col <= kpi).map(|(_, shown)| shown).collect();
        heads.iter().any(|shown| self.words.is_total(&shown.text))
            || !self.has_unit(row) && heads.len() == 1 && self.words.is_total_of(&heads[0].text)
    }

    /// Reads a row without a KPI: a footnote, or a perspective on a separate line.
    fn read_line(&mut self, row: u32, cells: &[(u16, Shown)]) {
        for (col, shown) in cells {
            let cell = CellRef::new(row, *col);
            let text = Text::new(shown.text.clone(), cell);
            if self.words.is_footnote(&shown.text) {
                let initiatives = Initiatives::read_footnote(text.clone());
                self.footnotes.push(Footnote { sheet: self.grid.name.clone(), text, initiatives });
            } else if Some(*col) == self.columns.col(Field::Perspective) && cells.len() == 1 {
                self.carried = Indicator { perspective: Perspective::read(text), ..Indicator::default() };
            }
        }
    }

    fn read_indicator(&mut self, row: u32) {
        self.remark_cells(row);
        self.carry(row);
        let columns = self.columns;
        if let Some((col, _)) = columns.organisation {
            self.orgs.push(organisation::of_row(self.grid, row, col));
        }
        let mut indicator = Indicator { sheet: self.grid.name.clone(), ..self.carried.clone() };
        for column in COLUMNS.iter().filter(|column| !column.merges && column.field != Field::Weight) {
            let text = self.text(row, columns.col(column.field));
            let text = if column.content == Content::Code { half_width(text) } else { text };
            (column.read)(&mut indicator, text);
        }
        indicator.weight = self.weight(row);
        let unit = &indicator.unit.text.text;
        let percent_unit = unit.is_empty() || unit.contains(['%', '％']);
        indicator.values = columns
            .years
            .iter()
            .map(|year| Value::read(self.value_text(row, Some(year.col), percent_unit)))
            .collect();
        self.indicators.push(indicator);
    }

    /// The weight of a row; a cell merged over several rows counts once.
    fn weight(&self, row: u32) -> Weight {
        let text = half_width(self.text(row, self.columns.col(Field::Weight)));
        let above = self.indicators.last().map(|above| &above.weight.text);
        let merged = text.cell.is_some_and(|cell| cell.row < row);
        if merged && above.is_some_and(|above| above.cell == text.cell) {
            return Weight::shared(text);
        }
        Weight::read(self.number(text))
    }

    /// Adds remarks about invalid cells of a KPI row: errors, words of headings, decimal commas.
    fn remark_cells(&mut self, row: u32) {
        let columns = self.columns;
        for col in columns.all() {
            let cell = CellRef::new(row, col);
            let Some(shown) = self.grid.own(cell) else { continue };
            let is_value =
                columns.col(Field::Weight) == Some(col) || columns.years.iter().any(|year| year.col == col);
            let kind = if numbers::is_error(&shown.text) {
                RemarkKind::ErrorCell(shown.text.to_string())
            } else if is_value && self.words.label(&shown.text).is_some_and(|label| label.role.is_some()) {
                RemarkKind::HeadingAsValue(shown.text.to_string())
            } else if is_value && !self.decimal_comma && numbers::has_decimal_comma(&shown.text) {
                RemarkKind::DecimalComma(shown.text.to_string())
            } else {
                continue;
            };
            self.remarks.push(Remark { sheet: self.grid.name.clone(), cell: Some(cell), plan: None, kind });
        }
    }

    /// The text of a number, with a decimal point if the table has decimal commas.
    fn number(&self, text: Text) -> Text {
        match numbers::with_point(&text.text).filter(|_| self.decimal_comma) {
            Some(plain) => Text { text: plain.into(), cell: text.cell },
            None => text,
        }
    }

    /// Updates the carried texts of the group columns; blank cells continue the cell above.
    ///
    /// In a body with merged cells, a blank cell in the parent's columns means that nothing is cited. In
    /// other bodies it continues the cell above, unless the column to its left has a new text: a new parent
    /// KPI with a blank target has no target.
    fn carry(&mut self, row: u32) {
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
        if let Some(perspective) = perspective {
            self.carried.perspective = Perspective::read(perspective);
        }
    }

    /// The text of a cell, empty if there is none.
    fn text(&self, row: u32, col: Option<u16>) -> Text {
        let blank = || col.map(|col| blank(self.grid, row, col));
        cell(self.grid, row, col).or_else(blank).unwrap_or_default()
    }

    /// The text of a value, without the % of its number format if the unit is % anyway.
    fn value_text(&self, row: u32, col: Option<u16>, percent_unit: bool) -> Text {
        let text = self.number(half_width(self.text(row, col)));
        let formatted = col
            .and_then(|col| self.grid.shown(CellRef::new(row, col)))
            .is_some_and(|(_, shown)| shown.percent);
        match text.text.strip_suffix('%') {
            Some(number) if formatted && percent_unit => Text { text: number.trim().into(), cell: text.cell },
            _ => text,
        }
    }
}

/// The text of a cell or of its merged range.
fn cell(grid: &Grid, row: u32, col: Option<u16>) -> Option<Text> {
    let (cell, shown) = grid.shown(CellRef::new(row, col?))?;
    (!numbers::is_error(&shown.text)).then(|| Text::new(shown.text.clone(), cell))
}

/// An empty text at a cell, or at the top left cell of its merged range.
fn blank(grid: &Grid, row: u32, col: u16) -> Text {
    let cell = CellRef::new(row, col);
    Text::new("", grid.merged(cell).map_or(cell, |merge| merge.first))
}
