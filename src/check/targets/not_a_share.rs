//! 단위가 %인데 비율일 수 없을 만큼 큰 값이 있습니다. 대개 단위를 잘못 적은 것입니다.
//!
//! 예: 일자리 참여 인원 50,000의 단위가 %입니다.
//!
//! 고치는 법: 단위를 실제로 재는 것(명, 건 …)으로 고치거나 값을 비율로 고치십시오. 실제로 1,000%가 넘을 수 있는 지표이면 planbook.toml의
//! `[checks.T404]`에서 `except`에 적으십시오. `tolerance`는 비율로 인정하는 가장 큰 값입니다(기본 1000).
//!
//! ---
//! The unit is %, and a value is too large to be a share. Mostly the unit is wrong.
//!
//! Example: 50,000 people in work, counted in %.
//!
//! To settle it: write the unit that is really measured, or the value as a share. A KPI that can really exceed 1,000 % goes
//! into `except` under `[checks.T404]` in planbook.toml. `tolerance` is the largest value accepted as a share (1000 by
//! default).

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::Field;

static TOO_LARGE: Wording = Wording {
    ko: "단위가 %인데 {year}년 값이 {actual|이라/라} 비율로 볼 수 없습니다",
    en: "the unit is % but the value of {year}, {actual}, cannot be a share",
};
static RIGHT_UNIT: Wording = Wording {
    ko: "단위를 실제로 재는 것(명, 건 등)으로 고치거나 값을 비율로 고치십시오",
    en: "write the unit that is really measured, or the value as a share",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let most = context.config.tolerance(Code::T404, 1000.0);
    let percent = city.units.key("%");
    for row in city.rows() {
        if city.units.key(&city.row(row).unit.text.text) != percent {
            continue;
        }
        let too_large: Vec<i32> = city.plans[row.plan]
            .years
            .iter()
            .map(|column| column.year)
            .filter(|&year| city.amount(row, year).is_some_and(|number| number > most))
            .collect();
        let named = too_large.iter().find(|&&year| year == city.year).or(too_large.last());
        let Some((&year, value)) = named.and_then(|year| Some((year, city.value(row, *year)?))) else {
            continue;
        };
        let text = &*value.text.text;
        let message = TOO_LARGE.with([("year", year.to_string()), ("actual", text.to_owned())]);
        let mut draft = report
            .row(Code::T404, row, Field::Unit, message)
            .actual(format!("{text} %"))
            .hint(RIGHT_UNIT.with([]));
        for &year in &too_large {
            draft = draft.related(row, Field::Year(year));
        }
        draft.file();
    }
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
        assert_eq!((at(&found[0]).as_str(), found[0].actual.as_deref()), ("국!K6", Some("50,000 %")));
        assert_eq!(found[0].related.len(), 3);
    }

    #[test]
    fn shares_other_units_and_declared_kpis_are_fine() {
        assert!(people("108 | 250 | 999 | 1,000", "%", &Config::default()).is_empty());
        assert!(people("1 | 26,217 | 50,000 | 50,000", "명", &Config::default()).is_empty());
        let declared = config("[checks.T404]\nexcept = [\"일자리 참여인원\"]");
        assert!(people("1 | 26,217 | 50,000 | 50,000", "%", &declared).is_empty());
    }
}
