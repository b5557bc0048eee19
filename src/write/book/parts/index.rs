//! What both indexes share: groups under headings, entries, and the organisations with the rows they refer
//! to, all cut into lines, columns and pages.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::measure::Ruler;
use super::super::pages::{Chunk, SLACK, cut};
use super::super::plan::{lines_in, text_height};
use super::{BOLD, PartHead, PartInput};

/// Type size, in points.
const SIZE: f64 = 7.0;
/// Space between columns, in points.
const GUTTER: f64 = 18.0;
/// Indent of an entry's further lines, in em.
const INDENT: f64 = 1.0;
/// The space between a name and its references.
const GAP: &str = "  ";
/// Space between two entries, in points.
const BETWEEN: f64 = 2.9;
/// Size of a heading, in points, and the least width of a note shown after it, in em.
const HEAD_SIZE: f64 = 10.0;
const LEAST_NOTE: f64 = 3.0;
/// The largest share of a column that one piece of a long entry takes.
const PIECE: f64 = 0.4;
/// An organisation's name is cut beyond this many column widths.
const NAMES: f64 = 2.5;
/// Height of a heading with the space around it, in points.
const HEAD: f64 = 27.0;

/// An index. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Index {
    pub head: PartHead,
    size: f64,
    between: f64,
    head_height: f64,
    column_width: f64,
    gutter: f64,
    pages: Vec<IndexPage>,
}

/// A page of an index.
#[derive(Serialize)]
struct IndexPage {
    /// For the running head, as in a dictionary: the first and the last heading on the page.
    range: String,
    columns: Vec<Vec<IndexItem>>,
}

/// An item of a column.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum IndexItem {
    Head {
        head: String,
        /// The meaning of the heading, if it is not obvious.
        note: String,
    },
    IndexEntry {
        lines: Vec<Vec<TextRun>>,
    },
}

/// Some text of a line.
#[derive(Clone, Serialize)]
#[serde(untagged)]
enum TextRun {
    /// The entry's name, or the portion of it on this line.
    Name { name: String },
    /// The text around page numbers.
    Quiet { quiet: String },
    /// The number of the page with this label.
    Number { to: String },
}

/// Entries under one heading.
pub(super) struct IndexGroup {
    /// `ㄱ`, `경본`.
    pub head: String,
    /// The meaning of the heading, if it is not obvious.
    pub note: String,
    /// Its entries, in order.
    pub entries: Vec<IndexEntry>,
}

/// An entry with all its references.
pub(super) struct IndexEntry {
    pub name: String,
    pub references: Vec<Reference>,
}

/// An organisation and those of its rows that the entry refers to.
pub(super) struct Reference {
    pub org: String,
    pub labels: Vec<String>,
    /// Whether it is marked.
    pub mark: bool,
}

impl IndexEntry {
    /// Makes an entry. Each target is an organisation, a label, and whether it is marked; consecutive targets
    /// of one organisation are merged.
    pub(super) fn new<'t>(name: &str, targets: impl IntoIterator<Item = (&'t str, String, bool)>) -> Self {
        let mut references: Vec<Reference> = Vec::new();
        for (org, label, mark) in targets {
            match references.last_mut() {
                Some(last) if last.org == org && last.mark == mark => last.labels.push(label),
                _ => references.push(Reference { org: org.to_owned(), labels: vec![label], mark }),
            }
        }
        Self { name: name.to_owned(), references }
    }
}

