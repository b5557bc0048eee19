//! The table of changes: one line a change, old and new side by side.

use rust_xlsxwriter::XlsxError;

use super::{Input, colour, place, real, words};
use crate::diff::{Change, PlanDiff};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};

pub(super) const HEADING: u32 = 2;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        ["조직", "구분", "지표", "항목", "이전", "이후", "이전 위치", "이후 위치"],
        ["Organisation", "Kind", "KPI", "Item", "Old", "New", "Old cell", "New cell"],
    );
    let widths = [20.0, 11.0, 32.0, 18.0, 36.0, 36.0, 20.0, 20.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let (old, new) = (&input.old.name, &input.new.name);
    let note = lang.pick(
        format!("이전: {old} · 이후: {new}. 띄어쓰기처럼 표기만 다른 것은 싣지 않았습니다. 위치를 누르면 해당 통합 문서가 열립니다."),
        format!("Old: {old} · new: {new}. What differs in notation only is left out. A cell opens the workbook it stands in."),
    );
    sheet.title(lang.pick("신·구 대비표", "Old and new side by side"), &note)?;
    let mut row = HEADING;
    for plan in input.diff.changed_plans() {
        for (index, change) in real(plan).enumerate() {
            row += 1;
            line(input, sheet, row, plan, change, index == 0)?;
        }
    }
    sheet.table(HEADING, row, 1)
}

fn line(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    plan: &PlanDiff,
    change: &Change,
    is_first: bool,
) -> Result<(), XlsxError> {
    let lang = input.lang;
    // Written into every line, so that a filter leaves none without its organisation.
    sheet.text(
        row,
        0,
        &plan.org,
        if is_first { CellStyle::Strong } else { CellStyle::Repeated },
        CellFormat::Text(0),
    )?;
    let signal = CellStyle::Severity(colour(change.kind));
    sheet.text(row, 1, words::kind(change.kind, lang), signal, CellFormat::Centre)?;
    sheet.text(row, 2, &words::kpis(input.diff, plan, change, lang), CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 3, &words::item(change.item, lang), CellStyle::Body, CellFormat::Text(0))?;
    let sides = [(false, &change.old), (true, &change.new)];
    for ((col, (is_new, side)), base) in (4..).zip(sides).zip(input.links()) {
        let look = match (side, is_new) {
            (None, _) => CellStyle::Body,
            (Some(_), false) => CellStyle::Old,
            (Some(_), true) => CellStyle::New,
        };
        sheet.text(
            row,
            col,
            &words::side(input.diff, plan, change, is_new, lang),
            look,
            CellFormat::Text(0),
        )?;
        let (cell, link) = place(side.as_ref(), base);
        sheet.link(row, col + 2, &cell, link, CellStyle::Muted)?;
    }
    Ok(())
}
