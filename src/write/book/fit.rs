//! A plan's table fitted to its pages: type size, column widths, line breaks, row heights and page breaks.
//!
//! Typst sets exactly what is decided here. All lengths are in points.

use std::ops::Range;

use super::measure::{Measured, Ruler};
use super::sheet::{INSET_X, INSET_Y, LEADING, Sheet};
use super::table::{Cell, Column, HEADER_ROWS, Table};

/// Type sizes, largest first. Smaller than the last cannot be read in print.
const SIZES: [f64; 7] = [8.0, 7.75, 7.5, 7.25, 7.0, 6.75, 6.5];
/// How much of a page may stay empty so that an objective is not torn apart.
const RAGGED: f64 = 0.35;
/// How much higher than needed a row may become to fill the page.
const AIR: f64 = 5.0;

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
pub(super) struct Block {
    /// Heights of the rows.
    pub heights: Vec<f64>,
    /// The cells, their text broken into lines. Rows count from the block's first.
    pub cells: Vec<Cell>,
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
            let mut text = lines.join("\n");
            let mut count = lines.len();
            if cell.y < first && !text.is_empty() && !continued.is_empty() {
                text = format!("{text}\n{continued}");
                count += 1;
            }
            let part = Cell { y: first - rows.start, rowspan: last - first, text, ..Cell::clone(cell) };
            inside.push((2.0 * INSET_Y + text_height(count, size), part));
        }
        // Short spans first: a tall cell then needs to add only what its rows still lack.
        inside.sort_by_key(|(_, cell)| cell.rowspan);
        for (height, cell) in &inside {
            let rows = &mut heights[cell.rows()];
            let lacking = height - rows.iter().sum::<f64>();
            if lacking > 0.0 {
                let each = lacking / rows.len() as f64;
                rows.iter_mut().for_each(|height| *height += each);
            }
        }
        let mut cells: Vec<Cell> = inside.into_iter().map(|(_, cell)| cell).collect();
        cells.sort_by_key(|cell| (cell.y, cell.x));
        Self { heights, cells }
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
