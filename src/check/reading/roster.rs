//! planbook.toml의 `roster`에 적힌 조직이 계획을 내지 않았습니다. 이름에서 그 조직의 것임을 알 수 있는 파일이 있으면, 읽을 수 없거나(R001) 계획표가
//! 없더라도(R002) 낸 것으로 봅니다. 이름으로 알 수 없는 파일에 그 계획이 있을 수도 있으니 R001과 R002도 함께 보십시오.
//!
//! 예: 명단에는 부서가 40개인데 39개 부서의 계획만 들어와 있습니다.
//!
//! 고치는 법: 그 조직에 제출을 부탁하십시오. 이름이 바뀐 조직이면 명단을 고치거나 `[organisations]`에 새 이름을 적으십시오.
//! 올해 계획을 내지 않는 조직이면 명단에서 빼십시오. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! An organisation on the `roster` of planbook.toml has not submitted a plan. A file with its name counts as
//! submitted even if it cannot be read (R001) or has no plan table (R002). Its plan may be in another such
//! file, so see R001 and R002, too.
//!
//! Example: forty departments are on the roster, and the plans of thirty-nine are here.
//!
//! To resolve it: ask for the plan. If the organisation was renamed, correct the roster or enter the name
//! under `[organisations]`; remove it from the roster if it submits no plan this year. `tolerance` and
//! `except` are not used.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::Report;
use crate::check::words::{nearest, quoted};
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::source::Place;

static NOT_SENT: Wording =
    Wording { ko: "{org|이/가} 계획을 내지 않았습니다", en: "{org} has sent no plan" };
static ASK: Wording = Wording {
    ko: "제출을 부탁하거나, 올해 계획이 없는 조직이면 roster에서 빼십시오",
    en: "ask for the plan, or take the organisation off the roster if it has none this year",
};
static OTHER_NAME: Wording = Wording {
    ko: "이름이 비슷한 {near}의 계획이 있습니다. 같은 조직이면 [organisations]에 적으십시오",
    en: "there is a plan of {near}; if that is the same organisation, say so under [organisations]",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let sent: Vec<_> = city.org_keys().zip(city.plans.iter().map(|plan| &plan.org)).collect();
    let on_roster: BTreeSet<_> = context.config.roster.iter().map(|name| city.names.key(name)).collect();
    let roster = Place::file(&Arc::from("planbook.toml"));
    for org in &city.missing {
        // A plan matched to another roster name cannot be this organisation renamed.
        let others = sent.iter().filter(|(key, _)| !on_roster.contains(key));
        let near = nearest(city.names.key(org).as_str(), others.map(|(key, name)| (key.as_str(), *name)));
        let hint = match near {
            Some(name) => OTHER_NAME.with([("near", quoted(name))]),
            None => ASK.with([]),
        };
        let message = NOT_SENT.with([("org", org.to_string())]);
        report.absent(Code::R009, org.clone(), message, roster.clone()).hint(hint).file();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, consistent_city, findings, told};

    #[test]
    fn who_has_not_sent_a_plan_is_named() {
        let config = config("roster = [\"교통국\", \"환경 국\", \"소방본부\", \"자원순환담당과\"]");
        let found = findings(Code::R009, consistent_city(), &config);
        let orgs: Vec<_> = found.iter().map(|finding| finding.org.as_deref()).collect();
        assert_eq!(orgs, [Some("소방본부"), Some("자원순환담당과")]);
        assert_eq!(at(&found[0]), "planbook.toml");
        assert_eq!(
            told(&found[0]),
            "소방본부가 계획을 내지 않았습니다\n\
             소방본부 has sent no plan\n\
             → 제출을 부탁하거나, 올해 계획이 없는 조직이면 roster에서 빼십시오\n\
             → ask for the plan, or take the organisation off the roster if it has none this year"
        );
        assert!(told(&found[1]).contains("이름이 비슷한 ‘자원순환과’의 계획이 있습니다"));
    }

    #[test]
    fn without_a_roster_nobody_is_missing() {
        assert!(findings(Code::R009, consistent_city(), &Config::default()).is_empty());
    }
}
