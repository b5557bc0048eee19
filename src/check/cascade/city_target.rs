//! 시 전체의 지표를 인용하면서 적은 목표치가 시의 목표치와 다릅니다. 시의 목표치는 planbook.toml의 `[[city_kpis]]`에 적힌
//! 것이고, 거기에 없으면 가장 많은 계획이 적은 것입니다. 빈칸은 인용하지 않은 것으로 보고, 44.5%와 44.5점처럼 단위만 다른
//! 것은 같다고 봅니다.
//!
//! 예: 시정만족도의 목표치를 대부분의 계획이 44.5%로 적었는데 어떤 계획은 56.9점으로 적었습니다.
//!
//! 고치는 법: 시의 목표치로 맞추십시오. 많은 계획이 적은 값이 오히려 틀렸으면 planbook.toml의 `[[city_kpis]]`에 바른 목표치를
//! 적으십시오. 그러면 그 값을 기준으로 다시 봅니다. `except`에는 시 지표의 이름을, `tolerance`에는 두 수가 벌어져도 되는
//! 폭을 적습니다(기본 0).
//!
//! ---
//! A KPI of the city is cited with a target other than the city's: the one under `[[city_kpis]]` in planbook.toml, else the
//! one that most plans cite. An empty cell cites nothing, and units alone (44.5 % or 44.5 points) make no difference.
//!
//! Example: most plans cite 44.5 % for the satisfaction of citizens, and one cites 56.9 points.
//!
//! To settle it: write the city's target. If what most plans cite is wrong, give the right target under `[[city_kpis]]` in
//! planbook.toml, and that will be the measure. `except` names KPIs of the city to be left alone, `tolerance` is how far the
//! numbers may be apart (0 by default).

use std::collections::BTreeSet;

use super::agree;
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{CityKpi, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::{Field, Value};

static DIFFERS: Wording = Wording {
    ko: "시 지표 {kpi}의 목표치를 {actual|으로/로} 적었습니다 (시 목표치는 {expected})",
    en: "the target of the city's KPI {kpi} is cited as {actual} (the city's is {expected})",
};
static DECLARED: Wording = Wording {
    ko: "planbook.toml에 적힌 시 목표치 {expected|으로/로} 맞추십시오",
    en: "write the city's target as planbook.toml gives it, {expected}",
};
static MOST_CITE: Wording = Wording {
    ko: "{all}곳 가운데 {count}곳이 {expected|으로/로} 적었습니다. 시 목표치가 이것이 아니면 planbook.toml의 [[city_kpis]]에 적으십시오",
    en: "{count} of {all} cells say {expected}; if that is not the city's target, give it under [[city_kpis]] in planbook.toml",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for kpi in &context.city.city_kpis {
        if let Some(target) = &kpi.target {
            check_kpi(context, report, kpi, target);
        }
    }
}

fn check_kpi(context: &Context<'_>, report: &mut Report<'_>, kpi: &CityKpi, target: &Value) {
    let city = context.city;
    let tolerance = context.config.tolerance(Code::L204, 0.0);
    let mut seen = BTreeSet::new();
    let cells: Vec<RowId> = kpi
        .citations
        .iter()
        .copied()
        .filter(|&row| !city.row(row).parent_target.text.is_empty())
        .filter(|&row| seen.insert((row.plan, city.place(row, Field::ParentTarget))))
        .collect();
    let (agreeing, differing): (Vec<RowId>, Vec<RowId>) =
        cells.iter().partition(|&&row| agree(&city.row(row).parent_target, target, tolerance));
    let expected = target.text.text.to_string();
    let hint = if kpi.declared {
        DECLARED.with([("expected", expected.clone())])
    } else {
        MOST_CITE.with([
            ("all", cells.len().to_string()),
            ("count", agreeing.len().to_string()),
            ("expected", expected.clone()),
        ])
    };
    for &row in &differing {
        let actual = city.row(row).parent_target.text.text.to_string();
        let message = DIFFERS.with([
            ("kpi", quoted(&kpi.name)),
            ("actual", actual.clone()),
            ("expected", expected.clone()),
        ]);
        let mut draft = report
            .cell(Code::L204, row, Field::ParentTarget, kpi.key.as_str(), message)
            .expected(expected.clone(), actual)
            .hint(hint.clone());
        if let Some(&first) = agreeing.first() {
            draft = draft.related(first, Field::ParentTarget);
        }
        draft.file();
    }
}
