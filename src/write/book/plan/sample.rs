//! The beginning of a plan, used to explain its table.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::measure::Ruler;
use super::super::sheet::PaperSheet;
use super::block::Block;
use super::set::{PlanData, set};
use super::table::{BookColumn, PlanTable, label};
use crate::finding::Lang;
use crate::plan::{Field, Plan, YearKind};

/// The first rows of a plan.
pub(in crate::write::book) struct Sample {
    /// The rows, set as in the plan itself.
    pub data: PlanData,
    /// The topics of its columns, from left to right, and the position of the middle of each.
    pub topics: Vec<(Topic, f64)>,
}

/// The topic of one column or of several adjacent ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::write::book) enum Topic {
    /// A column with its own topic.
    Column(Field),
    /// Years with actuals.
    Actual,
    /// Years with targets.
    Target,
    /// Years whose headings do not say which.
    Year,
}

impl Topic {
    fn of(field: Field, plan: &Plan) -> Self {
        let Field::Year(year) = field else { return Topic::Column(field) };
        match plan.year_index(year).and_then(|index| plan.years[index].kind) {
            Some(YearKind::Actual) => Topic::Actual,
            Some(YearKind::Target) => Topic::Target,
            None => Topic::Year,
        }
    }
}

impl Sample {
    /// Returns as many of the first rows of `plan` as fit in `height`, but at least one.
    pub(in crate::write::book) fn of(
        plan: &Plan,
        height: f64,
        sheet: &PaperSheet,
        ruler: &Ruler<'_>,
        lang: Lang,
    ) -> Option<Self> {
        let first = |rows: usize| {
            let mut beginning = plan.clone();
            beginning.rows.truncate(rows);
            set(&[(&beginning, &*beginning.title.text)], sheet, ruler, "", lang).pop()
        };
        let table_height = |data: &PlanData| -> f64 {
            let body = data.pages.first().and_then(|page| page.body.as_ref()).map_or(0.0, Block::height);
            data.header.height() + body
        };
        let most = plan.rows.len().min(MOST_ROWS);
        // A perspective that is cut off would show a weight that its rows do not add up to.
        let (whole, cut): (Vec<usize>, Vec<usize>) =
            (1..=most).rev().partition(|&rows| perspective_ends(plan, rows));
        let mut beginnings = whole.into_iter().chain(cut).filter_map(first);
        let data = beginnings.find(|data| table_height(data) <= height).or_else(|| first(1))?;
        let columns = PlanTable::of(plan, lang).columns;
        let topics = topics(plan, &columns, &data.widths);
        Some(Self { topics, data })
    }

    /// How many whole perspectives a sample of `plan` may show.
    pub(in crate::write::book) fn perspectives(plan: &Plan) -> usize {
        (1..=plan.rows.len().min(MOST_ROWS)).filter(|&rows| perspective_ends(plan, rows)).count()
    }
}

/// Whether a perspective ends with the first `rows` rows of `plan`.
fn perspective_ends(plan: &Plan, rows: usize) -> bool {
    let perspective = |row: usize| plan.rows.get(row).map(|row| &row.perspective.text.text);
    perspective(rows) != perspective(rows - 1)
}

/// The most rows of a sample; more show nothing new.
const MOST_ROWS: usize = 8;

/// Returns the topics of `columns`; adjacent columns with one topic are merged.
fn topics(plan: &Plan, columns: &[BookColumn], widths: &[f64]) -> Vec<(Topic, f64)> {
    let mut topics: Vec<(Topic, f64, f64)> = Vec::new();
    let mut x = 0.0;
    for (&column, width) in columns.iter().zip(widths) {
        let topic = Topic::of(column.like(), plan);
        match topics.last_mut() {
            Some((last, _, end)) if *last == topic => *end = x + width,
            _ => topics.push((topic, x, x + width)),
        }
        x += width;
    }
    topics.into_iter().map(|(topic, start, end)| (topic, f64::midpoint(start, end))).collect()
}

/// Returns the headings of `topic` in `plans`, most common first. Spellings that differ only in spaces count
/// as one; those that fewer than a tenth of the plans print are left out.
pub(in crate::write::book) fn labels(plans: &[Plan], topic: Topic) -> Vec<Arc<str>> {
    let mut counts: BTreeMap<String, BTreeMap<Arc<str>, usize>> = BTreeMap::new();
    for plan in plans {
        let mut fields = Field::of_table(plan.years.iter().map(|year| year.year));
        let text: Arc<str> = match fields.find(|&field| Topic::of(field, plan) == topic) {
            Some(Field::Year(year)) => {
                plan.year_index(year).map_or_else(|| Arc::from(""), |index| plan.years[index].group.clone())
            }
            Some(field) => label(plan, field).into(),
            None => continue,
        };
        if !text.is_empty() {
            let key = text.split_whitespace().collect();
            *counts.entry(key).or_default().entry(text).or_default() += 1;
        }
    }
    let mut labels: Vec<(usize, Arc<str>)> = counts
        .into_values()
        .filter_map(|spellings| {
            let commonest = spellings.iter().rev().max_by_key(|(_, count)| **count)?;
            Some((spellings.values().sum(), commonest.0.clone()))
        })
        .filter(|(count, _)| count * 10 >= plans.len())
        .collect();
    labels.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    labels.into_iter().map(|(_, label)| label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;

    #[test]
    fn a_sample_has_as_many_rows_as_fit_and_a_mark_over_each_topic() {
        let row = |kpi: &str| {
            format!("정책 (100) | 시 | 지표 | 1% | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 10 | 교통-1")
        };
        let rows =
            (0..10).fold(plan("교통국", "가나시"), |plan, kpi| plan.row(&row(&format!("지표 {kpi}"))));
        let (sheet, ruler) = (PaperSheet::a4_landscape(), Ruler::new(|_| 0.9));
        let sample =
            |height: f64| Sample::of(&rows.clone().build(), height, &sheet, &ruler, Lang::Ko).unwrap();
        let rows_of = |sample: &Sample| sample.data.pages[0].body.as_ref().unwrap().heights.len();
        let (small, large) = (sample(110.0), sample(400.0));
        assert_eq!(Sample::perspectives(&rows.clone().build()), 0, "ten rows of one perspective");
        assert!((1..MOST_ROWS).contains(&rows_of(&small)));
        assert_eq!(rows_of(&large), MOST_ROWS);
        assert_eq!(large.topics.len(), 11, "two years of actuals are one topic, and two of targets");
        assert!(large.topics.windows(2).all(|pair| pair[0].1 < pair[1].1));
    }

    #[test]
    fn headings_are_told_as_the_plans_print_them() {
        let mut plans: Vec<Plan> = (0..3).map(|_| plan("교통국", "가나시").build()).collect();
        for (plan, label) in plans.iter_mut().zip(["비중", "가중치", "가중치"]) {
            plan.labels.set(Field::Weight, label.into());
        }
        let told = |topic| labels(&plans, topic).iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(told(Topic::Column(Field::Weight)), ["가중치", "비중"]);
        assert_eq!(told(Topic::Actual), ["실적치"]);
        assert!(told(Topic::Year).is_empty());
    }
}
