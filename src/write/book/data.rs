//! The data for the templates. Rust decides and computes everything in it; the templates compute nothing.

use crate::write::words::plan_year;
use rayon::prelude::*;
use serde::Serialize;
use typst_press::{Fonts, RAISED_AND_LOWERED};

use super::measure::Ruler;
use super::options::BookOptions;
use super::pages::Chunk;
use super::parts::common::CommonData;
use super::parts::contents::ContentsPart;
use super::parts::cover::CoverData;
use super::parts::findings::Findings;
use super::parts::guide::GuideData;
use super::parts::imprint::Imprint;
use super::parts::index::Index;
use super::parts::map::MapData;
use super::parts::weights::WeightsData;
use super::parts::{PartHead, PartInput};
use super::parts::{code_index, kpi_index};
use super::plan::{self, Place, PlanData};
use super::scope::Selection;
use super::sections::DATA;
use super::sheet::PaperSheet;
use crate::consolidate::Context;
use crate::finding::{Finding, Lang};
use crate::project::BookPart;

/// The version of the data's format. Templates copied from an older planbook keep working as long as it is
/// the same: fields may be added, but not removed or given another meaning.
const FORMAT: u32 = 1;

/// The whole book. Lengths are in points.
#[derive(Serialize)]
pub(super) struct BookData {
    format: u32,
    lang: Lang,
    /// Families, first choice first.
    fonts: Vec<String>,
    /// How superscript and subscript digits are set, if the first family draws them too small.
    small_figures: Option<SmallFigures>,
    sheet: PaperSheet,
    words: BookWords,
    title: String,
    /// The title in the file's properties.
    document_title: String,
    subtitle: String,
    /// Keywords in the file's properties: the fonts it is set in.
    keywords: Vec<String>,
    year: i32,
    city: String,
    /// Title of the page before the plans, if there is one.
    plans_title: Option<&'static str>,
    #[serde(skip)]
    plans: Vec<PlanData>,
    #[serde(skip)]
    made: Vec<(BookPart, PartData)>,
    #[serde(skip)]
    chunks: Vec<Chunk>,
}

/// The font of superscript and subscript digits.
#[derive(Serialize)]
struct SmallFigures {
    letters: &'static str,
    font: String,
}

impl SmallFigures {
    fn new(font: &str) -> Self {
        Self { letters: RAISED_AND_LOWERED, font: font.to_owned() }
    }
}

/// The book's own words.
#[derive(Serialize)]
struct BookWords {
    continued: &'static str,
    /// The text in place of a plan or part that cannot be set.
    plan_unset: &'static str,
    part_unset: &'static str,
}

/// The data of one part's template.
#[derive(Serialize)]
#[serde(untagged)]
enum PartData {
    Cover(CoverData),
    Contents(ContentsPart),
    Guide(Box<GuideData>),
    Map(MapData),
    Common(CommonData),
    Weights(WeightsData),
    Index(Index),
    Findings(Findings),
    Imprint(Imprint),
}

impl PartData {
    /// How many pages it takes; for findings, which the typesetter cuts itself, the number that is certain.
    fn pages(&self) -> usize {
        match self {
            PartData::Cover(_) | PartData::Findings(_) | PartData::Imprint(_) => 1,
            PartData::Contents(contents) => contents.pages(),
            PartData::Guide(guide) => guide.pages(),
            PartData::Map(map) => map.pages(),
            PartData::Common(common) => common.pages(),
            PartData::Weights(weights) => weights.pages(),
            PartData::Index(index) => index.pages(),
        }
    }

    fn head(&self) -> Option<&PartHead> {
        match self {
            PartData::Cover(_) | PartData::Imprint(_) => None,
            PartData::Contents(contents) => Some(&contents.head),
            PartData::Guide(guide) => Some(&guide.head),
            PartData::Map(map) => Some(&map.head),
            PartData::Common(common) => Some(&common.head),
            PartData::Weights(weights) => Some(&weights.head),
            PartData::Index(index) => Some(&index.head),
            PartData::Findings(findings) => Some(&findings.head),
        }
    }
}

/// How far colours extend beyond the trimmed edge, in mm: what printers ask for.
const BLEED_MM: f64 = 3.0;
/// PDF knows no deeper headings.
const DEEPEST_HEADING: usize = 6;
/// The label of the page before the plans.
const PLANS: &str = "part-plans";

