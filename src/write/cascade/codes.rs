//! The index of initiative codes: a line for each place that names one.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::consolidate::RowId;
use crate::plan::{Field, Initiatives};
use crate::source::Place;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        ["코드", "주요사업", "적은 곳 수", "조직", "전략목표", "핵심성과지표", "적은 곳"],
        ["Code", "Initiative", "Named", "Organisation", "Objective", "KPI", "Source"],
    );
    let widths = [16.0, 30.0, 10.0, 28.0, 32.0, 38.0, 24.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

/// A place that names a code.
struct Use<'c> {
    /// Whose number it is (0 for a code with a prefix), prefix and number, so that 2 stands before 10.
    order: (usize, &'c str, u64, &'c str),
    code: &'c str,
    name: &'c str,
    plan: usize,
    row: Option<usize>,
    at: Place,
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let title = lang.pick("주요사업 코드 찾아보기", "Index of initiative codes");
    let note = lang.pick(
        "코드마다 그것을 적은 지표와 자리입니다. 앞글자가 없는 번호는 그 조직의 번호이며, 표 아래 기타 주요사업도 들어 있습니다.",
        "Each code with the KPIs that name it. A number without a prefix is the organisation's own; lists below the \
         tables are included.",
    );
    sheet.title(title, note)?;
    let uses = gather(input);
    let mut row = HEADING;
    for same in uses.chunk_by(|a, b| is_same(a, b)) {
        for own in same {
            row += 1;
            let plan = &input.city.plans[own.plan];
            let indicator = own.row.map(|row| &plan.rows[row]);
            let below = lang.pick("(표 아래 기타 주요사업)", "(listed below the table)");
            let cell = own.at.cell.map(|cell| cell.to_string()).unwrap_or_default();
            let source = format!("{}!{cell}", own.at.sheet.as_deref().unwrap_or_default());
            sheet.text(row, 0, own.code, CellStyle::Strong, CellFormat::Text(0))?;
            sheet.text(row, 1, own.name, CellStyle::Body, CellFormat::Text(0))?;
            sheet.count(row, 2, same.len(), CellStyle::Muted)?;
            sheet.text(row, 3, &plan.org, CellStyle::Body, CellFormat::Text(0))?;
            sheet.text(
                row,
                4,
                indicator.map_or("", |own| &own.goal.text),
                CellStyle::Body,
                CellFormat::Text(0),
            )?;
            match indicator {
                Some(own) => sheet.text(row, 5, &own.kpi.text, CellStyle::Body, CellFormat::Text(0))?,
                None => sheet.text(row, 5, below, CellStyle::Muted, CellFormat::Text(0))?,
            }
            sheet.link(row, 6, &source, input.link(&own.at), CellStyle::Body)?;
        }
    }
    sheet.table(HEADING, row, 1)?;
    Ok(range(HEADING, row, 7))
}

/// Whether two places name one code.
fn is_same(a: &Use<'_>, b: &Use<'_>) -> bool {
    a.order == b.order
}

/// Every place that names a code, sorted by code.
fn gather(input: Input<'_>) -> Vec<Use<'_>> {
    let city = input.city;
    let mut uses = Vec::new();
    for (index, plan) in city.plans.iter().enumerate() {
        for (row, own) in plan.rows.iter().enumerate() {
            let at = city.place(RowId { plan: index, row }, Field::Code);
            uses.extend(named(&own.initiatives, index, Some(row), &at));
        }
        for footnote in &plan.footnotes {
            let at = Place {
                file: plan.file.clone(),
                sheet: Some(footnote.sheet.clone()),
                cell: footnote.text.cell,
            };
            uses.extend(named(&footnote.initiatives, index, None, &at));
        }
    }
    uses.sort_by_key(|own| own.order);
    uses
}

fn named<'c>(
    initiatives: &'c Initiatives,
    plan: usize,
    row: Option<usize>,
    at: &Place,
) -> impl Iterator<Item = Use<'c>> {
    initiatives.codes.iter().map(move |code| {
        let (prefix, number) = code.rsplit_once('-').unwrap_or(("", code));
        // Numbers without a prefix are the organisation's own and stand last, by organisation.
        let own = if prefix.is_empty() { plan + 1 } else { 0 };
        let order = (own, prefix, number.parse().unwrap_or(u64::MAX), &**code);
        Use { order, code, name: initiatives.name.as_deref().unwrap_or_default(), plan, row, at: at.clone() }
    })
}
