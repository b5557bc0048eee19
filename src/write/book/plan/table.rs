//! A plan as a table: its columns, the cells of its header, and its body cells, merged over their rows.

use std::ops::Range;

use crate::finding::Lang;
use crate::plan::{Beside, Content, Field, Group, Indicator, Plan, Text};
use crate::write::words;

/// A cell of the printed table. Columns and rows count from 0, in header and body separately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PlanCell {
    /// Its first column.
    pub x: usize,
    /// Its first row.
    pub y: usize,
    /// How many columns it covers.
    pub colspan: usize,
    /// How many rows it covers.
    pub rowspan: usize,
    /// Its text; a line break in it is kept.
    pub text: String,
}

impl PlanCell {
    fn new(x: usize, y: usize, (colspan, rowspan): (usize, usize), text: impl Into<String>) -> Self {
        Self { x, y, colspan, rowspan, text: text.into() }
    }

    /// The rows it covers.
    pub(super) fn rows(&self) -> Range<usize> {
        self.y..self.y + self.rowspan
    }
}

/// A column of the printed table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BookColumn {
    /// A column of the plan table.
    Field(Field),
    /// A level of objectives above the plan's own, from the top.
    Level(usize),
}

impl BookColumn {
    /// The field; none for a level.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(field),
            Self::Level(_) => None,
        }
    }

    /// The field whose cells look like its cells: a level is printed like an objective.
    pub(super) fn like(self) -> Field {
        self.field().unwrap_or(Field::Objective)
    }

    /// Whose plan it describes.
    pub(super) fn group(self) -> Group {
        self.like().group()
    }

    /// What its cells hold.
    pub(super) fn content(self) -> Content {
        self.like().content()
    }

    /// Whether a cell that continues from the previous page is marked as such.
    pub(super) fn is_marked(self) -> bool {
        self.like().merges() || self == Self::Field(Field::Kpi)
    }

    /// What `row` has in it.
    fn text<'r>(self, row: &'r Indicator, plan: &Plan) -> Option<&'r Text> {
        match self {
            Self::Field(field) => row.text_of(field, &plan.years),
            Self::Level(at) => row.levels.get(at).map(|level| &level.text),
        }
    }
}

/// A plan's table before it is typeset.
#[derive(Debug)]
pub(super) struct PlanTable {
    /// The columns.
    pub columns: Vec<BookColumn>,
    /// The header's cells, in three rows.
    pub header: Vec<PlanCell>,
    /// The body's cells.
    pub body: Vec<PlanCell>,
    /// How many rows the body has.
    pub rows: usize,
}

/// Rows of the header: the organisations, the fields, the years.
pub(super) const HEADER_ROWS: usize = 3;

impl PlanTable {
    /// Builds the table of `plan`.
    pub(super) fn of(plan: &Plan, lang: Lang) -> Self {
        let columns = columns(plan);
        let header = header(plan, &columns, lang);
        let mut body = body(plan, &columns);
        if body.is_empty() {
            let none = lang.pick("적힌 지표가 없습니다.", "No KPIs are entered.");
            body.push(PlanCell::new(0, 0, (columns.len(), 1), none));
        }
        Self { columns, header, body, rows: plan.rows.len().max(1) }
    }
}

/// Returns the columns; those that no row and no heading of the plan uses are left out. The levels of objectives come
/// before the objective.
fn columns(plan: &Plan) -> Vec<BookColumn> {
    let exists = |field: &Field| {
        *field == Field::Kpi
            || !label(plan, *field).is_empty()
            || plan.rows.iter().any(|row| row.cell_of(*field, &plan.years).is_some())
    };
    let fields = Field::of_table(plan.years.iter().map(|year| year.year)).filter(exists);
    let mut columns: Vec<BookColumn> = fields.map(BookColumn::Field).collect();
    let deepest = plan.rows.iter().map(|row| row.levels.len()).max().unwrap_or(0);
    let own = |column: &BookColumn| matches!(column, BookColumn::Field(Field::Objective | Field::Kpi));
    let at = columns.iter().position(own).unwrap_or(0);
    columns.splice(at..at, (0..deepest).map(BookColumn::Level));
    columns
}

