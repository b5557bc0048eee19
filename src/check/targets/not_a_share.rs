//! 단위가 %인데 비율일 수 없을 만큼 큰 값이나 다른 단위를 붙여 적은 값이 있습니다. 대개 단위를 잘못 적은 것입니다.
//!
//! 예: 일자리 참여 인원 50,000의 단위가 %이거나, 단위가 %인 줄에 ‘3건이하’라고 적혀 있습니다.
//!
//! 고치는 법: 단위를 실제로 재는 것(명, 건 …)으로 고치거나 값을 비율로 고치십시오. 실제로 1,000%가 넘을 수 있는 지표이면 planbook.toml의
//! `[checks.T404]`에서 `except`에 적으십시오. `tolerance`는 비율로 인정하는 가장 큰 값입니다(기본 1000).
//!
//! ---
//! The unit is %, and a value is too large to be a share or is written with another unit. Usually the unit is
//! wrong.
//!
//! Example: 50,000 people in work with the unit %; or "3 cases at most" in a row of %.
//!
//! To resolve it: write the unit actually measured, or the value as a share. Name a KPI that can really
//! exceed 1,000 % in `except` under `[checks.T404]` in planbook.toml. `tolerance` is the largest accepted
//! share (1000 by default).

use std::sync::Arc;

use crate::check::Report;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::text::NameKey;

static TOO_LARGE: Wording = Wording {
    ko: "단위가 %인데 {year}년 값이 {actual|이라/라} 비율로 볼 수 없습니다",
    en: "the unit is % but the value of {year}, {actual}, cannot be a share",
};
static OTHER_UNIT: Wording = Wording {
    ko: "단위가 %인데 {year}년 값 {actual}에는 다른 단위({unit})가 적혀 있습니다",
    en: "the unit is % but the value of {year}, {actual}, is written with another ({unit})",
};
static VALUE_WITH_UNIT: Wording = Wording { ko: "단위를 붙인 값", en: "value with its unit" };
static RIGHT_UNIT: Wording = Wording {
    ko: "단위를 실제로 재는 것(명, 건 등)으로 고치거나 값을 비율로 고치십시오",
    en: "write the unit that is actually measured, or the value as a share",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let most = context.config.tolerance(Code::T404, 1000.0);
    let percent = city.units.key("%");
    for row in city.rows() {
        if city.row_keys(row).unit != percent {
            continue;
        }
        let faults: Vec<(i32, Option<Arc<str>>)> = city.plans[row.plan]
            .years
            .iter()
            .filter_map(|column| Some((column.year, fault(city, row, column.year, &percent, most)?)))
            .collect();
        // One finding per row, about the plan year if it is among them.
        let named = faults.iter().find(|(year, _)| *year == city.year).or(faults.last());
        let Some((year, unit)) = named else { continue };
        let text = city.value(row, *year).map_or("", |value| &*value.text.text);
        let wording = if unit.is_some() { &OTHER_UNIT } else { &TOO_LARGE };
        let message = wording.with([
            ("year", year.to_string()),
            ("actual", text.to_owned()),
            ("unit", unit.as_deref().unwrap_or_default().to_owned()),
        ]);
        let mut draft = report
            .row(Code::T404, row, Field::Unit, message)
            .actual(format!("{text} %"))
            .calculated_as(&VALUE_WITH_UNIT)
            .hint(RIGHT_UNIT.with([]));
        for &(year, _) in &faults {
            draft = draft.related(row, Field::Year(year));
        }
        draft.file();
    }
}

/// Why the value of `year` is not a share: `Some(None)` where it is above `most`, else the other unit written
/// at it.
fn fault(city: &City, row: RowId, year: i32, percent: &NameKey, most: f64) -> Option<Option<Arc<str>>> {
    let numbers = city.value(row, year)?.meaning.numbers();
    let other =
        |unit: &Arc<str>| !unit.is_empty() && !unit.starts_with('%') && city.units.key(unit) != *percent;
    if let Some(unit) = numbers.iter().filter_map(|number| number.unit.clone()).find(other) {
        return Some(Some(unit));
    }
    numbers.iter().any(|number| number.amount > most).then_some(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, findings, plan};

    fn people(values: &str, unit: &str, config: &Config) -> Vec<crate::finding::Finding> {
        let row = format!("시민 | | | | 목표 | 일자리 참여 인원 | {values} | {unit} | 100 | ");
        findings(Code::T404, [plan("국", "시").row(&row)], config)
    }

    #[test]
    fn thousands_of_percent_point_at_the_unit_once() {
        let found = people("900 | 26,217 | 50,000 | 50,000", "%", &Config::default());
        assert_eq!(found.len(), 1);
        assert_eq!((at(&found[0]).as_str(), found[0].found.as_deref()), ("국!K6", Some("50,000 %")));
        assert_eq!(found[0].related.len(), 3);
    }

    #[test]
    fn values_written_with_another_unit_are_told() {
        let found = people("85% | 2 | 3건이하 5건이하 | 4", "%", &Config::default());
        assert_eq!((found.len(), found[0].related.len()), (1, 1));
    }

    #[test]
    fn shares_other_units_and_declared_kpis_are_fine() {
        assert!(people("108 | 250 | 999 | 1,000", "%", &Config::default()).is_empty());
        assert!(people("1 | 26,217 | 50,000 | 50,000", "명", &Config::default()).is_empty());
        let declared = config("[checks.T404]\nexcept = [\"일자리 참여인원\"]");
        assert!(people("1 | 26,217 | 50,000 | 50,000", "%", &declared).is_empty());
    }
}
