//! The sheet of alignment: which organisation carries which objective of the city, by count and weight.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::finding::Severity;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, cells};
use crate::write::alignment::{Alignment, Share};

/// More objectives than this are listed line by line: nobody reads so wide a table, and a sheet ends at 16,384 columns.
const MOST_GOALS: usize = 80;
/// Objectives side by side on a printed page.
const GOALS_A_PAGE: usize = 12;
/// The scale in percent that so many of them need.
const SCALE: u16 = 60;
/// The columns before the first objective.
const FIXED: u16 = 4;

/// Every objective by its position, and those without one last, where there are any.
fn goals<'a>(input: Input<'a>, alignment: &Alignment) -> Vec<(usize, &'a str)> {
    let named = input.city.city_goals.iter().map(|goal| &*goal.name).enumerate();
    let beyond = input.city.city_goals.len();
    let without = alignment.shares.iter().any(|shares| shares.contains_key(&beyond));
    let unnamed = input.lang.pick("(전략목표 없음)", "(no objective)");
    named.chain(without.then_some((beyond, unnamed))).collect()
}

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let own = |text: &str, width: f64| (text.to_owned(), width);
    let goals = input.city.city_goals.len() + 1;
    if goals > MOST_GOALS {
        let titles = lang.pick(
            ["시 전략목표", "조직", "상위 조직", "지표 수", "비중"],
            ["City objective", "Organisation", "Parent", "KPIs", "Weight"],
        );
        return titles.map(str::to_owned).into_iter().zip([44.0, 28.0, 28.0, 10.0, 10.0]).collect();
    }
    let (count, weight) = lang.pick(("지표", "비중"), ("KPIs", "Weight"));
    let mut columns = vec![
        own(lang.pick("조직", "Organisation"), 26.0),
        own(lang.pick("상위 조직", "Parent"), 22.0),
        own(count, 7.0),
        own(weight, 8.0),
    ];
    for _ in 0..=goals {
        columns.extend([own(count, 7.0), own(weight, 8.0)]);
    }
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let alignment = Alignment::of(input.city);
    let goals = goals(input, &alignment);
    let title = lang.pick("시 전략목표를 맡은 조직", "Who carries the city's objectives");
    let note = lang.pick(
        "시 전략목표로 이어지는 지표의 수와 비중(%)입니다. 과의 지표는 국의 지표를 거쳐 이어집니다. 한 지표가 여러 목표로 이어지면 목표마다 셉니다.",
        "KPIs that lead up to each objective, by number and weight (%); an office's through its bureau's. A KPI that \
         leads to several is counted for each.",
    );
    sheet.title(title, note)?;
    if goals.len() + 1 > MOST_GOALS {
        return list(input, sheet, &alignment, &goals);
    }
    heads(input, sheet, &alignment, &goals)?;
    let first = HEADING + 2;
    let mut row = first - 1;
    for (plan, shares) in alignment.shares.iter().enumerate() {
        row += 1;
        let bare = alignment.aligned[plan].count == 0;
        let look = if bare { CellStyle::Severity(Severity::Warning) } else { CellStyle::Strong };
        sheet.text(row, 0, &input.city.plans[plan].org, look, CellFormat::Text(0))?;
        sheet.text(row, 1, input.city.parent_name(plan), CellStyle::Muted, CellFormat::Text(0))?;
        share(sheet, row, 2, Some(alignment.aligned[plan]), CellStyle::Strong)?;
        for (col, (goal, _)) in (FIXED..).step_by(2).zip(&goals) {
            share(sheet, row, col, shares.get(goal).copied(), CellStyle::SubBand)?;
        }
        share(
            sheet,
            row,
            FIXED + width(&goals),
            Some(alignment.loose[plan]),
            CellStyle::Severity(Severity::Info),
        )?;
    }
    let last = row;
    totals(input, sheet, (first, last), &alignment, &goals)?;
    let end = FIXED + width(&goals) + 1;
    sheet.worksheet.set_freeze_panes(first, 1)?;
    sheet.worksheet.set_repeat_rows(HEADING, first - 1)?;
    sheet.worksheet.set_repeat_columns(0, 0)?;
    sheet.worksheet.autofilter(first - 1, 0, last, end)?;
    // On A3, as many pages side by side as it takes to read the figures.
    let breaks: Vec<u32> = (1..goals.len().div_ceil(GOALS_A_PAGE))
        .map(|page| (usize::from(FIXED) + 2 * GOALS_A_PAGE * page) as u32)
        .collect();
    sheet.worksheet.set_paper_size(8).set_print_scale(SCALE).set_vertical_page_breaks(&breaks)?;
    Ok(range(first - 1, last, usize::from(end) + 1))
}

fn width(goals: &[(usize, &str)]) -> u16 {
    u16::try_from(2 * goals.len()).unwrap_or(u16::MAX)
}

