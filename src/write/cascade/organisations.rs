//! The sheet of organisations: KPIs, weights, findings and round of each.

use rust_xlsxwriter::XlsxError;

use super::overview::{SEVERITIES, Tally};
use super::tab::Tab;
use super::{HEADING, Input, findings, range};
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, cells, internal};

pub(super) fn columns(input: Input<'_>) -> Vec<Column> {
    let titles = input.lang.pick(
        ["조직", "상위 조직", "차수", "지표 수", "비중 합계", "오류", "경고", "참고", "유예됨", "통합 문서"],
        [
            "Organisation",
            "Parent",
            "Round",
            "KPIs",
            "Weights",
            "Errors",
            "Warnings",
            "Info",
            "Waived",
            "Workbook",
        ],
    );
    let widths = [30.0, 26.0, 8.0, 9.0, 10.0, 9.0, 9.0, 9.0, 9.0, 44.0];
    titles.map(str::to_owned).into_iter().zip(widths).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<String, XlsxError> {
    let Input { city, lang, .. } = input;
    let title = lang.pick("조직별 현황", "Organisations");
    let note = lang.pick(
        "조직 이름을 누르면 그 조직의 첫 지적 사항으로, 통합 문서를 누르면 계획표로 갑니다. 차수는 검토 의견이 오간 횟수입니다.",
        "An organisation leads to its first finding, a workbook to its plan. A round is one passage between office and \
         department.",
    );
    sheet.title(title, note)?;
    let mut tallies: Vec<Tally> = city.plans.iter().map(|_| Tally::default()).collect();
    for (index, finding) in input.findings.iter().enumerate() {
        if let Some(tally) = finding.plan.and_then(|plan| tallies.get_mut(plan)) {
            tally.add(index, finding);
        }
    }
    let mut row = HEADING;
    let mut totals = [0usize; 5];
    for (index, (plan, tally)) in city.plans.iter().zip(&tallies).enumerate() {
        row += 1;
        let sum: f64 = plan.rows.iter().filter_map(|own| own.weight.percent).sum();
        let link = tally.first.map(|first| internal(Tab::Findings.name(lang), findings::row_of(first)));
        sheet.link(row, 0, &plan.org, link, CellStyle::Strong)?;
        sheet.text(row, 1, city.parent_name(index), CellStyle::Muted, CellFormat::Text(0))?;
        match input.rounds.get(&plan.file) {
            Some(&round) => sheet.count(row, 2, round, CellStyle::Body)?,
            None => sheet.text(row, 2, "", CellStyle::Body, CellFormat::Centre)?,
        }
        sheet.count(row, 3, plan.rows.len(), CellStyle::Body)?;
        let weights = tally.weights.map_or(CellStyle::Body, CellStyle::Severity);
        sheet.number(row, 4, sum, weights, CellFormat::Weight)?;
        let counts = [tally.counts[0], tally.counts[1], tally.counts[2], tally.waived];
        let looks = SEVERITIES.map(CellStyle::Severity).into_iter().chain([CellStyle::Muted]);
        for (col, (look, count)) in (5..).zip(looks.zip(counts)) {
            sheet.some(row, col, count, look)?;
        }
        sheet.link(row, 9, &plan.file, input.link(&plan.header_place()), CellStyle::Body)?;
        for (total, count) in totals.iter_mut().zip([plan.rows.len()].into_iter().chain(counts)) {
            *total += count;
        }
    }
    let last = row;
    if last > HEADING {
        row += 1;
        sheet.text(row, 0, lang.pick("합계", "Total"), CellStyle::Band, CellFormat::Text(0))?;
        sheet.blanks(row, 1..10, CellStyle::Band)?;
        for (col, total) in [3, 5, 6, 7, 8].into_iter().zip(totals) {
            // What a filter hides is not added up.
            let formula = format!("SUBTOTAL(109,{})", cells(col, HEADING + 1, last));
            sheet.formula(row, col, (formula, total.to_string()), CellStyle::Band, CellFormat::Count)?;
        }
    }
    sheet.table(HEADING, last, 1)?;
    Ok(range(HEADING, last, 10))
}
