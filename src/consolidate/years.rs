//! Determines the plan year, and the kinds of years that headings leave open.

use super::tally::Tally;
use crate::plan::{Plan, YearKind};
use crate::project::Config;

/// Finds the plan year and sets the kinds of years that headings leave open. Without any year in any plan it
/// is 0.
pub(super) fn resolve(plans: &mut [Plan], config: &Config) -> i32 {
    let year = plan_year(plans, config);
    for column in plans.iter_mut().flat_map(|plan| &mut plan.years) {
        let by_year = if column.year >= year { YearKind::Target } else { YearKind::Actual };
        column.kind.get_or_insert(by_year);
    }
    year
}

/// By planbook.toml, else the first target year of most plans, else (no heading distinguishes targets from
/// actuals) the first year of the second half of most plans.
fn plan_year(plans: &[Plan], config: &Config) -> i32 {
    let first_target = |plan: &Plan| {
        plan.years.iter().filter(|c| c.kind == Some(YearKind::Target)).map(|column| column.year).min()
    };
    let middle = |plan: &Plan| {
        let mut years: Vec<i32> = plan.years.iter().map(|column| column.year).collect();
        years.sort_unstable();
        years.get(years.len() / 2).copied()
    };
    config
        .year
        .or_else(|| plans.iter().filter_map(first_target).collect::<Tally<_>>().winner())
        .or_else(|| plans.iter().filter_map(middle).collect::<Tally<_>>().winner())
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
