//! 책자의 글꼴 가운데 어느 것에도 없는 글자가 계획에 있습니다. 그대로 찍으면 빈 상자가 나오므로 책자에는 〓를 대신 찍습니다. 글꼴을 알아야
//! 하는 점검이어서 `book`과 `build`가 책자를 만들 때에만 합니다. `check`는 하지 않습니다.
//!
//! 예: 한글(HWP)의 문자표에서만 쓰이는 글머리 기호, 옛한글, 회사 로고 글꼴의 기호, 다른 컴퓨터에만 있는 한자.
//!
//! 고치는 법: 보통 쓰이는 글자로 바꾸십시오(예: •, ※, →). 꼭 그 글자여야 하면 그 글자가 든 글꼴을 설치하거나 `--fonts`로 알려 주십시오.
//! 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! A plan contains a character that none of the book's fonts has. It would be an empty box, so the book
//! prints 〓 instead. The check needs the fonts, so only `book` and `build` run it.
//!
//! Example: a bullet from the symbol table of the word processor HWP, a letter of old Hangul, a character of
//! an in-house font, a Chinese character that only another computer has.
//!
//! To resolve it: use a common character (such as •, ※, →). If it must be this one, install a font that has
//! it or name its folder with `--fonts`. `tolerance` and `except` are not used.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::check::Report;
use crate::consolidate::{City, Context};
use crate::finding::{Code, Wording};
use crate::plan::{Plan, Printed};

static LETTER: Wording = Wording {
    ko: "글자 {letter}({number})를 보여 주는 글꼴이 없어 책자에는 〓로 나옵니다",
    en: "no font shows the letter {letter} ({number}); the book prints 〓 instead",
};
static PRIVATE: Wording = Wording {
    ko: "{number}는 만든 프로그램에서만 보이는 사용자 정의 글자여서 책자에는 〓로 나옵니다",
    en: "{number} is a private letter that only the program it was typed in shows; the book prints 〓 instead",
};
static REPLACE: Wording = Wording {
    ko: "보통 쓰이는 글자로 바꾸십시오. 꼭 이 글자여야 하면 이 글자가 든 글꼴을 설치하거나 `--fonts`로 알려 주십시오",
    en: "write a letter in common use; if it has to be this one, install a font that has it or name its folder with `--fonts`",
};

/// Reports characters that no font has according to `shows`: one finding per character and plan, at its first
/// place.
pub(in crate::check) fn check(context: &Context<'_>, shows: &dyn Fn(char) -> bool, report: &mut Report<'_>) {
    let missing: BTreeSet<char> = letters(context.city).into_iter().filter(|&c| !shows(c)).collect();
    if missing.is_empty() {
        return;
    }
    for (index, plan) in context.city.numbered_plans() {
        for (letter, places) in places(plan, &missing) {
            let number = format!("U+{:04X}", u32::from(letter));
            let wording = if is_private(letter) { &PRIVATE } else { &LETTER };
            let message = wording.with([("letter", letter.to_string()), ("number", number.clone())]);
            let Some((first, others)) = places.split_first() else { continue };
            let draft = report.plan(Code::R010, index, first.field, message, first.place(&plan.file));
            let draft = others.iter().fold(draft.actual(first.text), |draft, other| {
                draft.related_place(&plan.org, other.place(&plan.file))
            });
            draft.hint(REPLACE.with([])).identified_by(number).file();
        }
    }
}

/// Every character of the city's plans, composed as a typesetter composes them.
fn letters(city: &City) -> BTreeSet<char> {
    city.plans.iter().flat_map(Plan::printed).flat_map(|printed| printed.text.nfc()).collect()
}

/// The places in `plan` of each of the `missing` characters, each cell once.
pub(super) fn places<'p>(plan: &'p Plan, missing: &BTreeSet<char>) -> BTreeMap<char, Vec<Printed<'p>>> {
    let mut places: BTreeMap<char, Vec<Printed<'p>>> = BTreeMap::new();
    for printed in plan.printed() {
        let letters: BTreeSet<char> = printed.text.nfc().filter(|c| missing.contains(c)).collect();
        for letter in letters {
            let seen = places.entry(letter).or_default();
            if !seen.iter().any(|other| other.place(&plan.file) == printed.place(&plan.file)) {
                seen.push(printed);
            }
        }
    }
    places
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::consolidate::Context;
    use crate::finding::Code;
    use crate::project::Config;
    use crate::testing::{city, config, plan, told};

    fn findings(config: &Config, shows: fn(char) -> bool) -> Vec<String> {
        let row =
            |kpi: &str| format!("정책 (100) | 시 | 지표 | 1% | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | 50 | ");
        let plan = plan("교통국", "가나시").row(&row("㎞당 \u{f02ef}사고")).row(&row("\u{f02ef}도로"));
        let city = city([plan], config);
        let found = check::run_for_print(&Context { city: &city, config }, Some(&shows));
        found
            .iter()
            .filter(|finding| finding.rule == Code::R010)
            .map(|finding| format!("{} {} +{}", told(finding), finding.at, finding.related.len()))
            .collect()
    }

    #[test]
    fn a_letter_is_told_once_a_plan_with_its_cells() {
        let found = findings(&Config::default(), |c| c != '\u{f02ef}');
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("U+F02EF") && found[0].contains("private letter"), "{found:?}");
        assert!(found[0].ends_with(" +1"), "{found:?}");
    }

    #[test]
    fn a_common_letter_is_shown_beside_its_number() {
        let found = findings(&Config::default(), |c| c != '㎞');
        assert!(found[0].starts_with("글자 ㎞(U+339E)를 보여 주는 글꼴이 없어"), "{found:?}");
    }

    #[test]
    fn nothing_is_told_where_all_is_shown_or_the_check_is_off() {
        assert!(findings(&Config::default(), |_| true).is_empty());
        assert!(findings(&config("[checks.R010]\noff = true"), |_| false).is_empty());
    }
}
