//! A plan's table fitted to its pages: type size, column widths, line breaks, row heights and page breaks.
//!
//! Typst sets exactly what is decided here. All lengths are in points.

use std::ops::Range;

use serde::Serialize;

use super::super::measure::{Measured, Ruler};
use super::super::sheet::{INSET_X, INSET_Y, LEADING, Sheet};
use super::columns::{Columns, SLACK};
use super::table::{Cell, HEADER_ROWS, Table};

/// Type sizes, largest first. Smaller than the last cannot be read in print.
const SIZES: [f64; 7] = [8.0, 7.75, 7.5, 7.25, 7.0, 6.75, 6.5];
/// How much of a page may stay empty so that an objective is not torn apart.
const RAGGED: f64 = 0.35;
/// How much higher than needed a row may become to fill the page.
const AIR: f64 = 7.0;

/// A table ready to be set.
pub(super) struct Fitted {
    /// Type size.
    pub size: f64,
    /// Widths of the columns.
    pub widths: Vec<f64>,
    /// The header, the same on every page.
    pub header: Block,
    /// The body, page by page.
    pub pages: Vec<Block>,
}

/// Some rows of a table.
#[derive(Serialize)]
pub(super) struct Block {
    /// Heights of the rows.
    pub heights: Vec<f64>,
    /// Its cells.
    pub cells: Vec<SetCell>,
}

/// A cell of a block.
#[derive(Clone, Serialize)]
pub(super) struct SetCell {
    pub x: usize,
    /// Its first row, counted from the block's.
    pub y: usize,
    pub colspan: usize,
    pub rowspan: usize,
    /// Its text. A line that ends between two words keeps its space.
    pub lines: Vec<String>,
}

/// What a table has room for.
pub(super) struct Room<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// Height above the table on every page.
    pub above: f64,
    /// The notes below the table on its last page.
    pub notes: &'a [Measured],
    /// What a merged cell says that goes on from the page before.
    pub continued: &'a str,
}

impl Room<'_> {
    /// The height of the notes at `size`.
    pub(super) fn notes_height(&self, size: f64) -> f64 {
        let lines: usize = self.notes.iter().map(|note| note.broken(self.sheet.width() / size).len()).sum();
        if lines == 0 { 0.0 } else { 2.0 * INSET_Y + text_height(lines, size) }
    }
}

/// Sets `table` at the largest size at which it takes the fewest pages.
pub(super) fn fit(table: &Table, ruler: &Ruler, room: &Room<'_>) -> Fitted {
    let header: Vec<_> = table.header.iter().map(|cell| ruler.measure(&cell.text)).collect();
    let body: Vec<_> = table.body.iter().map(|cell| ruler.measure(&cell.text)).collect();
    let columns = Columns::new(table, &header, &body, ruler.measure(room.continued).natural());
    let fitter = Fitter { table, room, header, body, columns };
    let mut best = fitter.at(SIZES[0]);
    for &size in &SIZES[1..] {
        if best.pages.len() <= 1 {
            break;
        }
        let smaller = fitter.at(size);
        if smaller.pages.len() < best.pages.len() {
            best = smaller;
        }
    }
    best
}

/// The height of so many lines of text.
pub(super) fn text_height(lines: usize, size: f64) -> f64 {
    lines as f64 * size * (1.0 + LEADING) - size * LEADING
}

/// The height of a row that holds so many lines.
fn row_height(lines: usize, size: f64) -> f64 {
    text_height(lines, size) + 2.0 * INSET_Y
}

struct Fitter<'a> {
    table: &'a Table,
    room: &'a Room<'a>,
    header: Vec<Measured>,
    body: Vec<Measured>,
    columns: Columns,
}

