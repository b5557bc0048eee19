//! The common KPIs: the spread of each by year, and each organisation's values beside a chart.

mod widths;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::super::plan::text_height;
use super::{LEAD_SIZE, Organisation, PAD, PartHead, PartInput, SIZE, row_height};
use crate::consolidate::{CommonMatrix, Context, RowId};
use crate::measure::Comparison;
use crate::measure::scale::{Scale, Shape, show};
use crate::plan::{PlanId, YearKind};
use crate::project::config::{Polarity, RollUpRule};
use crate::write::words;
use widths::Widths;

/// Space between two KPIs on a page.
const BETWEEN: f64 = 16.0;
/// Heights in the table by year: the heading with the scale, a year's row, the space below.
const AXIS: f64 = 14.0;
const SPREAD: f64 = 12.0;
const AFTER: f64 = 7.0;
/// Size of a KPI's name, and height of the legend, including the space below.
const NAME_SIZE: f64 = 13.0;
const LEGEND: f64 = 15.0;
/// Space left and right of the scale's ends, so that marks at the ends are not cut.
const MARGIN: f64 = 14.0;

/// The common KPIs.
#[derive(Serialize)]
pub(crate) struct CommonData {
    pub head: PartHead,
    size: f64,
    pad: f64,
    words: CommonWords,
    kpis: Vec<KpiData>,
    pages: Vec<Vec<Piece>>,
}

/// A KPI's table, or the portion of it on one page.
#[derive(Debug, PartialEq, Serialize)]
struct Piece {
    /// The KPI's position in the list.
    kpi: usize,
    /// Space above.
    above: f64,
    /// Whether the KPI begins here.
    begins: bool,
    /// The first row, and the one after the last.
    rows: (usize, usize),
}

