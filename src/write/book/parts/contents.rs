//! The contents: every organisation, as deep in as it stands in the tree.

use serde::Serialize;

use super::super::labels;
use super::super::measure::Ruler;
use super::super::scope::Selection;
use super::super::sheet::Sheet;
use crate::consolidate::City;
use crate::finding::Lang;

/// Bold letters are wider than the regular ones that are measured.
const BOLD: f64 = 1.12;
/// How far an office stands in from its bureau, in em.
const INDENT: f64 = 1.2;
/// Depths beyond this one stand in no further.
const DEEPEST: usize = 5;
/// Space for the page number, in em.
const NUMBER: f64 = 3.5;
/// Up to so many organisations there is room for larger type.
const FEW: usize = 150;

/// The contents. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Contents {
    title: &'static str,
    size: f64,
    columns: usize,
    gutter: f64,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    /// The plan's label.
    id: String,
    /// 0 for a bureau.
    depth: usize,
    indent: f64,
    /// The organisation's name.
    words: Vec<String>,
    /// What stands in brackets after the plan's title, brackets included.
    note: Vec<String>,
}

impl Contents {
    /// The contents of the book of `selection`.
    pub(in super::super) fn new(
        city: &City,
        selection: &Selection,
        sheet: &Sheet,
        ruler: &Ruler,
        lang: Lang,
    ) -> Self {
        let (columns, gutter, size) =
            if selection.plans.len() <= FEW { (3, 26.0, 10.0) } else { (4, 20.0, 8.5) };
        let width = sheet.column_width(columns, gutter) / size;
        let entry = |&(plan, depth): &(usize, usize)| {
            let indent = INDENT * depth.min(DEEPEST) as f64;
            let room = (width - indent - NUMBER) / BOLD;
            let plan_text = &city.plans[plan];
            let note =
                if plan_text.note.is_empty() { String::new() } else { format!("({})", plan_text.note) };
            Entry {
                id: labels::plan(plan),
                depth,
                indent: indent * size,
                words: ruler.words(&plan_text.org, room),
                note: ruler.words(&note, room),
            }
        };
        Self {
            title: lang.pick("차 례", "Contents"),
            size,
            columns,
            gutter,
            entries: selection.plans.iter().map(entry).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Book, Config};
    use crate::testing::{city, plan};
    use crate::write::book::Scope;

    #[test]
    fn an_office_stands_in_from_its_bureau_and_long_names_are_cut_to_the_column() {
        let long = "가".repeat(300);
        let city = city([plan("교통국", "가나시"), plan(&long, "교통국")], &Config::default());
        let selection = Selection::new(&Scope::City, &city, &Book::default()).unwrap();
        let contents =
            Contents::new(&city, &selection, &Sheet::a4_landscape(), &Ruler::new(|_| 1.0), Lang::Ko);
        let [bureau, office] = &contents.entries[..] else { panic!("two plans") };
        assert_eq!((&*bureau.id, bureau.depth, bureau.indent), ("plan-1", 0, 0.0));
        assert!(office.depth == 1 && office.indent > 0.0);
        let width =
            contents.size * office.words.iter().map(|word| word.chars().count()).max().unwrap() as f64;
        assert!(office.words.len() > 10 && width < Sheet::a4_landscape().column_width(3, 26.0));
    }
}
