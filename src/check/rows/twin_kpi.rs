//! 한 계획에 같은 지표가 두 번 있습니다. 이름은 띄어쓰기와 문장부호를 빼고 견줍니다. 괄호 안의 덧붙임이나 한 글자만 다르고
//! 값, 단위, 비중이 모두 같은 행도 같은 지표로 봅니다.
//!
//! 예: "시청사 건립 공정률"과 "시청사 건립 공정률(본관동)"이 같은 값과 비중으로 나란히 있으면 비중의 합이 100을 넘기 쉽습니다.
//!
//! 고치는 법: 복사하다 겹친 행이면 하나를 지우고 비중의 합을 확인하십시오. 서로 다른 것을 재는 지표라면 이름이 구별되게
//! 고치십시오. 그대로 두려면 `except`에 지표 이름을 적으십시오. `tolerance`는 없습니다.
//!
//! ---
//! A KPI is in one plan twice. Names are compared without spaces and punctuation. Rows with the same values,
//! unit and weight also count as the same if their names differ only by a letter or an addition in brackets.
//!
//! Example: "Progress of the city hall" and "Progress of the city hall (main building)" with equal values and
//! weights; the weights of the plan then often sum to more than 100.
//!
//! To resolve it: delete the row if it was copied by mistake, and check the sum of the weights. If the two
//! measure different things, give them distinct names. `except` names KPIs to skip; `tolerance` is not used.

use std::collections::BTreeMap;

use crate::check::Report;
use crate::check::figures::Figures;
use crate::check::words::quoted;
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Wording};
use crate::plan::Field;
use crate::text::NameKey;

/// Minimum similarity of two names for rows with equal figures to count as one KPI: a letter in ten may
/// differ.
const ALMOST: f64 = 0.9;

static TWICE: Wording = Wording {
    ko: "지표 {kpi|이/가} 이 계획에 이미 있습니다 ({cell})",
    en: "the KPI {kpi} is already in this plan ({cell})",
};
static NEARLY: Wording = Wording {
    ko: "지표 {kpi|은/는} {other|과/와} 값, 단위, 비중이 모두 같습니다 ({cell})",
    en: "the KPI {kpi} has the same values, unit and weight as {other} ({cell})",
};
static NEARLY_UNWEIGHTED: Wording = Wording {
    ko: "지표 {kpi|은/는} {other|과/와} 값과 단위가 모두 같습니다 ({cell})",
    en: "the KPI {kpi} has the same values and unit as {other} ({cell})",
};
static DELETE_OR_RENAME_UNWEIGHTED: Wording = Wording {
    ko: "겹친 행이면 하나를 지우십시오. 다른 것을 재는 지표면 이름이 구별되게 고치십시오",
    en: "delete one, or give the two names that tell them apart",
};
static DELETE_OR_RENAME: Wording = Wording {
    ko: "겹친 행이면 하나를 지우고 비중의 합을 확인하십시오. 다른 것을 재는 지표면 이름이 구별되게 고치십시오",
    en: "delete one and look at the sum of the weights, or give the two names that tell them apart",
};

pub(in crate::check) fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let city = context.city;
    for (plan, table) in city.numbered_plans() {
        let mut by_name: BTreeMap<&NameKey, RowId> = BTreeMap::new();
        let mut by_figures: BTreeMap<Figures<'_>, Vec<RowId>> = BTreeMap::new();
        for later in (0..table.rows.len()).map(|row| RowId { plan, row }) {
            let name = &city.row_keys(later).kpi;
            if name.is_empty() {
                continue;
            }
            let first = *by_name.entry(name).or_insert(later);
            if shares_cell(city, first, later) {
                continue;
            }
            if first != later {
                file(city, report, &TWICE, first, later);
                continue;
            }
            let figures = Figures::of(city, later);
            if !figures.any_number() {
                continue;
            }
            let alike = by_figures.entry(figures).or_default();
            match alike.iter().find(|&&other| nearly_one_name(city, other, later)) {
                Some(&first) => file(city, report, &NEARLY, first, later),
                None => alike.push(later),
            }
        }
    }
}

/// Whether both rows share a merged name cell: a KPI with two lines of values is not a duplicate.
fn shares_cell(city: &City, first: RowId, later: RowId) -> bool {
    let (first_row, later_row) = (city.row(first), city.row(later));
    first != later && first_row.sheet == later_row.sheet && first_row.kpi.cell == later_row.kpi.cell
}

