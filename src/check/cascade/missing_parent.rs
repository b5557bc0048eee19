//! 머리글에 상위 조직으로 적힌 조직의 계획이 이 폴더에 없습니다. 그래서 이 계획이 인용한 상위 지표와 목표치가 맞는지 볼 수
//! 없습니다. 상위 조직을 따라 올라가면 제자리로 돌아오거나 자기 조직이 상위 조직으로 적힌 계획도 알려 드립니다. 그런 계획은
//! 상위 조직이 없는 것으로 다룹니다.
//!
//! 예: 머리글에 "복지본부장"이라고 적혀 있는데 복지본부의 계획은 들어와 있지 않습니다. 경제실의 상위 조직이 재정과, 재정과의
//! 상위 조직이 경제실입니다.
//!
//! 고치는 법: 상위 조직의 통합 문서를 폴더에 넣으십시오. 머리글의 이름이 틀렸으면 고치고, 부르는 이름만 다르면
//! planbook.toml의 `[organisations]`에, 실제 상위 조직이 다르면 `[parents]`에 적으십시오. 이 점검에는 `tolerance`와
//! `except`가 없습니다.
//!
//! ---
//! The organisation that the header names as the parent has no plan here, so this plan's citations of it
//! cannot be compared. Plans whose parents form a circle, and plans that name themselves, are also reported
//! and treated as plans without a parent.
//!
//! Example: the header says "Head of Welfare", but Welfare has not submitted a plan. Or Economy is under
//! Finance, and Finance under Economy.
//!
//! To resolve it: put the parent's workbook into the folder. Correct the header if the name is wrong; in
//! planbook.toml, enter a differing name under `[organisations]`, and a different parent under `[parents]`.
//! `tolerance` and `except` are not used.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Report;
use crate::check::words::{nearest, quoted};
use crate::consolidate::{City, Context, Parent};
use crate::finding::{Code, Message, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;
use crate::text::NameKey;

static NOT_HERE: Wording = Wording {
    ko: "상위 조직 {parent}의 계획이 없습니다",
    en: "there is no plan of {parent}, which the header names as the parent",
};
static ADD_PLAN: Wording = Wording {
    ko: "상위 조직의 통합 문서를 넣거나, 머리글의 이름을 고치거나, {enter:[organisations]나 [parents]}",
    en: "add the parent's workbook, correct the header, or if they are right {enter:[organisations] or [parents]}",
};
static NEAR: Wording = Wording {
    ko: "이름이 비슷한 {near}의 계획이 있습니다. 같은 조직이면 머리글을 고치거나 {enter:[organisations]}",
    en: "there is a plan of {near}; if that is meant, correct the header or {enter:[organisations]}",
};
static CIRCLE: Wording = Wording {
    ko: "상위 조직을 따라 올라가면 제자리로 돌아옵니다: {circle}",
    en: "the parents form a circle: {circle}",
};
static CUT: Wording = Wording {
    ko: "이 가운데 틀린 상위 조직을 머리글에서 고치거나 바른 상위 조직을 {enter:[parents]}",
    en: "correct the wrong parent among them in its header, or find the right one and {enter:[parents]}",
};
static ITSELF: Wording = Wording {
    ko: "자기 조직인 {org|이/가} 상위 조직으로 적혀 있습니다",
    en: "{org} is named as its own parent",
};
static NAME_PARENT: Wording = Wording {
    ko: "머리글에 상위 조직의 이름을 적거나 {enter:[parents]}",
    en: "write the parent's name into the header, or {enter:[parents]}",
};

/// How many plans of a circle are named.
const NAMED: usize = 8;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let orgs = || city.org_keys().map(NameKey::as_str).zip(city.plans.iter().map(|plan| &plan.org));
    // Many offices may have the same missing bureau.
    let mut suggested: BTreeMap<NameKey, Option<&Arc<str>>> = BTreeMap::new();
    for (index, plan) in city.numbered_plans() {
        let Parent::Missing(parent) = &city.nodes[index].parent else { continue };
        let key = city.names.key(parent);
        // A list of many offices names their bureaus, which need no plan unless the roster says so.
        let is_expected = || context.config.roster.iter().any(|org| city.names.key(org) == key);
        if plan.parent_in_rows && key != city.nodes[index].org_key && !is_expected() {
            continue;
        }
        let (message, hint) = if key == city.nodes[index].org_key {
            (ITSELF.with([("org", quoted(&plan.org))]), NAME_PARENT.with([]))
        } else if let Some(circle) = circle(city, index, &key) {
            (circle, CUT.with([]))
        } else {
            let near = *suggested.entry(key.clone()).or_insert_with(|| nearest(key.as_str(), orgs()));
            let hint = match near.filter(|org| **org != plan.org) {
                Some(org) => NEAR.with([("near", quoted(org))]),
                None => ADD_PLAN.with([]),
            };
            (NOT_HERE.with([("parent", quoted(parent))]), hint)
        };
        let at = match plan.parent_label.cell {
            Some(cell) => Place::cell(&plan.file, &plan.sheet, cell),
            None => plan.header_place(),
        };
        report
            .plan(Code::L201, index, Field::ParentObjective, message, at)
            .identified_by(key.as_str())
            .actual(plan.parent_label.text.to_string())
            .hint(hint)
            .file();
    }
}

