//! 두 계획의 지표, 값, 단위, 비중이 첫 행부터 마지막 행까지 똑같습니다. 다른 조직의 계획을 복사한 뒤 고치지 않았거나, 한 계획을 두
//! 이름으로 냈을 수 있습니다.
//!
//! 예: 본부와 그 본부장의 계획이 스무 행 모두 같습니다.
//!
//! 고치는 법: 한 계획이면 하나만 내고, 다른 계획이면 뒤의 것을 그 조직의 내용으로 고치십시오. 일부러 같게 낸 것이면 사유를 적어
//! 유예하십시오(`planbook waive`). 이름까지 같은 조직의 두 계획은 R005가 알려 드립니다. `tolerance`와
//! `except`는 쓰지 않습니다.
//!
//! ---
//! Two plans have the same KPIs, values, units and weights from the first row to the last. One may be a copy
//! that was never filled in, or one plan may have been submitted under two names.
//!
//! Example: a bureau and its head have the same twenty rows.
//!
//! To resolve it: submit it once if it is one plan; else write the organisation's own figures into the later
//! one. If they are intended to be identical, waive the finding with the reason (`planbook waive`). Two plans
//! of one organisation are reported by R005. `tolerance` and `except` are not used.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::check::figures::Figures;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::text::NameKey;

static TWIN: Wording = Wording {
    ko: "이 계획은 {other}의 계획과 모든 행이 똑같습니다 ({rows}행)",
    en: "this plan is the same as that of {other} in all {rows} rows",
};
static ONE_OF_THEM: Wording = Wording {
    ko: "한 계획이면 하나만 내고, 다른 계획이면 이 조직의 내용으로 고치십시오",
    en: "send it once if it is one plan; else write this organisation's own figures",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let mut by_kpis: BTreeMap<Vec<&NameKey>, Vec<PlanId>> = BTreeMap::new();
    for (index, plan) in city.numbered_plans().filter(|(_, plan)| !plan.rows.is_empty()) {
        let alike =
            by_kpis.entry(city.nodes[index].row_keys.iter().map(|keys| &keys.kpi).collect()).or_default();
        let Some(&other) = alike.iter().find(|&&other| figures(city, other).eq(figures(city, index))) else {
            alike.push(index);
            continue;
        };
        if context.config.is_on(Code::R005) && city.nodes[other].org_key == city.nodes[index].org_key {
            continue;
        }
        let org = &city.plans[other].org;
        let message = TWIN.with([("other", org.to_string()), ("rows", plan.rows.len().to_string())]);
        report
            .plan(Code::S308, index, Field::File, message, plan.header_place())
            .identified_by(city.nodes[other].org_key.as_str())
            .hint(ONE_OF_THEM.with([]))
            .related_plan(other)
            .file();
    }
}

fn figures(city: &City, plan: PlanId) -> impl Iterator<Item = Figures<'_>> {
    (0..city.plans[plan].rows.len()).map(move |row| Figures::of(city, RowId { plan, row }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, config, findings, plan};

    fn two_rows(org: &str, second: &str) -> PlanText {
        plan(org, "시")
            .row("시민 | | | | 목표 | 만족도 | - | 70 | 75 | 80 | % | 60 | ")
            .row(&format!("창의 | | | | 목표 | {second} | 1 | 2 | 3 건 | 4 | 건 | 40 | "))
    }

    #[test]
    fn each_later_twin_is_told_and_names_the_first() {
        let plans =
            [two_rows("본부", "제안 건수"), two_rows("본부장", "제안건수"), two_rows("기획관", "제안 건수")];
        let found = findings(Code::S308, plans, &Config::default());
        let orgs: Vec<_> = found.iter().map(|f| (f.org.as_deref(), &*f.related[0].org)).collect();
        assert_eq!(orgs, [(Some("본부장"), "본부"), (Some("기획관"), "본부")]);
    }

    #[test]
    fn a_file_copied_is_two_plans_of_one_organisation_and_no_twin() {
        let copied = || [two_rows("본부", "제안 건수"), two_rows("본 부", "제안 건수")];
        assert!(findings(Code::S308, copied(), &Config::default()).is_empty());
        assert_eq!(findings(Code::R005, copied(), &Config::default()).len(), 1);
        assert_eq!(findings(Code::S308, copied(), &config("[checks.R005]\noff = true")).len(), 1);
    }

    #[test]
    fn one_differing_row_makes_two_plans() {
        let plans = [two_rows("본부", "제안 건수"), two_rows("기획관", "개선 건수")];
        assert!(findings(Code::S308, plans, &Config::default()).is_empty());
    }
}
