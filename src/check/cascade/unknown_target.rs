//! 시 지표의 목표치가 계획마다 다르게 적혀 있고, 어느 값도 뚜렷이 많지 않아 시의 목표치를 알 수 없습니다. 기획 부서에 묻는 것이며
//! 부서의 통합 문서에는 아무것도 적지 않습니다.
//!
//! 예: 시정만족도의 목표치를 15곳은 44.5%, 10곳은 54.9점, 6곳은 51.8점으로 적었습니다.
//!
//! 고치는 법: planbook.toml의 `[[city_kpis]]`에 시의 목표치를 적으십시오. 그러면 다르게 적은 부서에 L204로 알립니다. `except`에는 그대로 둘
//! 시 지표의 이름을 적습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! The plans cite a KPI of the city with different targets, and none has a clear majority, so the city's
//! target is unknown. This is a question to the planning office; departments' workbooks do not mention it.
//!
//! Example: 15 plans cite 44.5 % for the satisfaction of citizens, 10 cite 54.9 points and 6 cite 51.8
//! points.
//!
//! To resolve it: give the city's target under `[[city_kpis]]` in planbook.toml; departments that cite
//! another target are then informed (L204). `except` names KPIs of the city to skip; `tolerance` is not used.

use std::sync::Arc;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{CityKpi, Context, TargetSource};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::source::Place;

static UNKNOWN: Wording = Wording {
    ko: "시 지표 {kpi}의 목표치를 알 수 없습니다. 계획마다 다릅니다: {cited_ko}",
    en: "the city's target for {kpi} is not known; the plans cite: {cited_en}",
};
static PASTE: Wording = Wording {
    ko: "시의 목표치를 planbook.toml에 적으십시오. 붙여 넣을 내용:\n{lines}",
    en: "give the city's target in planbook.toml; lines to paste:\n{lines}",
};

/// The most targets listed; further ones are only counted.
const TARGETS: usize = 6;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let asked = context.city.city_kpis.iter().filter(|kpi| kpi.source == TargetSource::Unknown);
    for kpi in asked.filter(|kpi| kpi.cited.len() > 1) {
        let message = UNKNOWN.with([
            ("kpi", quoted(&kpi.name)),
            ("cited_ko", cited(kpi, |plans| format!("{plans}곳"), |more| format!("그 밖에 {more}가지"))),
            ("cited_en", cited(kpi, |plans| format!("by {plans}"), |more| format!("{more} more"))),
        ]);
        let draft = report.file(Code::L205, message, Place::file(&Arc::from("planbook.toml")));
        let mut draft = draft.about(&kpi.key).hint(PASTE.with([("lines", lines(context, kpi))]));
        let first = kpi.citations.iter().take(1);
        for &row in first {
            draft = draft.related(row, Field::ParentTarget);
        }
        draft.file();
    }
}

/// The cited targets, with the number of plans for each.
fn cited(kpi: &CityKpi, by: impl Fn(usize) -> String, more: impl Fn(usize) -> String) -> String {
    let told = kpi.cited.iter().take(TARGETS);
    let mut told: Vec<String> =
        told.map(|cited| format!("{} {}", cited.value.text.text, by(cited.plans.len()))).collect();
    if let Some(rest) = kpi.cited.len().checked_sub(TARGETS).filter(|rest| *rest > 0) {
        told.push(more(rest));
    }
    told.join(", ")
}

/// The lines for planbook.toml, with the most cited target.
fn lines(context: &Context<'_>, kpi: &CityKpi) -> String {
    let objectives = &context.city.city_objectives;
    let index = context.city.city_kpis.iter().position(|other| other.key == kpi.key);
    let objective =
        objectives.iter().find(|objective| index.is_some_and(|index| objective.kpis.contains(&index)));
    let target = kpi.cited.first().map_or("", |cited| &cited.value.text.text);
    let objective = objective.map_or("", |objective| &objective.name);
    let string = |text: &str| toml::Value::from(text).to_string();
    format!(
        "[[city_kpis]]\ngoal = {}\nkpi = {}\ntarget = {}",
        string(objective),
        string(&kpi.name),
        string(target)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{config, findings, plan, told};

    #[test]
    fn no_clear_majority_is_one_question_to_the_office_with_lines_to_paste() {
        let plans = || {
            ["44.5%", "44.5점", "54.9점", "51.8"].iter().enumerate().map(|(number, target)| {
                plan(&format!("{number}국"), "가나시").row(&format!(
                    "관점 | 시의 목표 | 시정 만족도 | {target} | 목표 | 지표 | 1 | 2 | 3 | 4 | 건 | 100 | "
                ))
            })
        };
        let found = findings(Code::L205, plans(), &Config::default());
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].org.as_deref(), &*found[0].at.file), (None, "planbook.toml"));
        let text = told(&found[0]);
        assert!(text.contains("44.5% 2곳, 54.9점 1곳, 51.8 1곳"), "{text}");
        let lines = "[[city_kpis]]\ngoal = \"시의 목표\"\nkpi = \"시정 만족도\"\ntarget = \"44.5%\"";
        assert!(text.contains(lines), "{text}");
        assert!(findings(Code::L205, plans(), &config(lines)).is_empty(), "the lines settle it");
        assert_eq!(findings(Code::L204, plans(), &config(lines)).len(), 2);
    }
}
