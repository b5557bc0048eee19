//! The contents: the parts of the book, and every organisation, indented by its depth in the tree.

use serde::Serialize;

use super::super::labels;
use super::super::measure::Lines;
use super::super::pages::SLACK;
use super::super::plan::text_height;
use super::super::scope::Selection;
use super::super::sheet::LEADING;
use super::{BOLD, PartHead, PartInput};
use crate::project::BookPart;

/// Indent of an office from its bureau, and of a further line from the first, in em.
const INDENT: f64 = 1.2;
/// Deeper levels than this are not indented further.
const DEEPEST: usize = 5;
/// Space for the page number, in em.
const NUMBER: f64 = 3.5;
/// Size of a note after a name, relative to the name's.
const NOTE: f64 = 0.8;
/// The least width of a column, in em.
const LEAST_COLUMN: f64 = 12.0;
/// Up to this many organisations, there is room for larger type.
const FEW: usize = 150;
/// Space above a line of a part, a bureau, an office, in em, and the space that separates the parts from the
/// plans.
const ABOVE: [f64; 3] = [0.8, 1.05, 0.7];
const RULE: f64 = 1.6;

/// The contents. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct ContentsPart {
    pub head: PartHead,
    size: f64,
    column_width: f64,
    gutter: f64,
    /// The entries of each page, column by column.
    pages: Vec<Vec<Vec<ContentsEntry>>>,
}

/// A line that leads to a page.
#[derive(Clone, Serialize)]
struct ContentsEntry {
    /// The label of the place.
    id: String,
    kind: EntryKind,
    indent: f64,
    above: f64,
    lines: Lines,
    /// The text in brackets after the plan's title, including the brackets.
    note: Lines,
    /// Whether the note begins on a line of its own.
    apart: bool,
    /// Whether there is a rule above.
    ruled: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum EntryKind {
    Part,
    Bureau,
    Office,
}

impl ContentsPart {
    /// Makes the contents of the book of `selection`. `titles` gives each of its other parts with its label
    /// and title.
    pub(in super::super) fn new(
        input: &PartInput<'_>,
        selection: &Selection,
        titles: &[(BookPart, String, String)],
    ) -> Self {
        let head = PartHead::new(input, "contents", input.lang.pick("차 례", "Contents"), "");
        let (count, gutter, size) =
            if selection.plans.len() <= FEW { (3, 26.0, 10.0) } else { (4, 20.0, 8.5) };
        let count =
            count.min(((input.sheet.width() + gutter) / (LEAST_COLUMN * size + gutter)).max(1.0) as usize);
        let column_width = input.sheet.column_width(count, gutter);
        let setter = ContentsSetter { input, size, width: column_width / size };
        let mut entries: Vec<ContentsEntry> = Vec::new();
        for part in &selection.parts {
            let plans = *part == BookPart::Plans;
            let mut own: Vec<ContentsEntry> = titles
                .iter()
                .filter(|(other, ..)| other == part && *part != BookPart::Contents)
                .map(|(_, label, title)| setter.entry(label, title, "", EntryKind::Part, 0))
                .collect();
            if plans {
                own.extend(setter.organisations(selection));
            }
            // A rule separates the plans from the parts before and after them.
            let after_plans = entries.last().is_some_and(|last| last.kind != EntryKind::Part);
            if let Some(first) = own.first_mut().filter(|_| !entries.is_empty() && (plans || after_plans)) {
                first.ruled = true;
                first.above += RULE * size;
            }
            entries.extend(own);
        }
        let room = input.sheet.height() - SLACK;
        let rooms = [room - head.height, room - head.again];
        let columns = setter.columns(entries, |column| rooms[usize::from(column >= count)]);
        let pages = columns.chunks(count).map(<[_]>::to_vec).collect();
        Self { head, size, column_width, gutter, pages }
    }

    /// How many pages it takes.
    pub(in super::super) fn pages(&self) -> usize {
        self.pages.len()
    }
}

struct ContentsSetter<'a> {
    input: &'a PartInput<'a>,
    size: f64,
    /// Width of a column, in em.
    width: f64,
}

