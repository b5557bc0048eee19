//! The sheet of organisations: KPIs, weights, findings and round of each.

use super::findings;
use super::tab::{CascadeInput, FilledTab, HEADING};
use super::tally::{self, FindingTally};
use crate::finding::Wording;
use crate::plan::PlanId;
use crate::workbook::{Cell, CellFormat, CellStyle, Columns, Sheet, Table, Total};

pub(super) const NAME: Wording = Wording::of("조직", "Organisations");

/// A plan and its findings.
struct OrganisationLine {
    plan: PlanId,
    tally: FindingTally,
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, OrganisationLine> {
    let CascadeInput { city, lang, .. } = input;
    let plan = move |line: &OrganisationLine| &city.plans[line.plan];
    let columns = Columns::<OrganisationLine>::new(lang)
        .column(("조직", "Organisation"), 30.0, move |line| {
            let first = line.tally.first.map(|first| input.way_to(findings::NAME, findings::row_of(first)));
            Cell::link(&plan(line).org, first).strong()
        })
        .column(("상위 조직", "Parent"), 26.0, move |line| {
            Cell::text(city.parent_name(line.plan)).muted()
        })
        .column(("차수", "Round"), 8.0, move |line| {
            let round = input.rounds.get(&plan(line).file).copied().unwrap_or(0);
            Cell::count_or_blank(round, CellStyle::Body)
        })
        .column(("지표 수", "KPIs"), 9.0, move |line| Cell::count(plan(line).rows.len()))
        .summed()
        .column(("비중 합계", "Weights"), 10.0, move |line| {
            let sum = plan(line).rows.iter().filter_map(|own| own.weight.percent).sum();
            let style = line.tally.weights.map_or(CellStyle::Body, CellStyle::Severity);
            Cell::number(sum, CellFormat::Weight).styled(style)
        });
    tally::counted(columns, 9.0, |line| &line.tally).column(("통합 문서", "Workbook"), 44.0, move |line| {
        Cell::link(&plan(line).file, input.link(&plan(line).header_place()))
    })
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let CascadeInput { city, lang, .. } = input;
    let title = lang.pick("조직별 현황", "Organisations");
    let note = lang.pick(
        "조직 이름을 누르면 그 조직의 첫 지적 사항으로, 통합 문서를 누르면 계획표로 갑니다. 차수는 검토 의견이 오간 횟수입니다.",
        "An organisation leads to its first finding, a workbook to its plan. A round is one passage between office and \
         department.",
    );
    sheet.title(title, note)?;
    let mut lines: Vec<OrganisationLine> =
        city.plan_ids().map(|plan| OrganisationLine { plan, tally: FindingTally::default() }).collect();
    for (index, finding) in input.findings.iter().enumerate() {
        if let Some(line) = finding.plan.and_then(|plan| lines.get_mut(plan.index())) {
            line.tally.add(index, finding);
        }
    }
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    for line in &lines {
        table.line(sheet, line)?;
    }
    table.totals(sheet, &[(lang.pick("합계", "Total"), Total::Sum)])?;
    table.finish(sheet, 1).map(Some)
}
