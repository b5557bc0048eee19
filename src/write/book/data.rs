//! What the templates are given. They find everything decided here and compute nothing themselves.

use serde::Serialize;

use super::measure::Ruler;
use super::parts::Input;
use super::parts::common::CommonData;
use super::parts::guide::GuideData;
use super::parts::map::MapData;
use super::parts::weights::WeightsData;
use super::plan::{Place, PlanData};
use super::sheet::Sheet;
use super::tree;
use crate::consolidate::Context;
use crate::finding::Lang;
use crate::project::BookPart;

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
    /// The parts of the book, in order; the main template knows a function for each.
    parts: Vec<BookPart>,
    guide: Option<GuideData>,
    map: Option<MapData>,
    common: Option<CommonData>,
    weights: Option<WeightsData>,
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
        let parts = book.parts.clone().unwrap_or_else(|| BookPart::DEFAULT.to_vec());
        let input = Input { city, config: context.config, sheet: &sheet, ruler, lang };
        let wanted = |part| parts.contains(&part);
        Self {
            guide: wanted(BookPart::Guide).then(|| GuideData::new(&input)),
            map: wanted(BookPart::Map).then(|| MapData::new(&input)),
            common: wanted(BookPart::Common).then(|| CommonData::new(&input)),
            weights: wanted(BookPart::Weights).then(|| WeightsData::new(&input)),
            lang,
            fonts: families.to_vec(),
            sheet: sheet.clone(),
            words,
            title: book.title.clone().unwrap_or(title),
            subtitle: book.subtitle.clone().unwrap_or(subtitle),
            year: city.year,
            city: city.name.to_string(),
            parts,
            plans,
        }
    }
}
