//! Reads the rows below a header: fills KPI rows down, skips totals, collects footnotes.

mod banner;
mod carry;
mod continued;
mod unit_in_name;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::{PeriodAt, TableColumns};
use super::forms;
use super::header::Header;
use super::lines::LevelStack;
use super::long_form;
use super::numbers;
use super::organisation::{self, RowOrganisation};
use super::plan::{fallback_name, name_of, plan, year_column};
use super::plan_table::PlanTable;
use super::remarks;
use super::text::half_width;
use super::title::{FoundTitle, join_spaced_letters};
use super::vocabulary::Vocabulary;
use crate::plan::{
    COLUMNS, Content, Extra, Field, Footnote, Indicator, PeriodValue, Perspective, Plan, Text, Value, Weight,
    YearColumn,
};
use crate::read::grid::{Grid, Shown};
use crate::read::outcome::{Remark, RemarkKind, TableForm};
use crate::source::CellRef;

/// A table ends after this many blank rows; later rows are only reported.
const GAP: u32 = 3;

/// The rows of a table: its body ends before `end`, its title and labels are from `floor` on.
#[derive(Clone, Debug, Default)]
pub(super) struct Extent {
    pub floor: u32,
    pub end: Option<u32>,
    /// The levels that heading lines above the table say.
    pub levels: LevelStack,
}

/// Reads the table below `header`. If its rows belong to several organisations, returns one table for each.
pub(super) fn read(
    file: &Arc<str>,
    grid: &Grid,
    words: &Vocabulary,
    header: &Header,
    title: Option<FoundTitle>,
    extent: Extent,
) -> Vec<PlanTable> {
    if forms::percent(header.sure) < TableForm::SURE {
        return vec![unsure(file, grid, words, header)];
    }
    let floor = extent.floor;
    let mut reader = BodyReader::new(grid, words, header, extent);
    reader.read_rows();
    reader.take_units_from_names();
    let BodyReader { mut indicators, mut orgs, footnotes, remarks: mut noticed, .. } = reader;
    noticed.extend(remarks::missing_columns(grid, words, header));
    noticed.extend(remarks::hidden(grid, &header.columns, &indicators));
    noticed.extend(remarks::unread(grid, header));
    if indicators.is_empty() {
        noticed.push(remarks::no_rows(grid, header));
    }
    let titled = title.is_some() || organisation::is_labelled(grid, words, floor, header.block.top);
    let named = name_of(grid, words, header, title.as_ref(), floor);
    let by_row = orgs.iter().any(Option::is_some)
        && organisation::decides(
            &header.columns,
            &orgs,
            &indicators,
            || named.is_none() && organisation::by_sheet(grid, words).is_none(),
            named.is_some(),
        );
    if !by_row {
        organisation::keep_as_extra(grid, header, &mut indicators);
    }
    let (org, by_file) = match named {
        Some(name) => (Arc::from(join_spaced_letters(&name)), None),
        None => fallback_name(file, grid, words, header.block.top),
    };
    let mut years: Vec<YearColumn> = header.columns.years.iter().map(year_column).collect();
    if header.columns.period.is_some() || header.columns.value_kind.is_some() {
        let by_org = if by_row { &mut orgs } else { &mut Vec::new() };
        long_form::gather(grid, words, &header.columns, &mut years, &mut indicators, by_org);
    }
    let form = Some(forms::describe(grid, header, indicators.len()));
    let plan = Plan { years, ..plan(file, grid, header, org, title, indicators, footnotes) };
    if by_row {
        return organisation::split(PlanTable { plan, remarks: noticed, titled, form }, orgs);
    }
    if let (Some(by_file), false) = (by_file, plan.rows.is_empty()) {
        noticed.push(remarks::organisation(grid, header, by_file));
    }
    vec![PlanTable { plan, remarks: noticed, titled, form }]
}

/// A table that may be a plan but is asked about first: it has no rows.
fn unsure(file: &Arc<str>, grid: &Grid, words: &Vocabulary, header: &Header) -> PlanTable {
    let (org, _) = fallback_name(file, grid, words, header.block.top);
    let plan = plan(file, grid, header, org, None, Vec::new(), Vec::new());
    let form = Some(forms::describe(grid, header, 0));
    PlanTable { plan, remarks: Vec::new(), titled: false, form }
}

/// Reads the rows of a body.
struct BodyReader<'g> {
    grid: &'g Grid,
    words: &'g Vocabulary,
    columns: &'g TableColumns,
    /// The headings as printed.
    printed: &'g BTreeMap<u16, String>,
    first: u32,
    end: u32,
    /// Whether the group columns have merged cells; a blank cell then does not continue the one above.
    merges: bool,
    /// The texts that blank cells below continue.
    carried: Indicator,
    indicators: Vec<Indicator>,
    /// The levels of objectives that lines above the row say.
    above: LevelStack,
    /// The organisation that a line above the row names.
    banner: Option<Arc<str>>,
    /// The organisation named for each row, by a column or by a line above it.
    orgs: Vec<Option<RowOrganisation>>,
    footnotes: Vec<Footnote>,
    remarks: Vec<Remark>,
    /// Whether the table's numbers have decimal commas.
    decimal_comma: bool,
}

