//! The data, one line per KPI: a table for filters and pivot tables.

use std::collections::BTreeMap;

use super::tab::{CascadeInput, FilledTab, HEADING};
use crate::consolidate::{Link, LinkTarget, RowId};
use crate::plan::{Beside, Indicator, PlanId};
use crate::workbook::{Cell, CellFormat, CellStyle, Columns, Sheet, Table};
use crate::write::words;

/// The most columns written of those that only some forms have; `data/` has all.
const MAX_BESIDE: usize = 200;

/// A row of a plan, with data from outside the row.
struct KpiLine<'a> {
    number: usize,
    id: RowId,
    own: &'a Indicator,
    link: Option<&'a Link>,
    findings: usize,
}

fn columns(input: CascadeInput<'_>) -> Columns<'_, KpiLine<'_>> {
    let CascadeInput { city, lang, .. } = input;
    let bureau = |plan: PlanId| city.ancestors(plan).last().copied().unwrap_or(plan);
    let objective = |line: &KpiLine<'_>| match line.link.map(|link| link.target) {
        Some(LinkTarget::City(_)) => line.own.parent_objective.text.to_string(),
        _ => String::new(),
    };
    let common = |id: RowId| city.row_keys(id).common.map_or("", |common| &city.common[common].name);
    let number = lang.pick("목표 수치", "Target number");
    let columns = Columns::<KpiLine<'_>>::new(lang)
        .column(("번호", "No."), 8.0, |line| Cell::count(line.number).muted())
        .column(("국", "Bureau"), 22.0, move |line| &city.plans[bureau(line.id.plan)].org)
        .column(("조직", "Organisation"), 24.0, move |line| city.org(line.id))
        .column(("상위 조직", "Parent"), 22.0, move |line| city.parent_name(line.id.plan))
        .column(("관점", "Perspective"), 14.0, |line| &line.own.perspective.name)
        .column(("시 전략목표", "City objective"), 26.0, move |line| objective(line))
        .column(("상위 지표", "Parent KPI"), 26.0, |line| &line.own.parent_kpi.text)
        .column(("연계", "Link"), 9.0, move |line| {
            line.link.map_or("", |link| words::link(link.kind, lang))
        })
        .column(("전략목표", "Objective"), 28.0, |line| &line.own.objective.text)
        .column(("핵심성과지표", "KPI"), 34.0, |line| Cell::text(&line.own.kpi.text).strong())
        .column(("공통지표", "Common KPI"), 24.0, move |line| common(line.id))
        .column(("단위", "Unit"), 9.0, |line| &line.own.unit.text.text)
        .column(("비중", "Weight"), 9.0, |line| {
            Cell::number_or_blank(line.own.weight.percent, CellFormat::Weight)
        })
        .named(input.target_heading(), 14.0, move |line| {
            Cell::text(city.written(line.id, city.year)).centred()
        })
        .named(format!("{} {number}", city.year), 12.0, move |line| {
            Cell::number_or_blank(city.amount(line.id, city.year), CellFormat::Weight)
        })
        .column(("주요사업", "Initiatives"), 16.0, |line| line.own.initiatives.codes.join(", "))
        .column(("지적 사항", "Findings"), 10.0, |line| {
            Cell::count_or_blank(line.findings, CellStyle::Strong)
        })
        .column(("원본", "Source"), 24.0, move |line| input.source(line.id));
    beside(input).into_iter().fold(columns, |columns, column| {
        let heading = columns.distinct(words::beside::heading(&column, lang));
        columns.named(heading, 18.0, move |line: &KpiLine<'_>| {
            Cell::text(column.text(line.own).map_or("", |text| &text.text))
        })
    })
}

/// The columns that only some forms have, each heading once.
fn beside(input: CascadeInput<'_>) -> Vec<Beside> {
    let rows = input.city.plans.iter().flat_map(|plan| &plan.rows);
    Beside::of(rows).into_iter().take(MAX_BESIDE).collect()
}

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let CascadeInput { city, lang, .. } = input;
    let title = lang.pick("지표 자료", "KPI data");
    let note = lang.pick(
        "지표마다 한 줄입니다. 삽입 > 피벗 테이블에서 이 표를 고르십시오. 수치는 단위의 배수(천, 백만)를 풀어 적었습니다.",
        "A line for each KPI. Choose this table in Insert > PivotTable. Numbers are in the base of their unit, thousands \
         and millions multiplied out.",
    );
    sheet.title(title, note)?;
    let mut links: BTreeMap<RowId, &Link> = BTreeMap::new();
    for link in &city.links {
        links.entry(link.child).or_insert(link);
    }
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    let open =
        |id: RowId| input.findings.of_row(id).iter().filter(|finding| finding.waived.is_none()).count();
    let lines = (1..).zip(city.rows()).map(|(number, id)| KpiLine {
        number,
        id,
        own: city.row(id),
        link: links.get(&id).copied(),
        findings: open(id),
    });
    table.lines(sheet, lines)?;
    // The name of the table in Excel.
    table.finish_as_table(sheet, lang.pick("지표자료", "KpiData"), 3)?;
    Ok(None)
}
