//! The weights of the perspectives, by organisation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::measure::Lines;
use super::super::pages::{SLACK, cut};
use super::super::plan::text_height;
use super::perspectives::Perspectives;
use super::{Organisation, PAD, PartHead, PartInput, SIZE, row_height};
use crate::consolidate::City;
use crate::measure::Spread;
use crate::measure::scale::show;
use crate::plan::PlanId;

/// Width of the organisations' column.
const NAMES: f64 = 132.0;
/// Width of a perspective's column.
const COLUMN: f64 = 56.0;
const OTHERS: f64 = 90.0;
const TOTAL: f64 = 34.0;
const REMARK: f64 = 128.0;
/// The most perspectives with their own column; rarer ones share one.
const MOST: usize = 5;
/// How far sums may be off.
const ROUNDING: f64 = 1e-6;
/// Heights of the heading and of a row of the summary.
const HEADING: f64 = 26.0;
const SUMMARY: f64 = 12.0;
/// Height of a perspective's shade above its name, with the space around.
const SHADE: f64 = 12.0;
/// The least share of the width that the bars take.
const BAR: f64 = 0.25;
/// A bar is drawn up to this sum.
const END: f64 = 125.0;

/// The weights.
#[derive(Serialize)]
pub(crate) struct WeightsData {
    pub head: PartHead,
    size: f64,
    pad: f64,
    words: WeightWords,
    /// Whether a column says which sums are wrong.
    remarks: bool,
    /// Height of the heading.
    heading: f64,
    /// Names of the perspectives that have a column, each with the number of its shade.
    perspectives: Vec<Lines>,
    widths: Vec<f64>,
    /// The positions of the bar's 0 and 100.
    zero: f64,
    hundred: f64,
    /// The median, lowest and highest weight of each column over all organisations.
    summary: Vec<(String, Vec<String>)>,
    rows: Vec<WeightRow>,
    /// For each page, its first row and the one after the last.
    pages: Vec<(usize, usize)>,
}

/// The part's own words.
#[derive(Serialize)]
struct WeightWords {
    organisation: &'static str,
    others: Option<&'static str>,
    total: &'static str,
    remark: &'static str,
    bar: &'static str,
}

/// An organisation's row.
#[derive(Serialize)]
struct WeightRow {
    organisation: Organisation,
    height: f64,
    cells: Vec<Lines>,
    total: String,
    remark: Lines,
    bar: Vec<Segment>,
}

/// A perspective's share of the bar.
#[derive(Serialize)]
struct Segment {
    x: f64,
    width: f64,
    /// 0 for the first perspective; one past the last column for all others.
    shade: usize,
    text: String,
}

/// A perspective of one plan.
#[derive(Clone, Default)]
struct WeightShare {
    sum: f64,
    /// Weights printed under its name that differ from the sum.
    printed: Vec<f64>,
    name: String,
}

impl WeightsData {
    /// Collects the weights of all plans.
    pub(crate) fn new(input: &PartInput<'_>) -> Self {
        let lang = input.lang;
        let perspectives = Perspectives::of(input.city);
        let columns = columns(input.city, &perspectives);
        let shares: Vec<_> =
            input.city.plan_ids().map(|plan| shares(input.city, plan, &perspectives)).collect();
        let others = shares.iter().any(|own| own.keys().any(|place| !columns.contains(place)));
        // The book is for the whole city; a plan whose weights do not add up concerns only its department and
        // the office.
        let remarks = input.config.book.remarks;
        let mut widths = vec![NAMES];
        widths.extend(columns.iter().map(|_| COLUMN).chain(others.then_some(OTHERS)).chain([TOTAL]));
        widths.push(if remarks { REMARK } else { 0.0 });
        let narrow = (input.sheet.width() * (1.0 - BAR) / widths.iter().sum::<f64>()).min(1.0);
        widths.iter_mut().for_each(|width| *width *= narrow);
        let bar = input.sheet.width() - widths.iter().sum::<f64>();
        widths.push(bar);
        let names: Vec<_> = perspectives.names().cloned().collect();
        let table = WeightTable {
            input,
            columns: &columns,
            others,
            remarks,
            narrow,
            zero: PAD,
            hundred: PAD + (bar - 2.0 * PAD) * 100.0 / END,
        };
        let rows: Vec<WeightRow> = input
            .organisations(NAMES * narrow)
            .into_iter()
            .map(|own| table.row(&shares[own.plan], own))
            .collect();
        let wrong = rows.iter().filter(|row| !row.remark.concat().is_empty()).count();
        let heads: Vec<Lines> = columns
            .iter()
            .map(|&place| input.lines(&names[place], (COLUMN * narrow - 2.0 * PAD) / super::BOLD, SIZE))
            .collect();
        let highest = heads.iter().map(|head| head.len()).max().unwrap_or(1);
        let heading = HEADING.max(text_height(highest, SIZE) + SHADE);
        let words = WeightWords {
            organisation: lang.pick("조직", "Organisation"),
            others: others.then_some(lang.pick("그 밖의 관점", "Other perspectives")),
            total: lang.pick("합계", "Total"),
            remark: lang.pick("비고", "Remark"),
            bar: lang.pick("구성", "Shares"),
        };
        let title = lang.pick("관점별 비중", "Weights by perspective");
        let head = PartHead::new(input, "weights", title, &lead(input, remarks.then_some(wrong)));
        let summary = summary(input, &columns, &shares);
        let room = input.sheet.height() - SLACK - heading;
        let first = room - head.height - SUMMARY * summary.len() as f64;
        let pages = cut(rows.iter().map(|row| row.height), first, room - head.again);
        let mut pages: Vec<(usize, usize)> = pages.into_iter().map(|rows| (rows.start, rows.end)).collect();
        if pages.is_empty() {
            pages.push((0, 0));
        }
        Self {
            size: SIZE,
            pad: PAD,
            words,
            remarks,
            heading,
            perspectives: heads,
            zero: table.zero,
            hundred: table.hundred,
            summary,
            widths,
            rows,
            pages,
            head,
        }
    }
}

