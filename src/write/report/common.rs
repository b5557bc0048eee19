//! The common KPIs: the distribution of their values by year, and the values by organisation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::chart;
use super::input::{ReportInput, count};
use crate::consolidate::{CommonMatrix, RowId};
use crate::measure::Comparison;
use crate::measure::scale::show;
use crate::plan::{PlanId, YearKind};
use crate::project::config::{Polarity, RollUpRule};
use crate::source::escape_controls;
use crate::write::words;

/// A common KPI.
#[derive(Serialize)]
pub(super) struct KpiComparison {
    id: String,
    name: String,
    /// The main facts.
    facts: Vec<String>,
    /// The chart as SVG; empty if there are no numbers.
    chart: String,
    spreads: Vec<SpreadData>,
    years: Vec<String>,
    rows: Vec<RowData>,
    rows_count: String,
}

/// The distribution of a year's values.
#[derive(Serialize)]
struct SpreadData {
    year: String,
    count: String,
    numbers: Vec<String>,
}

/// An organisation's values.
#[derive(Serialize)]
struct RowData {
    org: String,
    values: Vec<ValueData>,
    unit: String,
    remark: String,
    /// Its position among the others, as SVG; empty if it has no number.
    chart: String,
}

#[derive(Serialize)]
struct ValueData {
    text: String,
    far: bool,
}

/// The common KPIs that at least one plan has.
pub(super) fn all(input: &ReportInput<'_>) -> Vec<KpiComparison> {
    let carried = input.context.city.common.iter().filter(|matrix| !matrix.rows.is_empty());
    carried.enumerate().map(|(index, matrix)| KpiComparison::new(input, index, matrix)).collect()
}

impl KpiComparison {
    fn new(input: &ReportInput<'_>, index: usize, matrix: &CommonMatrix) -> Self {
        let comparison = Comparison::of(input.context, matrix);
        let lang = input.lang;
        let spread = |&(year, kind): &(i32, Option<YearKind>)| {
            let spread = comparison.spread(year)?;
            Some(SpreadData {
                year: words::year(year, kind, lang),
                count: count(comparison.of_year(year).count()),
                numbers: spread.numbers.map(show).to_vec(),
            })
        };
        Self {
            id: format!("common-{}", index + 1),
            name: escape_controls(&matrix.name),
            facts: facts(input, &comparison),
            chart: chart::distribution(input, &comparison),
            spreads: comparison.years.iter().filter_map(spread).collect(),
            years: comparison.years.iter().map(|&(year, kind)| words::year(year, kind, lang)).collect(),
            rows: rows(input, &comparison),
            rows_count: count(matrix.rows.len()),
        }
    }
}

fn facts(input: &ReportInput<'_>, comparison: &Comparison<'_>) -> Vec<String> {
    let (city, lang, matrix) = (input.context.city, input.lang, comparison.matrix);
    let orgs: BTreeSet<PlanId> = matrix.rows.iter().map(|row| row.plan).collect();
    let (with, all) = (count(orgs.len()), count(city.plans.len()));
    let mut facts = vec![lang.pick(
        format!("조직 {all}개 가운데 {with}개가 관리"),
        format!("carried by {with} of {all} organisations"),
    )];
    let rule = match (matrix.rule.rollup, matrix.rule.polarity) {
        (RollUpRule::Sum, _) => lang.pick("하위 조직의 값을 더함", "offices add up"),
        (RollUpRule::Compare, Polarity::Up) => lang.pick("높을수록 좋음", "higher is better"),
        (RollUpRule::Compare, Polarity::Down) => lang.pick("낮을수록 좋음", "lower is better"),
    };
    facts.push(rule.to_owned());
    if matrix.required {
        facts.push(lang.pick("필수", "required").to_owned());
    }
    let kpi = city.city_kpis.iter().find(|kpi| kpi.key == matrix.key);
    let target = kpi.map(|kpi| escape_controls(&kpi.printed_target())).filter(|target| !target.is_empty());
    if let Some(target) = target {
        facts.push(lang.pick(format!("시 목표 {target}"), format!("city target {target}")));
    }
    if comparison.scale.is_some_and(|scale| scale.logarithmic) {
        facts.push(lang.pick("로그 눈금", "logarithmic scale").to_owned());
    }
    facts
}

/// The KPI's rows, in book order.
fn rows(input: &ReportInput<'_>, comparison: &Comparison<'_>) -> Vec<RowData> {
    let mut by_plan: BTreeMap<PlanId, usize> = BTreeMap::new();
    for row in &comparison.matrix.rows {
        *by_plan.entry(row.plan).or_default() += 1;
    }
    let several = |row: RowId| by_plan.get(&row.plan).is_some_and(|&rows| rows > 1);
    comparison.matrix.rows.iter().map(|&id| row(input, comparison, id, several(id))).collect()
}

fn row(input: &ReportInput<'_>, comparison: &Comparison<'_>, id: RowId, one_of_several: bool) -> RowData {
    let city = input.context.city;
    let values = comparison.years.iter().map(|&(year, _)| ValueData {
        text: escape_controls(city.value(id, year).map_or("", |value| &value.text.text)),
        far: comparison.far.contains(&(id, year)),
    });
    RowData {
        org: escape_controls(city.org(id)),
        values: values.collect(),
        unit: escape_controls(&city.row(id).unit.text.text),
        remark: remark(input, comparison, id, one_of_several),
        chart: chart::place(input, comparison, id),
    }
}

/// Why a row has no mark, and which of an organisation's rows it is if there are several.
fn remark(input: &ReportInput<'_>, comparison: &Comparison<'_>, id: RowId, one_of_several: bool) -> String {
    let (city, lang) = (input.context.city, input.lang);
    let mut parts = Vec::new();
    let kpi = &city.row(id).kpi.text;
    if one_of_several && *kpi != comparison.matrix.name {
        parts.push(escape_controls(kpi));
    }
    let value = city.value(id, city.year);
    let why = if !comparison.compares(id) {
        lang.pick("단위가 다름", "other unit")
    } else if value.is_none_or(|value| value.text.is_empty()) {
        lang.pick("목표 없음", "no target")
    } else if city.amount(id, city.year).is_none() {
        lang.pick("숫자 하나가 아님", "not one number")
    } else {
        ""
    };
    if !why.is_empty() {
        parts.push(why.to_owned());
    }
    parts.join(" · ")
}
