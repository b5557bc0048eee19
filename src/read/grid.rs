//! A sheet as shown on screen: texts by cell, merged ranges, hidden rows and columns.

mod marks;
mod origin;
mod text;
pub(super) mod turned;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::source::{CellRange, CellRef, LAST_COLUMN, LAST_ROW, writable};

pub(super) use marks::ScorecardMarks;
pub(super) use text::{CellText, Origin, Shown};

/// Maximum number of non-empty cells in a workbook. A plan has hundreds.
const MAX_CELLS: usize = 2_000_000;
/// Maximum number of merge × column entries, and of hidden rows, in a workbook.
const MAX_ENTRIES: usize = 2_000_000;
/// Maximum bytes of text in the cells of a workbook; shared texts count once per cell.
const MAX_TEXT: usize = 32 << 20;
/// Maximum characters in a cell; Excel truncates longer texts.
pub(super) const MAX_LETTERS: usize = 32_767;

/// Limits on the total content of a workbook's sheets. A file of a few kilobytes can expand to gigabytes: one
/// text in many cells, repeated cells, merges over whole rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Budget(Rc<UsedRange>);

#[derive(Debug, Default)]
struct UsedRange {
    cells: Cell<usize>,
    text: Cell<usize>,
    merges: Cell<usize>,
    hidden_rows: Cell<usize>,
}

/// Adds `more` to `used`, up to `most`.
fn spend(used: &Cell<usize>, more: usize, most: usize) -> Result<(), Overflow> {
    used.set(used.get().saturating_add(more));
    if used.get() > most { Err(Overflow) } else { Ok(()) }
}

/// The cells of a sheet that could not be read.
#[derive(Clone, Debug, Default)]
pub(super) struct AffectedCells {
    /// The whole sheet: its part is missing.
    pub whole: bool,
    /// The number of such cells.
    pub count: usize,
    /// The first of them, as named in the file.
    pub first: Vec<String>,
}

impl AffectedCells {
    /// Records a cell.
    pub(super) fn note(&mut self, cell: &str) {
        self.count += 1;
        if self.first.len() < 5 {
            self.first.push(cell.chars().take(20).collect());
        }
    }
}

/// Error: the content exceeds what a [`Grid`] may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overflow;

/// One sheet.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// The tab's name.
    pub name: Arc<str>,
    /// Whether the tab is hidden.
    pub hidden: bool,
    rows: BTreeMap<u32, Vec<(u16, Shown)>>,
    budget: Budget,
    /// Percentages whose stored number has more decimals than shown.
    rounded: Vec<(CellRef, f64)>,
    /// The last text added, shared if the same text follows.
    last: Option<CellText>,
    merges: BTreeMap<u16, Vec<CellRange>>,
    /// Whether it is a table of a document, with the lines above it in its first rows.
    pub of_document: bool,
    /// Hidden rows.
    pub hidden_rows: Vec<u32>,
    /// Hidden columns.
    pub hidden_columns: Vec<CellRange>,
    /// Formulas without a stored result.
    pub unresolved: Vec<CellRef>,
    /// The layout of a scorecard's table, from its marks.
    pub marks: Option<ScorecardMarks>,
    /// Cells that could not be read.
    pub unread: AffectedCells,
    /// Cells from which characters that no workbook can hold were removed.
    pub dropped: AffectedCells,
    /// Cells whose characters were already lost (U+FFFD).
    pub lost: AffectedCells,
    /// Cells that start with a quote that is never closed.
    pub open_quotes: AffectedCells,
}

impl Grid {
    /// The only sheet of a workbook, empty.
    pub(super) fn new(name: &str, hidden: bool) -> Self {
        Self::within(&Budget::default(), name, hidden)
    }

    /// An empty sheet of a workbook whose sheets share `budget`.
    pub(super) fn within(budget: &Budget, name: &str, hidden: bool) -> Self {
        Self {
            name: Arc::from(writable(name)),
            hidden,
            rows: BTreeMap::new(),
            budget: budget.clone(),
            rounded: Vec::new(),
            last: None,
            merges: BTreeMap::new(),
            of_document: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            unresolved: Vec::new(),
            marks: None,
            unread: AffectedCells::default(),
            dropped: AffectedCells::default(),
            lost: AffectedCells::default(),
            open_quotes: AffectedCells::default(),
        }
    }

    /// Sets the text of a cell; blank texts are dropped, runs of white space become one space.
    pub(super) fn put(&mut self, row: u32, col: u32, text: &str, percent: bool) -> Result<(), Overflow> {
        let line = match &self.last {
            Some(last) if *last.text == *text => CellText { dropped: false, ..last.clone() },
            _ => match one_line(text) {
                Some(line) => line,
                None => return Ok(()),
            },
        };
        self.put_line(row, col, &line, percent)
    }

