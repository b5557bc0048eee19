//! What both indexes share: groups under heads, entries, and the organisations with the rows they lead to.

use serde::Serialize;

use super::super::measure::Ruler;
use super::super::sheet::Sheet;

/// Type size, in points.
const SIZE: f64 = 7.0;
/// Space between columns, in points.
const GUTTER: f64 = 18.0;
/// Space kept for page number and mark behind a name, in em.
const NUMBER: f64 = 5.0;

/// An index. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Index {
    title: &'static str,
    /// How to read it, where that is not plain.
    remark: Option<&'static str>,
    size: f64,
    columns: usize,
    gutter: f64,
    groups: Vec<Group>,
}

/// Entries under one head.
#[derive(Serialize)]
pub(super) struct Group {
    /// `ㄱ`, `경본`.
    pub head: String,
    /// What the head stands for, where that is not plain.
    pub note: String,
    /// Its entries, in order.
    pub entries: Vec<Entry>,
}

/// An entry with everything it leads to.
#[derive(Serialize)]
pub(super) struct Entry {
    lines: Vec<String>,
    references: Vec<Reference>,
}

/// An organisation, and its rows that are meant.
#[derive(Serialize)]
pub(super) struct Reference {
    words: Vec<String>,
    labels: Vec<String>,
    mark: bool,
}

impl Index {
    /// An index of `groups` in so many columns.
    pub(super) fn new(
        title: &'static str,
        remark: Option<&'static str>,
        columns: usize,
        groups: Vec<Group>,
    ) -> Self {
        Self { title, remark, size: SIZE, columns, gutter: GUTTER, groups }
    }
}

/// Breaks entries to the width of a column.
pub(super) struct Setter<'a> {
    ruler: &'a Ruler<'a>,
    /// Width of a column, in em.
    width: f64,
}

impl<'a> Setter<'a> {
    /// A setter for so many columns on `sheet`.
    pub(super) fn new(ruler: &'a Ruler<'a>, sheet: &Sheet, columns: usize) -> Self {
        Self { ruler, width: sheet.column_width(columns, GUTTER) / SIZE - 1.0 }
    }

    /// An entry. Each target is an organisation, a label, and whether it is marked; those of one organisation
    /// that follow each other are put together.
    pub(super) fn entry<'t>(
        &self,
        text: &str,
        targets: impl IntoIterator<Item = (&'t str, String, bool)>,
    ) -> Entry {
        let mut references: Vec<Reference> = Vec::new();
        let mut last = None;
        for (org, label, mark) in targets {
            match references.last_mut() {
                Some(reference) if last == Some((org, mark)) => reference.labels.push(label),
                _ => references.push(Reference {
                    words: self.ruler.words(org, self.width - NUMBER),
                    labels: vec![label],
                    mark,
                }),
            }
            last = Some((org, mark));
        }
        Entry { lines: self.ruler.measure(text).broken(self.width), references }
    }
}
