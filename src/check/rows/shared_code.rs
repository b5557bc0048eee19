//! 한 주요사업 코드가 한 계획의 여러 지표에 걸려 있습니다. 한 사업이 여러 지표를 돕는 일도 있으므로 참고로만 알려 드립니다.
//!
//! 예: 교통-32가 "기능성 도로포장 실적"과 "보도정비 실적"에 모두 적혀 있습니다.
//!
//! 고치는 법: 정말 한 사업이 두 지표를 돕는다면 그대로 두셔도 됩니다. 번호를 잘못 옮겨 적었으면 고치십시오. `except`에는
//! 그대로 둘 코드를 적습니다. `tolerance`는 없습니다.
//!
//! ---
//! One code stands on several KPIs of a plan. An initiative may well serve several KPIs, so this is for your information.
//!
//! Example: TRA-32 stands beside "Functional paving" and beside "Repaired pavements".
//!
//! To settle it: nothing need be done if the initiative serves both; correct the number if it was miscopied. `except` names
//! codes to be left alone; `tolerance` does not apply.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;

static SHARED: Wording = Wording {
    ko: "{code|이/가} 지표 {count}개에 걸려 있습니다: {kpis}",
    en: "{code} stands on {count} KPIs: {kpis}",
};
static MISCOPIED: Wording = Wording {
    ko: "한 사업이 여러 지표를 돕는 것이면 그대로 두고, 번호를 잘못 적었으면 고치십시오",
    en: "leave it if the initiative serves them all; correct the number if it was miscopied",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for (index, plan) in city.plans.iter().enumerate() {
        // The rows of each code, one for a KPI that stands there twice.
        let mut uses: BTreeMap<&str, Vec<RowId>> = BTreeMap::new();
        for row in 0..plan.rows.len() {
            let id = RowId { plan: index, row };
            for code in &plan.rows[row].initiatives.codes {
                let rows = uses.entry(code).or_default();
                if rows.iter().all(|&other| city.row_keys(other).kpi != city.row_keys(id).kpi) {
                    rows.push(id);
                }
            }
        }
        for (code, rows) in uses {
            let [first, second, ..] = rows[..] else { continue };
            let kpis: Vec<String> = rows.iter().map(|&row| quoted(&city.row(row).kpi.text)).collect();
            let message = SHARED.with([
                ("code", code.to_owned()),
                ("count", rows.len().to_string()),
                ("kpis", kpis.join(", ")),
            ]);
            let mut draft = report
                .cell(Code::C603, second, Field::Code, code, message)
                .actual(code)
                .hint(MISCOPIED.with([]))
                .related(first, Field::Code);
            for &row in &rows[2..] {
                draft = draft.related(row, Field::Code);
            }
            draft.file();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, findings, plan, told};

    fn row(kpi: &str, code: &str) -> String {
        format!("관점 | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 20 | {code}")
    }

    #[test]
    fn the_kpis_that_share_a_code_are_named() {
        let bureau = plan("교통국", "가나시")
            .row(&row("도로포장 실적", "교통-32"))
            .row(&row("표지판 정비", "교통-33"))
            .row(&row("보도정비 실적", "교통-32"));
        let found = findings(Code::C603, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["교통국!M8"]);
        assert_eq!(found[0].related[0].at.cell, Some("M6".parse().unwrap()));
        assert_eq!(
            told(&found[0]),
            "교통-32가 지표 2개에 걸려 있습니다: ‘도로포장 실적’, ‘보도정비 실적’\n\
             교통-32 stands on 2 KPIs: ‘도로포장 실적’, ‘보도정비 실적’\n\
             → 한 사업이 여러 지표를 돕는 것이면 그대로 두고, 번호를 잘못 적었으면 고치십시오\n\
             → leave it if the initiative serves them all; correct the number if it was miscopied"
        );
    }

    #[test]
    fn one_kpi_twice_under_a_code_is_no_finding() {
        let bureau = plan("교통국", "가나시").row(&row("가 실적", "교통-1")).row(&row("가실적", "교통-1"));
        assert!(findings(Code::C603, [bureau], &Config::default()).is_empty());
    }
}
