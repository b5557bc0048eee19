//! The sheet of findings: one line a finding, the cell a link into the workbook.

use rust_xlsxwriter::XlsxError;

use super::{HEADING, Input, range};
use crate::finding::Finding;
use crate::write::sheet::{Column, Sheet};
use crate::write::style::{Look, Set};
use crate::write::words;

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - HEADING - 1) + HEADING + 1
}

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        [
            "구분",
            "코드",
            "조직",
            "파일",
            "시트",
            "셀",
            "항목",
            "내용",
            "있어야 할 값",
            "적힌 값",
            "조치 방법",
            "식별번호",
            "유예 사유",
            "부서의 답",
        ],
        [
            "Severity",
            "Code",
            "Organisation",
            "File",
            "Sheet",
            "Cell",
            "Column",
            "Finding",
            "Expected",
            "Found",
            "What to do",
            "Id",
            "Waived because",
            "Answer",
        ],
    );
    let widths = [8.0, 8.0, 20.0, 30.0, 15.0, 7.0, 12.0, 46.0, 14.0, 14.0, 36.0, 17.0, 15.0, 24.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
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
    sheet.table(HEADING, last, 3)?;
    Ok(range(HEADING, last, 14))
}

fn fill_row(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32, finding: &Finding) -> Result<(), XlsxError> {
    let lang = input.lang;
    let settled = finding.waived.is_some();
    let look = if settled { Look::Muted } else { Look::Body };
    let signal = if settled { Look::Muted } else { Look::Severity(finding.severity) };
    let severity = words::severity(finding.severity, lang);
    let waived = lang.pick("유예됨", "waived");
    sheet.text(row, 0, if settled { waived } else { severity }, signal, Set::Centre)?;
    sheet.text(row, 1, finding.rule.as_str(), look, Set::Centre)?;
    let at = &finding.at;
    let cell = at.cell.map(|cell| cell.to_string()).unwrap_or_default();
    let hint = finding.hint.as_ref().map(|hint| hint.text(lang)).unwrap_or_default();
    sheet.text(row, 2, finding.org.as_deref().unwrap_or_default(), look, Set::Text(0))?;
    let (file_link, cell_link) =
        if cell.is_empty() { (input.link(at), None) } else { (None, input.link(at)) };
    sheet.link(row, 3, &at.file, file_link, look)?;
    sheet.text(row, 4, at.sheet.as_deref().unwrap_or_default(), look, Set::Text(0))?;
    sheet.link(row, 5, &cell, cell_link, look)?;
    sheet.text(row, 6, &words::field(finding.field, lang), look, Set::Text(0))?;
    sheet.text(row, 7, &finding.message.text(lang), look, Set::Text(0))?;
    sheet.value(row, 8, &finding.expectation(lang).unwrap_or_default(), look)?;
    sheet.value(row, 9, finding.actual.as_deref().unwrap_or_default(), look)?;
    sheet.text(row, 10, &hint, look, Set::Text(0))?;
    sheet.text(row, 11, &finding.id, Look::Muted, Set::Text(0))?;
    sheet.text(row, 12, finding.waived.as_deref().unwrap_or_default(), look, Set::Text(0))?;
    let answer = finding.answer.as_ref().map(|answer| words::answer(answer, lang)).unwrap_or_default();
    sheet.text(row, 13, &answer, look, Set::Text(0))
}