impl ContentsSetter<'_> {
    /// Returns a line for each organisation of `selection`.
    fn organisations(&self, selection: &Selection) -> impl Iterator<Item = ContentsEntry> {
        selection.plans.iter().map(|&(plan, depth)| {
            let kind = if depth == 0 { EntryKind::Bureau } else { EntryKind::Office };
            let (org, note) = (&self.input.city.plans[plan].org, &self.input.city.plans[plan].note);
            let note = if note.is_empty() { String::new() } else { format!("({note})") };
            self.entry(&labels::plan(plan), org, &note, kind, depth)
        })
    }

    /// Returns the entries in columns, each as high as `room` allows. If a column begins with an office, its
    /// bureau is repeated there.
    fn columns(&self, entries: Vec<ContentsEntry>, room: impl Fn(usize) -> f64) -> Vec<Vec<ContentsEntry>> {
        let mut columns: Vec<Vec<ContentsEntry>> = vec![Vec::new()];
        let mut left = room(0);
        let mut bureau: Option<ContentsEntry> = None;
        for entry in entries {
            let height = self.height(&entry);
            if height > left && columns.last().is_some_and(|column| !column.is_empty()) {
                left = room(columns.len());
                columns.push(Vec::new());
                if let Some(again) = bureau.clone().filter(|_| entry.kind == EntryKind::Office) {
                    left -= self.height(&again);
                    columns.last_mut().map(|column| column.push(again)).unwrap_or_default();
                }
            }
            if entry.kind == EntryKind::Bureau {
                let name = self.input.city.numbered_plans();
                let name =
                    name.map(|(plan, own)| (labels::plan(plan), &own.org)).find(|(id, _)| *id == entry.id);
                let again = self.input.lang.pick("(계속)", "(cont.)");
                bureau = name.map(|(id, org)| self.entry(&id, org, again, EntryKind::Bureau, 0));
            }
            left -= height;
            columns.last_mut().map(|column| column.push(entry)).unwrap_or_default();
        }
        columns
    }

    fn entry(&self, label: &str, name: &str, note: &str, kind: EntryKind, depth: usize) -> ContentsEntry {
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
            EntryKind::Part => ABOVE[0],
            EntryKind::Bureau => ABOVE[1],
            EntryKind::Office => ABOVE[2],
        };
        ContentsEntry {
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

    fn height(&self, entry: &ContentsEntry) -> f64 {
        let beside = usize::from(!entry.note.is_empty() && !entry.apart);
        let lines = entry.lines.len() + entry.note.len() - beside;
        entry.above + text_height(lines, self.size) + LEADING
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Lang;
    use crate::project::{BookSettings, Config};
    use crate::testing::{city, plan};
    use crate::write::book::Scope;
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::PaperSheet;

    fn names(contents: &ContentsPart) -> Vec<Vec<String>> {
        let line = |entry: &ContentsEntry| format!("{}{}", entry.lines.concat(), entry.note.concat());
        contents.pages.iter().flatten().map(|column| column.iter().map(line).collect()).collect()
    }

    #[test]
    fn a_column_that_begins_with_an_office_names_its_bureau_again() {
        let config = Config::default();
        let offices = (0..60).map(|office| plan(&format!("{office}과"), "교통국"));
        let city = city(std::iter::once(plan("교통국", "가나시")).chain(offices), &config);
        let selection = Selection::new(&Scope::City, &city, &BookSettings::default()).unwrap();
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 1.0));
        let input = PartInput { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let contents = ContentsPart::new(&input, &selection, &[]);
        let columns = names(&contents);
        assert!(columns.len() > 1);
        assert!(columns[1..].iter().all(|column| column[0] == "교통국(계속)"), "{columns:?}");
        let room = sheet.height() - contents.head.height;
        let setter = ContentsSetter {
            input: &input,
            size: contents.size,
            width: contents.column_width / contents.size,
        };
        let high = |column: &Vec<ContentsEntry>| column.iter().map(|entry| setter.height(entry)).sum::<f64>();
        assert!(contents.pages.iter().flatten().all(|column| high(column) <= room));
    }

    #[test]
    fn the_contents_follow_the_order_of_the_book() {
        let config = Config::default();
        let city = city([plan("교통국", "가나시")], &config);
        let selection = Selection::new(&Scope::City, &city, &BookSettings::default()).unwrap();
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 1.0));
        let input = PartInput { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let title = |part: BookPart, title: &str| (part, part.name(), title.to_owned());
        let titles = [
            title(BookPart::Map, "지도"),
            title(BookPart::Plans, "계획"),
            title(BookPart::KpiIndex, "찾아보기"),
        ];
        let contents = ContentsPart::new(&input, &selection, &titles);
        assert_eq!(names(&contents).concat(), ["지도", "계획", "교통국", "찾아보기"]);
        let ruled: Vec<bool> = contents.pages[0][0].iter().map(|entry| entry.ruled).collect();
        assert_eq!(ruled, [false, true, false, true]);
    }

    #[test]
    fn an_office_stands_in_from_its_bureau_and_an_endless_name_is_cut() {
        let long = "가".repeat(300);
        let config = Config::default();
        let city = city([plan("교통국", "가나시"), plan(&long, "교통국")], &config);
        let selection = Selection::new(&Scope::City, &city, &BookSettings::default()).unwrap();
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 1.0));
        let input = PartInput { city: &city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        let contents = ContentsPart::new(&input, &selection, &[]);
        let [bureau, office] = &contents.pages[0][0][..] else { panic!("two plans") };
        assert_eq!((&*bureau.id, bureau.indent), ("plan-1", 0.0));
        assert!(office.indent > 0.0);
        let widest = office.lines.iter().map(|line| line.chars().count()).max().unwrap();
        assert!(office.lines.len() > 5 && office.lines.last().unwrap().ends_with('…'));
        assert!(contents.size * (widest as f64) < contents.column_width);
    }
}
