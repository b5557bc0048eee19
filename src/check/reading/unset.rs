//! 책자를 조판하는 프로그램이 이 계획에서 멈추었습니다. 오른쪽에서 왼쪽으로 쓰는 글자나 글자 위에 겹쳐 찍는 부호처럼 드문 글자가 있을 때
//! 그럴 수 있습니다. 그런 글자를 〓로 바꾸어 다시 조판하며, 그래도 되지 않으면 그 자리에 조판하지 못했다고 알리는 쪽을 넣습니다. 책자의
//! 나머지와 다른 결과는 그대로 나옵니다. `book`과 `build`가 책자를 만들 때에만 알 수 있어 `check`에는 나오지 않습니다.
//!
//! 예: 지표 이름에 아랍 글자가 섞여 있고 그 글자를 보여 주는 글꼴에 흠이 있는 때.
//!
//! 고치는 법: 적힌 글자를 보통 쓰이는 글자로 바꾸십시오. 글자에 이상이 없으면 `[book]`의 `fonts`에서 다른 글꼴을 골라 보십시오.
//! 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The typesetting program failed at this plan. Rare characters can cause that, such as right-to-left letters
//! or combining marks. The book is set again with 〓 in their place; if that does not help, a page says that
//! the plan could not be set. The rest of the book and all other outputs are made. Only `book` and `build`
//! detect this, when they make the book.
//!
//! Example: the name of a KPI has Arabic letters, and the font for them is faulty.
//!
//! To resolve it: use common characters. If the characters are correct, try another font in `fonts` of
//! `[book]`. `tolerance` and `except` are not used.

use std::collections::BTreeSet;

use super::letters::places;
use crate::check::Report;
use crate::consolidate::Context;
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;

static LETTERS: Wording = Wording {
    ko: "이 계획의 글자 가운데 조판하지 못한 것이 있어 책자에는 〓로 나옵니다: {letters}",
    en: "some letters of this plan could not be typeset; the book prints 〓 instead: {letters}",
};
static PAGE: Wording = Wording {
    ko: "이 계획은 조판하지 못하여 책자에는 그렇게 알리는 쪽만 있습니다",
    en: "this plan could not be typeset; the book has a page in its place that says so",
};
static REPLACE: Wording = Wording {
    ko: "보통 쓰이는 글자로 바꾸십시오. 글자에 이상이 없으면 planbook.toml의 [book] fonts에서 다른 글꼴을 골라 보십시오",
    en: "write letters in common use; where nothing is wrong with them, try another font in [book] fonts of planbook.toml",
};
static OTHER_FONT: Wording = Wording {
    ko: "planbook.toml의 [book] fonts에서 다른 글꼴을 골라 보고, 그대로이면 planbook을 만든 곳에 알려 주십시오",
    en: "try another font in [book] fonts of planbook.toml; if that does not help, report it to the makers of planbook",
};

/// The most characters listed.
const NAMED: usize = 8;

pub(in crate::check) fn check(
    context: &Context<'_>,
    letters: &BTreeSet<char>,
    pages: &BTreeSet<PlanId>,
    report: &mut Report<'_>,
) {
    for (index, plan) in context.city.numbered_plans() {
        if pages.contains(&index) {
            let at = plan.title.cell.map(|cell| Place::cell(&plan.file, &plan.sheet, cell));
            let at = at.unwrap_or_else(|| plan.header_place());
            report.plan(Code::R015, index, Field::File, PAGE.with([]), at).hint(OTHER_FONT.with([])).file();
            continue;
        }
        let found = places(plan, letters);
        let Some(first) = found.values().next().and_then(|places| places.first()) else { continue };
        let name = |c: &char| format!("{c} (U+{:04X})", u32::from(*c));
        let mut named: Vec<String> = found.keys().take(NAMED).map(name).collect();
        named.extend((found.len() > NAMED).then(|| "…".to_owned()));
        let message = LETTERS.with([("letters", named.join(", "))]);
        let draft = report.plan(Code::R015, index, first.field, message, first.place(&plan.file));
        draft.actual(first.text).hint(REPLACE.with([])).file();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::check;
    use crate::consolidate::Context;
    use crate::plan::PlanId;
    use crate::project::Config;
    use crate::testing::{city, plan, told};

    #[test]
    fn a_plan_that_could_not_be_set_is_told_with_its_letters_or_its_page() {
        let row =
            |kpi: &str| format!("정책 (100) | 시 | 지표 | 1% | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 100 | ");
        let plans = [("교통국", "ד ד"), ("환경국", "버스"), ("복지국", "도로")];
        let plans = plans.map(|(org, kpi)| plan(org, "가나시").row(&row(kpi)));
        let config = Config::default();
        let city = city(plans, &config);
        let context = Context { city: &city, config: &config };
        let found = check::unset(&context, &BTreeSet::from(['ד']), &BTreeSet::from([PlanId::at(2)]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(told(&found[0]).contains("ד (U+05D3)") && found[0].found.as_deref() == Some("ד ד"));
        assert!(told(&found[1]).contains("알리는 쪽만") && found[1].plan == Some(PlanId::at(2)));
    }
}
