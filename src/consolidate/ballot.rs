//! The vote on a city KPI's target: groups cited targets of the same meaning and finds a clear majority.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{CitedTarget, TargetSource};
use crate::plan::value::Number;
use crate::plan::{Meaning, PlanId, Unit, Value};
use crate::text::names::plain_key;

/// The most different targets of one KPI that are compared by meaning. With more there is no majority to
/// find, and comparing all pairs would be slow.
const MAX_COMPARED: usize = 64;
/// The fewest plans that make a majority.
const QUORUM: usize = 3;

/// The targets cited for one KPI: each distinct text with the plans that write it.
#[derive(Default)]
pub(super) struct Ballot {
    texts: BTreeMap<Arc<str>, (Value, BTreeSet<PlanId>)>,
    /// The texts in the order in which they were first cited.
    order: Vec<Arc<str>>,
}

impl Ballot {
    /// Records that `plan` cites `target`.
    pub(super) fn cast(&mut self, plan: PlanId, target: &Value) {
        let text = &target.text.text;
        let entry = self.texts.entry(text.clone()).or_insert_with(|| {
            self.order.push(text.clone());
            (target.clone(), BTreeSet::new())
        });
        entry.1.insert(plan);
    }

    /// Whether any cited target is a growth promise.
    pub(super) fn has_promise(&self) -> bool {
        self.texts.values().any(|(value, _)| value.meaning.growth().is_some())
    }

    /// The cited targets grouped by meaning, most cited first, ties in order of citation. `declared` is the
    /// target in planbook.toml, `bases` are the values from which growth promises may count.
    pub(super) fn count(self, declared: Option<&Value>, bases: &[f64]) -> Vec<CitedTarget> {
        let values: Vec<&(Value, BTreeSet<PlanId>)> =
            self.order.iter().take(MAX_COMPARED).map(|text| &self.texts[text]).collect();
        let mut group: Vec<usize> = (0..values.len()).collect();
        for one in 0..values.len() {
            for other in one + 1..values.len() {
                if same_target(&values[one].0, &values[other].0, bases) {
                    let (from, to) = (group[other].max(group[one]), group[other].min(group[one]));
                    group.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
                }
            }
        }
        let mut cited: BTreeMap<usize, CitedTarget> = BTreeMap::new();
        for (index, (value, plans)) in values.iter().enumerate() {
            let target = cited.entry(group[index]).or_insert_with(|| CitedTarget {
                value: (*value).clone(),
                texts: BTreeSet::new(),
                plans: BTreeSet::new(),
                is_declared: false,
            });
            target.texts.insert(value.text.text.clone());
            target.plans.extend(plans);
            target.is_declared |= declared.is_some_and(|declared| same_target(value, declared, bases));
            if plans.len() > values_of(&self.texts, &target.value) {
                target.value = (*value).clone();
            }
        }
        let mut cited: Vec<CitedTarget> = cited.into_values().collect();
        cited.sort_by_key(|target| std::cmp::Reverse(target.plans.len()));
        cited
    }
}

fn values_of(texts: &BTreeMap<Arc<str>, (Value, BTreeSet<PlanId>)>, value: &Value) -> usize {
    texts.get(&value.text.text).map_or(0, |(_, plans)| plans.len())
}

/// The target of a clear majority: cited by at least two thirds of the citing plans and by at least three, or
/// by all.
pub(super) fn majority(cited: &[CitedTarget]) -> Option<(Value, TargetSource)> {
    let of = cited.iter().flat_map(|target| &target.plans).collect::<BTreeSet<_>>().len();
    let first = cited.first()?;
    let count = first.plans.len();
    let clear = cited.len() == 1 || (count >= QUORUM && count * 3 >= of * 2);
    clear.then(|| (first.value.clone(), TargetSource::Inferred { count, of }))
}

/// Whether two targets mean the same. City targets have no row of their own and therefore no unit.
fn same_target(one: &Value, other: &Value, bases: &[f64]) -> bool {
    let unit = Unit::default();
    one.agrees(&unit, other, &unit, 0.0)
        || meets_promise(one, other, bases)
        || meets_promise(other, one, bases)
        || same_grade(one, other)
        || same_grade(other, one)
}

/// Whether `number` equals the promised growth on one of the bases, to its last printed digit.
fn meets_promise(promise: &Value, number: &Value, bases: &[f64]) -> bool {
    let (Some(percent), Some(cited)) = (promise.meaning.growth(), number.meaning.number()) else {
        return false;
    };
    let cited = cited.in_base(&Unit::default());
    let last_digit = last_digit(&number.text.text);
    bases.iter().any(|base| (base * (1.0 + percent / 100.0) - cited).abs() < last_digit)
}

/// The value of one unit in the last digit of the first number in a text.
fn last_digit(text: &str) -> f64 {
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let number: &str =
        text[start..].split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').next().unwrap_or("");
    let decimals = number.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    0.1_f64.powi(i32::try_from(decimals).unwrap_or(0))
}

/// Whether `other` is the same grade, written with or without its points, or is those points.
fn same_grade(grade: &Value, other: &Value) -> bool {
    let Meaning::Grade(name, points) = &grade.meaning else { return false };
    match &other.meaning {
        Meaning::Grade(other, _) => plain_key(name) == plain_key(other),
        _ => {
            let number = |meaning: &Meaning| -> Option<Number> { meaning.number() };
            let points = points.as_deref().and_then(number);
            points.zip(number(&other.meaning)).is_some_and(|(a, b)| (a.amount - b.amount).abs() < 1e-9)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Text;

    fn value(text: &str) -> Value {
        Value::read(Text { text: text.into(), cell: None })
    }

    fn counted(texts: &[&str], bases: &[f64]) -> Vec<(String, usize)> {
        let mut ballot = Ballot::default();
        for (plan, text) in texts.iter().enumerate() {
            ballot.cast(PlanId::at(plan), &value(text));
        }
        let cited = ballot.count(None, bases);
        cited.iter().map(|target| (target.value.text.text.to_string(), target.plans.len())).collect()
    }

    #[test]
    fn a_promise_and_the_number_it_comes_to_are_one_target() {
        let texts = ["전년대비 5%이상", "39,589", "전년대비 5% 이상", "39589.2건", "40,000"];
        assert_eq!(
            counted(&texts, &[37_704.0]),
            [("전년대비 5%이상".to_owned(), 4), ("40,000".to_owned(), 1)]
        );
        assert_eq!(counted(&texts, &[])[0].1, 2, "without a base nothing is known");
    }

    #[test]
    fn a_grade_equals_its_points() {
        let texts = ["중·상 (75점이상)", "중상", "75점 이상", "80점 이상"];
        assert_eq!(counted(&texts, &[]), [("중·상 (75점이상)".to_owned(), 3), ("80점 이상".to_owned(), 1)]);
    }

    #[test]
    fn two_thirds_and_three_make_a_majority() {
        let source = |texts: &[&str]| {
            let mut ballot = Ballot::default();
            for (plan, text) in texts.iter().enumerate() {
                ballot.cast(PlanId::at(plan), &value(text));
            }
            majority(&ballot.count(None, &[])).map(|(_, source)| source)
        };
        assert_eq!(source(&["70", "70", "70", "80"]), Some(TargetSource::Inferred { count: 3, of: 4 }));
        assert_eq!(source(&["70", "70", "80"]), None, "two are none");
        assert_eq!(source(&["70", "70", "70", "80", "90"]), None, "three of five are not clear");
        assert_eq!(
            source(&["70"]),
            Some(TargetSource::Inferred { count: 1, of: 1 }),
            "nobody says otherwise"
        );
    }
}
