//! Title and header of the table, and the marks by which both are known again.

use rust_xlsxwriter::XlsxError;

use super::super::columns::{Columns, HEAD, MARKS, NOTE, TITLE};
use super::super::{Input, words};
use crate::plan::{Field, YearKind};
use crate::read::ScorecardForm;
use crate::workbook::Sheet;
use crate::workbook::{CellFormat, CellStyle};
use crate::write::words::year as year_words;

pub(super) fn fill(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (plan, lang) = (input.plan, input.lang);
    let title = if plan.title.is_empty() {
        words::title(input.city, plan, lang)
    } else {
        input.city.titles[input.index].to_string()
    };
    let (year, parent) = (input.city.year, input.city.parent_name(input.index));
    let parent = match parent {
        "" => String::new(),
        parent => lang.pick(format!(" · 상위 조직 {parent}"), format!(" · under {parent}")),
    };
    let note = lang.pick(
        format!("{year}년도 성과표{parent} · 노란 칸에 {year}년 실적을 넣으면 달성률, 점수, 등급이 계산됩니다"),
        format!("Results of {year}{parent} · enter the results of {year} into the yellow cells; achievement, score and grade follow"),
    );
    sheet.title(&title, "")?;
    sheet.worksheet.write_string_with_format(NOTE, 0, &note, &sheet.formats.note)?;
    debug_assert_eq!(TITLE, 0, "the sheet's title stands in its first row");
    fill_own(input, sheet)?;
    fill_years(input, sheet)?;
    fill_results(input, sheet)?;
    fill_marks(input, sheet)
}

/// A heading over the cells from one to another.
fn heading(
    sheet: &mut Sheet<'_>,
    (top, left): (u32, u16),
    (bottom, right): (u32, u16),
    text: &str,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        return sheet.text(top, left, text, CellStyle::Heading, CellFormat::Centre);
    }
    let format = sheet.formats.cell(CellStyle::Heading, CellFormat::Centre);
    sheet.worksheet.merge_range(top, left, bottom, right, text, format)?;
    Ok(())
}

/// The headings of the plan's own columns and of the parent's, under the names of both.
fn fill_own(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (plan, columns, lang) = (input.plan, &input.columns, input.lang);
    let (top, bottom) = HEAD;
    let labels = &plan.labels;
    let whole = |sheet: &mut Sheet<'_>, col: u16, printed: &str, field: Field| {
        heading(sheet, (top, col), (bottom, col), &words::heading(printed, field, lang))
    };
    whole(sheet, columns.perspective, labels.label(Field::Perspective), Field::Perspective)?;
    whole(sheet, columns.code, labels.label(Field::Code), Field::Code)?;
    let last = columns.years.last().copied().unwrap_or(columns.weight);
    heading(sheet, (top, columns.goal), (top, last), &plan.own_label.text)?;
    let below = |sheet: &mut Sheet<'_>, col: u16, printed: &str, field: Field| {
        heading(sheet, (top + 1, col), (bottom, col), &words::heading(printed, field, lang))
    };
    below(sheet, columns.goal, labels.label(Field::Goal), Field::Goal)?;
    below(sheet, columns.kpi, labels.label(Field::Kpi), Field::Kpi)?;
    below(sheet, columns.unit, labels.label(Field::Unit), Field::Unit)?;
    below(sheet, columns.weight, labels.label(Field::Weight), Field::Weight)?;
    if let Some([goal, kpi, target]) = columns.parent {
        heading(sheet, (top, goal), (top, target), &plan.parent_label.text)?;
        below(sheet, goal, labels.label(Field::ParentGoal), Field::ParentGoal)?;
        below(sheet, kpi, labels.label(Field::ParentKpi), Field::ParentKpi)?;
        below(sheet, target, labels.label(Field::ParentTarget), Field::ParentTarget)?;
    }
    Ok(())
}

/// The years under 실적치 and 목표치.
fn fill_years(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
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
            heading(sheet, (top + 1, columns[from]), (bottom, columns[from]), &label(from))?;
        } else {
            heading(sheet, (top + 1, columns[from]), (top + 1, columns[at - 1]), &year.group)?;
            for (year, &col) in (from..at).zip(&columns[from..at]) {
                heading(sheet, (bottom, col), (bottom, col), &label(year))?;
            }
        }
        from = at;
    }
    Ok(())
}

/// The headings of what the scorecard adds.
fn fill_results(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (columns, lang, year) = (&input.columns, input.lang, input.city.year);
    let (top, bottom) = HEAD;
    let group = lang.pick(format!("{year}년 결과와 평가"), format!("Results of {year}"));
    heading(sheet, (top, columns.trend), (top, columns.how), &group)?;
    let headings = [
        (columns.trend, lang.pick("추세", "Trend").to_owned()),
        (columns.change, lang.pick("전년 대비", "Against last year").to_owned()),
        (columns.result, lang.pick(format!("{year}년 결과"), format!("Reached in {year}"))),
        (columns.achievement, lang.pick("달성률", "Achieved").to_owned()),
        (columns.score, lang.pick("점수", "Score").to_owned()),
        (columns.grade, lang.pick("등급", "Grade").to_owned()),
        (columns.how, lang.pick("평가 방법", "How it is reckoned").to_owned()),
    ];
    for (col, text) in headings {
        heading(sheet, (top + 1, col), (bottom, col), &text)?;
    }
    // A header is known by its headings; with a fourth group of no known name over it, it would not be.
    heading(sheet, (top, columns.findings), (top, columns.findings), "")?;
    heading(sheet, (top + 1, columns.findings), (bottom, columns.findings), lang.pick("지적사항", "Findings"))
}

fn fill_marks(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let Columns { years, parent, .. } = &input.columns;
    let columns = &input.columns;
    let mut marks: Vec<(u16, String)> = vec![
        (columns.perspective, Field::Perspective.to_string()),
        (columns.goal, Field::Goal.to_string()),
        (columns.kpi, Field::Kpi.to_string()),
        (columns.unit, Field::Unit.to_string()),
        (columns.weight, Field::Weight.to_string()),
        (columns.code, Field::Code.to_string()),
        (columns.result, ScorecardForm::RESULT.to_owned()),
        (columns.achievement, ScorecardForm::ACHIEVEMENT.to_owned()),
    ];
    let extra = [columns.trend, columns.change, columns.score, columns.grade, columns.how, columns.findings];
    marks.extend(extra.map(|col| (col, ScorecardForm::EXTRA.to_owned())));
    marks.extend(years.iter().zip(&input.plan.years).map(|(&col, year)| {
        let kind = match year.kind {
            Some(YearKind::Actual) => " actual",
            Some(YearKind::Target) => " target",
            None => "",
        };
        (col, format!("{}{kind}", Field::Year(year.year)))
    }));
    let fields = [Field::ParentGoal, Field::ParentKpi, Field::ParentTarget];
    marks.extend(
        parent.iter().flat_map(|cols| cols.iter().copied().zip(fields.map(|field| field.to_string()))),
    );
    let sign = if input.plan.title.is_empty() { ScorecardForm::SIGN_UNTITLED } else { ScorecardForm::SIGN };
    for (col, mark) in marks {
        sheet.worksheet.write_string(MARKS, col, ScorecardForm::column(&mark))?;
    }
    sheet.worksheet.write_string(MARKS, columns.key, sign)?;
    let made_for = ScorecardForm::made_for(input.city.year, &input.city.name);
    sheet.worksheet.write_string(NOTE, columns.key, made_for)?;
    Ok(())
}
