//! Fits a plan's table to its pages: type size, column widths, line breaks, row heights and page breaks.
//!
//! Typst sets exactly what this module decides. All lengths are in points.

use super::super::measure::{Lines, Measured, Ruler};
use super::super::sheet::{INSET_X, INSET_Y, PaperSheet};
use super::align::AlignedNumbers;
use super::block::{Block, Broken, lines_in};
use super::columns::{ColumnWidths, SLACK};
use super::flow::{Body, Flow, Heights, PlanPage};
use super::table::{BookColumn, HEADER_ROWS, PlanCell, PlanTable};
use crate::plan::{Content, Field};

/// Type sizes, largest first. Anything smaller than the last is illegible in print.
const SIZES: [f64; 7] = [8.0, 7.75, 7.5, 7.25, 7.0, 6.75, 6.5];
/// The share of a page that the header may take. A longer heading is cut and given in full in the notes.
const HEADER_SHARE: f64 = 0.4;
/// The mark at the end of a heading that was cut, and before its full text in the notes.
const CUT: &str = "*";
/// Space for the mark of a cut heading, in em.
const CUT_WIDTH: f64 = 1.6;

/// A table ready to be typeset.
pub(super) struct Fitted {
    /// Type size.
    pub size: f64,
    /// Widths of the columns.
    pub widths: Vec<f64>,
    /// The header, the same on every page.
    pub header: Block,
    /// The body and the notes, page by page.
    pub pages: Vec<PlanPage>,
    /// Whether words had to be broken because there are too many columns.
    pub squeezed: bool,
}

/// The space that a table may take.
pub(super) struct Room<'a> {
    /// The sheet.
    pub sheet: &'a PaperSheet,
    /// Height of the title on the first page and on any other.
    pub title: (f64, f64),
    /// The notes below the table.
    pub notes: Vec<Measured>,
    /// Width in em of the mark on a merged cell that continues from the previous page.
    pub continued: f64,
}

/// A plan's table, measured.
pub(super) struct Fitter<'a> {
    table: PlanTable,
    room: Room<'a>,
    header: Vec<Measured>,
    body: Vec<Measured>,
    numbers: AlignedNumbers,
    columns: ColumnWidths,
    /// Headings, measured as notes.
    headings: Vec<Measured>,
}

