//! How to read a plan: the beginning of one, its columns explained, and the forms in which values are
//! written.

use serde::Serialize;

use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::super::plan::text_height;
use super::values::Values;
use super::{BOLD, PAD, PartHead, PartInput, SIZE};
use crate::plan::{Name, Plan, PlanId};
use crate::write::book::plan::{PlanData, Sample, Topic, topic_labels};
use crate::write::words;

/// The largest share of a page that the sample may take.
const SAMPLE: f64 = 0.5;
/// Size of the explanations.
const TEXT_SIZE: f64 = 9.0;
/// Columns of explanations, and the space between them.
const COLUMNS: usize = 3;
const GUTTER: f64 = 22.0;
/// The least width of a column.
const LEAST_COLUMN: f64 = 150.0;
/// Space around the sample's table: below its source, for the call-outs, above the explanations.
const AROUND_SAMPLE: f64 = 4.0 + 16.0 + 14.0;
/// Space between an explanation's name and text, and below it.
const BETWEEN: f64 = 2.5 + 10.0;
/// How many plans are tried to find one whose beginning is low enough.
const TRIED: usize = 12;
/// Room for a call-out's number.
const NUMBER: f64 = 16.0;

/// The guide.
#[derive(Serialize)]
pub(crate) struct GuideData {
    pub head: PartHead,
    size: f64,
    text_size: f64,
    pad: f64,
    gutter: f64,
    number_width: f64,
    sample: Option<SampleData>,
    /// All explanations, column by column.
    columns: Vec<Vec<Explanation>>,
    /// The same page by page; the first page also has the sample.
    pages: Vec<Vec<Vec<Explanation>>>,
    values: Values,
}

/// The sample with its call-outs.
#[derive(Serialize)]
struct SampleData {
    plan: PlanData,
    /// The source of the sample.
    source: String,
    link: String,
    /// Number and horizontal middle of each call-out.
    marks: Vec<(usize, f64)>,
    /// The number of the call-out at the notes below the table.
    note: Option<usize>,
}

/// An explanation.
#[derive(Clone, Serialize)]
struct Explanation {
    number: usize,
    name: Lines,
    text: Lines,
}

impl GuideData {
    /// Makes the guide to this city's plans.
    pub(crate) fn new(input: &PartInput<'_>) -> Self {
        let lang = input.lang;
        let lead = lang.pick(
            "계획마다 표 하나에 무엇을 이루려 하는지, 그것을 무엇으로 재는지, 어디까지 이루려 하는지를 적었습니다. 표의 머리글과 값은 각 부서가 적은 그대로입니다.",
            "Each plan tells in one table what is to be achieved, how that is measured, and how far it is to go. Headings and values stand as \
             the departments wrote them.",
        );
        let head = PartHead::new(input, "guide", lang.pick("계획을 읽는 법", "How to read a plan"), lead);
        let page = input.sheet.height() - SLACK;
        let mut entries = Vec::new();
        let mut first = page - head.height;
        let sample = sample(input, page * SAMPLE).map(|(plan, sample)| {
            let marks = sample.topics.iter().zip(1..).map(|(&(topic, x), number)| {
                entries.push(topic_entry(input, number, topic));
                (number, x)
            });
            let marks: Vec<(usize, f64)> = marks.collect();
            let note = sample.data.has_notes().then(|| marks.len() + 1);
            entries.extend(note_entry(input, marks.len() + 1, note.is_some()));
            let org = &input.city.plans[plan].org;
            let source = lang.pick(
                format!("보기: {org} 계획의 첫 부분"),
                format!("Sample: the beginning of the plan of {org}"),
            );
            let source = input.ruler.shortened(&source, input.sheet.width() / BOLD / TEXT_SIZE);
            first -= TEXT_SIZE + AROUND_SAMPLE + sample.data.height();
            SampleData { plan: sample.data, source, link: format!("plan-{}", plan.number()), marks, note }
        });
        let values = Values::new(input, &head);
        let count = count_of_columns(input.sheet.width());
        Self {
            columns: balanced(&entries, count).into_iter().map(|rows| entries[rows].to_vec()).collect(),
            pages: pages(entries, count, first, page - head.again),
            head,
            size: SIZE,
            text_size: TEXT_SIZE,
            pad: PAD,
            gutter: GUTTER,
            number_width: NUMBER,
            sample,
            values,
        }
    }

