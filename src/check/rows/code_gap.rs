//! 같은 앞글자를 쓰는 주요사업 번호가 모든 계획의 표와 기타주요사업을 합쳐 보아도 이어지지 않습니다. 빠진 번호의 사업이
//! 어느 계획에도 적히지 않았을 수 있습니다. 번호만 적은 코드는 상위 조직이 쓰는 앞글자의 번호로 봅니다.
//!
//! 예: 감사-1부터 감사-7까지 쓰였는데 감사-6은 어디에도 없습니다.
//!
//! 고치는 법: 없어진 사업의 번호면 그대로 두셔도 됩니다. 빠뜨린 사업이면 지표의 코드 칸이나 기타주요사업에 적으십시오. 가장 큰
//! 번호가 오타라서 비어 보일 수도 있습니다. 이 점검에는 `tolerance`와 `except`가 없습니다.
//!
//! ---
//! The numbers of a prefix have gaps, counting the tables and footnotes of all plans. The initiatives with
//! the missing numbers may be in no plan. A number without a prefix is assumed to have the parent's.
//!
//! Example: AUD-1 to AUD-7 are used, except AUD-6.
//!
//! To resolve it: do nothing if the initiative was given up. Else write its code beside its KPI or among the
//! other initiatives. The highest number may also be a misprint. `tolerance` and `except` are not used.

use std::collections::{BTreeMap, BTreeSet};

use super::footnote_place;
use crate::check::Report;
use crate::check::words::ranges;
use crate::consolidate::{City, Context, Parent};
use crate::finding::{Code, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;

static GAP: Wording = Wording {
    ko: "{prefix} 사업 번호 가운데 {missing|이/가} 어느 계획에도 없습니다 (가장 큰 번호 {highest})",
    en: "of the initiatives {prefix}, {missing} are in no plan (the highest number is {highest})",
};
static MISSING_NUMBERS: Wording = Wording { ko: "비어 있는 번호", en: "missing numbers" };
static GIVEN_UP: Wording = Wording {
    ko: "없어진 사업이면 그대로 두고, 빠뜨린 사업이면 코드 칸이나 기타주요사업에 적으십시오",
    en: "leave it if the initiative was given up, else write its code into the table or the footnote",
};

/// The numbers of one prefix, each with the plans that have it and its place in each.
type CodeNumbers = BTreeMap<u64, BTreeMap<PlanId, Place>>;

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let numbering = numbering(context.city);
    let bare = bare_numbers(context.city, &numbering);
    for (&prefix, numbers) in &numbering {
        let Some((&highest, _)) = numbers.last_key_value() else { continue };
        let missing = gaps(numbers, bare.get(prefix));
        let Some((plan, at)) = heaviest_user(numbers).filter(|_| !missing.is_empty()) else { continue };
        let message = GAP.with([
            ("prefix", prefix.to_owned()),
            ("missing", missing.clone()),
            ("highest", highest.to_string()),
        ]);
        report
            .plan(Code::C604, plan, Field::Code, message, at)
            .identified_by(prefix)
            .actual(missing)
            .calculated_as(&MISSING_NUMBERS)
            .hint(GIVEN_UP.with([]))
            .file();
    }
}

/// The numbers of each prefix in the tables and footnotes of all plans.
fn numbering(city: &City) -> BTreeMap<&str, CodeNumbers> {
    let mut all: BTreeMap<&str, CodeNumbers> = BTreeMap::new();
    for (index, plan) in city.numbered_plans() {
        let in_table = plan.rows.iter().enumerate().flat_map(|(row, indicator)| {
            indicator.initiatives.codes.iter().map(move |code| (code, plan.place(row, Field::Code)))
        });
        let in_footnotes = plan.footnotes.iter().flat_map(|footnote| {
            let at = footnote_place(plan, footnote);
            footnote.initiatives.codes.iter().map(move |code| (code, at.clone()))
        });
        for (code, at) in in_table.chain(in_footnotes) {
            let Some((prefix, number)) = code.rsplit_once('-') else { continue };
            if let Ok(number) = number.parse() {
                all.entry(prefix).or_default().entry(number).or_default().entry(index).or_insert(at);
            }
        }
    }
    all
}

