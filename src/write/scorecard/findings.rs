//! The sheet of the plan's findings.

use rust_xlsxwriter::XlsxError;

use super::Input;
use super::table::Places;
use crate::finding::{Finding, Reader};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, internal};
use crate::write::words::{self, Told};

const HEADING: u32 = 2;

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - HEADING - 1) + HEADING + 1
}

pub(super) fn columns(input: &Input<'_>) -> Vec<Column> {
    let width = |told| match told {
        Told::Severity | Told::Code => 8.0,
        Told::Place | Told::Answer => 20.0,
        Told::Kpi => 26.0,
        Told::Field => 12.0,
        Told::Message => 46.0,
        Told::Found | Told::Expected => 14.0,
        Told::ToDo => 38.0,
        Told::Id => 17.0,
        _ => 15.0,
    };
    Told::SCORECARD.map(|told| (told.heading(input.lang).to_owned(), width(told))).to_vec()
}

pub(super) fn fill(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let note = match input.findings.len() {
        0 => lang.pick("지적 사항이 없습니다.", "Nothing was found.").to_owned(),
        count => lang.pick(
            format!("{count}건, 심각한 것부터. 위치는 낸 파일의 셀입니다. 성과지표를 누르면 성과표의 그 줄로 갑니다."),
            format!("{count}, most severe first. The place is that in the workbook as sent; a KPI leads to its row of the scorecard."),
        ),
    };
    sheet.title(lang.pick("지적 사항", "Findings"), &note)?;
    let places = Places::of(input);
    for (index, finding) in input.findings.iter().enumerate() {
        fill_row(input, sheet, &places, row_of(index), finding)?;
    }
    sheet.table(HEADING, row_of(input.findings.len()) - 1, 2)
}

fn fill_row(
    input: &Input<'_>,
    sheet: &mut Sheet<'_>,
    places: &Places,
    row: u32,
    finding: &Finding,
) -> Result<(), XlsxError> {
    let lang = input.lang;
    let settled = finding.waived.is_some();
    let look = if settled { CellStyle::Muted } else { CellStyle::Body };
    let signal = if settled { CellStyle::Muted } else { CellStyle::Severity(finding.severity) };
    let severity =
        if settled { lang.pick("유예됨", "waived") } else { words::severity(finding.severity, lang) };
    let own = finding.row.and_then(|row| input.plan.rows.get(row)).map_or("", |row| &row.kpi.text);
    let kpi = finding.row.and_then(|row| places.kpis.get(row));
    for (col, told) in (0..).zip(Told::SCORECARD) {
        let text = told.text(finding, Reader::Holder, lang);
        match told {
            Told::Severity => sheet.text(row, col, severity, signal, CellFormat::Centre)?,
            Told::Code => sheet.text(row, col, &text, look, CellFormat::Centre)?,
            Told::Kpi => {
                sheet.link(row, col, own, kpi.map(|&row| internal(&input.sheets()[0], row)), look)?
            }
            Told::Found | Told::Expected => sheet.value(row, col, &text, look)?,
            Told::Id => sheet.text(row, col, &text, CellStyle::Muted, CellFormat::Text(0))?,
            _ => sheet.text(row, col, &text, look, CellFormat::Text(0))?,
        }
    }
    Ok(())
}