fn file(city: &City, report: &mut Report<'_>, wording: &'static Wording, first: RowId, later: RowId) {
    // A form without weights is not spoken to of them.
    let has_weights = city.plans[later.plan].has(Field::Weight);
    let wording = if !has_weights && std::ptr::eq(wording, &NEARLY) { &NEARLY_UNWEIGHTED } else { wording };
    let hint = if has_weights { &DELETE_OR_RENAME } else { &DELETE_OR_RENAME_UNWEIGHTED };
    let message = wording.with([
        ("kpi", quoted(&city.row(later).kpi.text)),
        ("other", quoted(&city.row(first).kpi.text)),
        ("cell", city.row(first).cell(Field::Kpi, &city.plans[first.plan].years).to_string()),
    ]);
    report
        .row(Code::K501, later, Field::Kpi, message)
        .actual(city.row(later).kpi.text.to_string())
        .hint(hint.with([]))
        .related(first, Field::Kpi)
        .file();
}

/// Whether the names differ by an addition in brackets or a letter, but not by a digit: digits distinguish
/// KPIs (1차, 2차).
fn nearly_one_name(city: &City, a: RowId, b: RowId) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let [name_a, name_b] = [a, b].map(|row| &*city.row(row).kpi.text);
    let (bare_a, bare_b) = (without_brackets(name_a), without_brackets(name_b));
    if digits(&bare_a) != digits(&bare_b) {
        return false;
    }
    let one_adds = (bare_a == name_a) != (bare_b == name_b);
    let (bare_a, bare_b) = (city.names.key(&bare_a), city.names.key(&bare_b));
    if bare_a == bare_b {
        return one_adds && !bare_a.is_empty();
    }
    let [a, b] = [a, b].map(|row| city.row_keys(row).kpi.as_str());
    digits(a) == digits(b) && strsim::normalized_levenshtein(a, b) >= ALMOST
}

/// `name` without its parts in brackets.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let outside = name.chars().filter(|&c| {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::project::Config;
    use crate::testing::{at, findings, plan, told};

    fn two(first: (&str, &str), second: (&str, &str)) -> Vec<Finding> {
        let row =
            |(kpi, rest): (&str, &str)| format!("관점 | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | {rest} | ");
        let bureau = plan("시설단", "가나시").row(&row(first)).row(&row(second));
        findings(Code::K501, [bureau], &Config::default())
    }

    const FIGURES: &str = "10 | 20 | 60 | 100 | % | 20";
    const OTHERS: &str = "- | 82.3 | 93 | 100 | 시간 | 3";

    #[test]
    fn the_later_row_of_the_same_name_is_reported() {
        let found = two(("1인당 교육시간", FIGURES), ("1인당교육시간", OTHERS));
        assert_eq!(found.iter().map(at).collect::<Vec<_>>(), ["시설단!F7"]);
        assert_eq!(found[0].related[0].at.cell, Some("F6".parse().unwrap()));
        assert_eq!(
            told(&found[0]),
            "지표 ‘1인당교육시간’이 이 계획에 이미 있습니다 (F6)\n\
             the KPI ‘1인당교육시간’ is already in this plan (F6)\n\
             → 겹친 행이면 하나를 지우고 비중의 합을 확인하십시오. 다른 것을 재는 지표면 이름이 구별되게 고치십시오\n\
             → delete one and look at the sum of the weights, or give the two names that tell them apart"
        );
    }

    #[test]
    fn equal_figures_under_a_name_with_an_addition_or_a_misprint_are_one_kpi() {
        let found = two(("청사 건립 공정율", FIGURES), ("청사 건립 공정률 (신관동, 본관동)", FIGURES));
        assert!(told(&found[0]).contains("값, 단위, 비중이 모두 같습니다 (F6)"));
        assert_eq!(
            two(("다동이 행복카드 발급 세대수", FIGURES), ("다둥이 행복카드 발급 세대수", FIGURES)).len(),
            1
        );
    }

    #[test]
    fn kpis_that_only_look_alike_are_no_finding() {
        for (first, second) in [
            (("청사 건립 공정률", FIGURES), ("청사 건립 공정률 (신관동)", OTHERS)),
            (("공무원 청렴도 (시)", FIGURES), ("공무원 청렴도 (권익위)", FIGURES)),
            (("1차 뉴타운사업의 지구별 추진율", FIGURES), ("2차 뉴타운사업의 지구별 추진율", FIGURES)),
            (("공원 조성 면적", FIGURES), ("도로 정비 실적", FIGURES)),
        ] {
            assert!(two(first, second).is_empty(), "{} and {}", first.0, second.0);
        }
    }
}
