//! Results as people enter them: plain numbers, numbers with the KPI's own unit, and doubtful ones.

use schemars::JsonSchema;
use serde::Serialize;

use crate::consolidate::{City, RowId};
use crate::plan::value::Number;
use crate::plan::{Meaning, Text, Unit, Value};
use crate::read::EnteredText;
use crate::text::Names;

use super::measure::{in_row, last_actual};

/// Why a result is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It is ten times the target and the last actual, or more.
    TenTimes,
    /// It is a tenth of them, or less.
    ATenth,
    /// It is negative, unlike every value of its row.
    Negative,
    /// The achievement entered by hand is not a share, or outside floor and cap.
    NoShare,
}

/// The result in `cell`, in the KPI's `unit`, and whether it is a plain number without a unit. None for
/// another unit and for inexact numbers such as `약 80`.
pub(super) fn number(cell: &EnteredText, unit: Option<&Unit>, units: &Names) -> Option<(f64, bool)> {
    let text = cell.text.trim();
    let in_percent = unit.is_some_and(is_percent);
    if cell.percent {
        // Excel stores 97% as 0.97.
        let shown = plain(text.strip_suffix('%')?)?;
        return Some(if in_percent { (shown, false) } else { (shown / 100.0, true) });
    }
    if let Some(number) = plain(text) {
        return Some((number, !cell.as_text));
    }
    let unit = unit?;
    let own = unit.text.text.trim();
    if let Some(number) = text.strip_suffix(own).filter(|_| !own.is_empty()).and_then(plain) {
        return Some((number, false));
    }
    let value = Value::read(Text { text: text.into(), cell: None });
    let written = match &value.meaning {
        Meaning::Number(number) if !value.is_rough() => number,
        Meaning::Rank(place) if own.is_empty() || ["위", "순위", "등"].contains(&own) => {
            return Some((*place, false));
        }
        _ => return None,
    };
    let fits = match written.unit.as_deref() {
        None | Some("") => true,
        Some("%") => in_percent,
        Some(other) => units.key(other) == units.key(unit.base()),
    };
    fits.then(|| (in_row(written, unit), false))
}

/// The share (0–1) that `text` gives.
pub(super) fn share(text: &str) -> Option<f64> {
    match text.trim().strip_suffix(['%', '％']) {
        Some(number) => plain(number).map(|number| number / 100.0),
        None => plain(text),
    }
}

/// A number without anything else, as cells show it.
fn plain(text: &str) -> Option<f64> {
    let text = text.trim();
    let begins = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
    let bare = || text.parse().ok().filter(|number: &f64| begins && number.is_finite());
    Number::parse_plain(text).or_else(bare)
}

fn is_percent(unit: &Unit) -> bool {
    matches!(unit.text.text.trim(), "%" | "％")
}

