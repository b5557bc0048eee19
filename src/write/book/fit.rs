//! A plan's table fitted to its pages: type size, column widths, line breaks, row heights and page breaks.
//!
//! Typst sets exactly what is decided here. All lengths are in points.

use std::ops::Range;

use serde::Serialize;

use super::measure::{Measured, Ruler};
use super::sheet::{INSET_X, INSET_Y, LEADING, Sheet};
use super::table::{Cell, Column, HEADER_ROWS, Table};

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
    let fitter = Fitter {
        table,
        room,
        header: table.header.iter().map(|cell| ruler.measure(&cell.text)).collect(),
        body: table.body.iter().map(|cell| ruler.measure(&cell.text)).collect(),
        continued: ruler.measure(room.continued),
    };
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

struct Fitter<'a> {
    table: &'a Table,
    room: &'a Room<'a>,
    header: Vec<Measured>,
    body: Vec<Measured>,
    continued: Measured,
}

impl Fitter<'_> {
    fn at(&self, size: f64) -> Fitted {
        let widths = self.widths(size);
        let header: Vec<_> = self.broken(&self.table.header, &self.header, &widths, size).collect();
        let body: Vec<_> = self.broken(&self.table.body, &self.body, &widths, size).collect();
        let header = Block::of(&header, 0..HEADER_ROWS, size, "");
        let pages = self.pages(&body, header.height(), size);
        Fitted { size, widths, header, pages }
    }

    /// Each column gets the width of its widest word; what is left goes where the text is longest.
    fn widths(&self, size: f64) -> Vec<f64> {
        let columns = &self.table.columns;
        let mut least = vec![0.0_f64; columns.len()];
        let mut wish = vec![0.0_f64; columns.len()];
        let header = self.table.header.iter().zip(&self.header);
        for (cell, text) in header.filter(|(cell, _)| cell.colspan == 1) {
            least[cell.x] = least[cell.x].max(text.widest_word());
        }
        for (least, _) in least.iter_mut().zip(columns).filter(|(_, column)| column.merges()) {
            *least = least.max(self.continued.natural());
        }
        let mut squares = vec![(0.0, 0.0); columns.len()];
        for (cell, text) in self.table.body.iter().zip(&self.body) {
            let longest = if columns[cell.x].is_prose() { 9.0 } else { 6.5 };
            least[cell.x] = least[cell.x].max(text.widest_word().min(longest));
            let length = text.natural() / cell.rowspan as f64;
            squares[cell.x].0 += length * length;
            squares[cell.x].1 += length;
        }
        for (x, (square, sum)) in squares.into_iter().enumerate() {
            // Long texts count for more than short ones: they make the rows high.
            wish[x] = if sum > 0.0 { (square / sum - least[x]).max(0.0) } else { 0.0 };
        }
        let least: Vec<f64> = least.iter().map(|width| width * size + 2.0 * INSET_X + SLACK).collect();
        let wish: Vec<f64> = wish.iter().map(|width| width * size).collect();
        share(self.room.sheet.width(), &least, &wish, columns)
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
        let mut pages = Vec::new();
        let mut first = 0;
        // A plan without rows still shows its header.
        while first < rows || pages.is_empty() {
            let block = |end: usize| Block::of(body, first..end, size, self.room.continued);
            let fits = |end: usize| block(end).height() + if end == rows { notes } else { 0.0 } <= room;
            let mut end = rows.min(first + 1);
            while end < rows && fits(end + 1) {
                end += 1;
            }
            if end < rows {
                let least = first + 1 + ((end - first - 1) as f64 * (1.0 - RAGGED)) as usize;
                end = (least..=end).rev().find(|&row| self.table.breaks_above(row)).unwrap_or(end);
            }
            let mut page = block(end);
            let below = if end == rows { notes } else { 0.0 };
            page.air(room - below - page.height());
            pages.push(page);
            first = end;
        }
        pages
    }
}

/// Rounding between the widths measured here and those of the typesetter.
const SLACK: f64 = 0.5;

/// Shares `total` out: everyone the least, what is left by the wishes, and what then is left to the prose.
fn share(total: f64, least: &[f64], wish: &[f64], columns: &[Column]) -> Vec<f64> {
    let needed: f64 = least.iter().sum();
    if needed >= total {
        return least.iter().map(|width| width * total / needed).collect();
    }
    let wished: f64 = wish.iter().sum();
    let part = if wished > 0.0 { ((total - needed) / wished).min(1.0) } else { 0.0 };
    let mut widths: Vec<f64> = least.iter().zip(wish).map(|(least, wish)| least + wish * part).collect();
    let left = total - widths.iter().sum::<f64>();
    let takes = |x: usize| columns[x].is_prose() || columns.len() == 1;
    let takers: f64 = (0..widths.len()).filter(|&x| takes(x)).map(|x| widths[x]).sum();
    for (x, width) in widths.iter_mut().enumerate() {
        if takes(x) && takers > 0.0 {
            *width += left * *width / takers;
        }
    }
    widths
}

struct Broken<'a> {
    cell: &'a Cell,
    lines: Vec<String>,
}

impl Block {
    /// The `rows` of the table. A cell that begins above them is printed again, with `continued` below its text.
    fn of(cells: &[Broken<'_>], rows: Range<usize>, size: f64, continued: &str) -> Self {
        let mut heights = vec![2.0 * INSET_Y + text_height(1, size); rows.len()];
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
            let height = 2.0 * INSET_Y + text_height(cell.lines.len(), size);
            let lacking = height - rows.iter().sum::<f64>();
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
        let sheet = Sheet::a4_landscape();
        let notes: Vec<Measured> = notes.iter().map(|note| ruler.measure(note)).collect();
        let room = Room { sheet: &sheet, above: 20.0, notes: &notes, continued: "(계속)" };
        (fit(&Table::of(plan, Lang::Ko), &ruler, &room), sheet)
    }

    /// `rows` rows, `per_goal` to an objective, all under one perspective.
    fn rows(rows: usize, per_goal: usize, kpi: &str) -> Plan {
        let row = |plan: crate::testing::PlanText, row: usize| {
            let goal =
                if row % per_goal == 0 { format!("목표 {}", row / per_goal) } else { "^".to_owned() };
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
            assert!(height >= text_height(cell.lines.len(), fitted.size) + 2.0 * INSET_Y - 0.01);
        }
    }
}
