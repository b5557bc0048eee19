//! A common KPI across all organisations: which of its values are comparable, and which are outliers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Spread;
use super::outliers::{self, MIN_ORGANISATIONS, TOLERANCE};
use super::scale::Scale;
use crate::consolidate::{City, CommonMatrix, Context, RowId};
use crate::finding::Code;
use crate::plan::YearKind;
use crate::project::config::RollUpRule;
use crate::text::NameKey;

/// The unit of the majority of a common KPI's rows. 천명 and 명 count as one unit on two scales.
#[derive(Clone, Debug, PartialEq)]
pub struct UsualUnit {
    /// Key of the unit without its scale; empty if no row has a unit.
    pub base: NameKey,
    /// The unit in its most frequent spelling.
    pub text: Arc<str>,
    /// How many base units it is.
    pub scale: f64,
}

/// The comparable values of a common KPI.
#[derive(Debug)]
pub struct Comparison<'a> {
    context: Context<'a>,
    /// The KPI.
    pub matrix: &'a CommonMatrix,
    /// Every year of any plan, and whether most plans treat it as actual or target.
    pub years: Vec<(i32, Option<YearKind>)>,
    /// The unit of the values; none if no unit has a majority, and then no values are comparable.
    pub unit: Option<UsualUnit>,
    /// Every comparable number, by row and year, in the usual unit.
    pub numbers: BTreeMap<(RowId, i32), f64>,
    /// Rows and years whose number is an outlier.
    pub far: BTreeSet<(RowId, i32)>,
    /// The city's target, if it is a number.
    pub target: Option<f64>,
    /// A chart scale for all numbers except outliers; none without numbers.
    pub scale: Option<Scale>,
}

impl<'a> Comparison<'a> {
    /// The values of `matrix`.
    pub fn of(context: Context<'a>, matrix: &'a CommonMatrix) -> Self {
        let city = context.city;
        let city_kpi = city.city_kpis.iter().find(|kpi| kpi.key == matrix.key);
        let mut comparison = Self {
            context,
            matrix,
            years: years(city),
            unit: usual_unit(city, matrix),
            numbers: BTreeMap::new(),
            far: BTreeSet::new(),
            target: city_kpi.and_then(|kpi| kpi.target.as_ref()?.amount()),
            scale: None,
        };
        comparison.numbers = comparison.comparable();
        comparison.far = comparison.far();
        let near = comparison.numbers.iter().filter(|(place, _)| !comparison.far.contains(place));
        let near: Vec<f64> = near.map(|(_, number)| *number).chain(comparison.target).collect();
        comparison.scale = Scale::of(&near);
        comparison
    }

    /// Whether the row's values are in the usual unit, on any scale; a row without a unit is assumed to be.
    pub fn compares(&self, row: RowId) -> bool {
        self.unit.as_ref().is_some_and(|unit| is_in(self.context.city, row, unit))
    }

    /// The numbers of `year`, by row.
    pub fn of_year(&self, year: i32) -> impl Iterator<Item = (RowId, f64)> {
        self.numbers
            .iter()
            .filter(move |((_, own), _)| *own == year)
            .map(|((row, _), number)| (*row, *number))
    }

    /// The spread of the numbers of `year`; none without numbers.
    pub fn spread(&self, year: i32) -> Option<Spread> {
        Spread::of(self.of_year(year).map(|(_, number)| number).collect())
    }

    fn comparable(&self) -> BTreeMap<(RowId, i32), f64> {
        let Some(unit) = &self.unit else { return BTreeMap::new() };
        let city = self.context.city;
        let rows = self.matrix.rows.iter().filter(|&&row| is_in(city, row, unit));
        let number = |row: RowId, year: i32| {
            // A row without a unit is assumed to be in the usual one.
            let scale = if city.row(row).unit.text.is_empty() { 1.0 } else { unit.scale };
            Some(((row, year), city.amount(row, year)? / scale))
        };
        rows.flat_map(|&row| self.years.iter().filter_map(move |&(year, _)| number(row, year))).collect()
    }

    /// Outliers, by the rule of the outlier check. KPIs that roll up by sum are skipped: they vary with the
    /// size of the organisation.
    fn far(&self) -> BTreeSet<(RowId, i32)> {
        if self.matrix.rule.rollup == RollUpRule::Sum {
            return BTreeSet::new();
        }
        let tolerance = self.context.config.tolerance(Code::S306, TOLERANCE);
        let mut far = BTreeSet::new();
        for &(year, _) in &self.years {
            let (rows, numbers): (Vec<RowId>, Vec<f64>) = self.of_year(year).unzip();
            if numbers.len() >= MIN_ORGANISATIONS {
                let is_far = outliers::far(&numbers, tolerance);
                far.extend(rows.into_iter().zip(is_far).filter(|(_, far)| *far).map(|(row, _)| (row, year)));
            }
        }
        far
    }
}