impl WeightsData {
    /// How many pages it takes.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }
}

/// Returns the sentence above the table; it says how many plans are `wrong`, if given.
fn lead(input: &PartInput<'_>, wrong: Option<usize>) -> String {
    let lang = input.lang;
    let all = input.city.plans.len();
    let told = match wrong {
        None => String::new(),
        Some(0) => lang.pick("모든 계획의 합이 맞습니다.".to_owned(), "All plans add up.".to_owned()),
        Some(wrong) => lang.pick(
            format!("계획 {all}개 가운데 {wrong}개는 합이 맞지 않습니다(▲ 넘침, ▼ 모자람, ≠ 관점에 적힌 비중과 다름)."),
            format!("{wrong} of {all} plans do not add up (▲ too much, ▼ too little, ≠ not what the perspective bears)."),
        ),
    };
    let what = lang.pick(
        "지표의 비중을 관점마다 더한 것입니다. 한 계획의 합은 100이어야 합니다.",
        "The weights of the KPIs, added up by perspective. A plan's weights make 100.",
    );
    format!("{what} {told}").trim_end().to_owned()
}

/// Returns the perspectives that have a column: those that most plans use, in their order.
fn columns(city: &City, perspectives: &Perspectives) -> Vec<usize> {
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    for plan in city.plan_ids() {
        for (place, _) in
            shares(city, plan, perspectives).into_iter().filter(|(place, _)| *place != usize::MAX)
        {
            *uses.entry(place).or_default() += 1;
        }
    }
    let mut places: Vec<(usize, usize)> = uses.into_iter().collect();
    places.sort_by_key(|&(place, uses)| (std::cmp::Reverse(uses), place));
    let mut columns: Vec<usize> = places.into_iter().take(MOST).map(|(place, _)| place).collect();
    columns.sort_unstable();
    columns
}

/// Returns the perspectives of a plan by position; rows without a perspective come last.
fn shares(city: &City, plan: PlanId, perspectives: &Perspectives) -> BTreeMap<usize, WeightShare> {
    let mut shares: BTreeMap<usize, WeightShare> = BTreeMap::new();
    for (row, keys) in city.plans[plan].rows.iter().zip(&city.nodes[plan].row_keys) {
        let place = perspectives.position(&keys.perspective).unwrap_or(usize::MAX);
        let share = shares.entry(place).or_default();
        share.sum += row.weight.percent.unwrap_or(0.0);
        share.name = row.perspective.name.to_string();
        share.printed.extend(row.perspective.weight.filter(|weight| !share.printed.contains(weight)));
    }
    for share in shares.values_mut() {
        share.printed.retain(|weight| (weight - share.sum).abs() > ROUNDING);
    }
    shares
}

struct WeightTable<'a> {
    input: &'a PartInput<'a>,
    columns: &'a [usize],
    others: bool,
    /// Whether wrong sums are reported.
    remarks: bool,
    /// The factor for widths on narrow paper.
    narrow: f64,
    zero: f64,
    hundred: f64,
}

