//! A common KPI over all organisations: which of its numbers compare, and which lie far from the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::outlier;
use crate::consolidate::{CommonMatrix, Context, RowId, Spread};
use crate::finding::Code;
use crate::plan::YearKind;
use crate::project::NameKey;
use crate::project::config::RollUp;
use crate::write::scale::Scale;
use crate::write::words;

/// The numbers of a common KPI.
#[derive(Debug)]
pub struct Comparison<'a> {
    context: Context<'a>,
    /// The KPI.
    pub matrix: &'a CommonMatrix,
    /// Every year of any plan.
    pub years: Vec<(i32, Option<YearKind>)>,
    /// The unit that most rows have.
    unit: Option<&'a NameKey>,
    /// Every number that compares, by row and year, in the base of its unit.
    pub numbers: BTreeMap<(RowId, i32), f64>,
    /// Rows and years whose number lies far from the others'.
    pub far: BTreeSet<(RowId, i32)>,
    /// The city's target where it is a number.
    pub target: Option<f64>,
    /// A scale for all numbers but the far ones; none where there is no number.
    pub scale: Option<Scale>,
}

impl<'a> Comparison<'a> {
    /// The numbers of `matrix`.
    pub fn of(context: Context<'a>, matrix: &'a CommonMatrix) -> Self {
        let city = context.city;
        let city_kpi = city.city_kpis.iter().find(|kpi| kpi.key == matrix.key);
        let mut comparison = Self {
            context,
            matrix,
            years: words::years(city),
            unit: outlier::usual_unit(city, matrix).map(|(key, _)| key),
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

    /// Whether the row's numbers are in the usual unit; a row without a unit is taken at its word.
    pub fn compares(&self, row: RowId) -> bool {
        let own = &self.context.city.row_keys(row).unit;
        own.is_empty() || self.unit.is_none_or(|unit| unit == own)
    }

    /// The numbers of `year`, by row.
    pub fn of_year(&self, year: i32) -> impl Iterator<Item = (RowId, f64)> {
        self.numbers
            .iter()
            .filter(move |((_, own), _)| *own == year)
            .map(|((row, _), number)| (*row, *number))
    }

    /// How the numbers of `year` lie; none where there is no number.
    pub fn spread(&self, year: i32) -> Option<Spread> {
        Spread::of(self.of_year(year).map(|(_, number)| number).collect())
    }

    fn comparable(&self) -> BTreeMap<(RowId, i32), f64> {
        let rows = self.matrix.rows.iter().filter(|&&row| self.compares(row));
        let number = |row: RowId, year: i32| Some(((row, year), self.context.city.amount(row, year)?));
        rows.flat_map(|&row| self.years.iter().filter_map(move |&(year, _)| number(row, year))).collect()
    }

    /// Numbers that the check of outliers finds far. What adds up differs by the size of an organisation.
    fn far(&self) -> BTreeSet<(RowId, i32)> {
        if self.matrix.rule.rollup == RollUp::Sum {
            return BTreeSet::new();
        }
        let tolerance = self.context.config.tolerance(Code::S306, outlier::TOLERANCE);
        let mut far = BTreeSet::new();
        for &(year, _) in &self.years {
            let (rows, numbers): (Vec<RowId>, Vec<f64>) = self.of_year(year).unzip();
            if numbers.len() >= outlier::ENOUGH {
                let is_far = outlier::far(&numbers, tolerance);
                far.extend(rows.into_iter().zip(is_far).filter(|(_, far)| *far).map(|(row, _)| (row, year)));
            }
        }
        far
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{city, plan};

    #[test]
    fn a_number_in_another_unit_does_not_compare_and_one_far_off_is_marked() {
        let row = |value: &str, unit: &str| {
            format!("고객 (100)|목표|예산집행률|90|목표|예산집행률|80|80|{value}|81|{unit}|100|")
        };
        let mut plans: Vec<_> =
            (0..10u8).map(|n| plan(&format!("{n}국"), "한빛시").row(&row(&format!("9{n}"), "%"))).collect();
        plans.push(plan("먼국", "한빛시").row(&row("9", "%")));
        plans.push(plan("딴국", "한빛시").row(&row("95", "건")));
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
}
