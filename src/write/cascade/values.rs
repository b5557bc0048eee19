//! The data, a line for each KPI and year.

use rust_xlsxwriter::XlsxError;

use super::kpis::{amount, as_table};
use super::{HEADING, Input};
use crate::plan::YearKind;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};

/// As many lines as are written; a sheet ends at 1,048,576 rows, and `data/` has all of them.
const MOST: usize = 1_000_000;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        ["지표 번호", "조직", "관점", "핵심성과지표", "단위", "연도", "구분", "적힌 값", "수치"],
        ["KPI no.", "Organisation", "Perspective", "KPI", "Unit", "Year", "Kind", "As written", "Number"],
    );
    let widths = [9.0, 26.0, 16.0, 38.0, 10.0, 9.0, 9.0, 24.0, 14.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let Input { city, lang, .. } = input;
    let all: usize = city.plans.iter().map(|plan| plan.rows.len() * plan.years.len()).sum();
    let note = lang.pick(
        "지표와 연도마다 한 줄입니다. 지표 번호는 '지표 자료' 시트의 번호입니다. 수치는 단위의 배수를 풀어 적었고, 수가 아닌 값에는 없습니다.",
        "A line for each KPI and year; the number is that of the sheet 'KPI data'. Numbers are in the base of their unit; \
         what is no number has none.",
    );
    let cut = lang.pick(
        format!("{all}줄 가운데 앞의 {MOST}줄입니다. 모두는 data/indicators.csv에 있습니다."),
        format!("The first {MOST} of {all} lines; data/indicators.csv has all."),
    );
    sheet.title(lang.pick("연도별 자료", "Values by year"), if all > MOST { &cut } else { note })?;
    let lines = city.rows().enumerate().flat_map(|(number, id)| {
        city.plans[id.plan].years.iter().map(move |column| (number + 1, id, column))
    });
    let mut row = HEADING;
    for (number, id, column) in lines.take(MOST) {
        row += 1;
        let own = city.row(id);
        let kind = match column.kind {
            Some(YearKind::Actual) => lang.pick("실적", "actual"),
            Some(YearKind::Target) => lang.pick("목표", "target"),
            None => "",
        };
        let value = city.value(id, column.year).map_or("", |value| &value.text.text);
        sheet.count(row, 0, number, CellStyle::Muted)?;
        sheet.text(row, 1, city.org(id), CellStyle::Body, CellFormat::Text(0))?;
        sheet.text(row, 2, &own.perspective.name, CellStyle::Body, CellFormat::Text(0))?;
        sheet.text(row, 3, &own.kpi.text, CellStyle::Body, CellFormat::Text(0))?;
        sheet.text(row, 4, &own.unit.text.text, CellStyle::Body, CellFormat::Centre)?;
        sheet.number(row, 5, column.year.into(), CellStyle::Body, CellFormat::Number(0, false))?;
        sheet.text(row, 6, kind, CellStyle::Body, CellFormat::Centre)?;
        sheet.text(row, 7, value, CellStyle::Body, CellFormat::Centre)?;
        amount(sheet, row, 8, city.amount(id, column.year))?;
    }
    as_table(sheet, columns(input), row, lang.pick("연도별자료", "YearValues"), 0)
}
