//! What the templates are given. They find everything decided here and compute nothing themselves.

use serde::{Serialize, Serializer};

use super::BookOptions;
use super::measure::Ruler;
use super::parts::Input;
use super::parts::common::CommonData;
use super::parts::contents::Contents;
use super::parts::cover::CoverData;
use super::parts::findings::Findings;
use super::parts::guide::GuideData;
use super::parts::index::Index;
use super::parts::map::MapData;
use super::parts::weights::WeightsData;
use super::parts::{code_index, kpi_index};
use super::pdf::BLEED_MM;
use super::plan::{self, Place, PlanData};
use super::scope::Selection;
use super::sheet::Sheet;
use super::world::DATA;
use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
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
    /// What the file says of itself.
    document_title: String,
    subtitle: String,
    /// Stand in the properties of the file: what it is set in.
    keywords: Vec<String>,
    cover: CoverData,
    year: i32,
    city: String,
    /// The parts of the book, in order; the main template knows a function for each.
    parts: Vec<BookPart>,
    contents: Option<Contents>,
    guide: Option<GuideData>,
    map: Option<MapData>,
    common: Option<CommonData>,
    weights: Option<WeightsData>,
    /// Title of the page before the plans, where there is one.
    plans_title: Option<&'static str>,
    /// Each has a file of its own ([`BookData::files`]).
    #[serde(serialize_with = "entries")]
    plans: Vec<PlanData>,
    kpi_index: Option<Index>,
    code_index: Option<Index>,
    findings: Option<Findings>,
}

/// The book's own words.
#[derive(Serialize)]
struct Words {
    continued: &'static str,
}

/// PDF knows no deeper headings.
const DEEPEST_HEADING: usize = 6;

impl BookData {
    /// The book of `selection`, in the order of its organisations, set in the first of `families`.
    pub(super) fn new(
        context: &Context<'_>,
        findings: &[Finding],
        selection: &Selection,
        lang: Lang,
        families: &[String],
        ruler: &Ruler<'_>,
        options: &BookOptions,
    ) -> Self {
        let (city, book) = (context.city, &context.config.book);
        let sheet = Sheet::of(book).with_bleed(if options.print { BLEED_MM } else { 0.0 });
        let title = book.title.clone().unwrap_or_else(|| {
            lang.pick(format!("{}년도 성과관리계획", city.year), format!("Performance Plans {}", city.year))
        });
        let subtitle = book.subtitle.clone().unwrap_or_else(|| {
            lang.pick("조직별 균형성과계획", "The balanced scorecards of all organisations").to_owned()
        });
        let (document_title, subtitle) = match &selection.org {
            Some(org) => (format!("{title} · {org}"), org.clone()),
            None => (title.clone(), subtitle),
        };
        let has = |part: BookPart| selection.parts.contains(&part);
        let plans_title = (selection.org.is_none() && selection.has_other_parts())
            .then_some(lang.pick("조직별 성과계획", "The plans of the organisations"));
        let words = Words { continued: lang.pick("(계속)", "(cont.)") };
        let font = families.first().cloned().unwrap_or_default();
        let input = Input { city, config: context.config, sheet: &sheet, ruler, lang };
        Self {
            format: FORMAT,
            keywords: vec![lang.pick(format!("글꼴: {font}"), format!("font: {font}"))],
            cover: CoverData::new(context, &title, &subtitle, (&sheet, ruler), options, lang),
            guide: has(BookPart::Guide).then(|| GuideData::new(&input)),
            map: has(BookPart::Map).then(|| MapData::new(&input)),
            common: has(BookPart::Common).then(|| CommonData::new(&input)),
            weights: has(BookPart::Weights).then(|| WeightsData::new(&input)),
            lang,
            fonts: families.to_vec(),
            title,
            document_title,
            subtitle,
            year: city.year,
            city: city.name.to_string(),
            contents: has(BookPart::Contents).then(|| Contents::new(city, selection, &sheet, ruler, lang)),
            plans: plans(context, selection, plans_title.is_some(), &sheet, ruler, words.continued, lang),
            plans_title,
            kpi_index: has(BookPart::KpiIndex)
                .then(|| kpi_index::kpi_index(city, selection, &sheet, ruler, lang)),
            code_index: has(BookPart::CodeIndex)
                .then(|| code_index::code_index(city, selection, &sheet, ruler, lang)),
            findings: has(BookPart::Findings)
                .then(|| Findings::new(city, findings, selection, &sheet, ruler, lang)),
            parts: selection.parts.clone(),
            words,
            sheet,
        }
    }
    /// What the templates read: the book, and the plans one by one. Typst then sets a plan again only if its own file
    /// has changed, and looks through no other to know.
    pub(super) fn files(&self) -> serde_json::Result<Vec<(String, String)>> {
        let book = serde_json::to_string(self).map(|json| (DATA.to_owned(), json));
        let plans =
            self.plans.iter().map(|plan| Ok((format!("{}.json", plan.id()), serde_json::to_string(plan)?)));
        std::iter::once(book).chain(plans).collect()
    }
}

fn entries<S: Serializer>(plans: &[PlanData], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(plans.iter().map(PlanData::entry))
}

/// The plans of `selection`; their headings stand below that of their part, where it has one.
fn plans(
    context: &Context<'_>,
    selection: &Selection,
    below_a_title: bool,
    sheet: &Sheet,
    ruler: &Ruler<'_>,
    continued: &str,
    lang: Lang,
) -> Vec<PlanData> {
    let recto = context.config.book.recto.unwrap_or(true) && selection.has_other_parts();
    let next_depths = selection.plans.iter().skip(1).map(|&(_, depth)| depth).chain([0]);
    let first_level = if below_a_title { 2 } else { 1 };
    let places: Vec<(usize, Place)> = selection
        .plans
        .iter()
        .zip(next_depths)
        .map(|(&(plan, depth), next_depth)| {
            let level = (first_level + depth).min(DEEPEST_HEADING);
            (depth, Place { plan, level, recto: recto && depth == 0 && next_depth > 0 })
        })
        .collect();
    places
        .chunk_by(|_, (depth, _)| *depth > 0)
        .flat_map(|bureau| {
            let places: Vec<Place> = bureau.iter().map(|(_, place)| *place).collect();
            plan::bureau(context.city, &places, sheet, ruler, continued, lang)
        })
        .collect()
}
