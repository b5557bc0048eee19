//! Fits the plans of a bureau to their pages.

use serde::Serialize;

use super::block::{Block, text_height};
use super::fit::{Fitted, Fitter, Room, fit};
use super::flow::PlanPage;
use super::table::{BookColumn, PlanTable};
use super::title::{self, Title};
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::{Plan, PlanId, RowId};
use crate::project::BookPart;
use crate::write::book::labels;
use crate::write::book::measure::{Measured, Ruler};
use crate::write::book::pages::{Chunk, Spot};
use crate::write::book::sheet::{INSET_Y, PaperSheet};

/// Space above the notes of a sample.
const NOTES_APART: f64 = 4.0;

/// A plan, fitted to its pages.
#[derive(Serialize)]
pub(in crate::write::book) struct PlanData {
    /// Its position among the city's plans.
    #[serde(skip)]
    pub(super) plan: PlanId,
    /// The label that links to the plan use.
    pub(super) id: String,
    pub(super) org: String,
    /// Level of its heading.
    pub(super) level: usize,
    /// Whether it begins on a right-hand page.
    #[serde(skip)]
    pub(super) recto: bool,
    /// The bureau and the organisation.
    pub(super) running_head: Vec<String>,
    pub(super) title: Title,
    pub(super) size: f64,
    pub(super) widths: Vec<f64>,
    /// The first columns of the parent's part of the table, of the organisation's own part, and of the rest.
    pub(super) groups: Vec<usize>,
    pub(super) header: Block,
    pub(super) pages: Vec<PlanPage>,
}

/// A plan's position in the book.
#[derive(Clone, Copy)]
pub(in crate::write::book) struct Place {
    /// Its position among the city's plans.
    pub plan: PlanId,
    /// Level of its heading.
    pub level: usize,
    /// Whether it begins on a right-hand page.
    pub recto: bool,
}

impl PlanData {
    /// The label of the plan.
    pub(in crate::write::book) fn id(&self) -> &str {
        &self.id
    }

    /// Whether its first page has notes.
    pub(in crate::write::book) fn has_notes(&self) -> bool {
        self.pages.first().is_some_and(|page| !page.notes.is_empty())
    }

    /// The height of the table and the notes on its first page.
    pub(in crate::write::book) fn height(&self) -> f64 {
        let Some(page) = self.pages.first() else { return 0.0 };
        let table = page.body.as_ref().map_or(0.0, |body| self.header.height() + body.height());
        let lines: usize = page.notes.iter().map(|note| note.len()).sum();
        table + if lines == 0 { 0.0 } else { 2.0 * INSET_Y + NOTES_APART + text_height(lines, self.size) }
    }

    /// Returns its pages, and the places on them that links target.
    pub(in crate::write::book) fn chunk(&self, sheet: &PaperSheet) -> Chunk {
        let mut spots = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            let title = if number == 0 { self.title.height } else { self.title.next_height };
            let mut y = sheet.top() + title;
            if let Some(body) = &page.body {
                y += self.header.height();
                let tops: Vec<f64> = body
                    .heights
                    .iter()
                    .scan(y, |top, height| Some(std::mem::replace(top, *top + height)))
                    .collect();
                let labelled = body.cells.iter().filter_map(|cell| Some((cell.label.as_ref()?, cell.y)));
                spots.extend(labelled.map(|(label, row)| Spot {
                    label: label.clone(),
                    page: number,
                    y: tops[row],
                }));
                y += body.height();
            }
            spots.extend(page.notes_id.iter().map(|label| Spot { label: label.clone(), page: number, y }));
        }
        Chunk {
            part: BookPart::Plans,
            plan: Some(self.plan),
            org: Some(self.org.clone()),
            label: self.id.clone(),
            recto: self.recto,
            pages: self.pages.len(),
            spots,
        }
    }
}

/// Fits the plans of a bureau, at their positions in the book, to as many pages as they take.
pub(in crate::write::book) fn bureau(
    city: &City,
    places: &[Place],
    sheet: &PaperSheet,
    ruler: &Ruler<'_>,
    continued: &str,
    lang: Lang,
) -> Vec<PlanData> {
    let plans: Vec<(&Plan, &str)> =
        places.iter().map(|place| (&city.plans[place.plan], &*city.nodes[place.plan].title)).collect();
    let mut all = set(&plans, sheet, ruler, continued, lang);
    for (data, &Place { plan, level, recto }) in all.iter_mut().zip(places) {
        (data.plan, data.id) = (plan, labels::plan(plan));
        (data.level, data.recto) = (level, recto);
        data.running_head = title::running_head(city, plan, sheet, ruler);
        name_places(&mut data.pages, plan);
    }
    all
}

/// Fits plans that share one layout, each with the title to print, to as many pages as they take. They have
/// no position in the book yet.
pub(super) fn set(
    plans: &[(&Plan, &str)],
    sheet: &PaperSheet,
    ruler: &Ruler<'_>,
    continued: &str,
    lang: Lang,
) -> Vec<PlanData> {
    let titles: Vec<Title> =
        plans.iter().map(|(plan, printed)| Title::of(plan, printed, sheet, ruler, continued, lang)).collect();
    let table = |((plan, _), title): (&(&Plan, &str), &Title)| {
        let footnotes = plan.footnotes.iter().map(|note| ruler.measure(&note.text.text));
        let notes: Vec<Measured> =
            title.cut.iter().map(|whole| ruler.measure(whole)).chain(footnotes).collect();
        let continued = ruler.measure(continued).natural();
        let room = Room { sheet, title: (title.height, title.next_height), notes, continued };
        Fitter::new(PlanTable::of(plan, lang), ruler, room)
    };
    let tables: Vec<Fitter<'_>> = plans.iter().zip(&titles).map(table).collect();
    let fitted = fit(&tables);
    let columns = tables.iter().map(Fitter::columns);
    plans
        .iter()
        .zip(titles)
        .zip(fitted)
        .zip(columns)
        .map(|((((plan, _), title), fitted), columns)| {
            let Fitted { size, widths, header, pages, .. } = fitted;
            PlanData {
                plan: PlanId::at(0),
                id: String::new(),
                org: plan.org.to_string(),
                level: 1,
                recto: false,
                running_head: Vec::new(),
                title,
                size,
                widths,
                groups: groups(columns),
                header,
                pages,
            }
        })
        .collect()
}

/// Labels the places that links target: the KPI's cell of every row, and the notes.
fn name_places(pages: &mut [PlanPage], plan: PlanId) {
    for cell in pages.iter_mut().filter_map(|page| page.body.as_mut()).flat_map(|body| &mut body.cells) {
        cell.label = cell.row.map(|row| labels::row(RowId { plan, row }));
    }
    if let Some(page) = pages.iter_mut().find(|page| !page.notes.is_empty()) {
        page.notes_id = Some(labels::notes(plan));
    }
}

/// Returns the columns that begin another part of the table than the column to their left.
fn groups(columns: &[BookColumn]) -> Vec<usize> {
    (1..columns.len()).filter(|&x| columns[x].group() != columns[x - 1].group()).collect()
}
