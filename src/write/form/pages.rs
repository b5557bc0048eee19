//! Page setup of a form: pages break between groups of rows, so that no merged cell is split.

use std::collections::BTreeSet;

use rust_xlsxwriter::ProtectionOptions;

use super::next::runs;
use super::sheet::{HEADER, PlanSheet};
use crate::plan::Field;
use crate::workbook;
use crate::workbook::pages::{Orientation, SheetPage, set_up};
use crate::workbook::text::row_height;

/// Minimum fill of a page that ends between two perspectives, and between two objectives.
const FULL: [f64; 2] = [0.7, 0.4];

impl PlanSheet<'_> {
    /// A4 landscape, one page wide, the table only; and protection without a password, all rows unlocked.
    pub(super) fn pages(&mut self) -> workbook::Result {
        let options = ProtectionOptions {
            insert_rows: true,
            delete_rows: true,
            format_cells: true,
            format_rows: true,
            format_columns: true,
            edit_objects: true,
            ..ProtectionOptions::new()
        };
        set_up(self.worksheet);
        self.worksheet.protect_with_options(&options);
        self.worksheet.set_repeat_rows(HEADER, self.rows.body - 1)?;
        self.worksheet.set_print_area(0, 0, self.rows.end, self.layout.last())?;
        let breaks = self.breaks();
        if !breaks.is_empty() {
            self.worksheet.set_page_breaks(&breaks)?;
        }
        Ok(())
    }

    /// The rows that begin a page.
    fn breaks(&self) -> Vec<u32> {
        let heights: Vec<f64> = (0..=self.rows.end).map(|row| self.height(row)).collect();
        let room = SheetPage::of(self.widths.iter().copied(), Orientation::Landscape).room;
        let ranks = self.ranks();
        let rank = |row: u32| ranks.get(row as usize).copied().flatten();
        breaks(&heights, (HEADER as usize, self.rows.body as usize), room, rank)
    }

    fn height(&self, row: u32) -> f64 {
        row_height(self.lines.get(&row).copied().unwrap_or(1).max(1))
    }

    /// The cost of a page break above each row: 0 where no cell spans it, 1 where only a perspective does, 2
    /// otherwise. None above the body.
    fn ranks(&self) -> Vec<Option<usize>> {
        let mut ranks: Vec<Option<usize>> =
            (0..=self.rows.end).map(|row| (row > self.rows.body).then_some(0)).collect();
        let groups = self.layout.columns.iter().filter(|field| field.merges());
        for &field in groups {
            let bad = if field == Field::Perspective { 1 } else { 2 };
            for run in runs(&self.next.plan.rows, field) {
                let (first, last) = (self.row_at(run.start), self.row_at(run.end - 1));
                for row in first + 1..=last {
                    if let Some(Some(rank)) = ranks.get_mut(row as usize) {
                        *rank = bad.max(*rank);
                    }
                }
            }
        }
        // Keeps the sums with other rows on the last page.
        let last = runs(&self.next.plan.rows, Field::Objective)
            .pop()
            .map_or(self.rows.spare, |run| self.row_at(run.start));
        for rank in ranks.iter_mut().skip(last as usize + 1).flatten() {
            *rank = 2;
        }
        ranks
    }
}

/// Where pages of `room` points begin that repeat the header rows. `rank` gives the cost of beginning a page
/// at a row; none where that is not allowed.
fn breaks(
    heights: &[f64],
    header: (usize, usize),
    room: f64,
    rank: impl Fn(u32) -> Option<usize>,
) -> Vec<u32> {
    let repeated: f64 = heights[header.0.min(heights.len())..header.1.min(heights.len())].iter().sum();
    let mut breaks = BTreeSet::new();
    let (mut first, mut used) = (0, 0.0);
    // The used height above each row from `first` on.
    let mut above: Vec<f64> = Vec::new();
    let mut row = 0;
    while row < heights.len() {
        if used + heights[row] > room && row > first {
            let at = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
            let best = |worst: usize, full: f64| {
                (first + 1..=row).rev().find(|&candidate| {
                    let used = above.get(candidate - first).copied().unwrap_or(used);
                    rank(at(candidate)).is_some_and(|rank| rank <= worst) && used >= room * full
                })
            };
            let begin = best(0, FULL[0]).or_else(|| best(1, FULL[1])).or_else(|| best(2, 0.0));
            if let Some(begin) = begin {
                breaks.insert(at(begin));
                (first, row, used) = (begin, begin, repeated);
                above.clear();
            }
        }
        above.push(used);
        used += heights[row];
        row += 1;
    }
    breaks.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_end_where_no_merged_cell_is_cut() {
        // Ten rows of 10 points below a header of one row; pages hold five of them.
        let heights = vec![10.0; 11];
        let within = |groups: &'static [(u32, u32)]| {
            move |row: u32| {
                let cut = groups.iter().any(|&(first, last)| first < row && row <= last);
                (row > 1).then_some(if cut { 2 } else { 0 })
            }
        };
        assert_eq!(breaks(&heights, (0, 1), 50.0, within(&[])), [5, 9]);
        assert_eq!(breaks(&heights, (0, 1), 50.0, within(&[(4, 6), (7, 9)])), [4, 7]);
        // A cell higher than a page is split, and the loop ends.
        assert_eq!(breaks(&heights, (0, 1), 50.0, within(&[(1, 10)])), [5, 9]);
        assert_eq!(breaks(&heights, (0, 11), 50.0, |_| None), Vec::<u32>::new());
    }
}
