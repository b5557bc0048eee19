//! Cuts a table's body and notes into pages.
//!
//! A page ends between objectives rather than inside one, and the pages of a plan are about equally full.
//! Every row fits a page: a text higher than a page is cut, and its row becomes as many rows as the text has
//! parts. The row's other cells are merged over these rows, so each page prints them again, like every merged
//! cell.

use std::ops::Range;

use serde::Serialize;

use super::super::measure::Lines;
use super::super::sheet::INSET_Y;
use super::block::{Block, Broken, heights, lines_in, row_height, text_height};

/// How much higher than needed a row may become to fill the page.
const AIR: f64 = 7.0;
/// The cost of splitting an objective. Another page costs 1, and a little for being less full.
const TORN: f64 = 1.5;
/// The cost of an empty page; a half-empty one costs a quarter of it.
const RAGGED: f64 = 0.3;
/// The cost of splitting a perspective.
const TORN_PERSPECTIVE: f64 = 0.03;
/// Below a table, at least this many lines of the notes are kept together.
const LEAST_NOTES: usize = 2;

/// A page of a plan.
#[derive(Serialize)]
pub(super) struct PlanPage {
    /// Rows of the table; none if the page holds only notes.
    pub body: Option<Block>,
    /// Rows of the block above which a new perspective begins.
    pub perspectives: Vec<usize>,
    /// Lines of the notes on this page, note by note.
    pub notes: Vec<Lines>,
    /// The label of the place where the plan's notes begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes_id: Option<String>,
}

/// How high the contents of a page may be.
#[derive(Clone, Copy)]
pub(super) struct Heights {
    /// The body on the first page.
    pub first: f64,
    /// The body on any other page.
    pub next: f64,
    /// Notes on a page without a table.
    pub notes: f64,
}

/// The body of a table, its lines broken.
pub(super) struct Body {
    /// By first row, then by column.
    cells: Vec<Broken>,
    /// For each row, the first of the cells that begin there or later.
    begin: Vec<usize>,
    /// For each row and column, the cell that covers it.
    covering: Vec<Option<usize>>,
    rows: usize,
    columns: usize,
    objective: Option<usize>,
    perspective: Option<usize>,
}

impl Body {
    /// Makes the body from `cells`, cut so that none has more than `most` lines. `objective` and
    /// `perspective` are the columns that hold those.
    pub(super) fn new(
        cells: Vec<Broken>,
        (rows, columns): (usize, usize),
        most: usize,
        (objective, perspective): (Option<usize>, Option<usize>),
    ) -> Self {
        let (mut cells, rows) = split(cells, rows, most);
        cells.sort_by_key(|cell| (cell.rows.start, cell.x));
        let begin = (0..=rows).map(|row| cells.partition_point(|cell| cell.rows.start < row)).collect();
        let mut covering = vec![None; rows * columns];
        for (index, cell) in cells.iter().enumerate() {
            cell.rows.clone().for_each(|row| covering[row * columns + cell.x] = Some(index));
        }
        Self { cells, begin, covering, rows, columns, objective, perspective }
    }

    /// Returns the cells that lie at least partly in `rows`.
    fn within(&self, rows: &Range<usize>) -> impl Iterator<Item = &Broken> {
        let at_top = &self.covering[rows.start * self.columns..][..self.columns];
        let below = &self.cells[self.begin[rows.start + 1]..self.begin[rows.end]];
        at_top.iter().flatten().map(|&index| &self.cells[index]).chain(below)
    }

    /// Whether a cell of `column` begins at `row`; true if the table has no such column.
    fn begins(&self, column: Option<usize>, row: usize) -> bool {
        let cell = |column: usize| self.covering[row * self.columns + column];
        column.is_none_or(|column| cell(column).is_none_or(|cell| self.cells[cell].rows.start == row))
    }
}

/// Cuts cells of more than `most` lines, and splits the rows they begin in into as many rows as they have
/// parts.
fn split(cells: Vec<Broken>, rows: usize, most: usize) -> (Vec<Broken>, usize) {
    let mut parts = vec![1; rows];
    for cell in &cells {
        let row = &mut parts[cell.rows.start];
        *row = cell.lines.len().div_ceil(most).max(*row);
    }
    let mut first_part = Vec::with_capacity(rows + 1);
    first_part.push(0);
    for count in &parts {
        first_part.push(first_part[first_part.len() - 1] + count);
    }
    let mut all = Vec::with_capacity(cells.len());
    for cell in cells {
        let (start, end) = (first_part[cell.rows.start], first_part[cell.rows.end]);
        let last = cell.lines.len().div_ceil(most).saturating_sub(1);
        for (part, lines) in cell.lines.chunks(most).enumerate() {
            let rows = start + part..if part == last { end } else { start + part + 1 };
            let row = cell.row.filter(|_| part == 0);
            all.push(Broken { rows, lines: lines.iter().cloned().collect(), row, ..cell });
        }
    }
    (all, first_part[rows])
}

/// Cuts a body and the notes below it into pages.
pub(super) struct Flow<'a> {
    body: &'a Body,
    /// The lines of all notes, each with the number of its note.
    notes: Vec<(usize, String)>,
    size: f64,
    room: Heights,
}

