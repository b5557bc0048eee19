//! The sheet of what hangs loose: rows without a parent's KPI, and rows that nothing below cites.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::consolidate::{Loose, LooseReason};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};
use crate::write::words;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        [
            "사유",
            "조직",
            "상위 조직",
            "인용한 전략목표",
            "인용한 성과지표",
            "전략목표",
            "핵심성과지표",
            "목표치",
            "단위",
            "원본",
        ],
        [
            "Reason",
            "Organisation",
            "Parent",
            "Cited objective",
            "Cited KPI",
            "Objective",
            "KPI",
            "Target",
            "Unit",
            "Source",
        ],
    );
    let widths = [30.0, 24.0, 20.0, 28.0, 28.0, 28.0, 32.0, 13.0, 9.0, 22.0];
    let mut columns: Vec<Column> = titles.map(str::to_owned).into_iter().zip(widths).collect();
    columns[7].0 = format!("{} {}", input.city.year, titles[7]);
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let title = lang.pick("연계되지 않은 지표", "Unlinked rows");
    let note = lang.pick(
        "상위 계획과 이어지지 않은 지표, 그리고 하위 조직이 있는데도 아무도 인용하지 않은 지표입니다.",
        "Rows that lead up to nothing, and rows of a plan with children that none of them cites.",
    );
    sheet.title(title, note)?;
    let mut row = HEADING;
    for loose in &input.city.loose {
        row += 1;
        fill_row(input, sheet, row, loose)?;
    }
    if input.city.loose.is_empty() {
        row += 1;
        let none = lang.pick("연계되지 않은 것이 없습니다", "Every row is linked");
        sheet.text(row, 0, none, CellStyle::Muted, CellFormat::Text(0))?;
    }
    sheet.table(HEADING, row, 2)?;
    Ok(range(HEADING, row, 10))
}

fn fill_row(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32, loose: &Loose) -> Result<(), XlsxError> {
    let city = input.city;
    let own = city.row(loose.row);
    let target = city.value(loose.row, city.year).map_or("", |value| &value.text.text);
    let look = if loose.reason == LooseReason::NotCited { CellStyle::Muted } else { CellStyle::Body };
    let (source, link) = input.source(loose.row);
    sheet.text(row, 0, words::loose(loose.reason, input.lang), look, CellFormat::Text(0))?;
    sheet.text(row, 1, city.org(loose.row), CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 2, city.parent_name(loose.row.plan), CellStyle::Muted, CellFormat::Text(0))?;
    sheet.text(row, 3, &own.parent_goal.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 4, &own.parent_kpi.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 5, &own.goal.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 6, &own.kpi.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.value(row, 7, target, CellStyle::Body)?;
    sheet.text(row, 8, &own.unit.text.text, CellStyle::Body, CellFormat::Centre)?;
    sheet.link(row, 9, &source, link, CellStyle::Body)
}