/// Every year of any plan, and whether most plans treat it as actual or target.
pub fn years(city: &City) -> Vec<(i32, Option<YearKind>)> {
    let mut votes: BTreeMap<i32, i64> = BTreeMap::new();
    for column in city.plans.iter().flat_map(|plan| &plan.years) {
        *votes.entry(column.year).or_default() += match column.kind {
            Some(YearKind::Actual) => -1,
            Some(YearKind::Target) => 1,
            None => 0,
        };
    }
    let kind = |vote: i64| match vote.signum() {
        -1 => Some(YearKind::Actual),
        1 => Some(YearKind::Target),
        _ => None,
    };
    votes.into_iter().map(|(year, vote)| (year, kind(vote))).collect()
}

/// Whether the row's values are in `unit`, on any scale, or have no unit.
pub fn is_in(city: &City, row: RowId, unit: &UsualUnit) -> bool {
    let own = &city.row(row).unit;
    own.text.is_empty() || city.units.key(own.base()) == unit.base
}

/// The unit of more than half of the rows that have one; none without such a majority.
pub fn usual_unit(city: &City, matrix: &CommonMatrix) -> Option<UsualUnit> {
    let mut by_base: BTreeMap<NameKey, BTreeMap<Arc<str>, (usize, f64)>> = BTreeMap::new();
    for unit in matrix.rows.iter().map(|&row| &city.row(row).unit).filter(|unit| !unit.text.is_empty()) {
        let spellings = by_base.entry(city.units.key(unit.base())).or_default();
        spellings.entry(unit.text.text.clone()).or_insert((0, unit.scale)).0 += 1;
    }
    let count = |spellings: &BTreeMap<Arc<str>, (usize, f64)>| -> usize {
        spellings.values().map(|(count, _)| count).sum()
    };
    let all: usize = by_base.values().map(count).sum();
    if all == 0 {
        let base = city.units.key("");
        return Some(UsualUnit { base, text: "".into(), scale: 1.0 });
    }
    let (base, spellings) = by_base.into_iter().find(|(_, spellings)| count(spellings) * 2 > all)?;
    let (text, (_, scale)) = spellings.into_iter().rev().max_by_key(|(_, (count, _))| *count)?;
    Some(UsualUnit { base, text, scale })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, city, plan};

    fn training(org: &str, value: &str, unit: &str) -> PlanText {
        plan(org, "한빛시")
            .row(&format!("고객 (100)|목표|예산집행률|90|목표|예산집행률|80|80|{value}|81|{unit}|100|"))
    }

    #[test]
    fn a_number_in_another_unit_does_not_compare_and_one_far_off_is_marked() {
        let mut plans: Vec<_> =
            (0..10u8).map(|n| training(&format!("{n}국"), &format!("9{n}"), "%")).collect();
        plans.push(training("먼국", "9", "%"));
        plans.push(training("딴국", "95", "건"));
        let config = Config::default();
        let city = city(plans, &config);
        let context = Context { city: &city, config: &config };
        let matrix = city.common.iter().find(|matrix| &*matrix.name == "예산집행률").unwrap();
        let comparison = Comparison::of(context, matrix);
        assert_eq!(comparison.of_year(2025).count(), 11);
        let far: Vec<_> = comparison.far.iter().map(|(row, year)| (&**city.org(*row), *year)).collect();
        assert_eq!(far, [("먼국", 2025)]);
        assert_eq!(comparison.spread(2025).unwrap().numbers, [9.0, 91.5, 94.0, 96.5, 99.0]);
        assert!(!comparison.scale.unwrap().holds(9.0));
    }

    #[test]
    fn one_unit_on_two_scales_compares_and_without_a_usual_unit_nothing_does() {
        let config = Config::default();
        let numbers = |plans: Vec<PlanText>| {
            let city = city(plans, &config);
            let context = Context { city: &city, config: &config };
            let matrix = city.common.iter().find(|matrix| !matrix.rows.is_empty()).unwrap();
            let comparison = Comparison::of(context, matrix);
            comparison.of_year(2025).map(|(_, number)| number).collect::<Vec<_>>()
        };
        let plans =
            vec![training("가", "1.5", "천명"), training("나", "2", "천명"), training("다", "900", "명")];
        assert_eq!(numbers(plans), [1.5, 2.0, 0.9]);
        let plans = vec![training("가", "1", "천명"), training("나", "2", "천명"), training("다", "3", "")];
        assert_eq!(numbers(plans), [1.0, 2.0, 3.0], "a blank unit is taken at its word");
        assert!(numbers(vec![training("가", "1", "명"), training("나", "2", "%")]).is_empty());
    }
}
