//! The first sheet: contents, key figures, findings by check, and organisations without a plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::tab::{CascadeInput, FilledTab};
use super::tally::{self, FindingTally};
use super::{chain, common, findings, loose, organisations};
use crate::consolidate::LinkKind;
use crate::finding::{Code, Severity, Wording};
use crate::measure::objectives::{ObjectiveCounts, uncited, unlinked};
use crate::workbook::pages::Orientation;
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};

/// The widths of the columns of names and of figures, shared by all blocks of the sheet.
const NAME: f64 = 44.0;
const FIGURE: f64 = 12.0;

pub(super) fn fill(input: CascadeInput<'_>, sheet: &mut Sheet<'_>) -> FilledTab {
    let note = input.lang.pick(
        "계획을 한데 모아 연계와 일치 여부를 점검한 결과입니다. 파란 글자를 누르면 해당 자리로 갑니다.",
        "The departments' plans put together, linked and checked. Blue entries lead to their place.",
    );
    sheet.title(&input.title(), note)?;
    let row = contents(input, sheet, 3)?;
    let row = at_a_glance(input, sheet, row + 2)?;
    let row = by_check(input, sheet, row + 2)?;
    let last = missing(input, sheet, row)?;
    sheet.worksheet.set_portrait();
    // Shrinks the sheet to one page if it stays legible, so that no few lines are left for a second page.
    if sheet.page(Orientation::Portrait).holds_legibly(sheet.heights(0..last + 1).sum()) {
        sheet.worksheet.set_print_fit_to_pages(1, 1);
    }
    Ok(None)
}

/// Writes the sheets' names and contents. Returns the last row written.
fn contents(input: CascadeInput<'_>, sheet: &mut Sheet<'_>, mut row: u32) -> workbook::Result<u32> {
    let lang = input.lang;
    sheet.section(row, lang.pick("차례", "Contents"))?;
    for tab in &input.tabs[1..] {
        row += 1;
        let text = format!("{}  —  {}", tab.name.pick(lang), tab.about.pick(lang));
        sheet.nav_link(row, &text, input.way_to(tab.name, 0))?;
    }
    Ok(row)
}

/// A figure of the overview.
struct Figure {
    name: &'static str,
    count: usize,
    /// The sheet that lists the items.
    at: Option<Wording>,
    style: CellStyle,
}

/// The numbers of what was read, and of links.
fn counts(input: CascadeInput<'_>) -> Vec<Figure> {
    let CascadeInput { city, lang, findings: all, .. } = input;
    let objectives = ObjectiveCounts::of(city);
    let open = || all.iter().filter(|finding| finding.waived.is_none());
    let files = city.file_counts();
    let carried = city.common.iter().filter(|matrix| !matrix.rows.is_empty()).count();
    let linked = |kind: LinkKind| city.links.iter().filter(|link| link.kind == kind).count();
    let of = |ko: &'static str, en: &'static str, count: usize, at: Option<Wording>| Figure {
        name: lang.pick(ko, en),
        count,
        at,
        style: CellStyle::Strong,
    };
    let found = |ko: &'static str, en: &'static str, severity: Severity| Figure {
        style: CellStyle::Severity(severity),
        ..of(ko, en, open().filter(|one| one.severity == severity).count(), Some(findings::NAME))
    };
    let (organisations, chain, common, loose) =
        (Some(organisations::NAME), Some(chain::NAME), Some(common::NAME), Some(loose::NAME));
    vec![
        of("통합 문서", "Workbooks", files.workbooks, None),
        of("읽지 못한 통합 문서", "Workbooks not read", files.unread, None),
        of("통합 문서가 아닌 문서", "Documents of other kinds", files.documents, None),
        of("계획", "Plans", city.plans.len(), organisations),
        of("성과지표", "KPI rows", city.rows().count(), None),
        of("시 전략목표", "City objectives", objectives.counted.len(), chain),
        of(
            "다른 목표에 합쳐 센 시 전략목표",
            "City objectives counted with another",
            objectives.folded.len(),
            chain,
        ),
        of("시 핵심성과지표", "City KPIs", city.city_kpis.len(), chain),
        of("직접 연계", "Direct links", linked(LinkKind::Direct), chain),
        of("공통지표 연계", "Links of shared KPIs", linked(LinkKind::Shared), chain),
        of("기여 연계", "Contributory links", linked(LinkKind::Contributory), chain),
        of("상위로 연계되지 않은 지표", "Rows without a link upward", unlinked(city), loose),
        of("아래에서 인용하지 않은 지표", "Rows that nothing below cites", uncited(city), loose),
        of("공통지표", "Common KPIs", carried, common),
        found("오류", "Errors", Severity::Error),
        found("경고", "Warnings", Severity::Warning),
        found("참고", "Worth knowing", Severity::Info),
        of("유예됨", "Waived findings", all.len() - open().count(), Some(findings::NAME)),
    ]
}

/// Returns the last row written.
fn at_a_glance(input: CascadeInput<'_>, sheet: &mut Sheet<'_>, row: u32) -> workbook::Result<u32> {
    sheet.section(row, input.lang.pick("한눈에 보기", "At a glance"))?;
    let columns = Columns::<Figure>::new(input.lang)
        .column(("", ""), NAME, |of| Cell::link(of.name, of.at.map(|sheet| input.way_to(sheet, 0))))
        .column(("", ""), FIGURE, |of| {
            Cell::count(of.count).styled(of.style).styled_if(of.count == 0, CellStyle::Muted)
        });
    let mut table = Table::new(sheet, row, columns)?;
    for count in counts(input) {
        table.line(sheet, &count)?;
    }
    Ok(table.last)
}

/// Writes one line per check with findings. Returns the last row written.
fn by_check(input: CascadeInput<'_>, sheet: &mut Sheet<'_>, row: u32) -> workbook::Result<u32> {
    let lang = input.lang;
    sheet.section(row, lang.pick("점검별 지적 사항", "Findings by check"))?;
    let columns =
        Columns::<(Code, FindingTally)>::new(lang).column(("점검", "Check"), NAME, |(code, tally)| {
            let name = format!("{code} {}", code.title().pick(lang));
            Cell::link(&name, tally.first.map(|index| input.way_to(findings::NAME, findings::row_of(index))))
        });
    let columns = tally::counted(columns, FIGURE, |(_, tally)| tally);
    let mut table = Table::new(sheet, row + 1, columns)?;
    table.headings(sheet)?;
    let mut tallies: BTreeMap<Code, FindingTally> = BTreeMap::new();
    for (index, finding) in input.findings.iter().enumerate() {
        tallies.entry(finding.rule).or_default().add(index, finding);
    }
    for line in tallies {
        table.line(sheet, &line)?;
    }
    Ok(table.last)
}

/// Writes the organisations whose plan is missing, some rows below `above`. Returns the last row written.
fn missing(input: CascadeInput<'_>, sheet: &mut Sheet<'_>, above: u32) -> workbook::Result<u32> {
    if input.city.missing.is_empty() {
        return Ok(above);
    }
    let row = above + 2;
    sheet.section(row, input.lang.pick("계획을 내지 않은 조직", "Organisations without a plan"))?;
    let columns = Columns::<Arc<str>>::new(input.lang).column(("", ""), NAME, |org| org.clone());
    let mut table = Table::new(sheet, row, columns)?;
    table.lines(sheet, &input.city.missing)?;
    Ok(table.last)
}