/// The part's own words.
#[derive(Serialize)]
struct CommonWords {
    unit: &'static str,
    remark: &'static str,
    spread: [&'static str; 7],
    legend: Vec<(&'static str, String)>,
}

/// A common KPI.
#[derive(Serialize)]
struct KpiData {
    name: Lines,
    /// Its name again, at the head of the organisations' column, on every page.
    heading: Lines,
    heading_height: f64,
    lead: Lines,
    lead_size: f64,
    /// Height of everything above the table by year: name, lead, legend.
    top: f64,
    widths: Widths,
    years: Vec<String>,
    ticks: Vec<(f64, String)>,
    /// The position of the city's target, and its text.
    target: Option<(f64, String)>,
    spreads: Vec<YearSpread>,
    rows: Vec<CommonRow>,
}

/// The spread of a year.
#[derive(Serialize)]
struct YearSpread {
    year: String,
    count: String,
    numbers: Vec<String>,
    /// Their positions in the chart.
    at: Vec<f64>,
    /// How the smallest and the largest are drawn: `dot` for a cap, else the end of the scale that they lie
    /// beyond.
    ends: [&'static str; 2],
}

/// An organisation's row.
#[derive(Serialize)]
struct CommonRow {
    organisation: Organisation,
    height: f64,
    values: Vec<CommonCell>,
    unit: Lines,
    remark: Lines,
    /// The mark of the last year before the plan year that has a number.
    before: Option<ValueMark>,
    /// The mark of the plan year.
    planned: Option<ValueMark>,
}

/// A value as printed.
#[derive(Serialize)]
struct CommonCell {
    lines: Lines,
    far: bool,
}

/// A mark in the chart.
#[derive(Clone, Serialize)]
struct ValueMark {
    x: f64,
    /// `dot`, `far`, or the end of the scale it lies beyond: `left`, `right`.
    shape: &'static str,
}

impl CommonData {
    /// The common KPIs that any plan carries.
    pub(crate) fn new(input: &PartInput<'_>) -> Self {
        let lang = input.lang;
        let (year, found) = (input.city.year, input.city.common.iter().filter(|kpi| !kpi.rows.is_empty()));
        let kpis: Vec<KpiData> = found.map(|matrix| CommonTable::new(input, matrix).data()).collect();
        let (count, all) = (kpis.len(), input.city.plans.len());
        let lead = if kpis.is_empty() {
            lang.pick("공통지표를 둔 계획이 없습니다.", "No plan carries a common KPI.").to_owned()
        } else {
            lang.pick(
                format!("모든 조직이 각자 재는 지표 {count}개를 조직 {all}개에 걸쳐 견주었습니다. 값은 계획에 적힌 그대로이며, 그림은 숫자로 적힌 값만 나타냅니다."),
                format!("{count} KPIs that every organisation measures for itself, over {all} organisations. Values are printed as \
                         the plans have them; the charts show those that are numbers."),
            )
        };
        let words = CommonWords {
            unit: lang.pick("단위", "Unit"),
            remark: lang.pick("비고", "Remark"),
            spread: if lang == crate::finding::Lang::Ko {
                ["연도", "값의 수", "최소", "1사분위", "중앙값", "3사분위", "최대"]
            } else {
                ["Year", "Count", "Lowest", "Quartile 1", "Median", "Quartile 3", "Highest"]
            },
            legend: vec![
                ("dot", lang.pick(format!("{year}년 목표"), format!("{year} target"))),
                ("before", lang.pick("그 전 마지막 값", "last value before").to_owned()),
                ("far", lang.pick("다른 조직에서 크게 벗어난 값", "far from the others").to_owned()),
                ("beyond", lang.pick("눈금 밖의 값", "beyond the scale").to_owned()),
                ("target", lang.pick("시 목표", "city target").to_owned()),
            ],
        };
        let head = PartHead::new(input, "common", lang.pick("공통지표", "Common KPIs"), &lead);
        let pages = pages(&kpis, &head, input.sheet.height() - SLACK);
        Self { head, size: SIZE, pad: PAD, words, kpis, pages }
    }

    /// How many pages it takes.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// Cuts the KPIs into pages of this `height`. A KPI that fits on one page is not split.
fn pages(kpis: &[KpiData], head: &PartHead, height: f64) -> Vec<Vec<Piece>> {
    let mut pages = vec![Vec::new()];
    let mut left = height - head.height;
    for (place, kpi) in kpis.iter().enumerate() {
        let fixed = kpi.fixed_height();
        let all = fixed + kpi.rows.iter().map(|row| row.height).sum::<f64>();
        let mut above =
            if pages.last().is_some_and(|page: &Vec<Piece>| page.is_empty()) { 0.0 } else { BETWEEN };
        if above + all > left && above > 0.0 {
            pages.push(Vec::new());
            (left, above) = (height - head.again, 0.0);
        }
        let room = height - head.again - kpi.heading_height;
        let heights = kpi.rows.iter().map(|row| row.height);
        for (number, rows) in cut(heights, left - above - fixed, room).into_iter().enumerate() {
            if number > 0 {
                pages.push(Vec::new());
                (left, above) = (height - head.again, 0.0);
            }
            let begins = number == 0;
            left -= above + if begins { fixed } else { kpi.heading_height };
            left -= kpi.rows[rows.clone()].iter().map(|row| row.height).sum::<f64>();
            let piece = Piece { kpi: place, above, begins, rows: (rows.start, rows.end) };
            pages.last_mut().map(|page| page.push(piece)).unwrap_or_default();
        }
    }
    pages
}

impl KpiData {
    /// The height of everything but the organisations' rows.
    fn fixed_height(&self) -> f64 {
        let spread =
            if self.spreads.is_empty() { 0.0 } else { AXIS + SPREAD * self.spreads.len() as f64 + AFTER };
        self.top + spread + self.heading_height
    }
}

/// A common KPI whose table is being made.
struct CommonTable<'a> {
    input: &'a PartInput<'a>,
    comparison: Comparison<'a>,
    widths: Widths,
}

impl<'a> CommonTable<'a> {
    fn new(input: &'a PartInput<'a>, matrix: &'a CommonMatrix) -> Self {
        let comparison = Comparison::of(Context { city: input.city, config: input.config }, matrix);
        let widths = Widths::of(input.sheet.width(), comparison.years.len());
        Self { input, comparison, widths }
    }

    fn x(&self, scale: &Scale, number: f64) -> f64 {
        MARGIN + scale.at(number) * (self.widths.chart - 2.0 * MARGIN)
    }

    fn data(self) -> KpiData {
        let input = self.input;
        let years: Vec<String> =
            self.comparison.years.iter().map(|&(year, kind)| words::year(year, kind, input.lang)).collect();
        let high = |year: &String| input.lines(year, self.widths.year - 2.0 * PAD, SIZE).len();
        let highest = years.iter().map(high).max().unwrap_or(1);
        let ticks = self.comparison.scale.iter().flat_map(Scale::ticks);
        let ticks = ticks.map(|(at, text)| (MARGIN + at * (self.widths.chart - 2.0 * MARGIN), text));
        let target = self
            .comparison
            .scale
            .zip(self.comparison.target)
            .map(|(scale, number)| (self.x(&scale, number), show(number)));
        let (spreads, rows) = (self.spreads(), self.rows());
        let name = input.lines(&self.comparison.matrix.name, input.sheet.width() / super::BOLD, NAME_SIZE);
        let lead = input.lines(&self.lead(), input.sheet.width(), LEAD_SIZE);
        let heading =
            input.lines(&self.comparison.matrix.name, (self.widths.names - 2.0 * PAD) / super::BOLD, SIZE);
        KpiData {
            heading_height: row_height(heading.len().max(highest)) + 3.0,
            heading,
            top: text_height(name.len(), NAME_SIZE)
                + text_height(lead.len(), LEAD_SIZE)
                + 11.0
                + if spreads.is_empty() { 0.0 } else { LEGEND },
            name,
            lead,
            lead_size: LEAD_SIZE,
            years,
            ticks: ticks.collect(),
            target,
            spreads,
            rows,
            widths: self.widths,
        }
    }

    /// Returns the sentence above the table.
    fn lead(&self) -> String {
        let (city, lang) = (self.input.city, self.input.lang);
        let orgs: BTreeSet<PlanId> = self.comparison.matrix.rows.iter().map(|row| row.plan).collect();
        let (count, without) = (orgs.len(), city.plans.len() - orgs.len());
        let carried = match without {
            0 => lang.pick(
                format!("모든 조직({count}개)이 두었습니다"),
                format!("all {count} organisations carry it"),
            ),
            _ => lang.pick(
                format!("조직 {count}개가 두고 {without}개는 두지 않았습니다"),
                format!("{count} organisations carry it, {without} do not"),
            ),
        };
        let mut parts = vec![carried];
        let rule = match (self.comparison.matrix.rule.rollup, self.comparison.matrix.rule.polarity) {
            (RollUpRule::Sum, _) => lang.pick(
                "하위 조직의 값을 더하면 상위 조직의 값이 됩니다",
                "values add up to the organisation above",
            ),
            (RollUpRule::Compare, Polarity::Up) => lang.pick("높을수록 좋습니다", "higher is better"),
            (RollUpRule::Compare, Polarity::Down) => lang.pick("낮을수록 좋습니다", "lower is better"),
        };
        parts.push(rule.to_owned());
        let kpi = city.city_kpis.iter().find(|kpi| kpi.key == self.comparison.matrix.key);
        if let Some(target) = kpi.map(|kpi| kpi.printed_target()).filter(|target| !target.is_empty()) {
            parts.push(lang.pick(format!("시 목표 {target}"), format!("city target {target}")));
        }
        if self.comparison.scale.is_some_and(|scale| scale.logarithmic) {
            let note = lang.pick(
                "눈금은 한 칸마다 열 배입니다(로그 눈금)",
                "each step of the scale is ten times the last (logarithmic)",
            );
            parts.push(note.to_owned());
        }
        parts.join(" · ")
    }

    /// Returns the spread of each year that has numbers.
    fn spreads(&self) -> Vec<YearSpread> {
        let spread = |&(year, kind): &(i32, Option<YearKind>)| {
            let (spread, scale) = (self.comparison.spread(year)?, self.comparison.scale?);
            Some(YearSpread {
                year: words::year(year, kind, self.input.lang),
                count: self.comparison.of_year(year).count().to_string(),
                numbers: spread.numbers.map(show).to_vec(),
                at: spread.numbers.map(|number| self.x(&scale, number)).to_vec(),
                ends: [spread.numbers[0], spread.numbers[4]].map(|end| name_of(scale.shape(end, false))),
            })
        };
        self.comparison.years.iter().filter_map(spread).collect()
    }

    /// Returns a row for each row of the KPI, in the order of the organisations.
    fn rows(&self) -> Vec<CommonRow> {
        let mut by_plan: BTreeMap<PlanId, Vec<RowId>> = BTreeMap::new();
        for &row in &self.comparison.matrix.rows {
            by_plan.entry(row.plan).or_default().push(row);
        }
        let mut rows = Vec::new();
        for organisation in self.input.organisations(self.widths.names) {
            let own = by_plan.remove(&organisation.plan).unwrap_or_default();
            rows.extend(own.iter().map(|&id| self.row(organisation.clone(), id, own.len() > 1)));
        }
        rows
    }

    fn row(&self, organisation: Organisation, id: RowId, one_of_several: bool) -> CommonRow {
        let (city, input) = (self.input.city, self.input);
        let value = |&(year, _): &(i32, Option<YearKind>)| {
            let text = city.value(id, year).map_or("", |value| &*value.text.text);
            let far = self.comparison.far.contains(&(id, year));
            let marked = if far { format!("{text} ◆") } else { text.to_owned() };
            CommonCell { lines: input.lines(&marked, self.widths.year - 2.0 * PAD, SIZE), far }
        };
        let values: Vec<CommonCell> = self.comparison.years.iter().map(value).collect();
        let unit = input.lines(&city.row(id).unit.text.text, self.widths.unit - 2.0 * PAD, SIZE);
        let remark = input.lines(&self.remark(id, one_of_several), self.widths.remark - 2.0 * PAD, SIZE);
        let texts = values.iter().map(|cell| &cell.lines).chain([&organisation.lines, &unit, &remark]);
        let height = row_height(texts.map(|lines| lines.len()).max().unwrap_or(1)) - 1.2;
        let earlier =
            self.comparison.years.iter().rev().map(|&(year, _)| year).filter(|&year| year < city.year);
        let before = earlier.into_iter().find_map(|year| self.mark(id, year));
        CommonRow { organisation, height, values, unit, remark, before, planned: self.mark(id, city.year) }
    }

    /// Returns the mark of a comparable number.
    fn mark(&self, id: RowId, year: i32) -> Option<ValueMark> {
        let scale = self.comparison.scale?;
        let number = *self.comparison.numbers.get(&(id, year))?;
        let shape = name_of(scale.shape(number, self.comparison.far.contains(&(id, year))));
        Some(ValueMark { x: self.x(&scale, number), shape })
    }

    /// Returns why a row has no mark, and its KPI's name if the organisation has several.
    fn remark(&self, id: RowId, one_of_several: bool) -> String {
        let (city, lang) = (self.input.city, self.input.lang);
        let mut parts = Vec::new();
        if one_of_several && city.row(id).kpi.text != self.comparison.matrix.name {
            parts.push(city.row(id).kpi.text.to_string());
        }
        let value = city.value(id, city.year);
        if !self.comparison.compares(id) {
            parts.push(lang.pick("단위가 다름", "other unit").to_owned());
        } else if value.is_none_or(|value| value.text.is_empty()) {
            parts.push(lang.pick("목표 없음", "no target").to_owned());
        } else if value.is_some_and(|value| value.amount().is_none()) {
            parts.push(lang.pick("숫자 하나가 아님", "not one number").to_owned());
        }
        parts.join(" · ")
    }
}

/// Returns the template's name for a shape.
fn name_of(shape: Shape) -> &'static str {
    match shape {
        Shape::Point => "dot",
        Shape::Far => "far",
        Shape::Below => "left",
        Shape::Above => "right",
    }
}

#[cfg(test)]
mod tests;