impl Fitter<'_> {
    fn at(&self, size: f64) -> Fitted {
        let widths = self.columns.widths(self.room.sheet.width(), size);
        let header: Vec<_> = self.broken(&self.table.header, &self.header, &widths, size).collect();
        let body: Vec<_> = self.broken(&self.table.body, &self.body, &widths, size).collect();
        let header = Block::of(&header.iter().collect::<Vec<_>>(), 0..HEADER_ROWS, size, "");
        let pages = self.pages(&body, header.height(), size);
        Fitted { size, widths, header, pages }
    }

    /// The cells with their text broken to the widths of their columns.
    fn broken<'b>(
        &self,
        cells: &'b [Cell],
        texts: &'b [Measured],
        widths: &'b [f64],
        size: f64,
    ) -> impl Iterator<Item = Broken<'b>> {
        cells.iter().zip(texts).map(move |(cell, text)| {
            let width: f64 = widths[cell.x..cell.x + cell.colspan].iter().sum();
            Broken { cell, lines: text.broken((width - 2.0 * INSET_X - SLACK) / size) }
        })
    }

    /// Cuts the body into pages.
    fn pages(&self, body: &[Broken<'_>], header: f64, size: f64) -> Vec<Block> {
        let room = self.room.sheet.height() - self.room.above - header - SLACK;
        let notes = self.room.notes_height(size);
        let rows = self.table.rows;
        // More rows than this no page can hold.
        let most = (room / row_height(1, size)).max(1.0) as usize;
        let mut pages = Vec::new();
        let mut first = 0;
        // A plan without rows still shows its header.
        while first < rows || pages.is_empty() {
            let last = rows.min(first + most);
            let near: Vec<_> = body.iter().filter(|b| b.cell.y < last && b.cell.rows().end > first).collect();
            let block = |end: usize| Block::of(&near, first..end, size, self.room.continued);
            let below = |end: usize| if end == rows { notes } else { 0.0 };
            let ends: Vec<usize> = (first + 1..=last).collect();
            let fitting = ends.partition_point(|&end| block(end).height() + below(end) <= room);
            let mut end = ends.get(fitting.saturating_sub(1)).copied().unwrap_or(rows);
            if end < rows {
                let least = first + 1 + ((end - first - 1) as f64 * (1.0 - RAGGED)) as usize;
                end = (least..=end).rev().find(|&row| self.table.breaks_above(row)).unwrap_or(end);
            }
            let mut page = block(end);
            page.air(room - below(end) - page.height());
            pages.push(page);
            first = end;
        }
        pages
    }
}

struct Broken<'a> {
    cell: &'a Cell,
    lines: Vec<String>,
}

