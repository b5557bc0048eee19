//! The sheet of the plan's findings.

use rust_xlsxwriter::XlsxError;

use super::Input;
use super::table::Places;
use crate::finding::{Finding, Reader};
use crate::write::sheet::{Column, Sheet, internal};
use crate::write::style::{Look, Set};
use crate::write::words;

const HEADING: u32 = 2;

/// The row of the finding at `index` on this sheet.
pub(super) fn row_of(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX - HEADING - 1) + HEADING + 1
}

pub(super) fn columns(input: &Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        [
            "구분",
            "코드",
            "성과지표",
            "항목",
            "내용",
            "있어야 할 값",
            "적힌 값",
            "조치 방법",
            "낸 파일의 셀",
            "식별번호",
            "유예 사유",
            "부서의 답",
        ],
        [
            "Severity",
            "Code",
            "KPI",
            "Column",
            "Finding",
            "Expected",
            "Found",
            "What to do",
            "Cell as sent",
            "Id",
            "Waived because",
            "Answer",
        ],
    );
    let widths = [8.0, 8.0, 26.0, 12.0, 46.0, 14.0, 14.0, 38.0, 20.0, 17.0, 15.0, 20.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: &Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let lang = input.lang;
    let note = match input.findings.len() {
        0 => lang.pick("지적 사항이 없습니다.", "Nothing was found.").to_owned(),
        count => lang.pick(
            format!("{count}건, 심각한 것부터. 성과지표를 누르면 성과표의 그 줄로 갑니다."),
            format!("{count}, most severe first. A KPI leads to its row of the scorecard."),
        ),
    };
    sheet.title(lang.pick("지적 사항", "Findings"), &note)?;
    let places = Places::of(input);
    for (index, finding) in input.findings.iter().enumerate() {
        fill_row(input, sheet, &places, row_of(index), finding)?;
    }
    sheet.table(HEADING, row_of(input.findings.len()) - 1, 3)
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
    let look = if settled { Look::Muted } else { Look::Body };
    let signal = if settled { Look::Muted } else { Look::Severity(finding.severity) };
    let severity =
        if settled { lang.pick("유예됨", "waived") } else { words::severity(finding.severity, lang) };
    sheet.text(row, 0, severity, signal, Set::Centre)?;
    sheet.text(row, 1, finding.rule.as_str(), look, Set::Centre)?;
    let own = finding.row.and_then(|row| input.plan.rows.get(row)).map_or("", |row| &row.kpi.text);
    let place = finding.row.and_then(|row| places.kpis.get(row));
    sheet.link(row, 2, own, place.map(|&row| internal(&input.sheets()[0], row)), look)?;
    sheet.text(row, 3, &words::field(finding.field, lang), look, Set::Text(0))?;
    sheet.text(row, 4, &finding.message.text(lang), look, Set::Text(0))?;
    sheet.value(row, 5, &finding.expectation(lang).unwrap_or_default(), look)?;
    sheet.value(row, 6, finding.actual.as_deref().unwrap_or_default(), look)?;
    let hint = finding.hint.as_ref().map(|hint| hint.text_for(Reader::Holder, lang));
    let hint = hint.unwrap_or_default();
    sheet.text(row, 7, &hint, look, Set::Text(0))?;
    let at = &finding.at;
    let cell = at.cell.map(|cell| format!("!{cell}")).unwrap_or_default();
    sheet.text(row, 8, &format!("{}{cell}", at.sheet.as_deref().unwrap_or(&at.file)), look, Set::Text(0))?;
    sheet.text(row, 9, &finding.id, Look::Muted, Set::Text(0))?;
    sheet.text(row, 10, finding.waived.as_deref().unwrap_or_default(), look, Set::Text(0))?;
    let answer = finding.answer.as_ref().map(|answer| words::answer(answer, lang)).unwrap_or_default();
    sheet.text(row, 11, &answer, look, Set::Text(0))
}