/// Two rows: the objectives, and below each count and weight.
fn heads(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    alignment: &Alignment,
    goals: &[(usize, &str)],
) -> Result<(), XlsxError> {
    let lang = input.lang;
    let headings: Vec<String> = columns(input).into_iter().map(|(heading, _)| heading).collect();
    let end = FIXED + width(goals);
    sheet.headings(HEADING + 1, &headings[..usize::from(end) + 2])?;
    sheet.over(HEADING, (0, 1), lang.pick("조직", "Organisation"), CellStyle::Heading)?;
    sheet.over(
        HEADING,
        (2, 3),
        lang.pick("시 목표로 이어짐", "Leads up to an objective"),
        CellStyle::Heading,
    )?;
    for (col, (goal, name)) in (FIXED..).step_by(2).zip(goals) {
        let carried = alignment.shares.iter().any(|shares| shares.contains_key(goal));
        let look = if carried { CellStyle::Heading } else { CellStyle::Severity(Severity::Warning) };
        let gap = lang.pick(" (맡은 조직 없음)", " (nobody carries it)");
        let name = if carried { (*name).to_owned() } else { format!("{name}{gap}") };
        sheet.over(HEADING, (col, col + 1), &name, look)?;
    }
    let loose = lang.pick("이어지지 않음", "Leads up to none");
    sheet.over(HEADING, (end, end + 1), loose, CellStyle::Severity(Severity::Info))
}

/// Count and weight, nothing for none.
fn share(
    sheet: &mut Sheet<'_>,
    row: u32,
    col: u16,
    share: Option<Share>,
    look: CellStyle,
) -> Result<(), XlsxError> {
    match share.filter(|share| share.count > 0) {
        Some(share) => {
            sheet.number(row, col, share.count as f64, look, CellFormat::Count)?;
            sheet.number(row, col + 1, share.weight, look, CellFormat::Weight)
        }
        None => sheet.blanks(row, col..col + 2, CellStyle::Body),
    }
}

/// Below the table: how many KPIs, and how many organisations.
fn totals(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    (first, last): (u32, u32),
    alignment: &Alignment,
    goals: &[(usize, &str)],
) -> Result<(), XlsxError> {
    if last < first {
        return Ok(());
    }
    let lang = input.lang;
    let words = lang.pick(["지표 수", "맡은 조직 수"], ["KPIs", "Organisations"]);
    let of_goal = |goal: usize| {
        let counts = alignment.shares.iter().filter_map(move |shares| shares.get(&goal));
        counts.map(|share| share.count).collect::<Vec<_>>()
    };
    let own = |shares: &[Share]| shares.iter().map(|share| share.count).collect::<Vec<_>>();
    let mut columns = vec![(2, own(&alignment.aligned))];
    columns.extend((FIXED..).step_by(2).zip(goals.iter().map(|(goal, _)| of_goal(*goal))));
    columns.push((FIXED + width(goals), own(&alignment.loose)));
    for (row, word) in (last + 1..).zip(words) {
        sheet.text(row, 0, word, CellStyle::Band, CellFormat::Text(0))?;
        sheet.blanks(row, 1..FIXED + width(goals) + 2, CellStyle::Band)?;
    }
    for (col, counts) in columns {
        let cells = cells(col, first, last);
        let sum: usize = counts.iter().sum();
        let some = counts.iter().filter(|&&count| count > 0).count();
        let formula = format!("SUBTOTAL(109,{cells})");
        sheet.formula(last + 1, col, (formula, sum.to_string()), CellStyle::Band, CellFormat::Count)?;
        let carried = format!("COUNTIF({cells},\">0\")");
        sheet.formula(last + 2, col, (carried, some.to_string()), CellStyle::Band, CellFormat::Count)?;
    }
    Ok(())
}

/// A line for each objective and organisation that carries it.
fn list(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    alignment: &Alignment,
    goals: &[(usize, &str)],
) -> Result<String, XlsxError> {
    let city = input.city;
    let mut row = HEADING;
    for (goal, name) in goals {
        let carriers = alignment.shares.iter().enumerate();
        let carriers: Vec<_> =
            carriers.filter_map(|(plan, shares)| Some((plan, *shares.get(goal)?))).collect();
        if carriers.is_empty() {
            row += 1;
            sheet.text(row, 0, name, CellStyle::Severity(Severity::Warning), CellFormat::Text(0))?;
            let nobody = input.lang.pick("맡은 조직 없음", "nobody carries it");
            sheet.text(row, 1, nobody, CellStyle::Severity(Severity::Warning), CellFormat::Text(0))?;
            sheet.blanks(row, 2..5, CellStyle::Body)?;
        }
        for (plan, own) in carriers {
            row += 1;
            sheet.text(row, 0, name, CellStyle::Strong, CellFormat::Text(0))?;
            sheet.text(row, 1, &city.plans[plan].org, CellStyle::Body, CellFormat::Text(0))?;
            sheet.text(row, 2, city.parent_name(plan), CellStyle::Muted, CellFormat::Text(0))?;
            share(sheet, row, 3, Some(own), CellStyle::Body)?;
        }
    }
    sheet.table(HEADING, row, 2)?;
    Ok(range(HEADING, row, 5))
}
