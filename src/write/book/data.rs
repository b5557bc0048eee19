//! What the templates are given. They find everything decided here and compute nothing themselves.

use serde::Serialize;

use super::BookOptions;
use super::measure::Ruler;
use super::parts::cover::CoverData;
use super::plan::{Place, PlanData};
use super::sheet::Sheet;
use super::tree;
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::project::BookPart;

/// The form of the data. Templates copied out of an older planbook go on working as long as it stays the same:
/// fields may be added, none may be taken away or change its meaning.
const FORMAT: u32 = 1;

/// The whole book. Lengths are in points.
#[derive(Serialize)]
pub(super) struct BookData {
    format: u32,
    lang: Lang,
    /// Families, first choice first.
    fonts: Vec<String>,
    sheet: Sheet,
    words: Words,
    title: String,
    subtitle: String,
    /// Stand in the properties of the file: what it is set in.
    keywords: Vec<String>,
    cover: CoverData,
    year: i32,
    city: String,
    /// The parts of the book, in order; the main template knows a function for each.
    parts: Vec<BookPart>,
    plans: Vec<PlanData>,
}

/// The book's own words.
#[derive(Serialize)]
struct Words {
    contents: &'static str,
    continued: &'static str,
}

impl BookData {
    /// The book of the city, in the order of its organisations, set in the first of `families`.
    pub(super) fn new(
        context: &Context<'_>,
        lang: Lang,
        families: &[String],
        ruler: &Ruler,
        options: &BookOptions,
    ) -> Self {
        let (city, book) = (context.city, &context.config.book);
        let sheet = Sheet::of(book);
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
        let title = book.title.clone().unwrap_or(title);
        let subtitle = book.subtitle.clone().unwrap_or(subtitle);
        let font = families.first().cloned().unwrap_or_default();
        Self {
            format: FORMAT,
            keywords: vec![lang.pick(format!("글꼴: {font}"), format!("font: {font}"))],
            cover: CoverData::new(context, &title, &subtitle, (&sheet, ruler), options, lang),
            lang,
            fonts: families.to_vec(),
            sheet,
            words,
            title,
            subtitle,
            year: city.year,
            city: city.name.to_string(),
            parts: book.parts.clone().unwrap_or_else(|| BookPart::DEFAULT.to_vec()),
            plans,
        }
    }
}
