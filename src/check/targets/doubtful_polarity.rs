//! 지표가 높을수록 좋은지 낮을수록 좋은지가 목표와 어긋나 보입니다. 높을수록 좋다고 보는데 목표가 해마다 낮아지거나, 낮을수록 좋다고
//! 보는데 해마다 높아집니다. 성과표의 달성률이 거꾸로 셈될 수 있으므로 기획 부서에 묻습니다. 부서의 통합 문서에는 적지 않습니다.
//!
//! 예: 버스운송비 재정지원 수준의 목표가 18.9, 17.1, 14.0으로 낮아지는데 이름만으로는 높을수록 좋은 지표로 봅니다.
//!
//! 고치는 법: planbook.toml의 `[direction]`에 `"지표" = "up"`이나 `"down"`을 적으십시오. 어느 쪽이든 적으면 더는 묻지 않습니다. `except`에는
//! 그대로 둘 지표를 적습니다. `tolerance`는 쓰지 않습니다.
//!
//! ---
//! The assumed polarity of a KPI contradicts its targets: higher is assumed to be better, but the targets
//! fall year by year, or lower, but they rise. The scorecard may score it the wrong way round, so the
//! planning office is asked; departments' workbooks do not mention it.
//!
//! Example: the targets of a subsidy fall from 18.9 to 17.1 and 14.0, although its name suggests that more is
//! better.
//!
//! To resolve it: write `"KPI" = "up"` or `"down"` under `[direction]` in planbook.toml; either answers the
//! question. `except` names KPIs to skip; `tolerance` is not used.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::plan::value::series::running_total;
use crate::project::Polarities;
use crate::project::config::Polarity;
use crate::source::Place;
use crate::text::NameKey;

static FALLS: Wording = Wording {
    ko: "{org}의 {kpi}: 높을수록 좋은 지표로 보는데 값이 해마다 낮아집니다 ({values}). 방향을 확인하십시오",
    en: "{kpi} of {org}: higher is better by its name, but its values fall year by year ({values}); check the direction",
};
static RISES: Wording = Wording {
    ko: "{org}의 {kpi}: 낮을수록 좋은 지표로 보는데 값이 해마다 높아집니다 ({values}). 방향을 확인하십시오",
    en: "{kpi} of {org}: lower is better by its name, but its values rise year by year ({values}); check the direction",
};
static PASTE: Wording = Wording {
    ko: "planbook.toml에 적으십시오. 붙여 넣을 내용:\n[direction]\n{line}",
    en: "say so in planbook.toml; lines to paste:\n[direction]\n{line}",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let polarities = Polarities::new(context.config, &city.names);
    let mut asked: BTreeMap<&NameKey, RowId> = BTreeMap::new();
    for row in city.rows().filter(|&row| is_doubtful(city, row, &polarities)) {
        asked.entry(&city.row_keys(row).kpi).or_insert(row);
    }
    for (key, row) in asked {
        let (wording, other) = match city.polarity(row, &polarities) {
            Polarity::Up => (&FALLS, "down"),
            Polarity::Down => (&RISES, "up"),
        };
        let kpi = &city.row(row).kpi.text;
        let values: Vec<&str> = city.row(row).values.iter().map(|value| &*value.text.text).collect();
        let message = wording.with([
            ("org", city.org(row).to_string()),
            ("kpi", quoted(kpi)),
            ("values", values.join(", ")),
        ]);
        let line = format!("{} = \"{other}\"", toml::Value::from(&**kpi));
        report
            .file(Code::T407, message, Place::file(&Arc::from("planbook.toml")))
            .about(key)
            .hint(PASTE.with([("line", line)]))
            .related(row, Field::Year(city.year))
            .file();
    }
}

/// Whether the targets of the row contradict its assumed polarity: from the last actual on, each year's value
/// is worse than the previous one. Never where planbook.toml or the unit determines the polarity.
pub(super) fn is_doubtful(city: &City, row: RowId, polarities: &Polarities<'_>) -> bool {
    let (indicator, keys) = (city.row(row), city.row_keys(row));
    let is_said = polarities.declared(&keys.kpi).is_some()
        || keys.common.is_some()
        || polarities.is_rank(&indicator.unit.text.text);
    !is_said && runs_against(city, row, city.polarity(row, polarities))
}

/// Whether, given `polarity`, each year's value is worse than the previous one, from the last actual on.
pub(crate) fn runs_against(city: &City, row: RowId, polarity: Polarity) -> bool {
    let indicator = city.row(row);
    if running_total(&indicator.values, &indicator.kpi.text, &indicator.unit).is_some() {
        return false;
    }
    let years = city.plans[row.plan].years.iter().map(|column| column.year);
    let numbers: Vec<(i32, f64)> = years.filter_map(|year| Some((year, city.amount(row, year)?))).collect();
    let targets = numbers.iter().filter(|(year, _)| *year >= city.year).count();
    if targets < 2 || numbers.len() <= targets {
        return false;
    }
    let worse = |pair: &[(i32, f64)]| match polarity {
        Polarity::Up => pair[1].1 < pair[0].1,
        Polarity::Down => pair[1].1 > pair[0].1,
    };
    let from = numbers.len() - targets - 1;
    numbers[from..].windows(2).all(worse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{config, findings, plan, told};

    fn asked(kpi: &str, values: &str, config: &Config) -> Vec<String> {
        let row = format!("관점 | | | | 목표 | {kpi} | {values} | % | 100 | ");
        findings(Code::T407, [plan("교통국", "가나시").row(&row)], config).iter().map(told).collect()
    }

    #[test]
    fn targets_that_fall_though_more_is_better_are_a_question_to_the_office() {
        let found = asked("노선 보조금 비율", "21.4 | 20.6 | 18.6 | 15.5", &Config::default());
        assert!(found[0].contains("[direction]\n\"노선 보조금 비율\" = \"down\""), "{}", found[0]);
        let found = asked("무연체 대출 사고율", "1 | 2 | 3 | 4", &Config::default());
        assert!(found[0].contains("= \"up\""), "{}", found[0]);
    }

    #[test]
    fn nothing_is_asked_of_what_is_declared_or_only_dips_once() {
        let toml = config("[direction]\n\"노선 보조금 비율\" = \"up\"");
        assert!(asked("노선 보조금 비율", "21.4 | 20.6 | 18.6 | 15.5", &toml).is_empty());
        assert!(asked("만족도", "70 | 75 | 72 | 76", &Config::default()).is_empty());
    }
}
