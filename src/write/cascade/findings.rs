//! The sheet of findings: one line a finding, the cell a link into the workbook.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::finding::{Finding, Reader};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet};
use crate::write::words::{self, Told};

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - HEADING - 1) + HEADING + 1
}

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let width = |told| match told {
        Told::Severity | Told::Code => 8.0,
        Told::File => 30.0,
        Told::Cell => 7.0,
        Told::Organisation => 20.0,
        Told::Field => 12.0,
        Told::Message => 46.0,
        Told::Found | Told::Expected => 14.0,
        Told::ToDo => 36.0,
        Told::Id => 17.0,
        Told::Answer => 24.0,
        _ => 15.0,
    };
    Told::CITY.map(|told| (told.heading(input.lang).to_owned(), width(told))).to_vec()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let lang = input.lang;
    let title = lang.pick("지적 사항", "Findings");
    let note = lang.pick(
        "심각한 것부터, 같은 것끼리는 책의 순서로 적었습니다. 셀을 누르면 해당 통합 문서가 열립니다.",
        "Most severe first, then in book order. A cell opens the workbook it stands in.",
    );
    sheet.title(title, note)?;
    for (index, finding) in input.findings.iter().enumerate() {
        fill_row(input, sheet, row_of(index), finding)?;
    }
    let last = row_of(input.findings.len()) - 1;
    sheet.table(HEADING, last, 2)?;
    Ok(range(HEADING, last, Told::CITY.len()))
}

fn fill_row(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let lang = input.lang;
    let settled = finding.waived.is_some();
    let look = if settled { CellStyle::Muted } else { CellStyle::Body };
    let signal = if settled { CellStyle::Muted } else { CellStyle::Severity(finding.severity) };
    let severity =
        if settled { lang.pick("유예됨", "waived") } else { words::severity(finding.severity, lang) };
    let link = input.link(&finding.at);
    for (col, told) in (0..).zip(Told::CITY) {
        let text = told.text(finding, Reader::Office, lang);
        match told {
            Told::Severity => sheet.text(row, col, severity, signal, CellFormat::Centre)?,
            Told::Code => sheet.text(row, col, &text, look, CellFormat::Centre)?,
            // The cell leads to where it stands; where there is none, the file does.
            Told::File => {
                sheet.link(row, col, &text, link.clone().filter(|_| finding.at.cell.is_none()), look)?;
            }
            Told::Cell => sheet.link(row, col, &text, link.clone(), look)?,
            Told::Found | Told::Expected => sheet.value(row, col, &text, look)?,
            Told::Id => sheet.text(row, col, &text, CellStyle::Muted, CellFormat::Text(0))?,
            _ => sheet.text(row, col, &text, look, CellFormat::Text(0))?,
        }
    }
    Ok(())
}