/// Numbers without a prefix, by the only prefix of the parent's plan. They fill its gaps but open none,
/// because the prefix is only likely.
fn bare_numbers<'c>(
    city: &City,
    numbering: &BTreeMap<&'c str, CodeNumbers>,
) -> BTreeMap<&'c str, BTreeSet<u64>> {
    let mut used_by: BTreeMap<PlanId, BTreeSet<&str>> = BTreeMap::new();
    for (&prefix, numbers) in numbering {
        for &plan in numbers.values().flat_map(BTreeMap::keys) {
            used_by.entry(plan).or_default().insert(prefix);
        }
    }
    let mut bare: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for (plan, node) in city.plans.iter().zip(&city.nodes) {
        let Parent::Plan(parent) = &node.parent else { continue };
        let Some(prefixes) = used_by.get(parent).filter(|prefixes| prefixes.len() == 1) else { continue };
        for code in plan.rows.iter().flat_map(|row| &row.initiatives.codes) {
            if let (Some(&prefix), Ok(number)) = (prefixes.first(), code.parse()) {
                bare.entry(prefix).or_default().insert(number);
            }
        }
    }
    bare
}

/// The missing numbers from 1 to the highest, as a list of ranges.
fn gaps(numbers: &CodeNumbers, bare: Option<&BTreeSet<u64>>) -> String {
    let highest = numbers.last_key_value().map_or(0, |(&highest, _)| highest);
    let bare = bare.into_iter().flatten().filter(|&&number| number <= highest);
    let used: BTreeSet<u64> = numbers.keys().chain(bare).copied().collect();
    let mut next = 1;
    let mut spans = Vec::new();
    for number in used {
        if number > next {
            spans.push((next.to_string(), (number - 1).to_string()));
        }
        next = number.saturating_add(1);
    }
    ranges(spans)
}

/// The plan that uses the most numbers, the first of several, and its cell with the highest of them.
fn heaviest_user(numbers: &CodeNumbers) -> Option<(PlanId, Place)> {
    let mut uses: BTreeMap<PlanId, (usize, &Place)> = BTreeMap::new();
    for places in numbers.values() {
        for (&plan, place) in places {
            let count = uses.get(&plan).map_or(0, |(count, _)| *count);
            uses.insert(plan, (count + 1, place));
        }
    }
    uses.into_iter()
        .max_by_key(|&(plan, (count, _))| (count, std::cmp::Reverse(plan)))
        .map(|(plan, (_, place))| (plan, place.clone()))
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
    fn gaps_count_tables_and_footnotes_of_all_plans() {
        let plans = [
            plan("감사관", "가나시")
                .row(&row("가", "감사-1"))
                .row(&row("나", "감사-9"))
                .row(&row("다", "감사-3")),
            plan("조사과", "감사관").row(&row("가", "감사-5")).footnote("※ 기타주요사업 : 감사-4"),
        ];
        let found = findings(Code::C604, plans, &Config::default());
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["감사관!M7"]);
        assert_eq!(
            told(&found[0]),
            "감사 사업 번호 가운데 2, 6–8이 어느 계획에도 없습니다 (가장 큰 번호 9)\n\
             of the initiatives 감사, 2, 6–8 are in no plan (the highest number is 9)\n\
             → 없어진 사업이면 그대로 두고, 빠뜨린 사업이면 코드 칸이나 기타주요사업에 적으십시오\n\
             → leave it if the initiative was given up, else write its code into the table or the footnote"
        );
    }

    #[test]
    fn a_misprint_with_a_huge_number_is_one_span() {
        let bureau = plan("감사관", "가나시").row(&row("가", "감사-1")).row(&row("나", "감사-99999999999"));
        let found = findings(Code::C604, [bureau], &Config::default());
        assert_eq!(found[0].found.as_deref(), Some("2–99999999998"));
    }

    #[test]
    fn a_bare_number_fills_a_gap_of_the_parents_numbering_and_opens_none() {
        let plans = [
            plan("감사관", "가나시").row(&row("가", "감사-1")).row(&row("나", "감사-4")),
            plan("조사과", "감사관").row(&row("가", "2. 청렴 교육")).row(&row("나", "9")),
        ];
        let found = findings(Code::C604, plans, &Config::default());
        assert_eq!(found[0].found.as_deref(), Some("3"));
    }

    #[test]
    fn complete_numbering_and_bare_numbers_are_no_finding() {
        let bureau =
            plan("감사관", "가나시").row(&row("가", "감사-1")).row(&row("나", "감사-2")).row(&row("다", "7"));
        assert!(findings(Code::C604, [bureau], &Config::default()).is_empty());
    }
}
