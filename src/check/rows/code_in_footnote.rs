//! 같은 코드가 한 계획의 표에도 있고 기타주요사업 줄에도 있습니다. 기타주요사업은 어느 지표에도 걸리지 않는 사업이므로 한
//! 코드는 둘 가운데 한 곳에만 있어야 합니다.
//!
//! 예: 재무-7이 지표의 코드 칸에 있는데 표 아래 "기타주요사업: 재무-5, 재무-7"에도 적혀 있습니다.
//!
//! 고치는 법: 지표에 걸린 사업이면 기타주요사업에서 빼십시오. 걸리지 않는 사업이면 표에서 빼십시오. 둘 가운데 하나가 다른
//! 코드의 오타일 수도 있습니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A code is both in the table of a plan and in its footnote of other initiatives. Other initiatives serve no
//! KPI, so a code belongs in only one of the two.
//!
//! Example: FIN-7 is beside a KPI and also in "Other initiatives: FIN-5, FIN-7" below the table.
//!
//! To resolve it: remove it from the footnote if the initiative serves the KPI, else from the table. One of
//! the two may be a misprint of another code. `tolerance` and `except` are not used.

use std::collections::{BTreeMap, BTreeSet};

use super::footnote_place;
use crate::check::Report;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::source::CellRef;

static BOTH: Wording = Wording {
    ko: "{code|이/가} 표({cells})에도 있고 기타주요사업에도 있습니다",
    en: "{code} is both in the table ({cells}) and among the other initiatives",
};
static ONE_PLACE: Wording = Wording {
    ko: "지표에 걸린 사업이면 기타주요사업에서 빼십시오",
    en: "take it out of the footnote if the initiative serves the KPI",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (index, plan) in context.city.numbered_plans() {
        let mut in_table: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, indicator) in plan.rows.iter().enumerate() {
            for code in &indicator.initiatives.codes {
                in_table.entry(code).or_default().push(row);
            }
        }
        for footnote in &plan.footnotes {
            for code in &footnote.initiatives.codes {
                // Removed, so that a code repeated in the footnotes is reported once.
                let Some(rows) = in_table.remove(&**code) else { continue };
                let cells: BTreeSet<CellRef> =
                    rows.iter().map(|&row| plan.rows[row].cell(Field::Code, &plan.years)).collect();
                let cells: Vec<String> = cells.iter().map(CellRef::to_string).collect();
                let message = BOTH.with([("code", code.to_string()), ("cells", cells.join(", "))]);
                let mut draft = report
                    .plan(Code::C602, index, Field::Code, message, footnote_place(plan, footnote))
                    .identified_by(&**code)
                    .actual(code.to_string())
                    .hint(ONE_PLACE.with([]));
                for &row in &rows {
                    draft = draft.related(RowId { plan: index, row }, Field::Code);
                }
                draft.file();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Config;
    use crate::testing::{at, consistent_city, findings, plan, told};

    fn row(kpi: &str, code: &str) -> String {
        format!("관점 | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 20 | {code}")
    }

    #[test]
    fn a_code_in_both_places_is_reported_at_the_footnote() {
        let bureau = plan("재무국", "가나시")
            .row(&row("가", "재무-7"))
            .row(&row("나", "재무-8"))
            .footnote("※ 기타주요사업 : 재무-5, 재무-7");
        let found = findings(Code::C602, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["재무국!A8"]);
        assert_eq!(found[0].related[0].at.cell, Some("M6".parse().unwrap()));
        assert_eq!(
            told(&found[0]),
            "재무-7이 표(M6)에도 있고 기타주요사업에도 있습니다\n\
             재무-7 is both in the table (M6) and among the other initiatives\n\
             → 지표에 걸린 사업이면 기타주요사업에서 빼십시오\n\
             → take it out of the footnote if the initiative serves the KPI"
        );
    }

    #[test]
    fn other_initiatives_in_the_footnote_are_no_finding() {
        assert!(findings(Code::C602, consistent_city(), &Config::default()).is_empty());
    }
}
