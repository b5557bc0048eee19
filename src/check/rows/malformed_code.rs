//! 주요사업 코드가 정해진 꼴(앞글자-번호)로 적혀 있지 않습니다. 코드로 사업을 찾고 번호를 셈하므로 꼴이 같아야 합니다.
//! 결과에는 짐작한 코드를 넣었습니다.
//!
//! 예: "여성13"은 "여성-13"으로, "경본 23"은 "경본-23"으로 읽었습니다.
//!
//! 고치는 법: 짐작한 코드가 맞으면 칸에 그대로 적으십시오. 코드가 여럿이면 쉼표로 나누십시오. `except`에는 짐작한 코드를
//! 적습니다(한 칸에 여럿이면 쉼표로 이어서). `tolerance`는 없습니다.
//!
//! ---
//! An initiative code is not in the regular form, prefix-number. Initiatives are found and counted by their
//! codes, so all must have the same form. The results contain the code probably meant.
//!
//! Example: "WEL13" was read as "WEL-13", "ECO 23" as "ECO-23".
//!
//! To resolve it: write the code as suggested if it is right, and separate several codes by commas. `except`
//! names suggested codes to skip (several in one cell joined by commas); `tolerance` is not used.

use std::collections::BTreeSet;

use super::footnote_place;
use crate::check::Report;
use crate::check::words::quoted;
use crate::consolidate::{Context, RowId};
use crate::finding::{Code, Message, Wording};
use crate::plan::{Field, Initiatives, MalformedCode};

static MALFORMED: Wording = Wording {
    ko: "코드 표기가 어긋났습니다: {codes}",
    en: "codes not in their regular form: {codes}",
};
static WRITE: Wording = Wording {
    ko: "{likely|을/를} 뜻한다면 그렇게 고쳐 적으십시오",
    en: "if {likely} is meant, write it so",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (index, plan) in context.city.numbered_plans() {
        let mut seen = BTreeSet::new();
        for (row, indicator) in plan.rows.iter().enumerate() {
            // A merged cell has its codes once for all its rows.
            let at = plan.place(row, Field::Code);
            let Some(words) = words(&indicator.initiatives).filter(|_| seen.insert(at)) else { continue };
            let id = RowId { plan: index, row };
            report
                .cell(Code::C601, id, Field::Code, &words.likely, words.message)
                .expected(words.likely, words.written)
                .hint(words.hint)
                .file();
        }
        for footnote in &plan.footnotes {
            let Some(words) = words(&footnote.initiatives) else { continue };
            report
                .plan(Code::C601, index, Field::Code, words.message, footnote_place(plan, footnote))
                .identified_by(words.likely.as_str())
                .expected(words.likely, words.written)
                .hint(words.hint)
                .file();
        }
    }
}

/// The texts about the malformed codes of one cell.
struct CodeTexts {
    written: String,
    likely: String,
    message: Message,
    hint: Message,
}

fn words(initiatives: &Initiatives) -> Option<CodeTexts> {
    if initiatives.malformed.is_empty() {
        return None;
    }
    let join = |pick: fn(&MalformedCode) -> &str| {
        initiatives.malformed.iter().map(pick).collect::<Vec<_>>().join(", ")
    };
    let pairs: Vec<String> = initiatives
        .malformed
        .iter()
        .map(|code| format!("{} → {}", quoted(&code.written), code.likely))
        .collect();
    let likely = join(|code| &code.likely);
    Some(CodeTexts {
        written: join(|code| &code.written),
        message: MALFORMED.with([("codes", pairs.join(", "))]),
        hint: WRITE.with([("likely", likely.clone())]),
        likely,
    })
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
    fn a_code_without_its_hyphen_is_reported_with_the_likely_one() {
        let bureau = plan("여성국", "가나시").row(&row("가", "여성-12")).row(&row("나", "여성13"));
        let found = findings(Code::C601, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["여성국!M7"]);
        assert_eq!(
            (found[0].expected.as_deref(), found[0].found.as_deref()),
            (Some("여성-13"), Some("여성13"))
        );
        assert_eq!(
            told(&found[0]),
            "코드 표기가 어긋났습니다: ‘여성13’ → 여성-13\n\
             codes not in their regular form: ‘여성13’ → 여성-13\n\
             → 여성-13을 뜻한다면 그렇게 고쳐 적으십시오\n\
             → if 여성-13 is meant, write it so"
        );
    }

    #[test]
    fn a_merged_cell_is_reported_once_and_footnotes_are_read_too() {
        let bureau = plan("공원소", "가나시")
            .row(&row("가", "공원 3"))
            .row(&row("나", "^"))
            .footnote("기타주요사업 : 공원2");
        let found = findings(Code::C601, [bureau], &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["공원소!A8", "공원소!M6"]);
    }

    #[test]
    fn regular_codes_are_no_finding() {
        assert!(findings(Code::C601, consistent_city(), &Config::default()).is_empty());
    }
}
