//! The sheet of the cascade: city objective, city KPI, and below it the rows of departments and offices.

use std::collections::BTreeSet;

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::consolidate::{LinkKind, Loose, LooseReason, RowId};
use crate::finding::Severity;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};
use crate::write::branches::{GoalBranch, KpiBranch, below, branches};
use crate::write::words;

/// How many columns there are, and the one of what is to be looked into.
const COLUMNS: u16 = 14;
const REMARK: u16 = 13;
/// Levels of an outline (ECMA-376 Part 1, 18.3.1.73: outlineLevel up to 7), less those of objective and KPI.
const MAX_LEVEL: usize = 5;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let year = input.city.year;
    let titles = input.lang.pick(
        [
            "시 전략목표",
            "시 핵심성과지표",
            "시 목표치",
            "단계",
            "조직",
            "연계",
            "전략목표",
            "핵심성과지표",
            "목표치",
            "단위",
            "비중",
            "주요사업",
            "원본",
            "살필 것",
        ],
        [
            "City objective",
            "City KPI",
            "City target",
            "Level",
            "Organisation",
            "Link",
            "Objective",
            "KPI",
            "Target",
            "Unit",
            "Weight",
            "Initiatives",
            "Source",
            "Look into",
        ],
    );
    let link = input.lang.pick(8.0, 12.0);
    let widths = [20.0, 20.0, 10.0, 7.0, 25.0, link, 28.0, 34.0, 14.0, 9.0, 8.0, 13.0, 23.0, 24.0];
    let mut columns: Vec<Column> = titles.map(str::to_owned).into_iter().zip(widths).collect();
    columns[8].0 = format!("{year} {}", titles[8]);
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let title = lang.pick("목표·지표 연계도", "Cascade of objectives and KPIs");
    let note = lang.pick(
        "직접: 인용한 지표를 그대로 관리 · 공통: 조직마다 따로 재는 지표 · 기여: 다른 지표로 뒷받침. 왼쪽의 +/-로 펼치고 접습니다. *는 계획에 가장 많이 적힌 값을 시 목표치로 본 것입니다.",
        "direct: carries the very KPI it cites · shared: a common KPI each measures for itself · contributory: \
         another KPI that serves it. Open and close with +/- on the left. * marks city targets inferred from what most plans cite.",
    );
    sheet.title(title, note)?;
    sheet.worksheet.group_symbols_above(true);
    let uncited = |loose: &&Loose| loose.reason == LooseReason::NotCited;
    let not_cited = input.city.loose.iter().filter(uncited).map(|loose| loose.row).collect();
    let mut row = HEADING;
    for goal in branches(input.city) {
        row = fill_goal(input, sheet, row + 1, &goal, &not_cited)?;
    }
    let last = loose_ends(input, sheet, row)?;
    sheet.table(HEADING, last, 5)?;
    Ok(range(HEADING, last, COLUMNS.into()))
}

/// The rows that lead up to nothing, by reason. Returns the last row written.
fn loose_ends(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let ends: Vec<&Loose> =
        input.city.loose.iter().filter(|loose| loose.reason != LooseReason::NotCited).collect();
    if ends.is_empty() {
        return Ok(row);
    }
    let head = row + 1;
    let name = input.lang.pick("(시 목표로 이어지지 않음)", "(leads up to no city objective)");
    sheet.text(head, 0, name, CellStyle::Band, CellFormat::Text(0))?;
    sheet.blanks(head, 1..COLUMNS, CellStyle::Band)?;
    let mut last = head;
    for loose in ends {
        last += 1;
        let own = input.city.row(loose.row);
        sheet.text(last, 0, name, CellStyle::Repeated, CellFormat::Text(0))?;
        sheet.text(last, 1, &own.parent_kpi.text, CellStyle::Muted, CellFormat::Text(0))?;
        sheet.value(last, 2, &own.parent_target.text.text, CellStyle::Muted)?;
        fill_step(input, sheet, last, loose.row, (0, None))?;
        let reason = words::loose(loose.reason, input.lang);
        sheet.text(last, REMARK, reason, CellStyle::Severity(Severity::Warning), CellFormat::Text(0))?;
    }
    sheet.worksheet.group_rows(head + 1, last)?;
    Ok(last)
}