impl Index {
    /// Makes an index of `groups` in `columns` columns. `plans` give the page of each label within its plan.
    pub(super) fn new(
        input: &PartInput<'_>,
        (part, title, remark): (&str, &str, &str),
        columns: usize,
        groups: Vec<IndexGroup>,
        plans: &[Chunk],
    ) -> Self {
        let head = PartHead::new(input, part, title, remark);
        let column_width = input.sheet.column_width(columns, GUTTER);
        let setter = IndexSetter::new(input, column_width / SIZE - INDENT, plans);
        let most = lines_in((input.sheet.height() - head.height) * PIECE, SIZE).max(2);
        let mut items: Vec<(IndexItem, f64)> = Vec::new();
        for IndexGroup { head, note, entries } in groups {
            let (head, note) = setter.head(&head, &note);
            let mut above = Some(IndexItem::Head { head, note });
            for entry in entries {
                for lines in in_pieces(setter.lines(&entry), most) {
                    let height = text_height(lines.len(), SIZE) + BETWEEN;
                    // A heading is one piece with its first entry, so that it is never alone at the bottom of
                    // a column.
                    let with_head = height + if above.is_some() { HEAD } else { 0.0 };
                    items.extend(above.take().map(|head| (head, 0.0)));
                    items.push((IndexItem::IndexEntry { lines }, with_head));
                }
            }
        }
        let room = input.sheet.height() - SLACK;
        let pages = pages(items, columns, room - head.height, room - head.again);
        Self { head, size: SIZE, between: BETWEEN, head_height: HEAD, column_width, gutter: GUTTER, pages }
    }

    /// How many pages it takes.
    pub(in super::super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// Splits an entry into pieces of at most `most` lines that may go in different columns.
fn in_pieces(lines: Vec<Vec<TextRun>>, most: usize) -> Vec<Vec<Vec<TextRun>>> {
    let mut pieces: Vec<Vec<Vec<TextRun>>> = lines.chunks(most).map(<[_]>::to_vec).collect();
    // Further lines are indented; the template does that only inside a piece.
    for first in pieces.iter_mut().skip(1).filter_map(|piece| piece.first_mut()) {
        first.insert(0, TextRun::Quiet { quiet: "\u{2003}".to_owned() });
    }
    pieces
}

/// Places `items` with their heights in columns on pages; a column is as high as the page's room.
fn pages(items: Vec<(IndexItem, f64)>, columns: usize, first: f64, next: f64) -> Vec<IndexPage> {
    let mut pages = Vec::new();
    let mut rest = items;
    let mut last_head = String::new();
    while !rest.is_empty() || pages.is_empty() {
        let room = if pages.is_empty() { first } else { next };
        let cuts = cut(rest.iter().map(|(_, height)| *height), room, room);
        let mut taken = cuts.iter().take(columns).next_back().map_or(0, |column| column.end);
        // A heading's height is counted with its first entry, so a page could end with the heading alone.
        while taken < rest.len() && taken > 1 && matches!(rest[taken - 1].0, IndexItem::Head { .. }) {
            taken -= 1;
        }
        let later = rest.split_off(taken);
        let mut page: Vec<Vec<IndexItem>> = Vec::new();
        let mut heads = vec![last_head.clone()];
        for (index, (item, _)) in rest.into_iter().enumerate() {
            if let IndexItem::Head { head, .. } = &item {
                if index == 0 {
                    heads.clear();
                }
                heads.push(head.clone());
            }
            let column = cuts.iter().position(|column| column.contains(&index)).unwrap_or(0);
            page.resize(page.len().max(column + 1), Vec::new());
            page[column].push(item);
        }
        for column in 1..page.len() {
            if let Some(IndexItem::Head { .. }) = page[column - 1].last() {
                let moved = page[column - 1].pop();
                page[column].splice(0..0, moved);
            }
        }
        heads.retain(|head| !head.is_empty());
        let range = match (heads.first(), heads.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (Some(only), _) => only.clone(),
            _ => String::new(),
        };
        last_head = heads.pop().unwrap_or(last_head);
        pages.push(IndexPage { range, columns: page });
        rest = later;
    }
    pages
}

/// Breaks entries to the width of a column.
struct IndexSetter<'a> {
    input: &'a PartInput<'a>,
    ruler: &'a Ruler<'a>,
    /// Width of a column, in em.
    width: f64,
    /// Width of a page number: as many digits as the largest may have.
    number: f64,
    /// For each label, its plan and the page within that plan.
    pages: BTreeMap<&'a str, (usize, usize)>,
}

/// The most pages that usually precede the plans.
const BEFORE: usize = 50;

impl<'a> IndexSetter<'a> {
    fn new(input: &'a PartInput<'a>, width: f64, plans: &'a [Chunk]) -> Self {
        let ruler = input.ruler;
        let most = BEFORE + plans.iter().map(|plan| plan.pages).sum::<usize>();
        let spots = plans
            .iter()
            .enumerate()
            .flat_map(|(plan, chunk)| chunk.spots.iter().map(move |spot| (&*spot.label, (plan, spot.page))));
        Self {
            input,
            ruler,
            width,
            number: ruler.measure(&most.to_string()).natural(),
            pages: spots.collect(),
        }
    }

