//! 서로 상하 관계가 없는 계획에 같은 이름의 지표가 있는데 계획 연도의 목표가 다릅니다. 이름만 같은 다른 지표일 수도 있고, 같은
//! 것을 두 조직이 따로 적다가 어긋났을 수도 있습니다.
//!
//! 공통지표와, 한 본부에 속한 계획끼리는 보지 않습니다.
//!
//! 예: 두 공보 부서가 모두 언론 보도건수를 두고 한쪽은 35,000건, 다른 쪽은 20,600건을 목표로 합니다.
//!
//! 고치는 법: 같은 수치를 적은 것이면 두 조직이 값을 맞추고, 저마다 재는 지표이면 그대로 두십시오. 여러 기관이 각자 재는 지표이면
//! planbook.toml의 `[common]`에 적을 수 있습니다. `tolerance`는 숫자가 달라도 되는 폭입니다(기본 0). `except`에 적은 지표는 보지
//! 않습니다.
//!
//! ---
//! Plans without a common bureau have the same KPI with different targets for the plan year. These may be
//! different KPIs of the same name, or one KPI on which two organisations did not agree.
//!
//! Common KPIs and plans of one bureau are skipped.
//!
//! Example: two press offices both count media reports, one with a target of 35,000, the other of 20,600.
//!
//! To resolve it: agree on the value if it is the same figure; leave it if each measures separately. A KPI
//! that many organisations measure separately can be listed under `[common]` in planbook.toml. `tolerance` is
//! the allowed difference (0 by default). KPIs named in `except` are skipped.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::consolidate::{City, Context, Parent, RowId};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::text::NameKey;

static DIFFERS: Wording = Wording {
    ko: "같은 지표가 {other}의 계획에도 있는데 {year}년 목표가 {expected|으로/로} 되어 있습니다 (여기는 {actual})",
    en: "{other} has the same KPI with a target of {expected} for {year} (here {actual})",
};
static AGREE: Wording = Wording {
    ko: "두 곳이 같은 수치를 적은 것입니까, 저마다 따로 재는 것입니까? 같은 수치이면 값을 맞추고, 저마다 재는 지표이면 그대로 두십시오",
    en: "is it the same figure, or does each measure its own? agree on the value if it is the same; leave it if each measures its own",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::S307, 0.0);
    let families = families(city);
    let mut by_kpi: BTreeMap<&NameKey, Vec<RowId>> = BTreeMap::new();
    for row in city.rows() {
        let keys = city.row_keys(row);
        let planned = city.value(row, city.year).is_some_and(|value| !value.is_missing());
        if planned && !keys.own_measure && !keys.kpi.is_empty() {
            by_kpi.entry(&keys.kpi).or_default().push(row);
        }
    }
    for rows in by_kpi.into_values() {
        // One row per target: a target shared by ten plans is compared once.
        let mut targets: Vec<RowId> = Vec::new();
        for row in rows {
            let differs = |&&other: &&RowId| !same_target(city, row, other, tolerance);
            match targets.iter().filter(differs).find(|other| families[other.plan] != families[row.plan]) {
                Some(&other) => file(city, row, other, report),
                None if targets.iter().all(|other| differs(&other)) => targets.push(row),
                None => {}
            }
        }
    }
}

/// For each plan an id shared by the plans of one bureau: the topmost plan above it, or the first plan under
/// the same absent parent.
fn families(city: &City) -> Vec<PlanId> {
    let mut absent: BTreeMap<NameKey, PlanId> = BTreeMap::new();
    city.plan_ids()
        .map(|plan| {
            let top = city.ancestors(plan).last().copied().unwrap_or(plan);
            match &city.nodes[top].parent {
                Parent::Missing(name) => *absent.entry(city.names.key(name)).or_insert(top),
                _ => top,
            }
        })
        .collect()
}

fn same_target(city: &City, a: RowId, b: RowId, tolerance: f64) -> bool {
    city.agrees(a, b, city.year, tolerance) != Some(false)
}

fn file(city: &City, row: RowId, other: RowId, report: &mut Report<'_>) {
    let text = |row: RowId| city.value(row, city.year).map_or("", |value| &*value.text.text).to_owned();
    let name = city.org(other).to_string();
    let message = DIFFERS.with([
        ("other", name),
        ("year", city.year.to_string()),
        ("expected", text(other)),
        ("actual", text(row)),
    ]);
    report
        .row(Code::S307, row, Field::Year(city.year), message)
        .compared(text(other), text(row))
        .hint(AGREE.with([]))
        .related(other, Field::Year(city.year))
        .identified_by(city.org_key(other).as_str())
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, findings, plan};

    fn carrying(org: &str, parent: &str, kpi: &str, target: &str) -> PlanText {
        plan(org, parent).row(&format!("시민 | | | | 목표 | {kpi} | 1 | 2 | {target} | 4 | 건 | 100 | "))
    }

    fn found(plans: Vec<PlanText>) -> Vec<String> {
        findings(Code::S307, plans, &Config::default()).iter().map(at).collect()
    }

    #[test]
    fn unrelated_plans_with_other_targets_are_told_at_the_later_one() {
        assert_eq!(
            found(vec![
                carrying("가실", "시", "언론 보도 건수", "35,000"),
                carrying("나실", "시", "언론보도건수", "20,600"),
                carrying("다실", "시", "언론보도 건수", "35000"),
            ]),
            ["나실!I6"]
        );
    }

    #[test]
    fn one_bureau_equal_targets_and_common_kpis_are_fine() {
        assert!(
            found(vec![
                carrying("국", "시", "세미나 횟수", "16"),
                carrying("가과", "국", "세미나 횟수", "10"),
                carrying("나과", "국", "세미나 횟수", "6"),
                carrying("다국", "시", "예산집행률", "90"),
                carrying("라국", "시", "예산집행률", "95"),
                carrying("마국", "시", "세미나 횟수", "-"),
            ])
            .is_empty()
        );
    }
}
