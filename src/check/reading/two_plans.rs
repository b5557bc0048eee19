//! 같은 조직의 계획이 둘 이상 있습니다. 이름은 띄어쓰기와 문장부호를 빼고 견줍니다. 둘 다 결과에 들어가므로 합계와 비교가
//! 두 번 셈해질 수 있습니다.
//!
//! 예: 고쳐서 다시 낸 파일과 처음 낸 파일이 한 폴더에 함께 있는 경우, 양식을 복사하고 제목의 부서명을 바꾸지 않은 경우.
//!
//! 고치는 법: 먼저 낸 것이면 그 파일을 폴더에서 빼십시오. 다른 조직의 계획이면 제목의 이름을 바로잡거나, planbook.toml의
//! `[organisations]`에 쓸 이름을 적으십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! There are two plans of one organisation. Names are compared without spaces and punctuation. Both are
//! included in the results, so sums and comparisons may count it twice.
//!
//! Example: a corrected file beside the original, or a copied form that still has the other department's name
//! in its title.
//!
//! To resolve it: remove the superseded file from the folder. If the plan is another organisation's, correct
//! the name in its title or enter the name to use under `[organisations]` in planbook.toml. `tolerance` and
//! `except` are not used.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;
use crate::text::NameKey;

static TWO: Wording = Wording {
    ko: "{org}의 계획이 이미 있습니다 ({first})",
    en: "there is a plan of {org} already ({first})",
};
static KEEP_ONE: Wording = Wording {
    ko: "지난 판이면 폴더에서 빼고, 다른 조직의 계획이면 제목의 이름을 고치십시오",
    en: "take the superseded one out of the folder, or correct the name in the title",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let mut first_of: BTreeMap<&NameKey, PlanId> = BTreeMap::new();
    for (index, plan) in city.numbered_plans() {
        let first = *first_of.entry(&city.nodes[index].org_key).or_insert(index);
        if first == index {
            continue;
        }
        let at = match plan.title.cell {
            Some(cell) => Place::cell(&plan.file, &plan.sheet, cell),
            None => plan.header_place(),
        };
        let place = city.plans[first].header_place().to_string();
        let message = TWO.with([("org", plan.org.to_string()), ("first", place)]);
        report
            .plan(Code::R005, index, Field::File, message, at)
            .hint(KEEP_ONE.with([]))
            .related_plan(first)
            .file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, consistent_city, findings, plan, told};

    fn cells() -> &'static str {
        "관점 (100) | 시의 목표 | 시 지표 | 1 | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | "
    }

    #[test]
    fn the_later_one_is_reported_and_the_first_related() {
        let plans = ["복지국", "문화국", "복지 국"].map(|org| plan(org, "가나시").row(cells()));
        let found = findings(Code::R005, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["복지 국!A1"]);
        assert_eq!(&*found[0].related[0].at.file, "workbooks/01_복지국.xlsx");
        assert_eq!(
            told(&found[0]),
            "복지 국의 계획이 이미 있습니다 (workbooks/01_복지국.xlsx 복지국!A3)\n\
             there is a plan of 복지 국 already (workbooks/01_복지국.xlsx 복지국!A3)\n\
             → 지난 판이면 폴더에서 빼고, 다른 조직의 계획이면 제목의 이름을 고치십시오\n\
             → take the superseded one out of the folder, or correct the name in the title"
        );
    }

    #[test]
    fn different_organisations_are_no_finding() {
        assert!(findings(Code::R005, consistent_city(), &Config::default()).is_empty());
    }
}
