//! 한 주요사업 코드가 한 계획의 여러 지표에 걸려 있습니다. 한 사업이 여러 지표를 돕는 일도 있으므로 참고로만 알려 드립니다.
//!
//! 예: 교통-32가 "기능성 도로포장 실적"과 "보도정비 실적"에 모두 적혀 있습니다.
//!
//! 고치는 법: 정말 한 사업이 두 지표를 돕는다면 그대로 두셔도 됩니다. 번호를 잘못 옮겨 적었으면 고치십시오. `except`에는
//! 그대로 둘 코드를 적습니다. `tolerance`는 없습니다.
//!
//! ---
//! Several KPIs of a plan have the same initiative code. An initiative may serve several KPIs, so this is
//! information only.
//!
//! Example: TRA-32 is beside "Functional paving" and beside "Repaired pavements".
//!
//! To resolve it: do nothing if the initiative serves both; correct the number if it was miscopied. `except`
//! names codes to skip; `tolerance` is not used.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::text::NameKey;

static SHARED: Wording = Wording {
    ko: "{code|이/가} 지표 {count}개에 걸려 있습니다: {kpis}",
    en: "{count} KPIs have the code {code}: {kpis}",
};
static MISCOPIED: Wording = Wording {
    ko: "한 사업이 여러 지표를 돕는 것이면 그대로 두고, 번호를 잘못 적었으면 고치십시오",
    en: "leave it if the initiative serves them all; correct the number if it was miscopied",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for (index, plan) in city.numbered_plans() {
        // The first row of each KPI with the code.
        let mut uses: BTreeMap<&str, BTreeMap<&NameKey, usize>> = BTreeMap::new();
        for (row, indicator) in plan.rows.iter().enumerate() {
            for code in &indicator.initiatives.codes {
                uses.entry(code).or_default().entry(&city.nodes[index].row_keys[row].kpi).or_insert(row);
            }
        }
        for (code, by_kpi) in uses {
            let mut rows: Vec<RowId> = by_kpi.into_values().map(|row| RowId { plan: index, row }).collect();
            rows.sort_unstable();
            if let [first, second, others @ ..] = &rows[..] {
                let message = SHARED.with([
                    ("code", code.to_owned()),
                    ("count", rows.len().to_string()),
                    ("kpis", listed(city, &rows)),
                ]);
                let mut draft = report
                    .cell(Code::C603, *second, Field::Code, code, message)
                    .actual(code)
                    .hint(MISCOPIED.with([]))
                    .related(*first, Field::Code);
                for &row in others {
                    draft = draft.related(row, Field::Code);
                }
                draft.file();
            }
        }
    }
}

/// The KPI names of the rows, shortened if there are many.
fn listed(city: &City, rows: &[RowId]) -> String {
    const FEW: usize = 5;
    let names: Vec<String> = rows.iter().take(FEW).map(|&row| quoted(&city.row(row).kpi.text)).collect();
    let more = if rows.len() > FEW { " …" } else { "" };
    names.join(", ") + more
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
             2 KPIs have the code 교통-32: ‘도로포장 실적’, ‘보도정비 실적’\n\
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