/// The heading of `field` as the department prints it.
pub(super) fn label(plan: &Plan, field: Field) -> &str {
    match field {
        Field::Year(year) => plan.year_index(year).map_or("", |index| &plan.years[index].label),
        _ => plan.labels.label(field),
    }
}

/// The heading to use if a department prints none.
fn usual_label(field: Field, lang: Lang) -> String {
    match field.column() {
        Some(column) => lang.pick(column.heading.ko, column.heading.en).to_owned(),
        None => field.to_string(),
    }
}

/// The heading of a level: what the form calls it, else its number.
fn level_label(plan: &Plan, at: usize, lang: Lang) -> String {
    let named = plan.rows.iter().filter_map(|row| row.levels.get(at)).map(|level| &level.name);
    let name = named.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
    words::beside::heading(&Beside::Level(at, name), lang)
}

/// Three rows: perspective and code span all of them; the parent and the organisation span their columns.
fn header(plan: &Plan, columns: &[BookColumn], lang: Lang) -> Vec<PlanCell> {
    let own_label = if plan.own_label.is_empty() { &plan.org } else { &plan.own_label.text };
    let mut cells = Vec::new();
    for (group, text) in [(Group::Parent, &plan.parent_label.text), (Group::Own, own_label)] {
        if let Some(x) = columns.iter().position(|column| column.group() == group) {
            let width = columns.iter().filter(|column| column.group() == group).count();
            cells.push(PlanCell::new(x, 0, (width, 1), &**text));
        }
    }
    for (x, &column) in columns.iter().enumerate() {
        let text = match column {
            BookColumn::Level(at) => level_label(plan, at, lang),
            BookColumn::Field(field) => match label(plan, field) {
                "" => usual_label(field, lang),
                printed => printed.to_owned(),
            },
        };
        let year = match column {
            BookColumn::Field(Field::Year(year)) => plan.year_index(year),
            _ => None,
        };
        match (year, column.group()) {
            (Some(index), _) if !plan.years[index].group.is_empty() => {
                let group = &plan.years[index].group;
                if index == 0 || plan.years[index - 1].group != *group {
                    let width = plan.years[index..].iter().take_while(|year| year.group == *group).count();
                    cells.push(PlanCell::new(x, 1, (width, 1), &**group));
                }
                cells.push(PlanCell::new(x, 2, (1, 1), text));
            }
            (_, Group::Row) => cells.push(PlanCell::new(x, 0, (1, HEADER_ROWS), text)),
            _ => cells.push(PlanCell::new(x, 1, (1, HEADER_ROWS - 1), text)),
        }
    }
    cells
}

/// Returns the cells of the body. A merged column's cell spans the rows that share the same cell of the
/// sheet. If a sheet repeats a text row by row, it spans the rows where the text and everything to its left
/// stay the same.
fn body(plan: &Plan, columns: &[BookColumn]) -> Vec<PlanCell> {
    let mut cells = Vec::new();
    let perspectives = starts(plan, BookColumn::Field(Field::Perspective), &vec![false; plan.rows.len()]);
    let mut left = perspectives.clone();
    for (x, &column) in columns.iter().enumerate() {
        // The parent's and the organisation's own columns each start again under the perspective.
        let first = columns[..x].iter().all(|before| !matches!(before, BookColumn::Level(_)));
        let objective = BookColumn::Field(Field::Objective);
        if column == BookColumn::Field(Field::ParentObjective)
            || first && (column == objective || matches!(column, BookColumn::Level(_)))
        {
            left.clone_from(&perspectives);
        }
        let begins =
            if column.like().merges() { starts(plan, column, &left) } else { vec![true; plan.rows.len()] };
        for (y, row) in plan.rows.iter().enumerate().filter(|&(y, _)| begins[y]) {
            let rowspan = 1 + begins[y + 1..].iter().take_while(|&&begins| !begins).count();
            cells.push(PlanCell::new(x, y, (1, rowspan), printed(plan, row, column)));
        }
        left = begins;
    }
    cells
}

