//! What the templates are given. They find everything decided here and compute nothing themselves.

use serde::Serialize;

use super::fit::{Block, Fitted, Room, fit, text_height};
use super::measure::{Measured, Ruler};
use super::sheet::{INSET_Y, Sheet};
use super::table::Table;
use super::tree;
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::plan::Plan;

/// The whole book. Lengths are in points.
#[derive(Serialize)]
pub(super) struct BookData {
    lang: Lang,
    /// Families, first choice first.
    fonts: Vec<String>,
    sheet: Sheet,
    words: Words,
    title: String,
    subtitle: String,
    year: i32,
    city: String,
    plans: Vec<PlanData>,
}

/// The book's own words.
#[derive(Serialize)]
struct Words {
    contents: &'static str,
    continued: &'static str,
}

/// A plan, fitted to its pages.
#[derive(Serialize)]
struct PlanData {
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

impl BookData {
    /// The book of the city, in the order of its organisations, set in the first of `families`.
    pub(super) fn new(context: &Context<'_>, lang: Lang, families: &[String], ruler: &Ruler) -> Self {
        let (city, book) = (context.city, &context.config.book);
        let sheet = Sheet::a4_landscape();
        let words =
            Words { contents: lang.pick("차 례", "Contents"), continued: lang.pick("(계속)", "(cont.)") };
        let plans = tree::in_order(city)
            .into_iter()
            .map(|(plan, depth)| {
                let bureau = city.ancestors(plan).last().map(|&bureau| &city.plans[bureau].org);
                let org = &city.plans[plan].org;
                let running_head = bureau.into_iter().chain([org]).map(ToString::to_string).collect();
                let place = Place { id: format!("plan-{}", plan + 1), level: depth + 1, running_head };
                PlanData::new(&city.plans[plan], place, &sheet, ruler, words.continued, lang)
            })
            .collect();
        let title =
            lang.pick(format!("{}년도 성과관리계획", city.year), format!("Performance Plans {}", city.year));
        let subtitle =
            lang.pick("조직별 균형성과계획", "The balanced scorecards of all organisations").to_owned();
        Self {
            lang,
            fonts: families.to_vec(),
            sheet,
            words,
            title: book.title.clone().unwrap_or(title),
            subtitle: book.subtitle.clone().unwrap_or(subtitle),
            year: city.year,
            city: city.name.to_string(),
            plans,
        }
    }
}

/// Where a plan stands in the book.
struct Place {
    id: String,
    level: usize,
    running_head: Vec<String>,
}

impl PlanData {
    fn new(plan: &Plan, place: Place, sheet: &Sheet, ruler: &Ruler, continued: &str, lang: Lang) -> Self {
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
