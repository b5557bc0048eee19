//! The data, a line for each KPI: a table to filter and to make pivot tables from.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Table, TableColumn, TableStyle, XlsxError};

use super::{HEADING, Input};
use crate::consolidate::{LinkTarget, RowId};
use crate::write::sheet::{Column, Sheet};
use crate::write::style::{Look, Set};
use crate::write::words;

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let year = input.city.year;
    let titles = input.lang.pick(
        [
            "번호",
            "국",
            "조직",
            "상위 조직",
            "관점",
            "시 전략목표",
            "상위 지표",
            "연계",
            "전략목표",
            "핵심성과지표",
            "공통지표",
            "단위",
            "비중",
            "목표치",
            "목표 수치",
            "주요사업",
            "지적 사항",
            "원본",
        ],
        [
            "No.",
            "Bureau",
            "Organisation",
            "Parent",
            "Perspective",
            "City objective",
            "Parent KPI",
            "Link",
            "Objective",
            "KPI",
            "Common KPI",
            "Unit",
            "Weight",
            "Target",
            "Target number",
            "Initiatives",
            "Findings",
            "Source",
        ],
    );
    let widths = [
        8.0, 22.0, 24.0, 22.0, 14.0, 26.0, 26.0, 9.0, 28.0, 34.0, 24.0, 9.0, 9.0, 14.0, 12.0, 16.0, 10.0,
        24.0,
    ];
    let mut columns: Vec<Column> = titles.map(str::to_owned).into_iter().zip(widths).collect();
    columns[13].0 = format!("{year} {}", titles[13]);
    columns[14].0 = format!("{year} {}", titles[14]);
    columns
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let Input { city, lang, .. } = input;
    let title = lang.pick("지표 자료", "KPI data");
    let note = lang.pick(
        "지표마다 한 줄입니다. 삽입 > 피벗 테이블에서 이 표를 고르십시오. 수치는 단위의 배수(천, 백만)를 풀어 적었습니다.",
        "A line for each KPI. Choose this table in Insert > PivotTable. Numbers are in the base of their unit, thousands \
         and millions multiplied out.",
    );
    sheet.title(title, note)?;
    let mut links: BTreeMap<RowId, &crate::consolidate::Link> = BTreeMap::new();
    for link in &city.links {
        links.entry(link.child).or_insert(link);
    }
    let mut row = HEADING;
    for (number, id) in city.rows().enumerate() {
        row += 1;
        let own = city.row(id);
        let link = links.get(&id);
        let open = input.findings.of_row(id).iter().filter(|finding| finding.waived.is_none()).count();
        let goal = match link.map(|link| link.target) {
            Some(LinkTarget::City(_)) => &*own.parent_goal.text,
            _ => "",
        };
        let bureau = city.ancestors(id.plan).last().copied().unwrap_or(id.plan);
        let common = city.row_keys(id).common.map_or("", |common| &city.common[common].name);
        let (source, target) = input.source(id);
        sheet.count(row, 0, number + 1, Look::Muted)?;
        let texts = [
            &*city.plans[bureau].org,
            city.org(id),
            city.parent_name(id.plan),
            &own.perspective.name,
            goal,
            &own.parent_kpi.text,
            link.map_or("", |link| words::link(link.kind, lang)),
            &own.goal.text,
            &own.kpi.text,
            common,
            &own.unit.text.text,
        ];
        for (col, text) in (1..).zip(texts) {
            sheet.text(row, col, text, if col == 9 { Look::Strong } else { Look::Body }, Set::Text(0))?;
        }
        amount(sheet, row, 12, own.weight.percent)?;
        let value = city.value(id, city.year).map_or("", |value| &value.text.text);
        sheet.text(row, 13, value, Look::Body, Set::Centre)?;
        amount(sheet, row, 14, city.amount(id, city.year))?;
        sheet.text(row, 15, &own.initiatives.codes.join(", "), Look::Body, Set::Text(0))?;
        sheet.some(row, 16, open, Look::Strong)?;
        sheet.link(row, 17, &source, target, Look::Body)?;
    }
    as_table(sheet, columns(input), row, lang.pick("지표자료", "KpiData"), 3)
}

/// A number, nothing for none.
pub(super) fn amount(
    sheet: &mut Sheet<'_>,
    row: u32,
    col: u16,
    number: Option<f64>,
) -> Result<(), XlsxError> {
    match number {
        Some(number) => sheet.number(row, col, number, Look::Body, Set::Weight),
        None => sheet.text(row, col, "", Look::Body, Set::Centre),
    }
}

/// Makes a table of Excel's own out of what stands from the heading to `last`.
pub(super) fn as_table(
    sheet: &mut Sheet<'_>,
    columns: Vec<Column>,
    last: u32,
    name: &str,
    fixed: u16,
) -> Result<(), XlsxError> {
    let heading = sheet.formats.cell(Look::Heading, Set::Centre).clone();
    let headed = |(text, _): &Column| TableColumn::new().set_header(text).set_header_format(&heading);
    let headings: Vec<TableColumn> = columns.iter().map(headed).collect();
    let end = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    // A table has one line at the least.
    let last = last.max(HEADING + 1);
    let table = Table::new().set_columns(&headings).set_name(name).set_style(TableStyle::None);
    sheet.worksheet.add_table(HEADING, 0, last, end, &table)?;
    sheet.worksheet.set_freeze_panes(HEADING + 1, fixed)?;
    sheet.worksheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.worksheet.set_row_height(HEADING, 32)?;
    Ok(())
}