    /// Sets the text of a cell to a shared [`one_line`] text.
    pub(super) fn put_line(
        &mut self,
        row: u32,
        col: u32,
        line: &CellText,
        percent: bool,
    ) -> Result<(), Overflow> {
        let Some(col) = u16::try_from(col).ok().filter(|&col| col <= LAST_COLUMN && row <= LAST_ROW) else {
            return Ok(());
        };
        let text = &line.text;
        if line.dropped {
            self.dropped.note(&CellRef::new(row, col).to_string());
        }
        if line.lost {
            self.lost.note(&CellRef::new(row, col).to_string());
        }
        spend(&self.budget.0.cells, 1, MAX_CELLS)?;
        spend(&self.budget.0.text, text.len(), MAX_TEXT)?;
        let cells = self.rows.entry(row).or_default();
        if cells.is_empty() {
            // Keep a million rows of one cell from allocating room for four cells each.
            cells.reserve_exact(1);
        }
        cells.push((col, Shown { text: text.clone(), percent, origin: Origin::Any }));
        self.last = Some(line.clone());
        Ok(())
    }

    /// Records `count` hidden rows starting at row `first`.
    pub(super) fn hide_rows(&mut self, first: u32, count: u32) -> Result<(), Overflow> {
        let end = first.saturating_add(count).min(LAST_ROW + 1);
        spend(&self.budget.0.hidden_rows, end.saturating_sub(first) as usize, MAX_ENTRIES)?;
        self.hidden_rows.extend(first..end);
        Ok(())
    }

    /// Records a merged range.
    pub(super) fn merge(&mut self, range: CellRange) -> Result<(), Overflow> {
        let columns = usize::from(range.last.col - range.first.col) + 1;
        spend(&self.budget.0.merges, columns, MAX_ENTRIES)?;
        for col in range.first.col..=range.last.col {
            self.merges.entry(col).or_default().push(range);
        }
        Ok(())
    }

    /// Sorts rows, cells and merges; call once after the last [`Grid::put`].
    pub(super) fn finish(mut self) -> Self {
        for cells in self.rows.values_mut() {
            cells.sort_by_key(|(col, _)| *col);
            cells.dedup_by_key(|(col, _)| *col);
        }
        for ranges in self.merges.values_mut() {
            ranges.sort_by_key(|range| (range.first.row, range.last.row));
            // Overlapping merges are invalid; keep the first one, as lookups use binary search.
            let mut end = None;
            ranges.retain(|range| {
                let free = end.is_none_or(|end| range.first.row > end);
                if free {
                    end = Some(range.last.row);
                }
                free
            });
        }
        self.hidden_rows.sort_unstable();
        self.hidden_rows.dedup();
        self.unresolved.sort_unstable();
        self
    }

    /// Keeps only the texts of cells for which `keeps` holds, given row and column.
    pub(super) fn keep(&mut self, keeps: impl Fn(u32, u16) -> bool) {
        for (&row, cells) in &mut self.rows {
            cells.retain(|(col, _)| keeps(row, *col));
        }
        self.rows.retain(|_, cells| !cells.is_empty());
        self.unresolved.retain(|cell| keeps(cell.row, cell.col));
    }

    /// The text of exactly this cell, ignoring merges.
    pub(super) fn own(&self, cell: CellRef) -> Option<&Shown> {
        let cells = self.rows.get(&cell.row)?;
        let at = cells.binary_search_by_key(&cell.col, |(col, _)| *col).ok()?;
        Some(&cells[at].1)
    }

    /// The merged range that contains a cell.
    pub(super) fn merged(&self, cell: CellRef) -> Option<CellRange> {
        let ranges = self.merges.get(&cell.col)?;
        let after = ranges.partition_point(|range| range.first.row <= cell.row);
        ranges[..after].last().copied().filter(|range| range.contains(cell))
    }

    /// Every merged range, ordered by column, then row.
    pub(super) fn merged_ranges(&self) -> Vec<CellRange> {
        let all = self.merges.iter().flat_map(|(&col, ranges)| ranges.iter().map(move |range| (col, range)));
        all.filter(|(col, range)| range.first.col == *col).map(|(_, range)| *range).collect()
    }

    /// The text that a cell shows, its own or that of its merged range, with the text's cell.
    pub(super) fn shown(&self, cell: CellRef) -> Option<(CellRef, &Shown)> {
        if let Some(shown) = self.own(cell) {
            return Some((cell, shown));
        }
        let top_left = self.merged(cell)?.first;
        self.own(top_left).map(|shown| (top_left, shown))
    }

    /// Rows with text, and their cells, starting at row `from`.
    pub(super) fn rows_from(&self, from: u32) -> impl Iterator<Item = (u32, &[(u16, Shown)])> {
        self.rows.range(from..).map(|(&row, cells)| (row, cells.as_slice()))
    }

    /// The cells of a row that have text.
    pub(super) fn row(&self, row: u32) -> &[(u16, Shown)] {
        self.rows.get(&row).map_or(&[], Vec::as_slice)
    }