/// For each row, whether a cell of the merged column `column` begins there. `left` is the same for the column
/// before.
fn starts(plan: &Plan, column: BookColumn, left: &[bool]) -> Vec<bool> {
    let above = std::iter::once(None).chain(plan.rows.iter().map(Some));
    let pairs = plan.rows.iter().zip(above).zip(left);
    pairs
        .map(|((row, above), left)| {
            let (Some(this), Some(above)) = (column.text(row, plan), above) else { return true };
            let Some(last) = column.text(above, plan).filter(|last| last.text == this.text) else {
                return true;
            };
            let same_cell = this.cell.is_some() && this.cell == last.cell && row.sheet == above.sheet;
            !same_cell && *left
        })
        .collect()
}

/// Returns what the book prints: the text as written, with the perspective's weight on its own line.
fn printed(plan: &Plan, row: &Indicator, column: BookColumn) -> String {
    let text = column.text(row, plan).map_or("", |text| &text.text);
    let name = &row.perspective.name;
    match text.strip_prefix(&**name).map(str::trim) {
        Some(weight) if column == BookColumn::Field(Field::Perspective) && !weight.is_empty() => {
            format!("{name}\n{weight}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;

    /// Returns the cells of one body column as `first row+rows text`.
    fn column(table: &PlanTable, column: Field) -> Vec<String> {
        let x = table.columns.iter().position(|&c| c == BookColumn::Field(column)).unwrap();
        let cells = table.body.iter().filter(|cell| cell.x == x);
        cells.map(|cell| format!("{}+{} {}", cell.y, cell.rowspan, cell.text)).collect()
    }

    #[test]
    fn levels_of_objectives_are_columns_before_the_objective() {
        let mut plan = plan("교통국", "가나시")
            .row("정책 (60) | 시정 | 만족도 | 70% | 교통 | 지표 1 | 1 | 2 | 3 | 4 | 건 | 30 | 교통-1")
            .row("^ | ^ | ^ | ^ | 보행 | 지표 2 | 1 | 2 | 3 | 4 | 건 | 30 | 교통-2")
            .build();
        for row in &mut plan.rows {
            let text = Text { text: "안전한 도시".into(), cell: None };
            row.levels = vec![crate::plan::Level { name: "기본목표".into(), text }];
        }
        let table = PlanTable::of(&plan, Lang::Ko);
        let x = table.columns.iter().position(|&column| column == BookColumn::Level(0)).unwrap();
        assert_eq!(table.columns[x + 1], BookColumn::Field(Field::Objective));
        assert!(table.header.iter().any(|cell| cell.x == x && cell.text == "기본목표"));
        let cells: Vec<_> = table.body.iter().filter(|cell| cell.x == x).collect();
        assert_eq!((cells.len(), cells[0].rowspan, cells[0].text.as_str()), (1, 2, "안전한 도시"));
        assert_eq!(column(&table, Field::Objective), ["0+1 교통", "1+1 보행"]);
    }

    #[test]
    fn merged_cells_of_the_sheet_are_merged_in_print() {
        let plan = plan("교통국", "가나시")
            .row("정책 (60) | 시정 | 만족도 | 70% | 교통 | 지표 1 | 1 | 2 | 3 | 4 | 건 | 30 | 교통-1")
            .row("^ | ^ | ^ | ^ | ^ | 지표 2 | 1 | 2 | 3 | 4 | 건 | 30 | 교통-2")
            .row("창의 (40) | 재정 | 효율성 | 100% | 예산 | 지표 3 | 1 | 2 | 3 | 4 | % | 40 | ")
            .build();
        let table = PlanTable::of(&plan, Lang::Ko);
        assert_eq!(column(&table, Field::Perspective), ["0+2 정책\n(60)", "2+1 창의\n(40)"]);
        assert_eq!(column(&table, Field::ParentTarget), ["0+2 70%", "2+1 100%"]);
        assert_eq!(column(&table, Field::Objective), ["0+2 교통", "2+1 예산"]);
        assert_eq!(column(&table, Field::Kpi), ["0+1 지표 1", "1+1 지표 2", "2+1 지표 3"]);
    }

    #[test]
    fn a_text_repeated_in_each_row_is_merged_below_the_same_cell_only() {
        let plan = plan("교통국", "가나시")
            .row("정책 | 시정 | 만족도 | 100% | 교통 | 지표 1 | 1 | 2 | 3 | 4 | 건 | 30 | ")
            .row("정책 | 시정 | 만족도 | 100% | 교통 | 지표 2 | 1 | 2 | 3 | 4 | 건 | 30 | ")
            .row("정책 | 시정 | 인지도 | 100% | 교통 | 지표 3 | 1 | 2 | 3 | 4 | 건 | 30 | ")
            .row("창의 | 시정 | 인지도 | 100% | 교통 | 지표 4 | 1 | 2 | 3 | 4 | 건 | 10 | ")
            .build();
        let table = PlanTable::of(&plan, Lang::Ko);
        assert_eq!(column(&table, Field::Perspective), ["0+3 정책", "3+1 창의"]);
        assert_eq!(column(&table, Field::ParentKpi), ["0+2 만족도", "2+1 인지도", "3+1 인지도"]);
        assert_eq!(column(&table, Field::ParentTarget), ["0+2 100%", "2+1 100%", "3+1 100%"]);
        assert_eq!(column(&table, Field::Objective), ["0+3 교통", "3+1 교통"]);
    }

    #[test]
    fn one_cell_of_the_sheet_stays_one_beside_changing_neighbours() {
        let plan = plan("교통국", "가나시")
            .row("정책 | 시정 | 만족도 | 100% | 교통 | 지표 1 | 1 | 2 | 3 | 4 | 건 | 50 | ")
            .row("창의 | 재정 | 효율성 | ^ | ^ | 지표 2 | 1 | 2 | 3 | 4 | 건 | 50 | ")
            .build();
        let table = PlanTable::of(&plan, Lang::Ko);
        assert_eq!(column(&table, Field::ParentTarget), ["0+2 100%"]);
        assert_eq!(column(&table, Field::Objective), ["0+2 교통"]);
    }

    #[test]
    fn the_header_prints_the_departments_own_labels() {
        let mut plan = plan("교통국", "가나시").years("2024a 2025t 2026t").build();
        plan.labels.set(Field::Weight, "가중치".into());
        plan.labels.set(Field::Objective, "성과목표".into());
        let table = PlanTable::of(&plan, Lang::Ko);
        let at = |text: &str| {
            let cell = table.header.iter().find(|cell| cell.text == text);
            cell.map(|cell| (cell.x, cell.y, cell.colspan, cell.rowspan))
        };
        // No parent columns, no code: this plan has neither their headings nor their cells.
        assert_eq!(at("교통국"), Some((0, 0, 6, 1)));
        assert_eq!(at("성과목표"), Some((0, 1, 1, 2)));
        assert_eq!(at("핵심성과지표"), Some((1, 1, 1, 2)));
        assert_eq!(at("실적치"), Some((2, 1, 1, 1)));
        assert_eq!(at("목표치"), Some((3, 1, 2, 1)));
        assert_eq!(at("2025년"), Some((3, 2, 1, 1)));
        assert_eq!(at("가중치"), Some((5, 1, 1, 2)));
        assert_eq!(at("주요사업 코드번호"), None);
    }

    #[test]
    fn a_plan_without_rows_says_so_in_its_table() {
        let table = PlanTable::of(&plan("교통국", "가나시").build(), Lang::Ko);
        assert_eq!((table.rows, table.body.len(), table.body[0].colspan), (1, 1, table.columns.len()));
        assert_eq!(table.body[0].text, "적힌 지표가 없습니다.");
    }

    #[test]
    fn years_without_a_group_heading_reach_up() {
        let mut plan = plan("교통국", "가나시").build();
        for year in &mut plan.years {
            year.group = "".into();
        }
        let table = PlanTable::of(&plan, Lang::Ko);
        let years = table.header.iter().filter(|cell| cell.text.ends_with('년'));
        assert!(years.clone().all(|cell| (cell.y, cell.rowspan) == (1, 2)));
        assert_eq!(years.count(), 4);
    }
}
