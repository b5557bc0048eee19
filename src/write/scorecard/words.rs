//! The texts of a scorecard other than the plan's own.

use super::input::{CardInput, CardRow};
use crate::check;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::Plan;
use crate::plan::value::show_number;
use crate::project::config::Polarity;
use crate::score::{Doubt, ManualReason, TargetBasis, TargetRule};
use crate::workbook::number_in;
use crate::write::words::plan_year;

/// The scorecard's title.
pub(super) fn title(city: &City, plan: &Plan, lang: Lang) -> String {
    let (year, org) = (plan_year(city.year, lang), &plan.org);
    let english = format!("{year} results of {org}");
    let english = if city.year == 0 { format!("Results of {org}") } else { english.trim().to_owned() };
    lang.pick(format!("{year}{org} 성과표"), english)
}

/// `words` for a polarity, with a request to check it if the targets run against it and it is not declared.
fn asked(input: &CardInput<'_>, row: &CardRow<'_>, polarity: Polarity, words: &str) -> String {
    let (city, keys) = (input.city, input.city.row_keys(row.id));
    let is_said = keys.common.is_some() || input.polarities.declared(&keys.kpi).is_some();
    if is_said || !check::runs_against(city, row.id, polarity) {
        return words.to_owned();
    }
    input.lang.pick(format!("{words} (방향 확인)"), format!("{words} (check the direction)"))
}

/// Describes how a row's achievement is calculated.
pub(super) fn how(input: &CardInput<'_>, row: &CardRow<'_>) -> String {
    let lang = input.lang;
    if row.score.doubt == Some(Doubt::NoShare) {
        return lang
            .pick("달성률 칸 확인: 95%처럼 적음", "check the achievement: enter it as 95%")
            .to_owned();
    }
    let is_plain = !matches!(row.measure.rule, TargetRule::Manual(_));
    if is_plain && row.score.typed {
        return lang.pick("달성률 직접 적음", "achievement entered by hand").to_owned();
    }
    let own = row.measure.basis == TargetBasis::Written;
    // Only a target that is not in its cell as a plain number needs explaining.
    let plain = number_in(input.city.written(row.id, input.city.year)).is_some();
    let words = match row.measure.rule {
        TargetRule::AtLeast(_) if own && plain => {
            asked(input, row, Polarity::Up, lang.pick("높을수록 좋음", "higher is better"))
        }
        TargetRule::AtMost(_) if own && plain => {
            asked(input, row, Polarity::Down, lang.pick("낮을수록 좋음", "lower is better"))
        }
        TargetRule::AtLeast(number) => {
            let number = show_number(number);
            lang.pick(format!("{number} 이상"), format!("{number} or more"))
        }
        TargetRule::AtMost(number) => {
            let number = show_number(number);
            lang.pick(format!("{number} 이하"), format!("{number} or less"))
        }
        TargetRule::Between(low, high) => {
            let (low, high) = (show_number(low), show_number(high));
            lang.pick(format!("{low}~{high} 사이"), format!("{low} to {high}"))
        }
        TargetRule::Within(bound) => {
            let bound = show_number(bound);
            lang.pick(format!("±{bound} 안"), format!("within ±{bound}"))
        }
        TargetRule::Manual(why) => return by_hand(why, lang),
    };
    match row.measure.basis {
        TargetBasis::Written => words,
        TargetBasis::BeforeBrackets => {
            lang.pick(format!("{words} (괄호 앞의 값)"), format!("{words} (before the brackets)"))
        }
        TargetBasis::Growth { column, .. } => {
            let year = input.plan.years.get(column).map_or(0, |column| column.year);
            lang.pick(
                format!("{words} ({year}년 실적에서 계산)"),
                format!("{words} (from the actual of {year})"),
            )
        }
    }
}

fn by_hand(why: ManualReason, lang: Lang) -> String {
    let reason = match why {
        ManualReason::NoTarget => lang.pick("목표 없음", "no target"),
        ManualReason::Baseline => lang.pick("기준점", "base line"),
        ManualReason::Qualitative => lang.pick("정성 지표", "qualitative"),
        ManualReason::Several => lang.pick("목표가 여럿", "several targets"),
        ManualReason::NoBase => lang.pick("전년 실적 없음", "no actual to grow from"),
        ManualReason::Zero => lang.pick("목표가 0", "the target is 0"),
    };
    lang.pick(format!("{reason}: 달성률을 직접 입력"), format!("{reason}: enter the achievement"))
}