/// Writes an objective from `row` on and returns the last row written.
fn fill_goal(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    goal: &GoalBranch<'_>,
    not_cited: &BTreeSet<RowId>,
) -> Result<u32, XlsxError> {
    let unnamed = input.lang.pick("(전략목표 없음)", "(no objective)");
    let name = if goal.name.is_empty() { unnamed } else { goal.name };
    sheet.text(row, 0, name, CellStyle::Band, CellFormat::Text(0))?;
    sheet.blanks(row, 1..COLUMNS, CellStyle::Band)?;
    let mut last = row;
    for branch in &goal.kpis {
        last = fill_kpi(input, sheet, last + 1, (name, branch), not_cited)?;
    }
    if last > row {
        sheet.worksheet.group_rows(row + 1, last)?;
    }
    Ok(last)
}

fn fill_kpi(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    (goal, branch): (&str, &KpiBranch<'_>),
    not_cited: &BTreeSet<RowId>,
) -> Result<u32, XlsxError> {
    sheet.text(row, 0, goal, CellStyle::Repeated, CellFormat::Text(0))?;
    sheet.text(row, 1, &branch.kpi.name, CellStyle::SubBand, CellFormat::Text(0))?;
    sheet.value(row, 2, &branch.kpi.printed_target(), CellStyle::SubBand)?;
    sheet.text(row, 3, input.lang.pick("시", "city"), CellStyle::SubBand, CellFormat::Centre)?;
    sheet.blanks(row, 4..COLUMNS, CellStyle::SubBand)?;
    let count = branch.steps.iter().filter(|step| step.depth == 0).count();
    let cited = input.lang.pick(format!("지표 {count}개가 인용"), format!("cited by {count} rows"));
    sheet.text(row, 4, &cited, CellStyle::SubBand, CellFormat::Text(0))?;
    let mut last = row;
    for (index, step) in branch.steps.iter().enumerate() {
        last += 1;
        sheet.text(last, 0, goal, CellStyle::Repeated, CellFormat::Text(0))?;
        sheet.text(last, 1, &branch.kpi.name, CellStyle::Repeated, CellFormat::Text(0))?;
        sheet.value(last, 2, &branch.kpi.printed_target(), CellStyle::Repeated)?;
        fill_step(input, sheet, last, step.row, (step.depth, Some(step.kind)))?;
        let uncited = not_cited.contains(&step.row);
        let remark = if uncited { words::loose(LooseReason::NotCited, input.lang) } else { "" };
        sheet.text(last, REMARK, remark, CellStyle::Muted, CellFormat::Text(0))?;
        let under = u32::try_from(below(&branch.steps[index..])).unwrap_or(0);
        if under > 0 && step.depth < MAX_LEVEL - 1 {
            sheet.worksheet.group_rows(last + 1, last + under)?;
        }
    }
    if last > row {
        sheet.worksheet.group_rows(row + 1, last)?;
    }
    Ok(last)
}

/// The columns that a row of a plan fills. `depth` is counted from the city KPI; a loose row has no link.
fn fill_step(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    id: RowId,
    (depth, link): (usize, Option<LinkKind>),
) -> Result<(), XlsxError> {
    let city = input.city;
    let own = city.row(id);
    let indent = CellFormat::Text(u8::try_from(2 * depth).unwrap_or(u8::MAX).min(CellFormat::MAX_INDENT));
    let look = if depth == 0 { CellStyle::Strong } else { CellStyle::Body };
    let kind = link.map_or("", |kind| words::link(kind, input.lang));
    let level = link.map_or(String::new(), |_| (depth + 1).to_string());
    let target = city.value(id, city.year).map_or("", |value| &value.text.text);
    let codes = own.initiatives.codes.join(", ");
    let (source, link) = input.source(id);
    sheet.text(row, 3, &level, CellStyle::Body, CellFormat::Centre)?;
    sheet.text(row, 4, city.org(id), look, indent)?;
    sheet.text(row, 5, kind, CellStyle::Body, CellFormat::Centre)?;
    sheet.text(row, 6, &own.goal.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 7, &own.kpi.text, look, CellFormat::Text(0))?;
    sheet.value(row, 8, target, CellStyle::Body)?;
    sheet.text(row, 9, &own.unit.text.text, CellStyle::Body, CellFormat::Centre)?;
    sheet.value(row, 10, &own.weight.text.text, CellStyle::Body)?;
    sheet.text(row, 11, &codes, CellStyle::Body, CellFormat::Text(0))?;
    sheet.link(row, 12, &source, link, CellStyle::Body)
}
