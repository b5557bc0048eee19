//! 공통지표를 인용하면서 스스로 세운 계획 연도의 목표가 인용한 목표에 못 미칩니다. 숫자끼리(인용 95, 자체 92) 또는 약속끼리(인용
//! 전년대비 10% 이상, 자체 전년대비 5% 이상) 견줍니다. 높을수록 좋은 것으로 보며, 낮을수록 좋은 지표는 planbook.toml의
//! `[common]`에 `direction = "down"`으로 적습니다.
//!
//! 하위 값을 더하는 지표(`rollup = "sum"`)의 숫자는 보지 않습니다. 한 조직의 몫이 전체보다 작은 것은 당연하기 때문입니다.
//! 척도가 뚜렷이 다른 숫자(인용 93.5, 자체 9.03)도 견주지 않습니다. 그런 인용은 L204가 알려 줍니다.
//!
//! 예: 본부의 예산집행률 96.1%를 인용하면서 자체 목표는 92%입니다.
//!
//! 고치는 법: 목표를 인용한 만큼 올리거나, 그럴 수 없으면 상위 조직과 협의해 사유를 적어
//! 유예하십시오(`planbook waive`). `tolerance`는 못 미쳐도 되는 폭입니다(기본 0). `except`에 적은 지표는 보지 않습니다.
//!
//! ---
//! The plan's own target of a common KPI for the plan year falls short of the target it cites. Numbers are
//! compared with numbers (cites 95, own target 92) and promises with promises (cites 10 % more than the year
//! before, own target 5 % more). Higher is better unless `[common]` in planbook.toml says `direction =
//! "down"`.
//!
//! Numbers of KPIs that roll up by `sum` are skipped, because one organisation's share is smaller by nature.
//! So are numbers on clearly different scales (cites 93.5, own target 9.03), which L204 reports.
//!
//! Example: an office cites its bureau's 96.1 % budget execution and has a target of 92 %.
//!
//! To resolve it: raise the target to the cited one, or agree with the parent and waive the finding with the
//! reason (`planbook waive`). `tolerance` is the allowed shortfall (0 by default). KPIs named in `except` are
//! skipped.

use crate::check::Report;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::value::show_written;
use crate::plan::{Field, Unit, Value};
use crate::project::config::{CommonKpi, Polarity, RollUpRule};

static SHORT: Wording = Wording {
    ko: "{year}년 목표 {actual|이/가} 인용한 목표 {expected}에 못 미칩니다",
    en: "the target of {year}, {actual}, falls short of the cited {expected}",
};
static RAISE: Wording = Wording {
    ko: "인용한 목표에 맞추거나, 그럴 수 없으면 {waive}",
    en: "raise it to what is cited, or {waive}",
};

/// From this ratio on, two numbers are on different scales: marks out of 10 and out of 100 are a factor of
/// ten apart.
const ANOTHER_SCALE: f64 = 7.0;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::S305, 0.0);
    for matrix in &city.common {
        for &id in &matrix.rows {
            let keys = city.row_keys(id);
            let Some(own) = city.value(id, city.year).filter(|_| keys.parent_kpi == keys.kpi) else {
                continue;
            };
            let cited = &city.row(id).parent_target;
            if falls_short((own, cited), &city.row(id).unit, &matrix.rule, tolerance) {
                file(report, id, city.year, own, cited);
            }
        }
    }
}

fn falls_short((own, cited): (&Value, &Value), unit: &Unit, rule: &CommonKpi, tolerance: f64) -> bool {
    if let (Some(own), Some(cited)) = (own.meaning.growth(), cited.meaning.growth()) {
        return if cited < 0.0 { own > cited + tolerance } else { own < cited - tolerance };
    }
    let number = |value: &Value| Some(value.meaning.number()?.in_base(unit) / unit.scale);
    let (Some(own), Some(cited)) = (number(own), number(cited)) else { return false };
    let other_scale = own.abs() * ANOTHER_SCALE < cited.abs() || cited.abs() * ANOTHER_SCALE < own.abs();
    if rule.rollup == RollUpRule::Sum || other_scale {
        return false;
    }
    match rule.polarity {
        Polarity::Up => own < cited - tolerance,
        Polarity::Down => own > cited + tolerance,
    }
}

fn file(report: &mut Report<'_>, id: RowId, year: i32, own: &Value, cited: &Value) {
    let message = SHORT.with([
        ("year", year.to_string()),
        ("expected", show_written(&cited.text.text)),
        ("actual", show_written(&own.text.text)),
    ]);
    report
        .row(Code::S305, id, Field::Year(year), message)
        .expected(&*cited.text.text, &*own.text.text)
        .hint(RAISE.with([]))
        .related(id, Field::ParentTarget)
        .file();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, config, findings, plan};

    fn found(kpi: &str, cited: &str, own: &str, config: &Config) -> Vec<String> {
        let row = format!("창의 | | {kpi} | {cited} | 목표 | {kpi} | 1 | 2 | {own} | 4 | | 100 | ");
        findings(Code::S305, [plan("국", "시").row(&row)], config).iter().map(at).collect()
    }

    #[test]
    fn a_lower_number_falls_short_and_an_equal_one_does_not() {
        let config = Config::default();
        assert_eq!(found("예산집행률", "96.1%", "92", &config), ["국!I6"]);
        assert!(found("예산집행률", "96.1%", "96.10", &config).is_empty());
        assert!(found("위기관리 매뉴얼 완성도", "75점 이상", "75", &config).is_empty());
    }

    #[test]
    fn a_smaller_promise_falls_short_even_of_a_sum() {
        let config = Config::default();
        let ideas = "창의아이디어 제안 건수";
        assert_eq!(found(ideas, "전년대비 10% 이상", "전년대비 5%이상", &config).len(), 1);
        assert!(found(ideas, "전년대비 5% 이상", "전년대비 5%이상", &config).is_empty());
        assert!(found(ideas, "39,589", "386", &config).is_empty(), "a share is smaller by right");
    }

    #[test]
    fn another_scale_is_not_compared() {
        assert!(found("공무원 청렴도", "93.5점", "9.03", &Config::default()).is_empty());
    }

    #[test]
    fn where_lower_is_better_a_higher_number_falls_short() {
        let down = config("[common.\"이직률\"]\ndirection = \"down\"");
        assert_eq!(found("이직률", "5%", "6", &down).len(), 1);
        assert!(found("이직률", "5%", "4", &down).is_empty());
    }

    #[test]
    fn another_kpi_cited_is_no_measure() {
        let row = "창의 | | 예산운영의 효율성 | 100% | 목표 | 예산집행률 | 1 | 2 | 92 | 4 | % | 100 | ";
        assert!(findings(Code::S305, [plan("국", "시").row(row)], &Config::default()).is_empty());
    }
}