/// Fits the tables of a bureau, each to as few pages as possible, all at the largest size at which none takes
/// more. If there is no such size, each table gets its own size.
pub(super) fn fit(tables: &[Fitter<'_>]) -> Vec<Fitted> {
    let best: Vec<Fitted> = tables.iter().map(Fitter::best).collect();
    let most = best.iter().map(|fitted| fitted.size).fold(SIZES[0], f64::min);
    for &size in SIZES.iter().filter(|&&size| size <= most) {
        let others = |(table, best): (&Fitter<'_>, &Fitted)| (best.size != size).then(|| table.at(size));
        let alike: Vec<Option<Fitted>> = tables.iter().zip(&best).map(others).collect();
        let longer = |(best, alike): (&Fitted, &Option<Fitted>)| {
            alike.as_ref().is_some_and(|alike| alike.pages.len() > best.pages.len())
        };
        if !best.iter().zip(&alike).any(longer) {
            return best.into_iter().zip(alike).map(|(best, alike)| alike.unwrap_or(best)).collect();
        }
    }
    best
}

impl<'a> Fitter<'a> {
    /// Prepares to fit `table` into `room`.
    pub(super) fn new(table: PlanTable, ruler: &Ruler<'_>, room: Room<'a>) -> Self {
        let header: Vec<_> = table.header.iter().map(|cell| ruler.measure(&cell.text)).collect();
        let body: Vec<_> = table.body.iter().map(|cell| ruler.measure(&cell.text)).collect();
        let numbers = AlignedNumbers::of(&table, ruler);
        let columns = ColumnWidths::new(&table, &header, &body, &numbers, room.continued);
        let heading = |cell: &PlanCell| ruler.measure(&format!("{CUT} {}", cell.text));
        let headings = table.header.iter().map(heading).collect();
        Self { table, room, header, body, numbers, columns, headings }
    }

    /// The columns.
    pub(super) fn columns(&self) -> &[BookColumn] {
        &self.table.columns
    }

    /// Returns the table at the largest size at which it takes the fewest pages and, if possible, breaks no
    /// word.
    fn best(&self) -> Fitted {
        let mut best = self.at(SIZES[0]);
        for &size in &SIZES[1..] {
            if best.pages.len() <= 1 && !best.squeezed {
                break;
            }
            let smaller = self.at(size);
            if (smaller.pages.len(), smaller.squeezed) < (best.pages.len(), best.squeezed) {
                best = smaller;
            }
        }
        best
    }

    /// Returns the table at `size`.
    fn at(&self, size: f64) -> Fitted {
        let (sheet, (first, next)) = (self.room.sheet, self.room.title);
        let widths = self.columns.widths(sheet.width(), size);
        let (header, cut) = self.header_at(&widths, size);
        let below = |title: f64| sheet.height() - title - SLACK;
        let room = Heights {
            first: below(first) - header.height(),
            next: below(next) - header.height(),
            notes: below(next),
        };
        // One line less, for the mark of a cell that continues.
        let most = lines_in(room.first.min(room.next) - 2.0 * INSET_Y, size).saturating_sub(1).max(1);
        let column =
            |wanted: Field| self.table.columns.iter().position(|&column| column == BookColumn::Field(wanted));
        let body = Body::new(
            self.body_at(&widths, size),
            (self.table.rows, self.table.columns.len()),
            most,
            (column(Field::Objective), column(Field::Perspective)),
        );
        let notes = cut.into_iter().chain(&self.room.notes).map(|note| note.broken(sheet.width() / size));
        let pages = Flow::new(&body, notes.collect(), size, room).pages();
        Fitted { size, squeezed: self.columns.needed(size) > sheet.width(), widths, header, pages }
    }

    /// Returns the header, and the headings that had to be cut.
    fn header_at(&self, widths: &[f64], size: f64) -> (Block, Vec<&Measured>) {
        let row = HEADER_SHARE * (self.room.sheet.height() - self.room.title.0) / HEADER_ROWS as f64;
        let mut cut = Vec::new();
        let mut cells = Vec::new();
        for ((cell, text), heading) in self.table.header.iter().zip(&self.header).zip(&self.headings) {
            let inner = inner_width(cell, widths);
            let most = lines_in(row * cell.rowspan as f64 - 2.0 * INSET_Y, size).max(1);
            let mut lines = text.broken(inner / size);
            if lines.len() > most {
                lines = text.broken(inner / size - CUT_WIDTH);
                lines.truncate(most);
                if let Some(last) = lines.last_mut() {
                    last.truncate(last.trim_end().len());
                    last.push('…');
                    last.push_str(CUT);
                }
                cut.push(heading);
            }
            cells.push(Broken::of(cell, lines));
        }
        (Block::of(&cells, &(0..HEADER_ROWS), size), cut)
    }

    /// Returns the cells of the body, their text broken to the widths of their columns.
    fn body_at(&self, widths: &[f64], size: f64) -> Vec<Broken> {
        let cells = self.table.body.iter().zip(&self.body).enumerate();
        let broken = |(index, (cell, text)): (usize, (&PlanCell, &Measured))| {
            let inner = inner_width(cell, widths);
            Broken {
                prose: self.table.columns[cell.x].content() == Content::Prose && cell.colspan == 1,
                shift: self.numbers.shift(index, cell.x, inner / size) * size,
                marked: self.table.columns[cell.x].is_marked() && inner >= self.room.continued * size,
                row: (self.table.columns[cell.x] == BookColumn::Field(Field::Kpi)).then_some(cell.y),
                ..Broken::of(cell, text.broken(inner / size))
            }
        };
        cells.map(broken).collect()
    }
}

/// Returns the width available to a cell's text.
fn inner_width(cell: &PlanCell, widths: &[f64]) -> f64 {
    widths[cell.x..cell.x + cell.colspan].iter().sum::<f64>() - 2.0 * INSET_X - SLACK
}

impl Broken {
    fn of(cell: &PlanCell, lines: Lines) -> Self {
        Self {
            x: cell.x,
            colspan: cell.colspan,
            rows: cell.rows(),
            lines,
            prose: false,
            shift: 0.0,
            marked: false,
            row: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::block::{row_height, text_height};
    use super::*;
    use crate::finding::Lang;
    use crate::plan::Plan;
    use crate::testing::{PlanText, plan};

    fn fitter<'a>(sheet: &'a PaperSheet, plan: &Plan, notes: &[&str]) -> Fitter<'a> {
        let ruler = Ruler::new(|_| 0.9);
        let notes = notes.iter().map(|note| ruler.measure(note)).collect();
        let room = Room { sheet, title: (20.0, 18.0), notes, continued: 3.6 };
        Fitter::new(PlanTable::of(plan, Lang::Ko), &ruler, room)
    }

    fn fitted(plan: &Plan, notes: &[&str]) -> Fitted {
        fitter(&PaperSheet::a4_landscape(), plan, notes).best()
    }

    /// Returns a plan of `rows` rows, `per_objective` to an objective, all under one perspective.
    fn rows(rows: usize, per_objective: usize, kpi: &str) -> Plan {
        let row = |plan: PlanText, row: usize| {
            let objective = if row.is_multiple_of(per_objective) {
                format!("목표 {}", row / per_objective)
            } else {
                "^".to_owned()
            };
            let perspective = if row == 0 { "정책 성과 (100)" } else { "^" };
            plan.row(&format!(
                "{perspective} | 시 | 지표 | 1% | {objective} | {kpi} {row} | 1 | 2 | 3 | 4 | 건 | 1 | "
            ))
        };
        (0..rows).fold(plan("교통국", "가나시"), row).build()
    }

    fn blocks(fitted: &Fitted) -> Vec<&Block> {
        fitted.pages.iter().filter_map(|page| page.body.as_ref()).collect()
    }

    /// Fails if anything extends below the bottom of a page.
    fn assert_pages_hold(fitted: &Fitted) {
        for (number, page) in fitted.pages.iter().enumerate() {
            let title = if number == 0 { 20.0 } else { 18.0 };
            let table = page.body.as_ref().map_or(0.0, |body| fitted.header.height() + body.height());
            let lines: usize = page.notes.iter().map(|note| note.len()).sum();
            let notes = if lines == 0 { 0.0 } else { 2.0 * INSET_Y + text_height(lines, fitted.size) };
            assert!(title + table + notes <= PaperSheet::a4_landscape().height(), "page {number}");
            assert!(table > 0.0 || notes > 0.0, "page {number} is empty");
        }
    }

    #[test]
    fn a_short_plan_takes_one_page_at_the_largest_size() {
        let fitted = fitted(&rows(12, 2, "지표"), &["※ 기타주요사업"]);
        assert_eq!((fitted.pages.len(), fitted.size), (1, SIZES[0]));
        assert!((fitted.widths.iter().sum::<f64>() - PaperSheet::a4_landscape().width()).abs() < 0.01);
    }

    #[test]
    fn a_longer_plan_is_set_smaller_before_it_is_broken() {
        let fitted = fitted(&rows(40, 2, "지표"), &[]);
        assert_eq!(fitted.pages.len(), 1);
        assert!(fitted.size < SIZES[0], "{}", fitted.size);
    }

    #[test]
    fn the_plans_of_a_bureau_share_the_largest_size_that_costs_none_a_page() {
        let sheet = PaperSheet::a4_landscape();
        let alike =
            fit(&[fitter(&sheet, &rows(8, 2, "지표"), &[]), fitter(&sheet, &rows(40, 2, "지표"), &[])]);
        assert_eq!(alike[0].size, alike[1].size);
        assert_eq!(alike[1].size, fitted(&rows(40, 2, "지표"), &[]).size);
        assert!(alike.iter().all(|fitted| fitted.pages.len() == 1));
    }

    #[test]
    fn every_page_holds_what_it_is_given_and_breaks_between_objectives() {
        let note = "※ 기타주요사업 : 교통-5, 6 ".repeat(20);
        let fitted =
            fitted(&rows(100, 4, "아주 긴 이름을 가진 핵심성과지표의 달성 정도와 그 추이"), &[&note]);
        assert!(fitted.pages.len() > 1);
        assert_pages_hold(&fitted);
        let heights: Vec<usize> = blocks(&fitted).iter().map(|page| page.heights.len()).collect();
        assert!(heights.iter().all(|rows| rows % 4 == 0), "{heights:?}");
        assert_eq!(heights.iter().sum::<usize>(), 100);
    }

    #[test]
    fn an_objective_that_fits_a_page_is_not_torn_to_save_one() {
        let fitted = fitted(&rows(80, 3, "지표"), &["※ 기타주요사업"]);
        let ends: Vec<usize> = blocks(&fitted).iter().map(|page| page.heights.len()).collect();
        let (_, inner) = ends.split_last().unwrap();
        assert!(inner.iter().all(|rows| rows % 3 == 0), "{ends:?}");
    }

    #[test]
    fn the_pages_of_a_plan_are_about_equally_full() {
        for count in [46, 60, 90, 104] {
            let fitted = fitted(&rows(count, 2, "지표"), &["※ 기타주요사업"]);
            let heights: Vec<usize> = blocks(&fitted).iter().map(|page| page.heights.len()).collect();
            let (least, most) = (heights.iter().min().unwrap(), heights.iter().max().unwrap());
            assert!(most - least <= 6, "{heights:?}");
        }
    }

    #[test]
    fn merged_cells_are_printed_again_on_the_next_page() {
        let fitted = fitted(&rows(100, 4, "지표"), &[]);
        for page in &blocks(&fitted)[1..] {
            let first = &page.cells[0];
            assert_eq!((first.x, first.y, first.rowspan), (0, 0, page.heights.len()));
            assert_eq!((first.lines.concat().as_str(), first.continued), ("정책 성과(100)", true));
        }
    }

    #[test]
    fn a_row_higher_than_a_page_goes_on_under_its_other_cells() {
        let kpi = "매우 긴 지표의 이름".repeat(400);
        let plan = plan("교통국", "가나시")
            .row("정책 | 시 | 지표 | 1% | 목표 | 지표 1 | 1 | 2 | 3 | 4 | 건 | 50 | 교통-1")
            .row(&format!("^ | ^ | ^ | ^ | ^ | {kpi} | 5 | 6 | 7 | 8 | 건 | 50 | 교통-2"))
            .build();
        let fitted = fitted(&plan, &[]);
        assert_pages_hold(&fitted);
        let blocks = blocks(&fitted);
        assert!(blocks.len() > 1);
        let texts = |x: usize| -> Vec<String> {
            let cells = blocks.iter().flat_map(|page| &page.cells).filter(|cell| cell.x == x);
            cells.map(|cell| cell.lines.concat()).collect()
        };
        assert_eq!(texts(5).concat(), format!("지표 1{kpi}"));
        let codes = texts(12);
        assert_eq!(codes[0], "교통-1");
        assert!(codes[1..].iter().all(|code| code == "교통-2"));
        assert!(codes.len() >= blocks.len());
    }

    #[test]
    fn notes_longer_than_a_page_go_on_over_pages() {
        let note = "※ 기타주요사업 코드번호 교통-5 ".repeat(600);
        let fitted = fitted(&rows(10, 2, "지표"), &[&note]);
        assert_pages_hold(&fitted);
        let printed: String = fitted
            .pages
            .iter()
            .flat_map(|page| page.notes.iter().flat_map(|note| note.iter()))
            .cloned()
            .collect();
        assert_eq!(printed, note.trim_end());
    }

    #[test]
    fn an_endless_heading_is_cut_and_stands_whole_below_the_table() {
        let mut plan = rows(10, 2, "지표");
        plan.labels.set(Field::Unit, "끝이 없는 머리글 ".repeat(300).trim_end().into());
        let fitted = fitted(&plan, &["※ 기타주요사업"]);
        assert_pages_hold(&fitted);
        let sheet = PaperSheet::a4_landscape();
        assert!(fitted.header.height() < sheet.height() / 2.0, "{}", fitted.header.height());
        assert!(fitted.header.cells.iter().any(|cell| cell.lines.concat().ends_with("…*")));
        let notes: String = fitted
            .pages
            .iter()
            .flat_map(|page| page.notes.iter().flat_map(|note| note.iter()))
            .cloned()
            .collect();
        assert_eq!(notes, format!("* {}※ 기타주요사업", plan.labels.label(Field::Unit)));
    }

    #[test]
    fn many_years_break_no_word_if_a_smaller_size_helps() {
        let years: Vec<String> = (0..12).map(|year| format!("{}t", 2020 + year)).collect();
        let values = ["1,234"; 12].join(" | ");
        let plan = plan("교통국", "가나시")
            .years(&years.join(" "))
            .row(&format!("정책 | 시 | 지표 | 1% | 목표 | 지표 | {values} | 건 | 100 | "))
            .build();
        let fitted = fitted(&plan, &[]);
        assert!(!fitted.squeezed && fitted.size < SIZES[0], "{}", fitted.size);
    }

    #[test]
    fn rows_are_high_enough_for_cells_merged_over_them() {
        let long = "여러 줄로 나뉘어야 하는 매우 긴 목표의 이름 ".repeat(12);
        let plan = plan("교통국", "가나시")
            .row(&format!("정책 | 시 | 지표 | 1% | {long} | 지표 1 | 1 | 2 | 3 | 4 | 건 | 50 | "))
            .row("^ | ^ | ^ | ^ | ^ | 지표 2 | 1 | 2 | 3 | 4 | 건 | 50 | ")
            .build();
        let fitted = fitted(&plan, &[]);
        for page in blocks(&fitted) {
            for cell in &page.cells {
                let height: f64 = page.heights[cell.y..cell.y + cell.rowspan].iter().sum();
                assert!(height >= row_height(cell.lines.len(), fitted.size) - 0.01);
            }
        }
    }
}