impl<'a> Flow<'a> {
    /// Prepares to cut `body` and `notes`, in type size `size`, into pages that have `room`.
    pub(super) fn new(body: &'a Body, notes: Vec<Lines>, size: f64, room: Heights) -> Self {
        let number = |(number, lines): (usize, Lines)| lines.into_iter().map(move |line| (number, line));
        Self { body, notes: notes.into_iter().enumerate().flat_map(number).collect(), size, room }
    }

    /// Returns the pages; at least one.
    pub(super) fn pages(&self) -> Vec<PlanPage> {
        let ends = self.ends();
        let mut pages = Vec::new();
        let mut first = 0;
        while first < self.body.rows {
            let rows = first..ends[first];
            first = rows.end;
            pages.push(self.page(rows));
        }
        let below = pages.last().map_or(0, |page| page.notes.iter().map(|note| note.len()).sum());
        pages.extend(self.notes[below..].chunks(self.notes_a_page()).map(|lines| PlanPage {
            body: None,
            perspectives: Vec::new(),
            notes: by_note(lines),
            notes_id: None,
        }));
        pages
    }

    /// Returns the page with `rows` of the body.
    fn page(&self, rows: Range<usize>) -> PlanPage {
        let mut block = Block::of(self.body.within(&rows), &rows, self.size);
        let free = self.room_from(rows.start) - block.height();
        let notes = if rows.end == self.body.rows { self.notes_below(free) } else { 0 };
        block.air(free - self.notes_height(notes), AIR);
        let begins =
            |row: &usize| self.body.perspective.is_some() && self.body.begins(self.body.perspective, *row);
        PlanPage {
            body: Some(block),
            perspectives: (rows.start + 1..rows.end).filter(begins).map(|row| row - rows.start).collect(),
            notes: by_note(&self.notes[..notes]),
            notes_id: None,
        }
    }

    /// For each row, the end of the page that begins with it, chosen so that all pages from there on cost
    /// least.
    fn ends(&self) -> Vec<usize> {
        let rows = self.body.rows;
        let height: f64 = self.heights(&(0..rows.min(self.most_rows()))).iter().sum();
        if rows <= self.most_rows() && height + self.notes_height(self.notes.len()) <= self.room.first {
            return vec![rows; rows];
        }
        let mut costs = vec![0.0; rows + 1];
        let mut ends = vec![rows; rows];
        for first in (0..rows).rev() {
            costs[first] = f64::INFINITY;
            for end in first + 1..=rows.min(first + self.most_rows()) {
                let free = self.room_from(first) - self.heights(&(first..end)).iter().sum::<f64>();
                // A single row fits any page: see `split`.
                if free < 0.0 && end > first + 1 {
                    break;
                }
                let cost = self.cost(end, free.max(0.0), self.room_from(first)) + costs[end];
                if cost <= costs[first] {
                    (costs[first], ends[first]) = (cost, end);
                }
            }
        }
        ends
    }

    /// The cost of a page that ends with the row before `end` and then has `free` of its `room` left.
    fn cost(&self, end: usize, free: f64, room: f64) -> f64 {
        let ragged = |free: f64, room: f64| RAGGED * (free / room).powi(2);
        if end < self.body.rows {
            let torn = if self.body.begins(self.body.objective, end) { 0.0 } else { TORN };
            let torn_perspective =
                if self.body.begins(self.body.perspective, end) { 0.0 } else { TORN_PERSPECTIVE };
            return 1.0 + ragged(free, room) + torn + torn_perspective;
        }
        let below = self.notes_below(free);
        let pages_more = (self.notes.len() - below).div_ceil(self.notes_a_page()) as f64;
        // A page with only notes is as bad as a split objective.
        let apart = if pages_more > 0.0 { TORN } else { 0.0 };
        1.0 + ragged(free - self.notes_height(below), room) + pages_more + apart
    }

    fn heights(&self, rows: &Range<usize>) -> Vec<f64> {
        heights(self.body.within(rows), rows, self.size)
    }

    /// How high the body may be on the page that begins with row `first`.
    fn room_from(&self, first: usize) -> f64 {
        if first == 0 { self.room.first } else { self.room.next }
    }

    /// The most rows that a page can hold.
    fn most_rows(&self) -> usize {
        (self.room.first.max(self.room.next) / row_height(1, self.size)).max(1.0) as usize
    }

    /// How many lines of the notes go below a table that leaves `free` height.
    fn notes_below(&self, free: f64) -> usize {
        let fitting = lines_in(free - 2.0 * INSET_Y, self.size).min(self.notes.len());
        if fitting == self.notes.len() || fitting >= LEAST_NOTES { fitting } else { 0 }
    }

    /// How many lines of the notes fit on a page without a table.
    fn notes_a_page(&self) -> usize {
        lines_in(self.room.notes - 2.0 * INSET_Y, self.size).max(1)
    }

    fn notes_height(&self, lines: usize) -> f64 {
        if lines == 0 { 0.0 } else { 2.0 * INSET_Y + text_height(lines, self.size) }
    }
}

/// Groups the lines by note.
fn by_note(lines: &[(usize, String)]) -> Vec<Lines> {
    let notes = lines.chunk_by(|(note, _), (next, _)| note == next);
    notes.map(|note| note.iter().map(|(_, line)| line.clone()).collect()).collect()
}
