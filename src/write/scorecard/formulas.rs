//! The formulas of a scorecard with their results: the rules of `score`, applied to the cells of a row.

use std::ops::RangeInclusive;

use super::columns::CardColumns;
use super::input::{CardInput, CardRow};
use super::settings::{CAP, FLOOR, GRADE_FROM, GRADE_NAME};
use crate::score::formula::{Expr, Operand};
use crate::score::{Tally, TargetBasis, last_actual, rules};
use crate::source::CellRef;
use crate::workbook::range::cells;
use crate::workbook::{Formula, number_in};

/// A cell reference for formulas.
fn cell(row: u32, col: u16) -> String {
    CellRef::new(row, col).to_string()
}

/// A number literal for formulas.
fn literal(number: f64) -> String {
    // Without brackets the sign could be read as a subtraction.
    if number < 0.0 { format!("({number})") } else { number.to_string() }
}

/// The cached result of a formula that returns a number or nothing.
fn result(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// The cell of the plan's year at index `at` if it contains `number`, else the number itself.
fn operand(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32, at: usize, number: f64) -> String {
    let text = &input.plan.rows[row.id.row].values[at].text.text;
    let stands_there = number_in(text).is_some_and(|written| written.total_cmp(&number).is_eq());
    if stands_there { cell(sheet_row, input.columns.years[at]) } else { literal(number) }
}

/// The expression for an operand in the formulas of a row.
fn name(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32, what: Operand) -> String {
    let columns = &input.columns;
    let own = &input.plan.rows[row.id.row];
    match what {
        Operand::Result => cell(sheet_row, columns.result),
        Operand::Target => target(input, row, sheet_row),
        Operand::LastActual => last_actual(input.city, row.id)
            .map_or_else(String::new, |(at, last)| operand(input, row, sheet_row, at, last)),
        Operand::Achievement => cell(sheet_row, columns.achievement),
        Operand::Weight => match number_in(&own.weight.text.text) {
            Some(_) => cell(sheet_row, columns.weight),
            None => literal(own.weight.percent.unwrap_or(0.0)),
        },
        Operand::Cap => CAP.to_owned(),
        Operand::Floor => FLOOR.to_owned(),
    }
}

/// The expression for the target: its cell, the promised growth on the last actual, or the number itself.
fn target(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32) -> String {
    let Some(number) = row.measure.rule.number() else { return String::new() };
    let name = |what| name(input, row, sheet_row, what);
    match row.measure.basis {
        basis @ TargetBasis::Growth { .. } => format!("({})", basis.target().formula(&name)),
        TargetBasis::Written | TargetBasis::BeforeBrackets => match input.plan.year_index(input.city.year) {
            Some(at) => operand(input, row, sheet_row, at, number),
            None => literal(number),
        },
    }
}

/// The formula of a calculation in a row.
fn printed(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32, calculation: &Expr) -> String {
    calculation.formula(&|what| name(input, row, sheet_row, what))
}

/// The formula for a row's achievement; none where a person enters it.
pub(super) fn achievement(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32) -> Option<Formula> {
    let calculation = row.measure.rule.achievement(input.rules.lower)?;
    Some(Formula::new(printed(input, row, sheet_row, &calculation), result(row.score.achievement)))
}

/// Weight × achievement.
pub(super) fn score(input: &CardInput<'_>, row: &CardRow<'_>, sheet_row: u32) -> Formula {
    Formula::new(printed(input, row, sheet_row, &rules::score()), result(row.score.score))
}

/// The formula for the grade, from the achievement in the same row.
pub(super) fn grade(columns: &CardColumns, sheet_row: u32, grade: &str) -> Formula {
    let share = cell(sheet_row, columns.achievement);
    let shown = rules::as_shown().formula(&|_| share.clone());
    let look_up = format!("LOOKUP({shown},{GRADE_FROM},{GRADE_NAME})");
    Formula::new(format!("IF(ISNUMBER({share}),IFERROR({look_up},\"\"),\"\")"), grade)
}

/// The difference between the result (or the target, until there is a result) and the last actual: in points
/// where the unit is %, else as a share of the actual.
pub(super) fn change(
    input: &CardInput<'_>,
    row: &CardRow<'_>,
    sheet_row: u32,
    points: bool,
) -> Option<Formula> {
    let (_, last) = last_actual(input.city, row.id).filter(|(_, last)| points || *last != 0.0)?;
    let planned = row.measure.rule.number();
    let calculation = rules::change(points, planned.is_some());
    let entered = row.entry.and_then(crate::score::Entry::number);
    let change = calculation.eval(&|what| match what {
        Operand::Result => entered,
        Operand::Target => planned,
        Operand::LastActual => Some(last),
        _ => None,
    });
    Some(Formula::new(printed(input, row, sheet_row, &calculation), result(change)))
}

/// The formulas of a row of sums: weight, number of results, achievement, score.
pub(super) struct Sums {
    pub weight: Formula,
    pub entered: Formula,
    pub achievement: Formula,
    pub score: Formula,
}

/// The sums over KPI rows, written in `sheet_row`, with `tally` as the results. With `whole`, the range
/// contains rows of sums, which are not counted.
pub(super) fn sums(
    input: &CardInput<'_>,
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