impl Block {
    /// The `rows` of the table. A cell that begins above them is printed again, with `continued` below its text.
    fn of(cells: &[&Broken<'_>], rows: Range<usize>, size: f64, continued: &str) -> Self {
        let mut heights = vec![row_height(1, size); rows.len()];
        let mut inside = Vec::new();
        for Broken { cell, lines } in cells {
            let (first, last) = (cell.y.max(rows.start), cell.rows().end.min(rows.end));
            if first >= last {
                continue;
            }
            let mut lines = lines.clone();
            if cell.y < first && !cell.text.is_empty() {
                lines.push(continued.to_owned());
            }
            inside.push(SetCell {
                x: cell.x,
                y: first - rows.start,
                colspan: cell.colspan,
                rowspan: last - first,
                lines,
            });
        }
        // Short spans first: a tall cell then needs to add only what its rows still lack.
        inside.sort_by_key(|cell| cell.rowspan);
        for cell in &inside {
            let rows = &mut heights[cell.y..cell.y + cell.rowspan];
            let lacking = row_height(cell.lines.len(), size) - rows.iter().sum::<f64>();
            if lacking > 0.0 {
                let each = lacking / rows.len() as f64;
                rows.iter_mut().for_each(|height| *height += each);
            }
        }
        inside.sort_by_key(|cell| (cell.y, cell.x));
        Self { heights, cells: inside }
    }

    fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Makes the rows a little higher where there is `free` height left.
    fn air(&mut self, free: f64) {
        let each = (free / self.heights.len() as f64).clamp(0.0, AIR);
        self.heights.iter_mut().for_each(|height| *height += each);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::plan::Plan;
    use crate::testing::plan;

    fn fitted(plan: &Plan, notes: &[&str]) -> (Fitted, Sheet) {
        let ruler = Ruler::new(|_| 0.9);
        let sheet = Sheet::of(&crate::project::Book::default());
        let notes: Vec<Measured> = notes.iter().map(|note| ruler.measure(note)).collect();
        let room = Room { sheet: &sheet, above: 20.0, notes: &notes, continued: "(계속)" };
        (fit(&Table::of(plan, Lang::Ko), &ruler, &room), sheet)
    }

    /// `rows` rows, `per_goal` to an objective, all under one perspective.
    fn rows(rows: usize, per_goal: usize, kpi: &str) -> Plan {
        let row = |plan: crate::testing::PlanText, row: usize| {
            let goal = if row.is_multiple_of(per_goal) {
                format!("목표 {}", row / per_goal)
            } else {
                "^".to_owned()
            };
            let perspective = if row == 0 { "정책 성과 (100)" } else { "^" };
            plan.row(&format!(
                "{perspective} | 시 | 지표 | 1% | {goal} | {kpi} {row} | 1 | 2 | 3 | 4 | 건 | 1 | "
            ))
        };
        (0..rows).fold(plan("교통국", "가나시"), row).build()
    }

    #[test]
    fn a_short_plan_takes_one_page_at_the_largest_size() {
        let (fitted, sheet) = fitted(&rows(12, 2, "지표"), &["※ 기타주요사업"]);
        assert_eq!((fitted.pages.len(), fitted.size), (1, SIZES[0]));
        assert!((fitted.widths.iter().sum::<f64>() - sheet.width()).abs() < 0.01);
    }

    #[test]
    fn a_longer_plan_is_set_smaller_before_it_is_broken() {
        let (fitted, _) = fitted(&rows(40, 2, "지표"), &[]);
        assert_eq!(fitted.pages.len(), 1);
        assert!(fitted.size < SIZES[0], "{}", fitted.size);
    }

    #[test]
    fn every_page_fits_and_breaks_between_objectives() {
        let note = "※ 기타주요사업 : 교통-5, 6".repeat(20);
        let (fitted, sheet) =
            fitted(&rows(100, 4, "아주 긴 이름을 가진 핵심성과지표의 달성 정도와 그 추이"), &[&note]);
        assert!(fitted.pages.len() > 1);
        for page in &fitted.pages {
            assert!(20.0 + fitted.header.height() + page.height() <= sheet.height());
            assert_eq!(page.heights.len() % 4, 0);
        }
        assert_eq!(fitted.pages.iter().map(|page| page.heights.len()).sum::<usize>(), 100);
    }

    #[test]
    fn merged_cells_are_printed_again_on_the_next_page() {
        let (fitted, _) = fitted(&rows(100, 4, "지표"), &[]);
        for page in &fitted.pages[1..] {
            let first = &page.cells[0];
            assert_eq!((first.x, first.y, first.rowspan), (0, 0, page.heights.len()));
            assert_eq!(first.lines.concat(), "정책 성과(100)(계속)");
        }
    }

    #[test]
    fn rows_are_high_enough_for_cells_merged_over_them() {
        let long = "여러 줄로 나뉘어야 하는 매우 긴 목표의 이름 ".repeat(12);
        let plan = plan("교통국", "가나시")
            .row(&format!("정책 | 시 | 지표 | 1% | {long} | 지표 1 | 1 | 2 | 3 | 4 | 건 | 50 | "))
            .row("^ | ^ | ^ | ^ | ^ | 지표 2 | 1 | 2 | 3 | 4 | 건 | 50 | ")
            .build();
        let (fitted, _) = fitted(&plan, &[]);
        for cell in &fitted.pages[0].cells {
            let height: f64 = fitted.pages[0].heights[cell.y..cell.y + cell.rowspan].iter().sum();
            assert!(height >= row_height(cell.lines.len(), fitted.size) - 0.01);
        }
    }
}