    /// Whether any merge spans rows within `rows` in column `col`.
    pub(super) fn has_vertical_merge(&self, col: u16, rows: std::ops::RangeInclusive<u32>) -> bool {
        self.merges.get(&col).is_some_and(|ranges| {
            ranges.iter().any(|range| {
                range.is_vertical() && range.first.row >= *rows.start() && range.last.row <= *rows.end()
            })
        })
    }
}

/// A cell's text on one line: line breaks, tabs and no-break spaces become one space; `None` if nothing is
/// left. Truncated to the limit of a cell.
pub(super) fn one_line(text: &str) -> Option<CellText> {
    let long = if text.len() > MAX_LETTERS { text.char_indices().nth(MAX_LETTERS) } else { None };
    let text = long.map_or(text, |(end, _)| &text[..end]);
    let written = writable(text);
    let dropped = matches!(written, Cow::Owned(_));
    let text = tidy(&written)?;
    Some(CellText { dropped, lost: text.contains(char::REPLACEMENT_CHARACTER), text })
}

fn tidy(text: &str) -> Option<Arc<str>> {
    let is_gap = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}');
    let mut before = ' ';
    let tidy_already = !text.is_empty()
        && !text.chars().any(is_jamo)
        && text.chars().all(|c| {
            let fine = c != ' ' && !is_gap(c) || c == ' ' && before != ' ';
            before = c;
            fine
        })
        && before != ' ';
    if tidy_already {
        return Some(Arc::from(text));
    }
    // Some systems write decomposed Hangul; compose it to syllables.
    if text.chars().any(is_jamo) {
        let composed: String = text.nfc().collect();
        if composed.len() != text.len() {
            return tidy(&composed);
        }
    }
    let words: Vec<&str> = text.split(is_gap).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| Arc::from(words.join(" ")))
}

/// Whether `c` is a Hangul Jamo, a letter of which syllables are composed.
fn is_jamo(c: char) -> bool {
    ('\u{1100}'..='\u{11ff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alt_enter_and_no_break_space_become_one_space() {
        let mut grid = Grid::new("s", false);
        grid.put(0, 0, " 시민\u{a0}고객\n(20)\t", false).unwrap();
        grid.put(1, 0, "\u{a0}\n", false).unwrap();
        let grid = grid.finish();
        assert_eq!(&*grid.own(CellRef::new(0, 0)).unwrap().text, "시민 고객 (20)");
        assert!(grid.own(CellRef::new(1, 0)).is_none());
    }

    #[test]
    fn letters_that_no_workbook_can_hold_are_removed_and_reported() {
        let mut grid = Grid::new("표\u{fffe}", false);
        grid.put(0, 0, "환\u{ffff}경_xFFFE_국", false).unwrap();
        grid.put(1, 0, "줄_x000A_바꿈 _xABCD", false).unwrap();
        grid.put(2, 0, "줄\u{b}바\u{1}꿈", false).unwrap();
        grid.put(3, 0, "줄 바꿈", false).unwrap();
        grid.put(4, 0, "환\u{fffd}국", false).unwrap();
        let grid = grid.finish();
        assert_eq!((&*grid.name, &*grid.own(CellRef::new(0, 0)).unwrap().text), ("표", "환경국"));
        assert_eq!(&*grid.own(CellRef::new(1, 0)).unwrap().text, "줄_x000A_바꿈 _xABCD");
        assert_eq!(&*grid.own(CellRef::new(2, 0)).unwrap().text, "줄 바꿈");
        assert_eq!((grid.dropped.count, grid.dropped.first), (2, vec!["A1".to_owned(), "A3".to_owned()]));
        assert_eq!((grid.lost.count, grid.lost.first), (1, vec!["A5".to_owned()]));
    }

    #[test]
    fn a_merged_cell_shows_its_top_left_text() {
        let mut grid = Grid::new("s", false);
        grid.put(1, 1, "목표", false).unwrap();
        grid.merge("B2:C4".parse().unwrap()).unwrap();
        grid.merge("B6:B7".parse().unwrap()).unwrap();
        let grid = grid.finish();
        let (at, shown) = grid.shown(CellRef::new(3, 2)).unwrap();
        assert_eq!((at, &*shown.text), (CellRef::new(1, 1), "목표"));
        assert!(grid.shown(CellRef::new(4, 1)).is_none());
        assert!(grid.has_vertical_merge(1, 5..=8));
        assert!(!grid.has_vertical_merge(2, 5..=8));
    }

    #[test]
    fn cells_beyond_the_last_column_are_left_out() {
        let mut grid = Grid::new("s", false);
        grid.put(LAST_ROW + 1, 0, "x", false).unwrap();
        grid.put(0, u32::from(LAST_COLUMN) + 1, "x", false).unwrap();
        assert_eq!(grid.finish().rows_from(0).count(), 0);
    }
}
