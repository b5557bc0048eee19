//! 상위 조직의 지표라고 적은 것이 상위 조직의 계획에 없습니다. 이름은 띄어쓰기, 점, 괄호 기호를 빼고 견주며, 율과 률처럼
//! planbook.toml에 적힌 표기 차이도 같은 것으로 봅니다.
//!
//! 예: 하위 조직은 상위 지표를 "음식폐기물 처리 만족도"라고 적었는데 상위 계획에는 "음식물쓰레기 처리 만족도"가 있습니다.
//!
//! 고치는 법: 가장 비슷한 상위 지표를 함께 알려 드리니, 같은 지표라면 이름을 상위 계획과 똑같이 적으십시오. 이름을 그대로
//! 두어야 하면 planbook.toml의 `[spellings]`에 적으십시오. 상위 계획에서 지표가 빠진 것이면 상위 조직에 알리십시오.
//! `except`에는 인용한 지표의 이름을 적습니다. `tolerance`는 없습니다.
//!
//! ---
//! The KPI cited as the parent's is not in the parent's plan. Names are compared without spaces, dots and
//! brackets, and after applying the table of spellings.
//!
//! Example: the child cites "Satisfaction with waste food collection", the parent has "Satisfaction with food
//! waste collection".
//!
//! To resolve it: the finding shows the parent's most similar KPI; if that is meant, write it exactly as the
//! parent does, or enter the spelling under `[spellings]` in planbook.toml. If the parent dropped the KPI,
//! inform the parent. `except` names cited KPIs to skip; `tolerance` is not used.

use std::collections::BTreeSet;

use crate::check::Report;
use crate::check::words::{nearest, quoted};
use crate::consolidate::{Context, Parent, UnlinkedReason};
use crate::finding::{Code, Wording};
use crate::plan::Field;

static NOT_IN_PARENT: Wording = Wording {
    ko: "인용한 지표 {kpi|이/가} {parent}의 계획에 없습니다",
    en: "the cited KPI {kpi} is not in the plan of {parent}",
};
static NEAR: Wording = Wording {
    ko: "가장 비슷한 지표는 {near}입니다. 같은 지표라면 이름을 맞추거나 {enter:[spellings]}",
    en: "the most similar one is {near}; if that is meant, write it like that, or {enter:[spellings]}",
};
static COMPARE: Wording = Wording {
    ko: "상위 조직의 계획에서 지표 이름을 확인하십시오",
    en: "look the KPI up in the parent's plan",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let mut seen = BTreeSet::new();
    for unlinked in city.unlinked.iter().filter(|row| row.reason == UnlinkedReason::NotInParent) {
        let row = unlinked.row;
        let Parent::Plan(parent) = city.nodes[row.plan].parent else { continue };
        // A merged cell is one citation for all its rows.
        if !seen.insert((row.plan, city.place(row, Field::ParentKpi))) {
            continue;
        }
        let cited = &city.row(row).parent_kpi.text;
        let candidates = city.nodes[parent].row_keys.iter().zip(&city.plans[parent].rows);
        let near = nearest(
            city.row_keys(row).parent_kpi.as_str(),
            candidates.map(|(keys, row)| (keys.kpi.as_str(), &row.kpi.text)),
        );
        let hint = match near {
            Some(name) => NEAR.with([("near", quoted(name))]),
            None => COMPARE.with([]),
        };
        let message =
            NOT_IN_PARENT.with([("kpi", quoted(cited)), ("parent", city.parent_name(row.plan).to_owned())]);
        let draft = report.cell(Code::L202, row, Field::ParentKpi, cited, message).hint(hint);
        match near {
            Some(name) => draft.expected(name.to_string(), cited.to_string()),
            None => draft.actual(cited.to_string()),
        }
        .related_plan(parent)
        .file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, config, consistent_city, findings, plan, told};

    fn citing(kpis: &[&str]) -> Vec<PlanText> {
        let mut plans = consistent_city();
        let mut office = plan("폐기물과", "환경국");
        for (index, kpi) in kpis.iter().enumerate() {
            office = office
                .row(&format!("관점 | 목표 | {kpi} | 62 | 목표 | 지표 {index} | 1 | 2 | 3 | 4 | 건 | 50 | "));
        }
        plans.push(office);
        plans
    }

    #[test]
    fn a_merged_citation_is_reported_once_with_the_most_similar_kpi() {
        let found = findings(Code::L202, citing(&["생활쓰레기 재활용률", "^"]), &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["폐기물과!C6"]);
        assert_eq!(
            told(&found[0]),
            "인용한 지표 ‘생활쓰레기 재활용률’이 환경국의 계획에 없습니다\n\
             the cited KPI ‘생활쓰레기 재활용률’ is not in the plan of 환경국\n\
             → 가장 비슷한 지표는 ‘생활폐기물 재활용률’입니다. 같은 지표라면 이름을 맞추거나 planbook.toml의 [spellings]에 적으십시오\n\
             → the most similar one is ‘생활폐기물 재활용률’; if that is meant, write it like that, or enter it under [spellings] in planbook.toml"
        );
    }

    #[test]
    fn the_id_stays_when_a_row_is_put_in_above() {
        let before = findings(Code::L202, citing(&["없는 지표"]), &Config::default());
        let after = findings(Code::L202, citing(&["환경 만족도", "없는 지표"]), &Config::default());
        assert_eq!(before[0].id, after[0].id);
        assert_ne!(before[0].at, after[0].at);
        assert!(told(&before[0]).contains("상위 조직의 계획에서 지표 이름을 확인하십시오"));
    }

    #[test]
    fn spelling_alone_is_no_finding_and_except_names_the_cited_kpi() {
        assert!(findings(Code::L202, citing(&["환경만족도"]), &Config::default()).is_empty());
        let config = config("[checks.L202]\nexcept = [\"없는 지표\"]");
        assert!(findings(Code::L202, citing(&["없는지표"]), &config).is_empty());
    }
}