impl<'g> BodyReader<'g> {
    fn new(grid: &'g Grid, words: &'g Vocabulary, header: &'g Header, extent: Extent) -> Self {
        let (columns, first) = (&header.columns, header.body);
        let end = extent.end.unwrap_or(u32::MAX);
        let merges = columns.groups().any(|col| grid.has_vertical_merge(col, first..=end.saturating_sub(1)));
        let perspective = header.perspective.clone().map(|(cell, text)| Text::new(text, cell));
        let carried = Indicator {
            perspective: perspective.map_or_else(Perspective::default, Perspective::read),
            ..Indicator::default()
        };
        Self {
            grid,
            words,
            columns,
            printed: &header.printed,
            first,
            end,
            merges,
            carried,
            indicators: Vec::new(),
            above: extent.levels,
            banner: None,
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
            } else if self.continues(row) {
                self.read_continued(row);
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

    /// Whether the row has a KPI and at least a value, unit or weight, or its KPI in a cell of its own beside
    /// other columns of the table.
    fn has_indicator(&self, row: u32) -> bool {
        let Some(col) = self.columns.col(Field::Kpi) else { return false };
        let kpi = self.grid.shown(CellRef::new(row, col));
        kpi.is_some_and(|(_, shown)| !self.words.is_total(&shown.text))
            && (self.has_values(row) || self.has_unit(row) || self.is_listed(row, col))
    }

    /// Whether a row without values is a KPI all the same: it fills other columns of the table too.
    fn is_listed(&self, row: u32, kpi: u16) -> bool {
        let own = self.own(row, kpi);
        let others = || {
            let grouped = self.columns.col(Field::Perspective);
            self.columns.read().filter(move |&col| col != kpi && Some(col) != grouped)
        };
        // A heading within the body, or one of an empty form.
        if own.is_some_and(|shown| self.words.is_kpi(&shown.text)) {
            return false;
        }
        let is_text = |text: &str| text.chars().any(char::is_alphabetic) && !self.words.is_footnote(text);
        own.is_some_and(|shown| is_text(&shown.text))
            && others().any(|col| self.own(row, col).is_some_and(|shown| is_text(&shown.text)))
    }

    fn has_values(&self, row: u32) -> bool {
        let kpi = self.columns.col(Field::Kpi).and_then(|col| self.own(row, col));
        let is_heading = kpi.is_some_and(|shown| self.words.is_kpi(&shown.text));
        // Headings again are no values.
        let is_value = |text: &str| {
            let again = is_heading && self.words.label(text).is_some_and(|label| label.role.is_some());
            !is_dash(text) && !again
        };
        let years = self.columns.years.iter().map(|year| year.col);
        let periods = self.columns.periods.iter().map(|period| period.col);
        years
            .chain(periods)
            .chain(self.columns.col(Field::Weight))
            .any(|col| self.own(row, col).is_some_and(|shown| is_value(&shown.text)))
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
        // Rows of all organisations together have KPIs too.
        let orgs = [self.columns.organisation.map(|(col, _)| col), self.columns.parent_organisation];
        let is_org = |col: u16| orgs.contains(&Some(col)) && cells.iter().any(|(other, _)| *other == kpi);
        let heads: Vec<&Shown> =
            cells.iter().filter(|(col, _)| *col <= kpi && !is_org(*col)).map(|(_, shown)| shown).collect();
        heads.iter().any(|shown| self.words.is_total(&shown.text))
            || !self.has_unit(row) && heads.len() == 1 && self.words.is_total_of(&heads[0].text)
    }

    fn read_indicator(&mut self, row: u32) {
        self.remark_cells(row);
        self.carry(row);
        let columns = self.columns;
        self.orgs.push(organisation::of_row(self.grid, row, columns, self.banner.as_ref()));
        let mut indicator = Indicator { sheet: self.grid.name.clone(), ..self.carried.clone() };
        for column in COLUMNS.iter().filter(|column| !column.merges && column.field != Field::Weight) {
            let text = self.text(row, columns.col(column.field));
            let text = if column.content == Content::Code { half_width(text) } else { text };
            (column.read)(&mut indicator, text);
        }
        let (mut levels, objective) = self.above.split(columns.col(Field::Objective).is_some());
        levels.append(&mut indicator.levels);
        indicator.levels = levels;
        if let Some(objective) = objective {
            indicator.objective = objective;
        }
        indicator.weight = self.weight(row);
        let unit = &indicator.unit.text.text;
        let percent_unit = unit.is_empty() || unit.contains(['%', '％']);
        indicator.values = columns
            .years
            .iter()
            .map(|year| Value::read(self.value_text(row, Some(year.col), percent_unit)))
            .collect();
        indicator.periods = self.periods(row, percent_unit);
        indicator.extra = self.extra(row);
        self.indicators.push(indicator);
    }

    /// The values beside those of the years.
    fn periods(&self, row: u32, percent_unit: bool) -> Vec<PeriodValue> {
        let value = |period: &PeriodAt| {
            let text = self.value_text(row, Some(period.col), percent_unit);
            (!text.is_empty()).then(|| PeriodValue {
                year: period.year,
                distance: period.distance,
                part: period.part,
                kind: period.kind,
                label: period.label.as_str().into(),
                value: Value::read(text),
            })
        };
        self.columns.periods.iter().filter_map(value).collect()
    }

    /// The cells of columns that are kept but not interpreted.
    fn extra(&self, row: u32) -> Vec<Extra> {
        let kept = |&col: &u16| {
            let text = cell(self.grid, row, Some(col))?;
            let heading = self.printed.get(&col).map_or("", String::as_str);
            Some(Extra { heading: heading.into(), text })
        };
        self.columns.extra.iter().filter_map(kept).collect()
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

/// Whether a cell only says that there is nothing.
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | ' '))
}