/// Why `result` is doubtful in the row `id`: a digit too many or too few, or its sign. 0 is never doubtful.
pub(super) fn doubt(city: &City, id: RowId, result: f64) -> Option<Doubt> {
    let row = city.row(id);
    let of_row = || row.values.iter().filter_map(|value| value.meaning.number());
    let is_negative = |value: &Value| {
        matches!(value.meaning, Meaning::Tolerance(_) | Meaning::Growth(_))
            || value.meaning.numbers().iter().any(|number| number.amount < 0.0)
    };
    if result < 0.0 && of_row().next().is_some() && !row.values.iter().any(is_negative) {
        return Some(Doubt::Negative);
    }
    let target = city.value(id, city.year).and_then(|value| value.meaning.number());
    let target = target.map(|number| in_row(&number, &row.unit));
    let beside = target.into_iter().chain(last_actual(city, id).map(|(_, last)| last));
    let beside: Vec<f64> = beside.map(f64::abs).filter(|number| *number > 0.0).collect();
    let (size, most) = (result.abs(), beside.iter().copied().fold(0.0, f64::max));
    let least = beside.iter().copied().fold(f64::INFINITY, f64::min);
    match () {
        () if beside.is_empty() || size == 0.0 => None,
        () if size >= most * 10.0 => Some(Doubt::TenTimes),
        () if size <= least / 10.0 => Some(Doubt::ATenth),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlanId;
    use crate::project::Config;
    use crate::testing::{city, plan};

    fn read(text: &str, percent: bool, unit: &str) -> Option<f64> {
        let unit = Unit::read(Text { text: unit.into(), cell: None });
        let cell = EnteredText { text: text.into(), percent, as_text: false };
        number(&cell, Some(&unit), &Config::default().unit_names()).map(|(number, _)| number)
    }

    #[test]
    fn results_are_taken_with_the_kpis_own_unit() {
        for (text, unit, expected) in [
            ("97", "%", Some(97.0)),
            ("1,234.5", "건", Some(1234.5)),
            ("-3", "건", Some(-3.0)),
            ("1E20", "건", Some(1e20)),
            ("3,900건", "건", Some(3900.0)),
            ("3,900 건", "건", Some(3900.0)),
            ("3,900건", "건수", Some(3900.0)),
            ("3,900건", "천건", Some(3.9)),
            ("3.9천건", "천건", Some(3.9)),
            ("85.3 %", "%", Some(85.3)),
            ("12억원", "억원", Some(12.0)),
            ("12억 원", "억원", Some(12.0)),
            ("1,500만명", "명", Some(15_000_000.0)),
            ("83위", "위", Some(83.0)),
            ("12 곳", "곳", Some(12.0)),
            ("3,900명", "건", None),
            ("3,5", "건", None),
            ("중·상", "등급", None),
            ("75점 이상", "점", None),
            ("총 80건", "건", Some(80.0)),
            ("약 80", "건", None),
            ("약80건", "건", None),
            ("80건 내외", "건", None),
            ("~80", "건", None),
            ("80 정도", "%", None),
            ("80(잠정)", "건", None),
            ("80 예상", "건", None),
            ("80?", "건", None),
            ("80건 이상", "건", None),
            ("80여건", "건", None),
            ("about 80", "건", None),
            ("inf", "건", None),
            ("", "건", None),
        ] {
            let found = read(text, false, unit);
            let same = match (found, expected) {
                (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 1e-12,
                (found, expected) => found == expected,
            };
            assert!(same, "{text} in {unit}: {found:?}");
        }
    }

    #[test]
    fn a_percentage_that_excel_made_a_part_of_1_is_meant_in_percent() {
        assert_eq!(read("95.5%", true, "%"), Some(95.5));
        assert_eq!(read("95.5%", true, "건"), Some(0.955));
        assert_eq!(
            (share("95.5%"), share("0.955"), share("95"), share("우수")),
            (Some(0.955), Some(0.955), Some(95.0), None)
        );
    }

    #[test]
    fn a_digit_too_many_or_too_few_and_a_sign_are_asked_about() {
        let row = |last: &str, target: &str| {
            let row = format!(
                "시민 (100) | 목표 | 지표 | 1 | 목표 | 상담 건수 | 1 | {last} | {target} | 9 | 건 | 100 | "
            );
            city([plan("교통국", "가나시").row(&row)], &Config::default())
        };
        let id = RowId { plan: PlanId::at(0), row: 0 };
        for (last, target, result, expected) in [
            ("38,000", "40,000", 112.0, Some(Doubt::ATenth)),
            ("38,000", "40,000", 400_000.0, Some(Doubt::TenTimes)),
            ("38,000", "40,000", 39_000.0, None),
            ("38,000", "40,000", -5.0, Some(Doubt::Negative)),
            ("38,000", "40,000", 0.0, None),
            ("-5", "-2", -3.0, None),
            ("4", "40", 4.0, None),
            ("4", "40", 40.0, None),
            ("-", "중·상", 3.0, None),
        ] {
            assert_eq!(doubt(&row(last, target), id, result), expected, "{result} for {target}");
        }
    }
}
