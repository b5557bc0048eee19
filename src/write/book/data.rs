//! What the templates are given. They find everything decided here and compute nothing themselves.

use serde::{Serialize, Serializer};

use super::measure::Ruler;
use super::pdf::BLEED_MM;
use super::plan::{self, PlanData};
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
    /// Here only what other parts say of them: each has a file of its own ([`BookData::files`]).
    #[serde(serialize_with = "entries")]
    plans: Vec<PlanData>,
}

/// The book's own words.
#[derive(Serialize)]
struct Words {
    contents: &'static str,
    continued: &'static str,
}

impl BookData {
    /// The book of the city, in the order of its organisations, set in the first of `families`; with a bleed if it is
    /// to be printed.
    pub(super) fn new(
        context: &Context<'_>,
        lang: Lang,
        families: &[String],
        ruler: &Ruler<'_>,
        print: bool,
    ) -> Self {
        let (city, book) = (context.city, &context.config.book);
        let sheet = Sheet::a4_landscape().with_bleed(if print { BLEED_MM } else { 0.0 });
        let words =
            Words { contents: lang.pick("차 례", "Contents"), continued: lang.pick("(계속)", "(cont.)") };
        let order = tree::in_order(city);
        let plans = order
            .chunk_by(|_, (_, depth)| *depth > 0)
            .flat_map(|bureau| plan::bureau(city, bureau, &sheet, ruler, words.continued, lang))
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
            parts: book.parts.clone().unwrap_or_else(|| BookPart::DEFAULT.to_vec()),
            plans,
        }
    }

    /// What the templates read: the book, and the plans one by one. Typst then sets a plan again only if its own file
    /// has changed, and looks through no other to know.
    pub(super) fn files(&self) -> serde_json::Result<Vec<(String, String)>> {
        let book = serde_json::to_string(self).map(|json| ("data.json".to_owned(), json));
        let plans =
            self.plans.iter().map(|plan| Ok((format!("{}.json", plan.id()), serde_json::to_string(plan)?)));
        std::iter::once(book).chain(plans).collect()
    }
}

fn entries<S: Serializer>(plans: &[PlanData], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(plans.iter().map(PlanData::entry))
}
