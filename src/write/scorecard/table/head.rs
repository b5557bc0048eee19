//! Title and header of the table, and the marks by which the reader recognises both.

use super::super::columns::{CardPart, HEAD, MARKS, NOTE};
use super::super::input::CardInput;
use super::super::words;
use crate::plan::Group;
use crate::read::ScorecardForm;
use crate::source::CellRange;
use crate::workbook::range::{area, in_row};
use crate::workbook::{self, Cell, CellFormat, CellStyle, Sheet};
use crate::write::words::year as year_words;
use crate::write::words::{of_year, plan_year};

pub(super) fn fill(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let (plan, lang) = (input.plan, input.lang);
    let title = if plan.title.is_empty() {
        words::title(input.city, plan, lang)
    } else {
        input.city.nodes[input.index].title.to_string()
    };
    let (year, parent) = (input.city.year, input.city.parent_name(input.index));
    let (titled, of) = (plan_year(year, lang), of_year(year, lang));
    let parent = match parent {
        "" => String::new(),
        parent => lang.pick(format!(" · 상위 조직 {parent}"), format!(" · under {parent}")),
    };
    let note = lang.pick(
        format!("{titled}성과표{parent} · 노란 칸에 {of}실적을 넣으면 달성률, 점수, 등급이 계산됩니다"),
        format!("Results{of}{parent} · enter the results{of} into the yellow cells; achievement, score and grade follow"),
    );
    sheet.title(&title, &note)?;
    fill_own(input, sheet)?;
    fill_years(input, sheet)?;
    fill_results(input, sheet)?;
    fill_marks(input, sheet)
}

/// Writes a heading over cells.
fn heading(sheet: &mut Sheet<'_>, over: CellRange, text: &str) -> workbook::Result {
    let CellRange { first, last } = over;
    if first == last {
        return sheet.put(first.row, first.col, Cell::text(text).styled(CellStyle::Heading).centred());
    }
    // The row height suits a scorecard's header, whatever the headings.
    let format = sheet.formats.cell(CellStyle::Heading, CellFormat::Centre);
    sheet.worksheet.merge_range(first.row, first.col, last.row, last.col, text, format)?;
    Ok(())
}

/// Writes the headings of a part's columns, in the rows from `top` to the header's last.
fn fill_part(input: &CardInput<'_>, sheet: &mut Sheet<'_>, part: CardPart, top: u32) -> workbook::Result {
    for (col, column) in input.columns.of_part(part) {
        heading(sheet, area(&(top..=HEAD.1), col..=col), &column.heading)?;
    }
    Ok(())
}

/// Writes the headings of the plan's own columns and the parent's, below the names of both.
fn fill_own(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let (plan, columns, top) = (input.plan, &input.columns, HEAD.0);
    fill_part(input, sheet, CardPart::Plan(Group::Row), top)?;
    let first = columns.levels.first().map_or(columns.objective, |(_, col)| *col);
    let years = columns.years.last().copied().unwrap_or(columns.weight);
    let last = columns.periods.last().map_or(years, |(_, col)| *col);
    heading(sheet, in_row(top, first..=last), &plan.own_label.text)?;
    fill_part(input, sheet, CardPart::Plan(Group::Own), top + 1)?;
    if let Some([objective, _, target]) = columns.parent {
        heading(sheet, in_row(top, objective..=target), &plan.parent_label.text)?;
    }
    fill_part(input, sheet, CardPart::Plan(Group::Parent), top + 1)
}

/// Writes the years under 실적치 and 목표치.
fn fill_years(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let (years, columns) = (&input.plan.years, &input.columns.years);
    let (top, bottom) = HEAD;
    let mut from = 0;
    for at in 1..=years.len() {
        if at < years.len() && years[at].group == years[from].group && !years[from].group.is_empty() {
            continue;
        }
        let year = &years[from];
        let label = |at: usize| {
            let printed = years[at].label.to_string();
            if printed.is_empty() { year_words(years[at].year, years[at].kind, input.lang) } else { printed }
        };
        if year.group.is_empty() {
            heading(sheet, area(&(top + 1..=bottom), columns[from]..=columns[from]), &label(from))?;
        } else {
            heading(sheet, in_row(top + 1, columns[from]..=columns[at - 1]), &year.group)?;
            for (year, &col) in (from..at).zip(&columns[from..at]) {
                heading(sheet, in_row(bottom, col..=col), &label(year))?;
            }
        }
        from = at;
    }
    Ok(())
}

/// Writes the headings of the columns that the scorecard adds.
fn fill_results(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let (columns, year, top) = (&input.columns, of_year(input.city.year, input.lang), HEAD.0);
    let group = input.lang.pick(format!("{year}결과와 평가"), format!("Results{year}"));
    heading(sheet, in_row(top, columns.trend..=columns.how), &group)?;
    fill_part(input, sheet, CardPart::Result, top + 1)?;
    // The reader recognises a header by its headings, and would not with a fourth group of unknown name above
    // them.
    heading(sheet, in_row(top, columns.findings..=columns.findings), "")?;
    fill_part(input, sheet, CardPart::Findings, top + 1)
}

fn fill_marks(input: &CardInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let key = input.columns.key;
    for (col, column) in (0..key).zip(&input.columns.all) {
        sheet.worksheet.write_string(MARKS, col, ScorecardForm::column(&column.mark))?;
    }
    let sign = if input.plan.title.is_empty() { ScorecardForm::SIGN_UNTITLED } else { ScorecardForm::SIGN };
    sheet.worksheet.write_string(MARKS, key, sign)?;
    let made_for = ScorecardForm::made_for(input.city.year, &input.city.name);
    sheet.worksheet.write_string(NOTE, key, made_for)?;
    Ok(())
}
