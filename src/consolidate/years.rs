//! Determines the plan year, and the kinds of years that headings leave open.

use super::tally::Votes;
use crate::plan::{PeriodValue, Plan, Text, Value, ValueKind, YearColumn, YearKind};
use crate::project::Config;

/// Finds the plan year and sets the kinds of years that headings leave open. Without any year in any plan it
/// is 0.
pub(super) fn resolve(plans: &mut [Plan], config: &Config) -> i32 {
    let year = plan_year(plans, config);
    if year != 0 {
        plans.iter_mut().for_each(|plan| date_values(plan, year));
    }
    for column in plans.iter_mut().flat_map(|plan| &mut plan.years) {
        let by_year = if column.year >= year { YearKind::Target } else { YearKind::Actual };
        column.kind.get_or_insert(by_year);
    }
    year
}

/// Dates the values whose headings say no year: they are of the plan year, or as far from it as they say. The
/// target of the plan year and the actual of the year before become columns of the plan if it lacks them.
fn date_values(plan: &mut Plan, year: i32) {
    for period in plan.rows.iter_mut().flat_map(|row| &mut row.periods) {
        if period.year.is_none() && period.kind != ValueKind::Baseline {
            period.year = Some(year + period.distance);
        }
    }
    for (year, kind) in [(year - 1, YearKind::Actual), (year, YearKind::Target)] {
        adopt_year(plan, year, kind);
    }
}

/// Makes the whole-year values of a year a column of the plan, if it has none of that year.
fn adopt_year(plan: &mut Plan, year: i32, kind: YearKind) {
    let is_it = |period: &PeriodValue| {
        period.year == Some(year) && period.part.is_none() && period.kind == ValueKind::from(kind)
    };
    let found = plan.rows.iter().flat_map(|row| &row.periods).find(|period| is_it(period));
    let (Some(label), None) = (found.map(|period| period.label.clone()), plan.year_index(year)) else {
        return;
    };
    let at = plan.years.iter().position(|column| column.year > year).unwrap_or(plan.years.len());
    plan.years.insert(at, YearColumn { year, label, group: "".into(), kind: Some(kind) });
    for row in &mut plan.rows {
        let value = row.periods.iter().position(is_it).map(|at| row.periods.remove(at).value);
        let at = at.min(row.values.len());
        row.values.insert(at, value.unwrap_or_else(|| Value::read(Text::absent())));
    }
}

/// By planbook.toml, else the first target year of most plans, else (no heading distinguishes targets from
/// actuals) the first year of the second half of most plans,
/// else the last year of which parts are planned.
fn plan_year(plans: &[Plan], config: &Config) -> i32 {
    let first_target = |plan: &Plan| {
        plan.years.iter().filter(|c| c.kind == Some(YearKind::Target)).map(|column| column.year).min()
    };
    let middle = |plan: &Plan| {
        let mut years: Vec<i32> = plan.years.iter().map(|column| column.year).collect();
        years.sort_unstable();
        years.get(years.len() / 2).copied()
    };
    // Only parts of years: the last year that is planned.
    let of_parts = |plan: &Plan| {
        let periods = plan.rows.iter().flat_map(|row| &row.periods);
        periods.filter(|period| period.kind == ValueKind::Target).filter_map(|period| period.year).max()
    };
    config
        .year
        .or_else(|| plans.iter().filter_map(first_target).collect::<Votes<_>>().winner())
        .or_else(|| plans.iter().filter_map(middle).collect::<Votes<_>>().winner())
        .or_else(|| plans.iter().filter_map(of_parts).collect::<Votes<_>>().winner())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{city, config, plan};

    fn kinds(plan: &Plan) -> String {
        plan.years.iter().map(|c| if c.kind == Some(YearKind::Target) { 't' } else { 'a' }).collect()
    }

    #[test]
    fn most_plans_decide_the_plan_year_and_it_settles_the_others() {
        let plans = [
            plan("가국", "나시").years("2020a 2021t 2022t"),
            plan("다국", "나시"),
            plan("라국", "나시"),
            plan("마국", "나시").years("2023 2024 2025 2026"),
        ];
        let city = city(plans, &Config::default());
        assert_eq!(city.year, 2025);
        assert_eq!(kinds(&city.plans[3]), "aatt");
        assert_eq!(kinds(&city.plans[0]), "att", "what a heading says stays");
    }

    #[test]
    fn one_heading_over_all_years_means_the_second_half_is_planned() {
        let plans = || [plan("가국", "나시").years("2007 2008 2009 2010")];
        let halves = city(plans(), &Config::default());
        assert_eq!((halves.year, &*kinds(&halves.plans[0])), (2009, "aatt"));
        let resolved = city(plans(), &config("year = 2010"));
        assert_eq!((resolved.year, &*kinds(&resolved.plans[0])), (2010, "aaat"));
    }
}