impl WeightTable<'_> {
    fn row(&self, shares: &BTreeMap<usize, WeightShare>, organisation: Organisation) -> WeightRow {
        let (input, lang) = (self.input, self.input.lang);
        let cell = |place: &usize| shares.get(place).map_or_else(String::new, |share| show(share.sum));
        let mut cells: Vec<Lines> =
            self.columns.iter().map(|place| [cell(place)].into_iter().collect()).collect();
        if self.others {
            let others =
                shares.iter().filter(|(place, _)| !self.columns.contains(place)).map(|(_, share)| {
                    let name =
                        if share.name.is_empty() { lang.pick("관점 없음", "none") } else { &share.name };
                    format!("{name} {}", show(share.sum))
                });
            let width = OTHERS * self.narrow - 2.0 * PAD;
            cells.push(input.lines(&others.collect::<Vec<_>>().join(", "), width, SIZE));
        }
        let total: f64 = shares.values().map(|share| share.sum).sum();
        let remark = if self.remarks { self.remark(shares, total) } else { String::new() };
        let remark = input.lines(&remark, REMARK * self.narrow - 2.0 * PAD, SIZE);
        let texts = cells.iter().chain([&organisation.lines, &remark]);
        let height = row_height(texts.map(|lines| lines.len()).max().unwrap_or(1)) - 1.2;
        WeightRow { organisation, height, total: show(total), remark, bar: self.bar(shares), cells }
    }

    /// Returns what is wrong with the sums.
    fn remark(&self, shares: &BTreeMap<usize, WeightShare>, total: f64) -> String {
        let lang = self.input.lang;
        let mut parts = Vec::new();
        let (over, amount) = (total - 100.0, show((total - 100.0).abs()));
        if shares.is_empty() {
            parts.push(lang.pick("지표 없음", "no KPI").to_owned());
        } else if over > ROUNDING {
            parts.push(lang.pick(format!("▲ {amount} 넘침"), format!("▲ {amount} too much")));
        } else if over < -ROUNDING {
            parts.push(lang.pick(format!("▼ {amount} 모자람"), format!("▼ {amount} too little")));
        }
        for share in shares.values() {
            parts.extend(
                share
                    .printed
                    .iter()
                    .map(|&weight| format!("{} {} ≠ {}", share.name, show(weight), show(share.sum))),
            );
        }
        parts.join(" · ")
    }

    /// Returns the bar's segments, cut where the drawing ends.
    fn bar(&self, shares: &BTreeMap<usize, WeightShare>) -> Vec<Segment> {
        let each = (self.hundred - self.zero) / 100.0;
        let mut from: f64 = 0.0;
        let mut bar = Vec::new();
        for (place, share) in shares.iter().filter(|(_, share)| share.sum > 0.0) {
            let to = (from + share.sum).min(END);
            let shade = self.columns.iter().position(|column| column == place).unwrap_or(MOST);
            let width = (to - from) * each;
            let number = show(share.sum);
            let text = if self.input.ruler.measure(&number).natural() * SIZE < width - 2.0 {
                number
            } else {
                String::new()
            };
            bar.push(Segment { x: self.zero + from * each, width, shade, text });
            from = to;
        }
        bar
    }
}

/// Returns the median, lowest and highest weight of each column over the plans that have the perspective.
fn summary(
    input: &PartInput<'_>,
    columns: &[usize],
    shares: &[BTreeMap<usize, WeightShare>],
) -> Vec<(String, Vec<String>)> {
    let lang = input.lang;
    let spread =
        |place: &usize| Spread::of(shares.iter().filter_map(|own| Some(own.get(place)?.sum)).collect());
    let spreads: Vec<Option<Spread>> = columns.iter().map(spread).collect();
    let line = |text: &dyn Fn(&Spread) -> String| -> Vec<String> {
        spreads.iter().map(|spread| spread.as_ref().map_or_else(String::new, text)).collect()
    };
    let users =
        columns.iter().map(|place| shares.iter().filter(|own| own.contains_key(place)).count().to_string());
    vec![
        (lang.pick("둔 조직의 수", "Organisations").to_owned(), users.collect()),
        (lang.pick("중앙값", "Median").to_owned(), line(&|spread| show(spread.numbers[2]))),
        (
            lang.pick("최소 ~ 최대", "Lowest ~ highest").to_owned(),
            line(&|spread| format!("{} ~ {}", show(spread.numbers[0]), show(spread.numbers[4]))),
        ),
    ]
}

#[cfg(test)]
mod tests;
