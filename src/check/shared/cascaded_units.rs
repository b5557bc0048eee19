//! 상위 계획과 하위 계획이 함께 가진 지표는 단위도 같아야 합니다. 단위가 다르면 값을 견주거나 더할 수 없습니다. 공통지표도
//! 봅니다.
//!
//! 같은 단위를 달리 적은 것(`건`과 `건수`, `시간`과 `시간/인`)이나 크기만 다른 것(`천개`와 `개`)은 참고로만 알립니다. 어떤 표기가 같은
//! 단위인지는 planbook.toml의 `[units]`에 적을 수 있습니다. 한쪽이 비어 있으면 비어 있는 칸을 알려 줍니다.
//!
//! 예: 보도 정비 실적이 본부 계획에는 34건, 담당관 계획에는 34km로 적혀 있습니다.
//!
//! 고치는 법: 실제로 재는 단위로 두 계획을 맞추십시오. `except`에 적은 지표는 보지 않습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! A KPI in both a plan and its parent's plan must have the same unit, or its values can be neither compared
//! nor added. Common KPIs are included.
//!
//! Two spellings of one unit, or units that differ in scale only (천개, 개), are reported as information;
//! `[units]` in planbook.toml says which spellings are one unit. Where one side is empty, the finding points
//! at the empty cell.
//!
//! Example: a bureau repairs 34 pavements (건), its office 34 km.
//!
//! To resolve it: write the unit actually measured into both plans. KPIs named in `except` are skipped;
//! `tolerance` is not used.

use std::collections::BTreeSet;

use super::{Cascaded, cascaded};
use crate::check::Report;
use crate::consolidate::{City, Context};
use crate::finding::{Code, Severity, Wording};
use crate::plan::Field;
use crate::text::names::plain_key;

static DIFFERS: Wording = Wording {
    ko: "단위 {actual|이/가} 상위 계획({parent})의 {expected|과/와} 다릅니다",
    en: "the unit {actual} differs from {expected} in the plan of {parent} above",
};
static SPELLING: Wording = Wording {
    ko: "단위를 {actual|으로/로} 적었는데 상위 계획({parent})에는 {expected|으로/로} 적혀 있습니다",
    en: "the unit is spelled {actual} here and {expected} in the plan of {parent} above",
};
static SCALE: Wording = Wording {
    ko: "단위는 {actual}인데 상위 계획({parent})에는 {expected|으로/로} 되어 있습니다. 크기만 다르므로 값은 환산해 견줍니다",
    en: "the unit is {actual} here and {expected} in the plan of {parent} above; they differ in scale only, and values are converted",
};
static EMPTY: Wording = Wording {
    ko: "단위가 비어 있습니다. {other}의 계획에는 {expected|으로/로} 되어 있습니다",
    en: "the unit is empty; the plan of {other} has {expected}",
};
static FILL_IN: Wording = Wording {
    ko: "실제로 재는 단위를 적으십시오. 같은 것을 재면 {expected|을/를} 적으면 됩니다",
    en: "write the unit that is actually measured: {expected} if it is the same",
};
static ONE_UNIT: Wording = Wording {
    ko: "한눈에 견줄 수 있도록 두 계획의 단위를 하나로 맞추십시오",
    en: "write the same unit into both plans, so that they compare at a glance",
};
static MEASURE: Wording = Wording {
    ko: "실제로 재는 단위로 두 계획을 맞추십시오",
    en: "write the unit that is actually measured into both plans",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    // A bureau's empty unit is one finding, however many offices have the KPI.
    let mut empty_above = BTreeSet::new();
    for pair in cascaded(city) {
        let (own, above) = (&city.row(pair.child).unit.text, &city.row(pair.parent).unit.text);
        if plain_key(&own.text) == plain_key(&above.text) {
            continue;
        }
        let (empty, filled) = match (own.is_empty(), above.is_empty()) {
            (true, _) => (Some(pair.child), pair.parent),
            (_, true) => (Some(pair.parent), pair.child),
            _ => (None, pair.parent),
        };
        if let Some(row) = empty {
            if row == pair.parent && !empty_above.insert(row) {
                continue;
            }
            let expected = city.row(filled).unit.text.text.to_string();
            let message =
                EMPTY.with([("other", city.org(filled).to_string()), ("expected", expected.clone())]);
            report
                .row(Code::S302, row, Field::Unit, message)
                .expected(expected.clone(), "")
                .hint(FILL_IN.with([("expected", expected)]))
                .related(filled, Field::Unit)
                .file();
            continue;
        }
        let (wording, hint, severity) = if city.row_keys(pair.child).unit == city.row_keys(pair.parent).unit {
            (&SPELLING, &ONE_UNIT, Severity::Info)
        } else if differ_in_scale_only(city, &pair) {
            (&SCALE, &ONE_UNIT, Severity::Info)
        } else {
            (&DIFFERS, &MEASURE, Code::S302.default_severity())
        };
        let message = wording.with([
            ("parent", city.org(pair.parent).to_string()),
            ("expected", above.text.to_string()),
            ("actual", own.text.to_string()),
        ]);
        report
            .row(Code::S302, pair.child, Field::Unit, message)
            .severity(severity)
            .expected(&*above.text, &*own.text)
            .hint(hint.with([]))
            .related(pair.parent, Field::Unit)
            .file();
    }
}

/// Whether the two units differ only in scale, such as ones and thousands.
fn differ_in_scale_only(city: &City, pair: &Cascaded) -> bool {
    let (own, above) = (&city.row(pair.child).unit, &city.row(pair.parent).unit);
    #[allow(clippy::float_cmp, reason = "scales are powers of ten that are read, not calculated")]
    let scales_differ = own.scale != above.scale;
    scales_differ && city.units.key(own.base()) == city.units.key(above.base())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::testing::{at, findings, plan, told};

    fn units(above: &str, below: &[&str]) -> Vec<Finding> {
        let row =
            |unit: &str| format!("정책 | | | | 목표 | 보도 정비 실적 | - | 13 | 34 | 35 | {unit} | 100 | ");
        let mut plans = vec![plan("국", "시").row(&row(above))];
        for (index, unit) in below.iter().enumerate() {
            plans.push(plan(&format!("과{index}"), "국").row(&row(unit)));
        }
        findings(Code::S302, plans, &Config::default())
    }

    #[test]
    fn different_units_are_a_warning_at_the_child() {
        let found = units("건", &["km"]);
        assert_eq!(found.len(), 1);
        assert_eq!((at(&found[0]).as_str(), found[0].severity), ("과0!K6", Severity::Warning));
    }

    #[test]
    fn two_spellings_of_one_unit_are_information() {
        let found = units("개수", &["개"]);
        assert_eq!((found.len(), found[0].severity), (1, Severity::Info));
    }

    #[test]
    fn units_that_differ_in_scale_only_are_information() {
        let found = units("천개", &["개", "천명"]);
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["과1!K6", "과0!K6"]);
        assert_eq!([found[0].severity, found[1].severity], [Severity::Warning, Severity::Info]);
    }

    #[test]
    fn an_empty_unit_is_pointed_at_once() {
        let found = units("", &["건", "건"]);
        assert_eq!(found.len(), 1);
        assert_eq!(at(&found[0]), "국!K6");
        assert!(told(&found[0]).contains("→ 실제로 재는 단위를 적으십시오. 같은 것을 재면 건을"));
    }

    #[test]
    fn equal_units_are_fine() {
        assert!(units("km", &["km", "k m"]).is_empty());
    }
}
