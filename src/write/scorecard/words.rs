//! What a scorecard says beside the plan's own words.

use super::{Input, Row};
use crate::check;
use crate::consolidate::City;
use crate::finding::Lang;
use crate::plan::Plan;
use crate::plan::value::show_number;
use crate::project::config::Direction;
use crate::score::{Aim, Basis, ByHand};
use crate::workbook::number_in;

/// What the scorecard is called.
pub(super) fn title(city: &City, plan: &Plan, lang: Lang) -> String {
    let (year, org) = (city.year, &plan.org);
    lang.pick(format!("{year}년도 {org} 성과표"), format!("{year} results of {org}"))
}

/// The words for a direction; where the targets run against it and nobody has said which way is better, with a question.
fn asked(input: &Input<'_>, row: &Row<'_>, direction: Direction, words: &str) -> String {
    let (city, keys) = (input.city, input.city.row_keys(row.id));
    let is_said = keys.common.is_some() || input.directions.declared(&keys.kpi).is_some();
    if is_said || !check::runs_against(city, row.id, direction) {
        return words.to_owned();
    }
    input.lang.pick(format!("{words} (방향 확인)"), format!("{words} (check the direction)"))
}

/// How a row's achievement is reckoned.
pub(super) fn how(input: &Input<'_>, row: &Row<'_>) -> String {
    let lang = input.lang;
    let own = row.measure.basis == Basis::Written;
    // Only what does not stand in the target's cell has to be said.
    let plain = number_in(input.city.written(row.id, input.city.year)).is_some();
    let words = match row.measure.aim {
        Aim::AtLeast(_) if own && plain => {
            asked(input, row, Direction::Up, lang.pick("높을수록 좋음", "higher is better"))
        }
        Aim::AtMost(_) if own && plain => {
            asked(input, row, Direction::Down, lang.pick("낮을수록 좋음", "lower is better"))
        }
        Aim::AtLeast(number) => {
            let number = show_number(number);
            lang.pick(format!("{number} 이상"), format!("{number} or more"))
        }
        Aim::AtMost(number) => {
            let number = show_number(number);
            lang.pick(format!("{number} 이하"), format!("{number} or less"))
        }
        Aim::Between(low, high) => {
            let (low, high) = (show_number(low), show_number(high));
            lang.pick(format!("{low}~{high} 사이"), format!("{low} to {high}"))
        }
        Aim::Within(bound) => {
            let bound = show_number(bound);
            lang.pick(format!("±{bound} 안"), format!("within ±{bound}"))
        }
        Aim::ByHand(why) => return by_hand(why, lang),
    };
    match row.measure.basis {
        Basis::Written => words,
        Basis::BeforeBrackets => {
            lang.pick(format!("{words} (괄호 앞의 값)"), format!("{words} (before the brackets)"))
        }
        Basis::Growth { column, .. } => {
            let year = input.plan.years.get(column).map_or(0, |column| column.year);
            lang.pick(
                format!("{words} ({year}년 실적에서 계산)"),
                format!("{words} (from the actual of {year})"),
            )
        }
    }
}

fn by_hand(why: ByHand, lang: Lang) -> String {
    let reason = match why {
        ByHand::NoTarget => lang.pick("목표 없음", "no target"),
        ByHand::Baseline => lang.pick("기준점", "base line"),
        ByHand::Qualitative => lang.pick("정성 지표", "qualitative"),
        ByHand::Several => lang.pick("목표가 여럿", "several targets"),
        ByHand::NoBase => lang.pick("전년 실적 없음", "no actual to grow from"),
        ByHand::Zero => lang.pick("목표가 0", "the target is 0"),
    };
    lang.pick(format!("{reason}: 달성률을 직접 입력"), format!("{reason}: enter the achievement"))
}
