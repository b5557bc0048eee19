//! A plan's pages: its title, its table fitted to the sheet, its notes.

mod align;
mod block;
mod columns;
mod fit;
mod flow;
#[cfg(test)]
mod hard_cases;
mod table;
mod title;

use serde::Serialize;

use super::measure::{Measured, Ruler};
use super::sheet::Sheet;
use crate::consolidate::City;
use crate::finding::Lang;
use block::Block;
use fit::{Fitted, Fitter, Room, fit};
use flow::Page;
use table::{Column, Table};
use title::Title;

/// A plan, fitted to its pages.
#[derive(Serialize)]
pub(super) struct PlanData {
    /// Name of its place in the book, for links.
    id: String,
    /// How deep it stands in the tree of organisations: 1 for a bureau, 2 for its offices.
    level: usize,
    #[serde(skip)]
    org: String,
    /// What stands in brackets after the title.
    #[serde(skip)]
    note: String,
    /// The bureau and the organisation.
    running_head: Vec<String>,
    title: Title,
    size: f64,
    widths: Vec<f64>,
    /// For each column, whether it holds running text.
    prose: Vec<bool>,
    /// The columns with which the parent's part of the table begins, the organisation's own, and the rest.
    groups: Vec<usize>,
    header: Block,
    pages: Vec<Page>,
}

/// What other parts of the book say of a plan.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    id: &'a str,
    level: usize,
    org: &'a str,
    note: &'a str,
}

impl PlanData {
    /// Name of its place in the book.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// What other parts of the book say of it.
    pub(super) fn entry(&self) -> Entry<'_> {
        Entry { id: &self.id, level: self.level, org: &self.org, note: &self.note }
    }
}

/// The plans of a bureau, each given with its depth below the city, on as many pages as they take.
pub(super) fn bureau(
    city: &City,
    plans: &[(usize, usize)],
    sheet: &Sheet,
    ruler: &Ruler<'_>,
    continued: &str,
    lang: Lang,
) -> Vec<PlanData> {
    let titles: Vec<Title> =
        plans.iter().map(|&(plan, _)| Title::of(&city.plans[plan], sheet, ruler, continued)).collect();
    let table = |(&(plan, _), title): (&(usize, usize), &Title)| {
        let plan = &city.plans[plan];
        let footnotes = plan.footnotes.iter().map(|note| ruler.measure(&note.text.text));
        let notes: Vec<Measured> =
            title.cut.iter().map(|whole| ruler.measure(whole)).chain(footnotes).collect();
        let continued = ruler.measure(continued).natural();
        let room = Room { sheet, title: (title.height, title.next_height), notes, continued };
        Fitter::new(Table::of(plan, lang), ruler, room)
    };
    let tables: Vec<Fitter<'_>> = plans.iter().zip(&titles).map(table).collect();
    let fitted = fit(&tables);
    let columns = tables.iter().map(Fitter::columns);
    let parts = plans.iter().zip(titles).zip(fitted).zip(columns);
    parts
        .map(|(((&(plan, depth), title), fitted), columns)| {
            let Fitted { size, widths, header, pages, .. } = fitted;
            PlanData {
                id: format!("plan-{}", plan + 1),
                level: depth + 1,
                org: city.plans[plan].org.to_string(),
                note: city.plans[plan].note.to_string(),
                running_head: title::running_head(city, plan, sheet, ruler),
                title,
                size,
                widths,
                prose: columns.iter().map(|column| column.is_prose()).collect(),
                groups: groups(columns),
                header,
                pages,
            }
        })
        .collect()
}

/// The columns with which another part of the table begins than the one left of them.
fn groups(columns: &[Column]) -> Vec<usize> {
    (1..columns.len()).filter(|&x| columns[x].parts_from(columns[x - 1])).collect()
}
