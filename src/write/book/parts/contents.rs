//! The contents: the parts of the book, and every organisation as deep in as it stands in the tree.

use serde::Serialize;

use super::super::labels;
use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::super::plan::text_height;
use super::super::scope::Selection;
use super::super::sheet::LEADING;
use super::{BOLD, Head, Input};
use crate::project::BookPart;

/// How far an office stands in from its bureau, and a further line from the first, in em.
const INDENT: f64 = 1.2;
/// Depths beyond this one stand in no further.
const DEEPEST: usize = 5;
/// Space for the page number, in em.
const NUMBER: f64 = 3.5;
/// Size of a note behind a name, beside the name's.
const NOTE: f64 = 0.8;
/// Up to so many organisations there is room for larger type.
const FEW: usize = 150;
/// Space above a line of a part, a bureau, an office, in em; and what parts the parts from the plans.
const ABOVE: [f64; 3] = [0.8, 1.05, 0.7];
const RULE: f64 = 1.6;

/// The contents. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Contents {
    pub head: Head,
    size: f64,
    column_width: f64,
    gutter: f64,
    /// What each page has in its columns.
    pages: Vec<Vec<Vec<Entry>>>,
}

/// A line that leads to a page.
#[derive(Clone, Serialize)]
struct Entry {
    /// The label of the place.
    id: String,
    kind: Kind,
    indent: f64,
    above: f64,
    lines: Lines,
    /// What stands in brackets after the plan's title, brackets included.
    note: Lines,
    /// Whether the note begins on a line of its own.
    apart: bool,
    /// Whether a rule stands above.
    ruled: bool,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Part,
    Bureau,
    Office,
}

impl Contents {
    /// The contents of the book of `selection`, whose `titles` are those of its other parts: what each is, its label,
    /// its title.
    pub(in super::super) fn new(
        input: &Input<'_>,
        selection: &Selection,
        titles: &[(BookPart, String, String)],
    ) -> Self {
        let head = Head::new(input, "contents", input.lang.pick("차 례", "Contents"), "");
        let (columns, gutter, size) =
            if selection.plans.len() <= FEW { (3, 26.0, 10.0) } else { (4, 20.0, 8.5) };
        let column_width = input.sheet.column_width(columns, gutter);
        let setter = Setter { input, size, width: column_width / size };
        let others = titles.iter().filter(|(part, ..)| *part != BookPart::Contents);
        let mut entries: Vec<Entry> =
            others.map(|(_, label, title)| setter.entry(label, title, "", Kind::Part, 0)).collect();
        let first_plan = entries.len();
        entries.extend(selection.plans.iter().map(|&(plan, depth)| {
            let kind = if depth == 0 { Kind::Bureau } else { Kind::Office };
            let (org, note) = (&input.city.plans[plan].org, &input.city.plans[plan].note);
            let note = if note.is_empty() { String::new() } else { format!("({note})") };
            setter.entry(&labels::plan(plan), org, &note, kind, depth)
        }));
        if let Some(first) = entries.get_mut(first_plan).filter(|_| first_plan > 0) {
            first.ruled = true;
            first.above += RULE * size;
        }
        let heights: Vec<f64> = entries.iter().map(|entry| setter.height(entry)).collect();
        let room = input.sheet.height() - SLACK;
        let mut pages: Vec<Vec<Vec<Entry>>> = Vec::new();
        let mut from = 0;
        while from < entries.len() || pages.is_empty() {
            let room = room - if pages.is_empty() { head.height } else { head.again };
            let columns: Vec<_> =
                cut(heights[from..].iter().copied(), room, room).into_iter().take(columns).collect();
            pages.push(columns.iter().map(|it| entries[from + it.start..from + it.end].to_vec()).collect());
            from += columns.last().map_or(1, |column| column.end);
        }
        Self { head, size, column_width, gutter, pages }
    }

    /// How many pages it takes.
    pub(in super::super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

struct Setter<'a> {
    input: &'a Input<'a>,
    size: f64,
    /// Width of a column, in em.
    width: f64,
}

impl Setter<'_> {
    fn entry(&self, label: &str, name: &str, note: &str, kind: Kind, depth: usize) -> Entry {
        let ruler = self.input.ruler;
        let indent = INDENT * depth.min(DEEPEST) as f64;
        let room = self.width - indent - INDENT - NUMBER;
        let lines = self.input.lines(name, room / BOLD * self.size, self.size);
        let note_lines = if note.is_empty() {
            Lines::default()
        } else {
            self.input.lines(note, room / NOTE * self.size, self.size)
        };
        let last = lines.last().map_or(0.0, |line| ruler.measure(line).natural() * BOLD);
        let first = note_lines.first().map_or(0.0, |line| ruler.measure(line).natural() * NOTE);
        let above = match kind {
            Kind::Part => ABOVE[0],
            Kind::Bureau => ABOVE[1],
            Kind::Office => ABOVE[2],
        };
        Entry {
            id: label.to_owned(),
            kind,
            indent: indent * self.size,
            above: above * self.size,
            lines,
            apart: !note_lines.is_empty() && last + 0.5 + first > room,
            note: note_lines,
            ruled: false,
        }
    }

    fn height(&self, entry: &Entry) -> f64 {
        let beside = usize::from(!entry.note.is_empty() && !entry.apart);
        let lines = entry.lines.len() + entry.note.len() - beside;
        entry.above + text_height(lines, self.size) + LEADING
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::project::{Book, Config};
    use crate::testing::{city, plan};
    use crate::write::book::Scope;
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::Sheet;

    #[test]
    fn an_office_stands_in_from_its_bureau_and_long_names_are_cut_to_the_column() {
        let long = "가".repeat(300);
        let config = Config::default();
        let city = city([plan("교통국", "가나시"), plan(&long, "교통국")], &config);
        let selection = Selection::new(&Scope::City, &city, &Book::default()).unwrap();
        let (sheet, ruler) = (Sheet::a4_landscape(), Ruler::new(|_| 1.0));
        let input = Input { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let contents = Contents::new(&input, &selection, &[]);
        let [bureau, office] = &contents.pages[0][0][..] else { panic!("two plans") };
        assert_eq!((&*bureau.id, bureau.indent), ("plan-1", 0.0));
        assert!(office.indent > 0.0);
        let widest = office.lines.iter().map(|line| line.chars().count()).max().unwrap();
        assert!(office.lines.len() > 10 && contents.size * (widest as f64) < contents.column_width);
    }
}
