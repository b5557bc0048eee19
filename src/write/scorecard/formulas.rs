//! The formulas of a scorecard, each with what it comes to. They say what [`Aim::reached`] does.

use std::ops::RangeInclusive;

use super::columns::CardColumns;
use super::settings::{CAP, FLOOR, GRADE_FROM, GRADE_NAME};
use super::{Input, Row};
use crate::project::scoring::{Lower, Scoring};
use crate::score::{Aim, Basis, Tally, last_actual};
use crate::source::CellRef;
use crate::workbook::range::cells;
use crate::workbook::{Formula, number_in};

/// A cell as formulas name it.
fn cell(row: u32, col: u16) -> String {
    CellRef::new(row, col).to_string()
}

/// A number as formulas write it.
fn literal(number: f64) -> String {
    // A sign in front would be taken for the operator of what stands before.
    if number < 0.0 { format!("({number})") } else { number.to_string() }
}

/// The result of a formula that gives a number or nothing.
fn result(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// The cell of the value in the column at `at` of the plan's years where it holds `number`, else the number itself.
fn operand(input: &Input<'_>, row: &Row<'_>, sheet_row: u32, at: usize, number: f64) -> String {
    let text = &input.plan.rows[row.id.row].values[at].text.text;
    let stands_there = number_in(text).is_some_and(|written| written.total_cmp(&number).is_eq());
    if stands_there { cell(sheet_row, input.columns.years[at]) } else { literal(number) }
}

/// What a target of `number` is called in formulas: the cell it stands in, the promised growth on the last actual, or
/// the number itself.
fn target(input: &Input<'_>, row: &Row<'_>, sheet_row: u32, number: f64) -> String {
    match row.measure.basis {
        Basis::Growth { column, promise, percent } => {
            let Some((_, last)) = last_actual(input.city, row.id) else { return literal(number) };
            let last = operand(input, row, sheet_row, column, last);
            let promise = literal(promise);
            if percent { format!("({last}*(1+{promise}/100))") } else { format!("({last}+{promise})") }
        }
        Basis::Written | Basis::BeforeBrackets => match input.plan.year_index(input.city.year) {
            Some(at) => operand(input, row, sheet_row, at, number),
            None => literal(number),
        },
    }
}

/// The achievement of a row; none where a person gives it.
pub(super) fn achievement(input: &Input<'_>, row: &Row<'_>, sheet_row: u32) -> Option<Formula> {
    let reached = cell(sheet_row, input.columns.result);
    let lower = input.rules.lower;
    let share = match row.measure.aim {
        Aim::AtLeast(number) => more(&reached, number, &target(input, row, sheet_row, number)),
        Aim::AtMost(number) => less(&reached, number, &target(input, row, sheet_row, number), lower),
        Aim::Between(low, high) => {
            let (from, to) = (literal(low), literal(high));
            let (below, above) = (more(&reached, low, &from), less(&reached, high, &to, lower));
            format!("IF({reached}<{from},{below},IF({reached}>{to},{above},1))")
        }
        Aim::Within(bound) => {
            let size = format!("ABS({reached})");
            let outside = less(&size, bound, &literal(bound), lower);
            format!("IF({size}<={},1,{outside})", literal(bound))
        }
        Aim::ByHand(_) => return None,
    };
    let formula = format!("IF(ISNUMBER({reached}),MAX({FLOOR},MIN({CAP},{share})),\"\")");
    Some(Formula::new(formula, result(row.score.achievement)))
}

fn more(reached: &str, number: f64, target: &str) -> String {
    match number {
        number if number > 0.0 => format!("{reached}/{target}"),
        number if number < 0.0 => format!("2-{reached}/{target}"),
        _ => format!("IF({reached}>=0,1,0)"),
    }
}

fn less(reached: &str, number: f64, target: &str, lower: Lower) -> String {
    match (lower, number) {
        (Lower::Inverse, number) if number > 0.0 => format!("IF({reached}<=0,{CAP},{target}/{reached})"),
        (_, number) if number > 0.0 => format!("2-{reached}/{target}"),
        (_, number) if number < 0.0 => format!("{reached}/{target}"),
        _ => format!("IF({reached}<=0,1,0)"),
    }
}

/// Weight × achievement.
pub(super) fn score(input: &Input<'_>, row: &Row<'_>, sheet_row: u32) -> Formula {
    let achievement = cell(sheet_row, input.columns.achievement);
    let weight = &input.plan.rows[row.id.row].weight;
    let weight = match number_in(&weight.text.text) {
        Some(_) => cell(sheet_row, input.columns.weight),
        None => literal(weight.percent.unwrap_or(0.0)),
    };
    let formula = format!("IF(ISNUMBER({achievement}),{weight}*{achievement},\"\")");
    Formula::new(formula, result(row.score.score))
}

/// The grade by the achievement in the same row.
pub(super) fn grade(columns: &CardColumns, sheet_row: u32, grade: &str) -> Formula {
    let share = cell(sheet_row, columns.achievement);
    // As shown: 99.98 % is shown as 100.0 % and graded so.
    let decimals = Scoring::DECIMALS;
    let look_up = format!("LOOKUP(ROUND({share},{decimals}),{GRADE_FROM},{GRADE_NAME})");
    Formula::new(format!("IF(ISNUMBER({share}),IFERROR({look_up},\"\"),\"\")"), grade)
}

/// By how much the result, or before there is one the target, differs from the last actual: in points where the unit
/// is %, else as a part of the actual.
pub(super) fn change(input: &Input<'_>, row: &Row<'_>, sheet_row: u32, points: bool) -> Option<Formula> {
    let (at, last) = last_actual(input.city, row.id).filter(|(_, last)| points || *last != 0.0)?;
    let before = operand(input, row, sheet_row, at, last);
    let planned = match row.measure.aim {
        Aim::AtLeast(number) | Aim::AtMost(number) => Some(number),
        _ => None,
    };
    let difference = |now: &str| {
        if points { format!("{now}-{before}") } else { format!("({now}-{before})/ABS({before})") }
    };
    let change = |now: f64| if points { now - last } else { (now - last) / last.abs() };
    let reached = cell(sheet_row, input.columns.result);
    let entered = row.entry.and_then(crate::score::Entry::number);
    Some(match planned {
        Some(number) => {
            let planned = target(input, row, sheet_row, number);
            let now = format!("IF(ISNUMBER({reached}),{reached},{planned})");
            Formula::new(difference(&now), result(Some(change(entered.unwrap_or(number)))))
        }
        None => {
            let formula = format!("IF(ISNUMBER({reached}),{},\"\")", difference(&reached));
            Formula::new(formula, result(entered.map(change)))
        }
    })
}

/// The formulas of a row of sums: weight, how many results there are, achievement, score.
pub(super) struct Sums {
    pub weight: Formula,
    pub entered: Formula,
    pub achievement: Formula,
    pub score: Formula,
}

/// The sums over KPI rows, which come to `tally`; they stand in `sheet_row`. With `whole` there are rows of sums between them,
/// which do not count.
pub(super) fn sums(
    input: &Input<'_>,
    rows: &RangeInclusive<u32>,
    sheet_row: u32,
    tally: &Tally,
    whole: bool,
) -> Sums {
    let columns = &input.columns;
    let of = |col: u16| cells(col, rows);
    let (weight, share, score) = (of(columns.weight), of(columns.achievement), of(columns.score));
    let is_kpi = format!("{},\"<>sum\"", of(columns.key));
    let (weights, scored, scores, entered) = if whole {
        (
            format!("SUMIF({is_kpi},{weight})"),
            format!("SUMIFS({weight},{share},\">=0\",{is_kpi})"),
            format!("SUMIF({is_kpi},{score})"),
            format!("COUNTIFS({share},\">=0\",{is_kpi})"),
        )
    } else {
        (
            format!("SUM({weight})"),
            format!("SUMIF({share},\">=0\",{weight})"),
            format!("SUM({score})"),
            format!("COUNT({share})"),
        )
    };
    let own_score = cell(sheet_row, columns.score);
    let all = tally.rows;
    let entered_words =
        |count: &str| input.lang.pick(format!("평가 {count}/{all}"), format!("scored {count}/{all}"));
    let joined = entered_words("\"&N&\"").replace('N', &entered);
    let share = format!("IF({scored}>0,{own_score}/{scored},\"\")");
    Sums {
        weight: Formula::new(weights, tally.weight),
        entered: Formula::new(format!("\"{joined}\""), entered_words(&tally.scored.to_string())),
        achievement: Formula::new(share, result(tally.achievement())),
        score: Formula::new(scores, tally.score),
    }
}