impl BookData {
    /// Builds the data of the book of `selection`, in the order of its organisations, set in `fonts`.
    pub(super) fn new(
        context: &Context<'_>,
        findings: &[Finding],
        selection: &Selection,
        lang: Lang,
        fonts: &Fonts,
        ruler: &Ruler<'_>,
        options: &BookOptions,
    ) -> Self {
        let (city, book) = (context.city, &context.config.book);
        let sheet = PaperSheet::of(book).with_bleed(if options.print { BLEED_MM } else { 0.0 });
        let title = book.title.clone().unwrap_or_else(|| {
            let year = plan_year(city.year, lang);
            lang.pick(format!("{year}성과관리계획"), format!("Performance Plans{year}"))
        });
        let subtitle = book.subtitle.clone().unwrap_or_else(|| {
            lang.pick("조직별 균형성과계획", "The balanced scorecards of all organisations").to_owned()
        });
        let (document_title, subtitle) = match &selection.org {
            Some(org) => (format!("{title} · {org}"), org.clone()),
            None => (title.clone(), subtitle),
        };
        let plans_title = (selection.org.is_none() && selection.has_other_parts())
            .then_some(lang.pick("조직별 성과계획", "The plans of the organisations"));
        let words = BookWords {
            continued: lang.pick("(계속)", "(cont.)"),
            plan_unset: lang.pick(
                "이 자리의 계획은 책자로 조판하지 못했습니다. 부서가 낸 통합 문서를 보십시오.",
                "The plan that belongs here could not be typeset. Please see the workbook the department sent.",
            ),
            part_unset: lang.pick(
                "이 자리의 내용은 책자로 조판하지 못했습니다.",
                "What belongs here could not be typeset.",
            ),
        };
        let families = fonts.families();
        let font = families.first().cloned().unwrap_or_default();
        let input = PartInput { city, config: context.config, sheet: &sheet, ruler, lang };
        let plans = plans(context, selection, plans_title.is_some(), &sheet, ruler, words.continued, lang);
        let plan_chunks: Vec<Chunk> = plans.iter().map(|plan| plan.chunk(&sheet)).collect();
        let cover = || CoverData::new(context, &title, &subtitle, (&sheet, ruler), options, lang);
        let mut made: Vec<(BookPart, PartData)> = selection
            .parts
            .par_iter()
            .filter_map(|&part| {
                let data = match part {
                    BookPart::Cover => PartData::Cover(cover()),
                    BookPart::Guide => PartData::Guide(Box::new(GuideData::new(&input))),
                    BookPart::Map => PartData::Map(MapData::new(&input)),
                    BookPart::Common => PartData::Common(CommonData::new(&input)),
                    BookPart::Weights => PartData::Weights(WeightsData::new(&input)),
                    BookPart::KpiIndex => {
                        PartData::Index(kpi_index::kpi_index(&input, selection, &plan_chunks))
                    }
                    BookPart::CodeIndex => {
                        PartData::Index(code_index::code_index(&input, selection, &plan_chunks))
                    }
                    BookPart::Findings => PartData::Findings(Findings::new(&input, findings, selection)),
                    BookPart::Imprint => PartData::Imprint(Imprint::new(&input, &document_title)),
                    // Made below: the contents list the other parts.
                    BookPart::Contents | BookPart::Plans => return None,
                };
                Some((part, data))
            })
            .collect();
        if selection.parts.contains(&BookPart::Contents) {
            let contents =
                ContentsPart::new(&input, selection, &titles(&selection.parts, &made, plans_title));
            made.push((BookPart::Contents, PartData::Contents(contents)));
        }
        let chunks = chunks(&selection.parts, &made, plan_chunks, plans_title.is_some());
        Self {
            format: FORMAT,
            keywords: vec![lang.pick(format!("글꼴: {font}"), format!("font: {font}"))],
            lang,
            fonts: families.to_vec(),
            small_figures: fonts.raised_and_lowered().map(SmallFigures::new),
            title,
            document_title,
            subtitle,
            year: city.year,
            city: city.name.to_string(),
            plans,
            plans_title,
            made,
            chunks,
            words,
            sheet,
        }
    }

    /// Returns the files that the templates read: the book, and one for each part and plan, so that a plan is
    /// set again only if its own file has changed.
    pub(super) fn files(&self) -> serde_json::Result<Vec<(String, String)>> {
        let mut files = vec![(DATA.to_owned(), serde_json::to_string(self)?)];
        for (part, data) in &self.made {
            files.push((format!("{}.json", part.name()), serde_json::to_string(data)?));
        }
        for plan in &self.plans {
            files.push((format!("{}.json", plan.id()), serde_json::to_string(plan)?));
        }
        Ok(files)
    }

    /// Returns the chunks and their numbers of pages, in order.
    pub(super) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }
}

/// Returns each part but the cover with its label and title.
fn titles(
    parts: &[BookPart],
    made: &[(BookPart, PartData)],
    plans_title: Option<&str>,
) -> Vec<(BookPart, String, String)> {
    let title = |&part: &BookPart| {
        if part == BookPart::Plans {
            return plans_title.map(|title| (part, PLANS.to_owned(), title.to_owned()));
        }
        let (_, data) = made.iter().find(|(other, _)| *other == part)?;
        data.head().map(|head| (part, head.id.clone(), head.title.clone()))
    };
    parts.iter().filter_map(title).collect()
}

/// Returns the chunks and their numbers of pages, in order.
fn chunks(
    parts: &[BookPart],
    made: &[(BookPart, PartData)],
    mut plans: Vec<Chunk>,
    divided: bool,
) -> Vec<Chunk> {
    let chunk = |part, label, pages| Chunk {
        part,
        plan: None,
        org: None,
        label,
        recto: false,
        pages,
        spots: Vec::new(),
    };
    let mut chunks = Vec::new();
    for part in parts {
        if *part == BookPart::Plans {
            chunks.extend(divided.then(|| chunk(*part, PLANS.to_owned(), 1)));
            chunks.append(&mut plans);
        } else if let Some((_, data)) = made.iter().find(|(other, _)| other == part) {
            let label =
                data.head().map(|head| head.id.clone()).unwrap_or_else(|| format!("part-{}", part.name()));
            chunks.push(chunk(*part, label, data.pages()));
        }
    }
    chunks
}

/// Fits the plans of `selection`; their headings are one level below that of their part, if it has one.
fn plans(
    context: &Context<'_>,
    selection: &Selection,
    below_a_title: bool,
    sheet: &PaperSheet,
    ruler: &Ruler<'_>,
    continued: &str,
    lang: Lang,
) -> Vec<PlanData> {
    let recto = context.config.book.recto && selection.has_other_parts();
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
    let bureaus: Vec<&[(usize, Place)]> = places.chunk_by(|_, (depth, _)| *depth > 0).collect();
    bureaus
        .par_iter()
        .flat_map(|bureau| {
            let places: Vec<Place> = bureau.iter().map(|(_, place)| *place).collect();
            plan::bureau(context.city, &places, sheet, ruler, continued, lang)
        })
        .collect()
}
