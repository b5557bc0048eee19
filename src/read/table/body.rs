//! Reads the rows below a header: fills KPI rows down, skips totals, collects footnotes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::PlanTable;
use super::columns::{PeriodAt, TableColumns};
use super::header::Header;
use super::lines::{self, LevelStack};
use super::long_form;
use super::numbers;
use super::organisation::{self, RowOrganisation};
use super::plan::{fallback_name, name_of, plan, year_column};
use super::remarks;
use super::text::half_width;
use super::title::{Title, join_spaced_letters};
use super::vocabulary::Vocabulary;
use crate::plan::{
    COLUMNS, Content, Extra, Field, Footnote, Indicator, Initiatives, Level, PeriodValue, Perspective, Plan,
    Text, Unit, Value, Weight, YearColumn,
};
use crate::read::grid::{Grid, Shown};
use crate::read::outcome::{Remark, RemarkKind};
use crate::source::CellRef;

/// A table ends after this many blank rows; later rows are reported but not read.
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
    title: Option<Title>,
    extent: Extent,
) -> Vec<PlanTable> {
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
    let titled = title.is_some();
    let named = name_of(grid, words, header, title.as_ref(), floor);
    let by_row = orgs.iter().any(Option::is_some)
        && organisation::decides(
            &header.columns,
            &orgs,
            &indicators,
            || named.is_none() && organisation::by_sheet(grid).is_none(),
            named.is_some(),
        );
    if !by_row {
        organisation::keep_as_extra(grid, header, &mut indicators);
    }
    let (org, by_file) = match named {
        Some(name) => (Arc::from(join_spaced_letters(&name)), None),
        None => fallback_name(file, grid, words),
    };
    let mut years: Vec<YearColumn> = header.columns.years.iter().map(year_column).collect();
    if header.columns.period.is_some() || header.columns.value_kind.is_some() {
        let by_org = if by_row { &mut orgs } else { &mut Vec::new() };
        long_form::gather(grid, words, &header.columns, &mut years, &mut indicators, by_org);
    }
    let plan = Plan { years, ..plan(file, grid, header, org, title, indicators, footnotes) };
    if by_row {
        return organisation::split(PlanTable { plan, remarks: noticed, titled }, orgs);
    }
    if let (Some(by_file), false) = (by_file, plan.rows.is_empty()) {
        noticed.push(remarks::organisation(grid, header, by_file));
    }
    vec![PlanTable { plan, remarks: noticed, titled }]
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
        let is_text = |text: &str| text.chars().any(char::is_alphabetic) && !self.words.is_footnote(text);
        own.is_some_and(|shown| is_text(&shown.text))
            && others().any(|col| self.own(row, col).is_some_and(|shown| is_text(&shown.text)))
    }

    fn has_values(&self, row: u32) -> bool {
        let years = self.columns.years.iter().map(|year| year.col);
        let periods = self.columns.periods.iter().map(|period| period.col);
        years
            .chain(periods)
            .chain(self.columns.col(Field::Weight))
            .any(|col| self.own(row, col).is_some_and(|shown| !is_dash(&shown.text)))
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

    /// Reads a row without a KPI: a footnote, or a line that holds for the rows below it.
    fn read_line(&mut self, row: u32, cells: &[(u16, Shown)]) {
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
        if in_column(Field::Perspective) || self.words.perspective_line(&text.text).is_some() {
            self.carried = Indicator { perspective: Perspective::read(text), ..Indicator::default() };
        } else if let Some(line) = self.words.level_line(&text.text).filter(|line| !line.name.is_empty()) {
            self.above.push(&line, text.clone());
        } else if self.words.is_footnote(&text.text) || !self.heads_rows(&text) {
            return false;
        } else if self.columns.organisation.is_none() && lines::is_organisation(self.words, &text.text) {
            self.banner = Some(text.text);
        } else if in_column(Field::Objective) {
            self.carried.objective = text;
        } else if let Some(line) = self.words.level_line(&text.text) {
            self.above.push(&line, text.clone());
        } else if self.columns.col(Field::Perspective).is_none() && !self.words.is_sheet_title(&text.text) {
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
        covers && below.next().is_some_and(|(row, _)| row <= cell.row + 2 && self.has_indicator(row))
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

    /// Takes units in brackets after the KPIs' names where the table has no column of units.
    fn take_units_from_names(&mut self) {
        if self.columns.col(Field::Unit).is_some() {
            return;
        }
        let usual = self.indicators.iter().filter(|row| unit_in_name(&row.kpi.text, true).is_some()).count();
        let any = usual * 10 >= self.indicators.len() * 6;
        for row in &mut self.indicators {
            if let (Some(unit), Some(cell)) = (unit_in_name(&row.kpi.text, any), row.kpi.cell) {
                row.unit = Unit::read(Text::new(unit, cell));
            }
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

/// The unit in brackets at the end of a KPI's name. `any`: whether every short text counts, not only a usual
/// unit.
fn unit_in_name(name: &str, any: bool) -> Option<&str> {
    let inner = name.trim().strip_suffix([')', '）', ']'])?;
    let (_, unit) = inner.rsplit_once(['(', '（', '['])?;
    let unit = unit.trim();
    let short = !unit.is_empty() && unit.chars().count() <= 8 && !unit.contains(char::is_numeric);
    let bare = unit.trim_start_matches(['천', '만', '백', '억']);
    const USUAL: [&str; 44] = [
        "%", "％", "건", "명", "개", "개소", "회", "점", "시간", "일", "원", "분", "초", "톤", "대", "가구",
        "곳", "등급", "위", "배", "호", "면", "편", "팀", "인", "세대", "km", "㎞", "㎡", "㎥", "ha", "kg",
        "t", "hrs", "hours", "days", "minutes", "number", "no.", "count", "usd", "$", "€", "#",
    ];
    let usual = bare.is_empty() || USUAL.iter().any(|usual| bare.eq_ignore_ascii_case(usual));
    (short && (any || usual)).then_some(unit)
}