    /// How many pages it takes.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len() + self.values.pages()
    }
}

/// Returns the beginning, no higher than `height`, of the plan that shows most of what needs explaining.
fn sample(input: &PartInput<'_>, height: f64) -> Option<(PlanId, Sample)> {
    let plans = sample_plans(input).into_iter().take(TRIED);
    let mut samples = plans.filter_map(|plan| {
        let sample = Sample::of(&input.city.plans[plan], height, input.sheet, input.ruler, input.lang)?;
        Some((plan, sample))
    });
    samples.find(|(_, sample)| sample.data.height() <= height)
}

/// Places the explanations on pages of `count` columns: the first has room for `first`, the others for
/// `next`.
fn pages(entries: Vec<Explanation>, count: usize, first: f64, next: f64) -> Vec<Vec<Vec<Explanation>>> {
    let mut pages = Vec::new();
    let mut rest = entries;
    let mut room = first;
    loop {
        let heights: Vec<f64> = rest.iter().map(Explanation::height).collect();
        let cuts = cut(heights.iter().copied(), room, room);
        let fits = cuts
            .iter()
            .take(count)
            .take_while(|column| heights[(*column).clone()].iter().sum::<f64>() <= room);
        let taken = fits.last().map_or(0, |column| column.end);
        // After the first page, a page takes at least one explanation, even one that is too high.
        let taken = if taken == 0 && !pages.is_empty() { rest.len().min(1) } else { taken };
        let later = rest.split_off(taken);
        let even = balanced(&rest, count);
        let high = |rows: &std::ops::Range<usize>| heights[rows.clone()].iter().sum::<f64>() > room;
        let chosen = if even.iter().any(high) { cuts.into_iter().take(count).collect() } else { even };
        let mut left = rest.into_iter();
        pages.push(chosen.into_iter().map(|rows| left.by_ref().take(rows.len()).collect()).collect());
        if later.is_empty() {
            return pages;
        }
        (rest, room) = (later, next);
    }
}

/// Returns as many columns as remain readable.
fn count_of_columns(width: f64) -> usize {
    (1..=COLUMNS).rev().find(|&count| (width + GUTTER) / count as f64 - GUTTER >= LEAST_COLUMN).unwrap_or(1)
}

/// Returns the plans that have rows, those that show most of what needs explaining first.
fn sample_plans(input: &PartInput<'_>) -> Vec<PlanId> {
    let shows = |plan: &Plan| {
        let weighted = plan.rows.iter().any(|row| row.perspective.weight.is_some());
        let coded = plan.rows.iter().any(|row| !row.initiatives.codes.is_empty());
        let parts = [!plan.footnotes.is_empty(), Sample::perspectives(plan) >= 2, weighted, coded];
        parts.into_iter().filter(|&shown| shown).count()
    };
    let plans = input.city.numbered_plans().filter(|(_, plan)| !plan.rows.is_empty());
    let mut plans: Vec<(PlanId, &Plan)> = plans.collect();
    plans.sort_by_key(|(_, plan)| std::cmp::Reverse(shows(plan)));
    plans.into_iter().map(|(index, _)| index).collect()
}

/// Distributes the explanations over columns of about the same height.
fn balanced(entries: &[Explanation], count: usize) -> Vec<std::ops::Range<usize>> {
    let total: f64 = entries.iter().map(Explanation::height).sum();
    let mut columns: Vec<std::ops::Range<usize>> = vec![0..0; count];
    let (mut above, mut last) = (0.0, 0);
    for (index, entry) in entries.iter().enumerate() {
        let middle = above + entry.height() / 2.0;
        above += entry.height();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few columns")]
        let column = ((middle * count as f64 / total) as usize).clamp(last, count - 1);
        for begun in &mut columns[last + 1..=column.max(last)] {
            *begun = index..index;
        }
        columns[column].end = index + 1;
        last = column;
    }
    columns
}

