//! The sheet of common KPIs: one block a KPI, one line an organisation, years across.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::Input;
use crate::consolidate::{CommonMatrix, RollUpSum, RowId};
use crate::plan::YearKind;
use crate::plan::value::show_number;
use crate::project::config::RollUp;
use crate::write::sheet::{Column, Sheet};
use crate::write::style::{Look, Set};
use crate::write::words;

const HEADING: u32 = 2;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let lang = input.lang;
    let own = |text: &str, width: f64| (text.to_owned(), width);
    let mut columns = vec![
        own(lang.pick("공통지표", "Common KPI"), 26.0),
        own(lang.pick("조직", "Organisation"), 26.0),
        own(lang.pick("상위 조직", "Parent"), 22.0),
    ];
    columns.extend(
        words::years(input.city).into_iter().map(|(year, kind)| (words::year(year, kind, lang), 13.0)),
    );
    let year = input.city.year;
    columns.extend([
        own(lang.pick("단위", "Unit"), 9.0),
        own(lang.pick("비중", "Weight"), 8.0),
        (lang.pick(format!("{year} 하위 조직 합계"), format!("{year} sum of children")), 14.0),
        own(lang.pick("상위 값과의 차이", "Differs by"), 12.0),
        own(lang.pick("원본", "Source"), 24.0),
    ]);
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let title = lang.pick("공통지표 비교", "Common KPIs");
    let note = lang.pick(
        "모든 조직이 각자 관리하는 지표입니다. 합계 지표는 계획 연도의 하위 조직 합계를 상위 조직의 값과 견주며, 비율은 평균하지 않습니다.",
        "KPIs that every organisation measures for itself. Where values add up, the children's sum of the plan year \
         stands beside the parent's value; rates are never averaged.",
    );
    sheet.title(title, note)?;
    let years = words::years(input.city);
    let columns = columns(input).len();
    let rollups: BTreeMap<(usize, RowId), &RollUpSum> = input
        .city
        .rollups
        .iter()
        .filter(|sum| sum.year == input.city.year)
        .map(|sum| ((sum.common, sum.parent), sum))
        .collect();
    let mut row = HEADING;
    for (index, matrix) in input.city.common.iter().enumerate() {
        if matrix.rows.is_empty() {
            continue;
        }
        row += 1;
        fill_band(input, sheet, row, matrix, columns)?;
        let first = row + 1;
        for &id in &matrix.rows {
            row += 1;
            sheet.text(row, 0, &matrix.name, Look::Repeated, Set::Text(0))?;
            fill_row(input, sheet, row, id, &years, rollups.get(&(index, id)).copied())?;
        }
        sheet.worksheet.group_rows(first, row)?;
    }
    sheet.worksheet.group_symbols_above(true);
    sheet.table(HEADING, row, 2)
}

fn fill_band(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    matrix: &CommonMatrix,
    columns: usize,
) -> Result<(), XlsxError> {
    let lang = input.lang;
    for col in (0..).take(columns) {
        sheet.text(row, col, "", Look::Band, Set::Text(0))?;
    }
    let orgs: BTreeSet<usize> = matrix.rows.iter().map(|id| id.plan).collect();
    let count = orgs.len();
    let rule = match matrix.rule.rollup {
        RollUp::Sum => lang.pick("하위 합계", "adds up"),
        RollUp::Compare => lang.pick("비교", "compares"),
    };
    let required = if matrix.rule.required { lang.pick(" · 필수", " · required") } else { "" };
    sheet.text(row, 0, &matrix.name, Look::Band, Set::Text(0))?;
    let orgs = lang.pick(format!("{count}개 조직"), format!("{count} organisations"));
    sheet.text(row, 1, &format!("{orgs} · {rule}{required}"), Look::Band, Set::Text(0))
}

fn fill_row(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    id: RowId,
    years: &[(i32, Option<YearKind>)],
    rollup: Option<&RollUpSum>,
) -> Result<(), XlsxError> {
    let city = input.city;
    let own = city.row(id);
    sheet.text(row, 1, city.org(id), Look::Body, Set::Text(0))?;
    sheet.text(row, 2, city.parent_name(id.plan), Look::Muted, Set::Text(0))?;
    let mut col = 3;
    for &(year, _) in years {
        let look = if year == city.year { Look::Strong } else { Look::Body };
        sheet.value(row, col, city.value(id, year).map_or("", |value| &value.text.text), look)?;
        col += 1;
    }
    sheet.text(row, col, &own.unit.text.text, Look::Body, Set::Centre)?;
    sheet.value(row, col + 1, &own.weight.text.text, Look::Body)?;
    let sum = rollup.and_then(|rollup| rollup.sum);
    let gap = rollup.and_then(|rollup| Some(rollup.value? - rollup.sum?)).filter(|gap| gap.abs() > 1e-9);
    sheet.value(row, col + 2, &sum.map_or_else(String::new, show_number), Look::Body)?;
    sheet.value(row, col + 3, &gap.map_or_else(String::new, show_number), Look::Strong)?;
    let (source, link) = input.source(id);
    sheet.link(row, col + 4, &source, link, Look::Body)
}
