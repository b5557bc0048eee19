//! 상위 계획과 하위 계획이 같은 지표를 함께 가지고 있으면 두 계획에 있는 모든 연도의 값이 같아야 합니다. 표기만 다른 값
//! (`75점이상`과 `75점 이상`, 9.2와 9.20, 2,650천명과 2,650,000명)은 같은 값으로 봅니다. `-`나 빈칸은 서로 같지만 숫자와는
//! 다릅니다. 한쪽에 숫자 대신 `신규` 같은 말만 있고 다른 쪽이 비어 있으면 둘 다 값이 없는 것으로 봅니다.
//!
//! 기관마다 따로 재는 지표(공통지표, 청렴도, 고객 만족도처럼 저마다의 직원이나 고객에게서 재는 것)는 보지 않고, 상위 계획에만 값이 없는 해도 보지
//! 않습니다. 하위 값들을 더하면 대부분의 연도에서 상위 값이 되는 지표는 나누어 맡은
//! 몫이므로 여기서 보지 않고 S303이 합계를 봅니다.
//!
//! 예: 같은 사업의 2024년 공정률이 본부 계획에는 55(85), 담당관 계획에는 50(85)로 적혀 있습니다.
//!
//! 고치는 법: 어느 쪽이 맞는지 상위 조직과 확인하고 틀린 쪽을 고치십시오. 두 지표가 실은 다른 지표라면 이름을 다르게
//! 적으십시오. `tolerance`는 숫자가 달라도 되는 폭입니다(기본 0). `except`에 적은 지표는 보지 않습니다.
//!
//! ---
//! If a plan and its parent's plan have the same KPI, their values must agree in every year both have.
//! Different notation (9.2 and 9.20, 2,650 thousand and 2,650,000) does not count. `-` equals an empty cell,
//! but not a number. A word without a number (`신규`, new) beside an empty cell counts as no value on either
//! side.
//!
//! KPIs that every organisation measures for itself (common KPIs, integrity, satisfaction of its own clients)
//! are skipped, and so are years in which only the parent has no value. KPIs whose values in the plans below
//! add up to the parent's in most years are shares; S303 checks their sum.
//!
//! Example: for 2024 the bureau has 55(85) as progress of a project, its office 50(85).
//!
//! To resolve it: clarify with the parent which value is right and change the other. If they are different
//! KPIs, give them different names. `tolerance` is the allowed difference (0 by default). KPIs named in
//! `except` are skipped.

use super::{Cascaded, cascaded, shares};
use crate::check::Report;
use crate::consolidate::{City, Context};
use crate::finding::{Code, Wording};
use crate::plan::{Field, Meaning, Value};

static DIFFERS: Wording = Wording {
    ko: "{year}년 값 {actual|이/가} 상위 계획({parent})의 {expected|과/와} 다릅니다",
    en: "the value of {year}, {actual}, differs from the {expected} in the plan of {parent} above",
};
static MISSING_HERE: Wording = Wording {
    ko: "{year}년 값이 없는데 상위 계획({parent})에는 {expected|으로/로} 되어 있습니다",
    en: "there is no value for {year}, but the plan of {parent} above has {expected}",
};
static ASK: Wording = Wording {
    ko: "어느 쪽이 맞는지 {parent|과/와} 확인하고 틀린 쪽을 고치십시오",
    en: "find out with {parent} which is right and change the other",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::S301, 0.0);
    for pair in cascaded(city) {
        if city.row_keys(pair.child).own_measure {
            continue;
        }
        let differing: Vec<i32> = city.plans[pair.child.plan]
            .years
            .iter()
            .map(|column| column.year)
            .filter(|&year| city.agrees(pair.child, pair.parent, year, tolerance) == Some(false))
            .filter(|&year| !says_why_missing(city, &pair, year))
            // A value missing only from the parent needs no change here.
            .filter(|&year| city.value(pair.parent, year).is_some_and(|above| !above.is_missing()))
            .collect();
        if differing.is_empty()
            || shares::of(city, pair.parent).is_some_and(|rows| rows.contains(&pair.child))
        {
            continue;
        }
        for year in differing {
            let (Some(own), Some(above)) = (city.value(pair.child, year), city.value(pair.parent, year))
            else {
                continue;
            };
            let wording = if own.is_missing() { &MISSING_HERE } else { &DIFFERS };
            let parent = city.org(pair.parent).to_string();
            let (own, above) = (&*own.text.text, &*above.text.text);
            let message = wording.with([
                ("year", year.to_string()),
                ("parent", parent.clone()),
                ("expected", above.to_owned()),
                ("actual", own.to_owned()),
            ]);
            report
                .row(Code::S301, pair.child, Field::Year(year), message)
                .expected(above, own)
                .hint(ASK.with([("parent", parent)]))
                .related(pair.parent, Field::Year(year))
                .file();
        }
    }
}