impl Explanation {
    fn height(&self) -> f64 {
        text_height(self.name.len(), TEXT_SIZE) + text_height(self.text.len(), TEXT_SIZE) + BETWEEN
    }
}

fn entry(input: &PartInput<'_>, number: usize, name: &str, text: &str) -> Explanation {
    let width = input.sheet.column_width(count_of_columns(input.sheet.width()), GUTTER) - NUMBER;
    let name = input.lines(name, width / BOLD, TEXT_SIZE);
    Explanation { number, name, text: input.lines(text, width, TEXT_SIZE) }
}

/// Returns the explanation of `topic`, with the headings that plans print over it.
fn topic_entry(input: &PartInput<'_>, number: usize, topic: Topic) -> Explanation {
    let printed = topic_labels(&input.city.plans, topic);
    let usual = || match topic {
        Topic::Column(field) => words::field(field, input.lang),
        _ => input.lang.pick("연도", "Years").to_owned(),
    };
    let name = match printed.is_empty() {
        true => usual(),
        false => printed.iter().take(3).map(|label| &**label).collect::<Vec<_>>().join(" / "),
    };
    let Name { ko, en } = meaning(topic);
    entry(input, number, &name, input.lang.pick(ko, en))
}

/// The meaning of `topic`.
fn meaning(topic: Topic) -> Name {
    match topic {
        Topic::Column(field) => field.column().map_or(Name { ko: "", en: "" }, |column| column.about),
        Topic::Actual => Name {
            ko: "지난해까지 실제로 이룬 값입니다.",
            en: "What was reached in the years before.",
        },
        Topic::Target => Name {
            ko: "그해에 이루려는 값입니다. 첫해가 이 계획의 연도이고, 뒤의 해는 앞으로의 전망입니다.",
            en: "What is aimed at. The first year is that of the plan; later ones are the outlook.",
        },
        Topic::Year => Name { ko: "해마다의 값입니다.", en: "The values by year." },
    }
}

/// Returns the explanation of the notes, if plans have any; with the shortest note if the sample shows none.
fn note_entry(input: &PartInput<'_>, number: usize, shown: bool) -> Option<Explanation> {
    let notes = input.city.plans.iter().flat_map(|plan| &plan.footnotes).map(|note| &note.text.text);
    let shortest = notes.min_by_key(|note| note.chars().count())?;
    let (name_ko, name_en) = ("표 아래의 글", "Below the table");
    let (ko, en) = (
        "어느 지표에도 딸리지 않은 그 밖의 주요사업 등, 표에 담지 못한 것을 적었습니다.",
        "What has no place in the table, such as other initiatives that belong to no KPI.",
    );
    let mut text = input.lang.pick(ko, en).to_owned();
    if !shown {
        let example = input.lang.pick("보기", "Example");
        text.push_str(&format!("\n{example}: {shortest}"));
    }
    Some(entry(input, number, input.lang.pick(name_ko, name_en), &text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consolidate::City;
    use crate::finding::Lang;
    use crate::project::Config;
    use crate::testing::{city, consistent_city, plan};
    use crate::write::book::measure::Ruler;
    use crate::write::book::sheet::PaperSheet;

    fn guide(city: &City) -> GuideData {
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
        let config = Config::default();
        GuideData::new(&PartInput { city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko })
    }

    #[test]
    fn each_column_of_the_sample_is_explained_and_so_is_the_note() {
        let guide = guide(&city(consistent_city(), &Config::default()));
        let sample = guide.sample.as_ref().unwrap();
        let entries: Vec<&Explanation> = guide.pages.iter().flatten().flatten().collect();
        assert_eq!(entries.len(), sample.marks.len() + 1);
        assert_eq!(sample.note, Some(entries.len()));
        assert!(entries.iter().zip(1..).all(|(entry, number)| entry.number == number));
        assert_eq!(entries[0].name.concat(), "관점");
        assert!(sample.source.contains("교통국"));
    }

    #[test]
    fn a_city_without_rows_has_a_guide_without_a_sample() {
        let guide = guide(&city([plan("교통국", "가나시")], &Config::default()));
        assert!(guide.sample.is_none());
        assert!(guide.pages.iter().flatten().all(Vec::is_empty));
    }
}
