//! Some rows of a table, ready to be typeset: their heights and their cells.

use std::ops::Range;

use serde::Serialize;

use super::super::measure::Lines;
use super::super::sheet::{INSET_X, INSET_Y, LEADING};

/// A cell whose text is broken into lines that fit its column.
pub(super) struct Broken {
    /// Its first column.
    pub x: usize,
    /// How many columns it covers.
    pub colspan: usize,
    /// The rows it covers.
    pub rows: Range<usize>,
    /// Its text.
    pub lines: Lines,
    /// Whether it is running text: on the left, not in the middle.
    pub prose: bool,
    /// How far right of the cell's middle the text is set.
    pub shift: f64,
    /// Whether a mark says that the cell continues from the previous page.
    pub marked: bool,
    /// The plan's row that this part of a KPI's cell begins.
    pub row: Option<usize>,
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
    /// Its first row, counted from the start of the block.
    pub y: usize,
    pub colspan: usize,
    pub rowspan: usize,
    /// Its text.
    pub lines: Lines,
    /// Whether it is running text: on the left, not in the middle.
    pub prose: bool,
    /// Space left and right of the text, which moves it away from the rule or off the middle.
    pub left: f64,
    pub right: f64,
    /// Whether a mark below the text says that the cell continues from the previous page.
    pub continued: bool,
    /// The plan's row that begins here.
    #[serde(skip)]
    pub row: Option<usize>,
    /// The label that links to this cell use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The height of `lines` lines of text.
pub(in crate::write::book) fn text_height(lines: usize, size: f64) -> f64 {
    if lines == 0 { 0.0 } else { lines as f64 * size * (1.0 + LEADING) - size * LEADING }
}

/// How many lines of text fit in `height`.
pub(in crate::write::book) fn lines_in(height: f64, size: f64) -> usize {
    ((height + size * LEADING) / (size * (1.0 + LEADING))).max(0.0) as usize
}

/// The height of a row that holds `lines` lines.
pub(super) fn row_height(lines: usize, size: f64) -> f64 {
    text_height(lines.max(1), size) + 2.0 * INSET_Y
}

impl Broken {
    /// The part of the cell that lies in `rows`: first row, number of rows, number of lines.
    fn part(&self, rows: &Range<usize>) -> Option<(usize, usize, usize)> {
        let (first, last) = (self.rows.start.max(rows.start), self.rows.end.min(rows.end));
        let lines = self.lines.len() + usize::from(self.continues(rows));
        (first < last).then(|| (first - rows.start, last - first, lines))
    }

    /// Whether the cell is marked as continuing from before `rows`.
    fn continues(&self, rows: &Range<usize>) -> bool {
        self.marked && self.rows.start < rows.start && self.lines.iter().any(|line| !line.is_empty())
    }
}

/// The heights that `rows` need to hold `cells`.
pub(super) fn heights<'a>(
    cells: impl IntoIterator<Item = &'a Broken>,
    rows: &Range<usize>,
    size: f64,
) -> Vec<f64> {
    let mut heights = vec![row_height(1, size); rows.len()];
    let mut merged = Vec::new();
    for (y, rowspan, lines) in cells.into_iter().filter_map(|cell| cell.part(rows)) {
        match rowspan {
            1 => heights[y] = heights[y].max(row_height(lines, size)),
            _ if lines > 1 => merged.push((rowspan, y, lines)),
            _ => {}
        }
    }
    // Short spans first: a tall cell then adds only the height that its rows still lack.
    merged.sort_unstable();
    for (rowspan, y, lines) in merged {
        let covered = &mut heights[y..y + rowspan];
        let lacking = row_height(lines, size) - covered.iter().sum::<f64>();
        if lacking > 0.0 {
            covered.iter_mut().for_each(|height| *height += lacking / rowspan as f64);
        }
    }
    heights
}

impl Block {
    /// Returns the `rows` of a table. A cell that begins above them is printed again.
    pub(super) fn of<'a>(
        cells: impl IntoIterator<Item = &'a Broken>,
        rows: &Range<usize>,
        size: f64,
    ) -> Self {
        let cells: Vec<&Broken> = cells.into_iter().collect();
        let mut set: Vec<SetCell> = Vec::new();
        for cell in &cells {
            let Some((y, rowspan, _)) = cell.part(rows) else { continue };
            set.push(SetCell {
                x: cell.x,
                y,
                colspan: cell.colspan,
                rowspan,
                lines: cell.lines.clone(),
                prose: cell.prose,
                left: if cell.prose { INSET_X } else { 2.0 * cell.shift.max(0.0) },
                right: if cell.prose { 0.0 } else { 2.0 * (-cell.shift).max(0.0) },
                continued: cell.continues(rows),
                row: cell.row.filter(|_| cell.rows.start >= rows.start),
                label: None,
            });
        }
        set.sort_by_key(|cell| (cell.y, cell.x));
        Self { heights: heights(cells, rows, size), cells: set }
    }

    /// The total height of the rows.
    pub(super) fn height(&self) -> f64 {
        self.heights.iter().sum()
    }

    /// Makes every row up to `most` higher, as far as `free` height is left.
    pub(super) fn air(&mut self, free: f64, most: f64) {
        let each = (free / self.heights.len() as f64).clamp(0.0, most);
        self.heights.iter_mut().for_each(|height| *height += each);
    }
}