    /// Returns a heading and its meaning, cut to fit one line.
    fn head(&self, head: &str, note: &str) -> (String, String) {
        let width = (self.width + INDENT) * SIZE;
        let head = self.ruler.shortened(head, width / HEAD_SIZE / BOLD);
        let left = width - self.ruler.measure(&head).natural() * HEAD_SIZE * BOLD;
        let room = left / SIZE - 1.0;
        let note = if room > LEAST_NOTE { self.ruler.shortened(note, room) } else { String::new() };
        (head, note)
    }

    /// Returns the lines of an entry.
    fn lines(&self, entry: &IndexEntry) -> Vec<Vec<TextRun>> {
        let name = self.input.lines(&entry.name, self.width * SIZE, SIZE);
        let mut used = name.last().map_or(0.0, |last| self.ruler.measure(last).natural());
        let mut lines: Vec<Vec<TextRun>> =
            name.into_iter().map(|line| vec![TextRun::Name { name: line.trim_end().to_owned() }]).collect();
        let space = self.ruler.measure("\u{a0}").natural();
        let mut gap = Some(2.0 * space);
        for (runs, width) in self.pieces(entry) {
            let before = gap.take();
            if used + before.unwrap_or(0.0) + width > self.width {
                lines.push(Vec::new());
                used = 0.0;
            } else if before.is_some() {
                used += 2.0 * space;
                add(&mut lines, [TextRun::Quiet { quiet: GAP.to_owned() }]);
            }
            add(&mut lines, runs);
            used += width + space;
        }
        lines
    }

    /// Returns an entry's references in unbreakable pieces, with their widths. A name's last word and the
    /// first page number stay together.
    fn pieces(&self, entry: &IndexEntry) -> Vec<(Vec<TextRun>, f64)> {
        let mut pieces: Vec<(Vec<TextRun>, f64)> = Vec::new();
        let quiet = |text: &str| TextRun::Quiet { quiet: text.to_owned() };
        let wide = |text: &str| self.ruler.measure(text.trim_end()).natural();
        let count = entry.references.len();
        for (place, reference) in entry.references.iter().enumerate() {
            let org = self.ruler.shortened(&reference.org, NAMES * self.width);
            let mut words = self.ruler.words(&org, self.width - self.number - 2.0);
            let last = words.pop().unwrap_or_default() + " ";
            pieces.extend(words.into_iter().map(|word| (vec![quiet(&word)], wide(&word))));
            let mut labels = reference.labels.clone();
            labels.dedup_by_key(|label| self.pages.get(&**label).copied());
            let numbers = labels.len();
            for (index, to) in labels.into_iter().enumerate() {
                let mark = if index + 1 == numbers && reference.mark { "※" } else { "" };
                let comma = if index + 1 < numbers || place + 1 < count { ", " } else { "" };
                let (before, after) = (if index == 0 { &*last } else { "" }, format!("{mark}{comma}"));
                let width = self.ruler.measure(before).natural() + self.number + wide(&after) + 0.3;
                let runs = [quiet(before), TextRun::Number { to }, quiet(&after)];
                let said = |run: &TextRun| !matches!(run, TextRun::Quiet { quiet } if quiet.is_empty());
                pieces.push((runs.into_iter().filter(said).collect(), width));
            }
        }
        pieces
    }
}

/// Adds `runs` to the last of `lines`. Adjacent quiet runs are merged: each run costs the typesetter the same.
fn add(lines: &mut [Vec<TextRun>], runs: impl IntoIterator<Item = TextRun>) {
    let Some(line) = lines.last_mut() else { return };
    for run in runs {
        match (line.last_mut(), run) {
            (Some(TextRun::Quiet { quiet: before }), TextRun::Quiet { quiet }) => before.push_str(&quiet),
            (_, run) => line.push(run),
        }
    }
}