/// The circle that the plan `index` would form with its named parent.
fn circle(city: &City, index: PlanId, parent: &NameKey) -> Option<Message> {
    let (above, way) = city
        .plan_ids()
        .filter(|&plan| city.nodes[plan].org_key == *parent)
        .map(|plan| (plan, city.ancestors(plan)))
        .find(|(_, way)| way.contains(&index))?;
    let between = [above].into_iter().chain(way).take_while(|&plan| plan != index);
    let mut names: Vec<String> =
        [index].into_iter().chain(between).map(|plan| quoted(&city.plans[plan].org)).collect();
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…".to_owned());
    }
    names.push(names[0].clone());
    Some(CIRCLE.with([("circle", names.join(" → "))]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{PlanText, at, consistent_city, findings, plan, told};

    fn office(parent: &str) -> PlanText {
        let cells = "관점 (100) | 목표 | 지표 | 1 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | ";
        plan("산림과", parent).row(cells)
    }

    #[test]
    fn the_cell_that_names_the_parent_is_reported() {
        let mut plans = consistent_city();
        plans.push(office("공원녹지본부장"));
        let found = findings(Code::L201, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["산림과!B3"]);
        let told = told(&found[0]);
        assert!(told.starts_with("상위 조직 ‘공원녹지본부"), "{told}");
        assert!(told.contains("→ 상위 조직의 통합 문서를 넣거나"), "{told}");
    }

    #[test]
    fn a_near_name_is_suggested() {
        let mut plans = consistent_city();
        plans.push(office("경영기획관리실장"));
        let found = findings(Code::L201, plans, &Config::default());
        assert!(told(&found[0]).contains("이름이 비슷한 ‘경영기획실’의 계획이 있습니다"));
    }

    #[test]
    fn parents_that_lead_in_a_circle_are_named_and_not_called_missing() {
        let plans = [("경제실", "재정과"), ("재정과", "투자과"), ("투자과", "경제실장")]
            .map(|(org, parent)| plan(org, parent));
        let found = findings(Code::L201, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["투자과!B3"]);
        assert_eq!(
            told(&found[0]),
            "상위 조직을 따라 올라가면 제자리로 돌아옵니다: ‘투자과’ → ‘경제실’ → ‘재정과’ → ‘투자과’\n\
             the parents form a circle: ‘투자과’ → ‘경제실’ → ‘재정과’ → ‘투자과’\n\
             → 이 가운데 틀린 상위 조직을 머리글에서 고치거나 바른 상위 조직을 planbook.toml의 [parents]에 적으십시오\n\
             → correct the wrong parent among them in its header, or find the right one and enter it under [parents] in planbook.toml"
        );
    }

    #[test]
    fn a_plan_that_names_itself_as_parent_is_told_so() {
        let plans = [plan("경제실", "가나시"), plan("재정과", "재정과장")];
        let found = findings(Code::L201, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["재정과!B3"]);
        assert!(told(&found[0]).starts_with("자기 조직인 ‘재정과’가 상위 조직으로 적혀 있습니다"));
    }

    #[test]
    fn a_parent_in_the_book_is_no_finding() {
        assert!(findings(Code::L201, consistent_city(), &Config::default()).is_empty());
    }

    #[test]
    fn a_bureau_named_in_a_list_of_offices_needs_no_plan_unless_it_is_on_the_roster() {
        let found = |toml: &str| {
            let mut workbooks =
                crate::testing::submissions([plan("총무과", "행정국"), plan("세무과", "재정국")]);
            for contents in workbooks.iter_mut().filter_map(|workbook| workbook.outcome.as_mut().ok()) {
                contents.plans.iter_mut().for_each(|plan| plan.parent_in_rows = true);
            }
            let config = crate::testing::config(toml);
            let city = crate::consolidate::consolidate(workbooks, &config);
            assert_eq!(&*city.name, "");
            crate::testing::findings_in(Code::L201, &city, &config).len()
        };
        assert_eq!(found(""), 0);
        assert_eq!(found("roster = [\"행정국\"]"), 1);
    }
}
