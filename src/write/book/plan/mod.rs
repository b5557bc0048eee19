//! A plan's pages: its title, its table fitted to the sheet, its notes.

mod columns;
mod fit;
mod sample;
mod table;

use serde::Serialize;

use super::measure::{Measured, Ruler};
use super::sheet::{INSET_Y, Sheet};
use crate::finding::Lang;
use crate::plan::Plan;
pub(super) use fit::text_height;
use fit::{Block, Fitted, Room, fit};
pub(super) use sample::{Sample, Topic, labels};
use table::Table;

/// A plan, fitted to its pages.
#[derive(Serialize)]
pub(super) struct PlanData {
    /// Name of its place in the book, for links.
    id: String,
    /// How deep it stands in the tree of organisations: 1 for a bureau, 2 for its offices.
    level: usize,
    org: String,
    /// What stands in brackets after the title.
    note: String,
    /// The organisation, with the bureau it belongs to before it.
    running_head: Vec<String>,
    title: String,
    title_size: f64,
    /// Height of the title's block, the space below it included.
    title_height: f64,
    size: f64,
    widths: Vec<f64>,
    /// For each column, whether it holds running text.
    prose: Vec<bool>,
    header: Block,
    pages: Vec<Block>,
    /// The lines of each note.
    notes: Vec<Vec<String>>,
}

/// Size of a plan's title.
const TITLE_SIZE: f64 = 14.0;
/// Bold letters are wider than the regular ones that are measured.
const BOLD: f64 = 1.12;

/// Where a plan stands in the book.
pub(super) struct Place {
    /// Name of its place, for links.
    pub id: String,
    /// Depth in the tree of organisations, from 1.
    pub level: usize,
    /// The bureau and the organisation.
    pub running_head: Vec<String>,
}

impl PlanData {
    /// `plan` set on as many sheets as it takes.
    pub(super) fn new(
        plan: &Plan,
        place: Place,
        sheet: &Sheet,
        ruler: &Ruler,
        continued: &str,
        lang: Lang,
    ) -> Self {
        let table = Table::of(plan, lang);
        let title = if plan.title.is_empty() { plan.org.to_string() } else { plan.title.text.to_string() };
        let title_lines = ruler.measure(&title).broken(sheet.width() / TITLE_SIZE / BOLD).len();
        let title_height = text_height(title_lines, TITLE_SIZE) + 4.0 * INSET_Y;
        let notes: Vec<Measured> = plan.footnotes.iter().map(|note| ruler.measure(&note.text.text)).collect();
        let room = Room { sheet, above: title_height, notes: &notes, continued };
        let Fitted { size, widths, header, pages } = fit(&table, ruler, &room);
        Self {
            id: place.id,
            level: place.level,
            org: plan.org.to_string(),
            note: plan.note.to_string(),
            running_head: place.running_head,
            title,
            title_size: TITLE_SIZE,
            title_height,
            size,
            widths,
            prose: table.columns.iter().map(|column| column.is_prose()).collect(),
            header,
            pages,
            notes: notes.iter().map(|note| note.broken(sheet.width() / size)).collect(),
        }
    }
}