/// Whether one plan has nothing and the other only a word (`신규`): neither has a value.
fn says_why_missing(city: &City, pair: &Cascaded, year: i32) -> bool {
    let values = [pair.child, pair.parent].map(|row| city.value(row, year));
    let is_word = |value: &Value| matches!(value.meaning, Meaning::State(_, None));
    values.iter().flatten().any(|value| value.is_missing())
        && values.iter().flatten().any(|value| is_word(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, config, findings, plan};

    fn bureau_and_office(above: &str, below: &str) -> Vec<PlanText> {
        vec![
            plan("국", "시").row(&format!("시민 | | | | 목표 | 공정률 | {above} | 100 | ")),
            plan("과", "국").row(&format!("시민 | | | | 목표 | 공정 률 | {below} | 100 | ")),
        ]
    }

    #[test]
    fn a_differing_year_points_at_the_child_and_names_the_parent() {
        let plans = bureau_and_office("10 | 55(85) | 95 | 100 | %", "10 | 50(85) | 95 | 100 | %");
        let found = findings(Code::S301, plans, &Config::default());
        assert_eq!(found.len(), 1);
        assert_eq!((at(&found[0]).as_str(), found[0].field), ("과!H6", Field::Year(2024)));
        assert_eq!(found[0].expected.as_deref(), Some("55(85)"));
        assert_eq!(found[0].related.len(), 1);
    }

    #[test]
    fn another_way_of_writing_is_no_difference() {
        let plans = bureau_and_office("- | 9.2 | 75점이상 | 1,000 | 점", " | 9.20 | 75점 이상 | 1000 | 점");
        assert!(findings(Code::S301, plans, &Config::default()).is_empty());
    }

    #[test]
    fn a_number_beside_nothing_differs() {
        let plans = bureau_and_office("- | 100 | 5 | 6 | 건", "100 | 100 | 5 |  | 건");
        let found = findings(Code::S301, plans, &Config::default());
        assert_eq!(
            found.iter().map(|f| f.field).collect::<Vec<_>>(),
            [Field::Year(2026)],
            "not what the parent lacks"
        );
    }

    #[test]
    fn a_word_beside_nothing_only_says_why_there_is_no_value() {
        let plans = bureau_and_office("- | 100 | 5 | 6 | 건", "신규 | 도입 | 5 | 6 | 건");
        let found = findings(Code::S301, plans, &Config::default());
        assert_eq!(found.iter().map(|f| f.field).collect::<Vec<_>>(), [Field::Year(2024)]);
    }

    #[test]
    fn tolerance_allows_a_small_difference() {
        let plans = bureau_and_office("10 | 11.4 | 12 | 13 | 건", "10 | 11.5 | 12 | 13 | 건");
        let toml = config("[checks.S301]\ntolerance = 0.2");
        assert!(findings(Code::S301, plans, &toml).is_empty());
    }

    #[test]
    fn shares_that_add_up_are_no_disagreement() {
        let row = |kpi: &str, values: &str| format!("시민 | | | | 목표 | {kpi} | {values} | 명 | 100 | ");
        let plans = vec![
            plan("국", "시").row(&row("사망자 수", "56 | 37 | 39 | 38")),
            plan("도로과", "국").row(&row("사망자수", "5 | 5 | 5 | 5")),
            plan("교통과", "국").row(&row("교통사고 사망자수", "49 | 32 | 34 | 33")),
        ];
        assert!(findings(Code::S301, plans, &Config::default()).is_empty());
    }
}
