//! The sheet of cited city targets: who cites which of the city's KPIs, and with which target.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::consolidate::{CityKpi, RowId};
use crate::finding::Severity;
use crate::plan::Field;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        [
            "시 핵심성과지표",
            "시 목표치",
            "인용한 조직",
            "인용한 전략목표",
            "인용한 지표",
            "인용한 목표치",
            "시 목표치와",
            "그 조직의 지표",
            "원본",
        ],
        [
            "City KPI",
            "City target",
            "Cited by",
            "Cited objective",
            "Cited KPI",
            "Cited target",
            "Against the city's",
            "The organisation's KPI",
            "Source",
        ],
    );
    let widths = [28.0, 13.0, 26.0, 28.0, 28.0, 14.0, 13.0, 34.0, 23.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let title = lang.pick("시 목표치 인용", "Cited city targets");
    let note = lang.pick(
        "시 지표마다 그것을 인용한 조직과 적은 목표치입니다. 시 목표치는 planbook.toml에 적은 것이고, *는 계획에 가장 많이 적힌 값입니다. 한 값이 뚜렷이 많지 않으면 비웁니다.",
        "Who cites each of the city's KPIs and with which target. The city's is planbook.toml's; * marks what most plans cite; none where no value has a clear majority.",
    );
    sheet.title(title, note)?;
    let mut row = HEADING;
    for kpi in &input.city.city_kpis {
        if kpi.citations.is_empty() {
            row += 1;
            city_side(sheet, row, kpi)?;
            let nobody = lang.pick("인용한 조직 없음", "nobody cites it");
            sheet.text(row, 2, nobody, CellStyle::Severity(Severity::Warning), CellFormat::Text(0))?;
            sheet.blanks(row, 3..9, CellStyle::Body)?;
        }
        for &id in &kpi.citations {
            row += 1;
            city_side(sheet, row, kpi)?;
            citation(input, sheet, row, kpi, id)?;
        }
    }
    sheet.table(HEADING, row, 1)?;
    Ok(range(HEADING, row, 9))
}

fn city_side(sheet: &mut Sheet<'_>, row: u32, kpi: &CityKpi) -> Result<(), XlsxError> {
    sheet.text(row, 0, &kpi.name, CellStyle::Strong, CellFormat::Text(0))?;
    sheet.value(row, 1, &kpi.printed_target(), CellStyle::Strong)
}

fn citation(
    input: Input<'_>,
    sheet: &mut Sheet<'_>,
    row: u32,
    kpi: &CityKpi,
    id: RowId,
) -> Result<(), XlsxError> {
    let city = input.city;
    let own = city.row(id);
    let cited = &own.parent_target;
    let (word, look) = match (cited.text.is_empty(), kpi.is_cited_right(&cited.text.text)) {
        (true, _) => (input.lang.pick("적지 않음", "not given"), CellStyle::Muted),
        (false, None) => (input.lang.pick("시 목표치 모름", "city's unknown"), CellStyle::Muted),
        (false, Some(false)) => (input.lang.pick("다름", "differs"), CellStyle::Severity(Severity::Warning)),
        (false, _) => (input.lang.pick("같음", "agrees"), CellStyle::Body),
    };
    let (source, link) = input.named(&city.place(id, Field::ParentTarget));
    sheet.text(row, 2, city.org(id), CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 3, &own.parent_goal.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.text(row, 4, &own.parent_kpi.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.value(row, 5, &cited.text.text, CellStyle::Body)?;
    sheet.text(row, 6, word, look, CellFormat::Centre)?;
    sheet.text(row, 7, &own.kpi.text, CellStyle::Body, CellFormat::Text(0))?;
    sheet.link(row, 8, &source, link, CellStyle::Body)
}
