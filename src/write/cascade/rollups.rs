//! The sheet of roll-ups: the children's figures, their sum by formula, and the parent's beside it.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input};
use crate::consolidate::{City, RollUpSum, RowId};
use crate::finding::Severity;
use crate::measure::comparison;
use crate::plan::Meaning;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, cell, cells};
use crate::write::words;

/// The column of the first year.
const YEARS: u16 = 3;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let own = |text: &str, width: f64| (text.to_owned(), width);
    let mut columns = vec![
        own(lang.pick("공통지표", "Common KPI"), 28.0),
        own(lang.pick("구분", "Line"), 14.0),
        own(lang.pick("조직", "Organisation"), 30.0),
    ];
    let years = comparison::years(input.city).into_iter();
    columns.extend(years.map(|(year, kind)| (words::year(year, kind, lang), 14.0)));
    columns.extend([own(lang.pick("단위", "Unit"), 10.0), own(lang.pick("원본", "Source"), 24.0)]);
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let Input { city, lang, .. } = input;
    let title = lang.pick("하위 조직의 합계", "Roll-ups");
    let note = lang.pick(
        "더해서 상위 값이 되는 지표만 적었습니다. 합계와 차이는 수식이며, 숫자가 아닌 값이 있으면 더하지 않습니다. 비율은 평균하지 않습니다.",
        "Only KPIs whose children add up. Sum and difference are formulas; where a value is no number nothing is added. \
         Rates are never averaged.",
    );
    sheet.title(title, note)?;
    let years: BTreeMap<i32, u16> =
        comparison::years(city).into_iter().map(|(year, _)| year).zip(YEARS..).collect();
    let mut row = HEADING;
    for same in city.rollups.chunk_by(|a, b| (a.common, a.parent) == (b.common, b.parent)) {
        row = block(input, sheet, row + 1, same, &years)?;
    }
    if city.rollups.is_empty() {
        row += 1;
        let none = lang.pick("더해서 견줄 지표가 없습니다", "There is nothing to add up");
        sheet.text(row, 0, none, CellStyle::Muted, CellFormat::Text(0))?;
    }
    sheet.worksheet.group_symbols_above(true);
    sheet.table(HEADING, row, 3)
}

/// A parent's line, its children, their sum and the difference. Returns the last row written.
fn block(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    head: u32,
    sums: &[RollUpSum],
    years: &BTreeMap<i32, u16>,
) -> Result<u32, XlsxError> {
    let (city, lang) = (input.city, input.lang);
    let Some(RollUpSum { common, parent, children, .. }) = sums.first() else { return Ok(head - 1) };
    let name = &city.common[*common].name;
    let unit = YEARS + u16::try_from(years.len()).unwrap_or(0);
    line(input, sheet, head, (name, lang.pick("상위", "parent"), CellStyle::SubBand), *parent, unit)?;
    sheet.blanks(head, YEARS..unit, CellStyle::SubBand)?;
    let mut row = head;
    for &child in children {
        row += 1;
        line(input, sheet, row, (name, lang.pick("하위", "child"), CellStyle::Body), child, unit)?;
        sheet.blanks(row, YEARS..unit, CellStyle::Body)?;
        for (&year, &col) in years {
            figure(city, sheet, (row, col), (child, *parent), year, CellStyle::Body)?;
        }
    }
    let (first, last) = (head + 1, row);
    let words = lang.pick(["하위 합계", "차이(상위-합계)"], ["sum of children", "parent less sum"]);
    for (row, word) in (last + 1..).zip(words) {
        sheet.text(row, 0, name, CellStyle::Repeated, CellFormat::Text(0))?;
        sheet.text(row, 1, word, CellStyle::Strong, CellFormat::Text(0))?;
        sheet.text(row, 2, city.org(*parent), CellStyle::Muted, CellFormat::Text(0))?;
        sheet.blanks(row, YEARS..unit + 2, CellStyle::Body)?;
    }
    for sum in sums {
        let Some(&col) = years.get(&sum.year) else { continue };
        figure(city, sheet, (head, col), (*parent, *parent), sum.year, CellStyle::SubBand)?;
        let Some(total) = sum.sum else { continue };
        let formula = format!("SUM({})", cells(col, first, last));
        sheet.formula(
            last + 1,
            col,
            (formula, (total).to_string()),
            CellStyle::Strong,
            CellFormat::Weight,
        )?;
        if let Some(value) = sum.value {
            // Rounded, as sums of decimals differ from the decimal written by a hair.
            let formula = format!("ROUND({}-{},9)", cell(head, col), cell(last + 1, col));
            let gap = ((value - total) * 1e9).round() / 1e9;
            let look = if gap == 0.0 { CellStyle::Muted } else { CellStyle::Severity(Severity::Warning) };
            sheet.formula(last + 2, col, (formula, (gap + 0.0).to_string()), look, CellFormat::Weight)?;
        }
    }
    sheet.worksheet.group_rows(first, last + 2)?;
    Ok(last + 2)
}

/// The columns before and after the years.
fn line(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    (name, word, look): (&str, &str, CellStyle),
    id: RowId,
    unit: u16,
) -> Result<(), XlsxError> {
    let (source, link) = input.source(id);
    let repeated = if look == CellStyle::Body { CellStyle::Repeated } else { look };
    sheet.text(row, 0, name, repeated, CellFormat::Text(0))?;
    sheet.text(row, 1, word, look, CellFormat::Text(0))?;
    let indent = if look == CellStyle::Body { 1 } else { 0 };
    sheet.text(row, 2, input.city.org(id), look, CellFormat::Text(indent))?;
    sheet.text(row, unit, &input.city.row(id).unit.text.text, look, CellFormat::Centre)?;
    sheet.link(row, unit + 1, &source, link, look)
}

/// What `id` has for `year`: a plain number in the parent's unit, anything else as it is written.
fn figure(
    city: &City,
    sheet: &mut Sheet<'_>,
    (row, col): (u32, u16),
    (id, parent): (RowId, RowId),
    year: i32,
    look: CellStyle,
) -> Result<(), XlsxError> {
    let Some(value) = city.value(id, year) else { return Ok(()) };
    match &value.meaning {
        Meaning::Number(number) => {
            let number = number.in_base(&city.row(id).unit) / city.row(parent).unit.scale;
            sheet.number(row, col, number, look, CellFormat::Weight)
        }
        _ => sheet.text(row, col, &value.text.text, look, CellFormat::Centre),
    }
}
