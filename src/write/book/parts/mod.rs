//! The parts of the book around the plans, one file each: the data for the template of the same name.

mod carriers;
pub(super) mod code_index;
pub(super) mod common;
pub(super) mod contents;
pub(super) mod cover;
pub(super) mod findings;
pub(super) mod guide;
pub(super) mod imprint;
pub(super) mod index;
pub(super) mod kpi_index;
pub(super) mod map;
mod objectives;
mod perspectives;
mod values;
pub(super) mod weights;

use serde::Serialize;

use super::measure::{Lines, Ruler};
use super::plan::{lines_in, text_height};
use super::sheet::PaperSheet;
use super::tree;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::PlanId;
use crate::project::Config;

/// Size of a part's title.
const TITLE_SIZE: f64 = 18.0;
/// Size of the sentences below a part's title.
const LEAD_SIZE: f64 = 8.5;
/// Size of text in the parts' tables and drawings.
const SIZE: f64 = 7.0;
/// Bold letters are wider than the regular ones that are measured.
const BOLD: f64 = 1.12;
/// The share of a page that a single text may take.
const SHARE: f64 = 0.2;
/// Distance of a cell's text from its rules.
const PAD: f64 = 3.0;

/// The inputs from which the parts are made.
#[derive(Clone, Copy)]
pub(super) struct PartInput<'a> {
    /// The city.
    pub city: &'a City,
    /// planbook.toml.
    pub config: &'a Config,
    /// The sheet the book is printed on.
    pub sheet: &'a PaperSheet,
    /// Measures text.
    pub ruler: &'a Ruler<'a>,
    /// The language of the book's own words.
    pub lang: Lang,
}

impl PartInput<'_> {
    /// Breaks `text` into lines of at most `width` points at `size`. If a text would fill much of a page,
    /// only its beginning is shown: its plan has it in full.
    fn lines(&self, text: &str, width: f64, size: f64) -> Lines {
        let width = (width / size).max(1.0);
        self.ruler.at_most(self.ruler.measure(text).broken(width), self.most_lines(size), width)
    }

    /// The most lines of a text, so that nothing is higher than a page.
    fn most_lines(&self, size: f64) -> usize {
        lines_in(self.sheet.height() * SHARE, size).max(2)
    }

    /// Returns every organisation once, offices after their bureau.
    fn organisations(&self, width: f64) -> Vec<Organisation> {
        let organisation = |(plan, depth): (PlanId, usize)| {
            let indent = 8.0 * depth.min(4) as f64;
            let lines = self.lines(&self.city.plans[plan].org, width - indent - 2.0 * PAD, SIZE);
            Organisation { plan, link: format!("plan-{}", plan.number()), indent, top: depth == 0, lines }
        };
        tree::in_order(self.city).into_iter().map(organisation).collect()
    }
}

/// An organisation at the start of a table's row.
#[derive(Clone, Serialize)]
struct Organisation {
    #[serde(skip)]
    plan: PlanId,
    /// The label of its plan.
    link: String,
    indent: f64,
    /// Whether it is directly below the city.
    top: bool,
    lines: Lines,
}

/// The head of a part: its title and the sentences below it.
#[derive(Serialize)]
pub(super) struct PartHead {
    /// The label of the part.
    pub id: String,
    pub title: String,
    title_size: f64,
    lead: Lines,
    lead_size: f64,
    /// Height of title and lead, including the space below.
    height: f64,
    /// Height of the title on the part's later pages.
    again: f64,
}

impl PartHead {
    fn new(input: &PartInput<'_>, part: &str, title: &str, lead: &str) -> Self {
        let width = input.sheet.width();
        let lead = input.lines(lead, width, LEAD_SIZE);
        let title_lines = input.lines(title, width / BOLD, TITLE_SIZE).len();
        let again = text_height(title_lines, TITLE_SIZE) + 8.0;
        Self {
            id: format!("part-{part}"),
            title: title.to_owned(),
            title_size: TITLE_SIZE,
            height: again
                + if lead.concat().is_empty() { 4.0 } else { text_height(lead.len(), LEAD_SIZE) + 10.0 },
            lead,
            lead_size: LEAD_SIZE,
            again,
        }
    }
}

/// The height of a table row whose longest cell has `lines` lines.
fn row_height(lines: usize) -> f64 {
    text_height(lines.max(1), SIZE) + 2.0 * 1.9
}
