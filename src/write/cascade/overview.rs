//! The first sheet: contents, what the city's plans come to, findings by check, who has sent no plan.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::tab::Tab;
use super::{Input, findings, title};
use crate::consolidate::LinkKind;
use crate::finding::{Code, Finding, Severity};
use crate::measure::objectives::{Objectives, uncited, unlinked};
use crate::workbook::pages::Way;
use crate::workbook::{CellFormat, CellStyle};
use crate::workbook::{Column, Sheet, internal};

pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
const WIDTHS: [f64; 5] = [44.0, 12.0, 12.0, 12.0, 12.0];

/// Several tables share the columns, so these have no headings of their own.
pub(super) fn columns(_: Input<'_>) -> Vec<Column> {
    WIDTHS.iter().map(|&width| (String::new(), width)).collect()
}

pub(super) fn fill(input: Input<'_>, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let note = input.lang.pick(
        "계획을 한데 모아 연계와 일치 여부를 점검한 결과입니다. 파란 글자를 누르면 해당 자리로 갑니다.",
        "The departments' plans put together, linked and checked. Blue entries lead to their place.",
    );
    sheet.title(&title(input), note)?;
    let row = contents(input, sheet, 3)?;
    let row = counts(input, sheet, row + 2)?;
    let row = by_check(input, sheet, row + 2)?;
    let last = missing(input, sheet, row)?;
    sheet.worksheet.set_portrait();
    // What would leave a few lines for a second page is made smaller.
    if sheet.page(Way::Upright).holds_legibly(sheet.heights(0..last + 1).sum()) {
        sheet.worksheet.set_print_fit_to_pages(1, 1);
    }
    Ok(())
}

/// The sheets and what is on them. Returns the last row written.
fn contents(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let lang = input.lang;
    let mut row = section(sheet, row, lang.pick("차례", "Contents"))?;
    for tab in Tab::ALL.into_iter().skip(1) {
        let text = format!("{}  —  {}", tab.name(lang), tab.about(lang));
        sheet.way(row, 0, &text, internal(tab.name(lang), 0))?;
        row += 1;
    }
    Ok(row - 1)
}

fn section(sheet: &mut Sheet<'_>, row: u32, name: &str) -> Result<u32, XlsxError> {
    sheet.worksheet.write_string_with_format(row, 0, name, &sheet.formats.section)?;
    Ok(row + 1)
}

/// What was read and how it hangs together. Returns the last row written.
fn counts(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let Input { city, lang, findings, .. } = input;
    let at = |tab: Tab| Some(tab.name(lang));
    let [chain, common, found, loose, organisations] =
        [Tab::Chain, Tab::Common, Tab::Findings, Tab::Loose, Tab::Organisations].map(at);
    let objectives = Objectives::of(city);
    let unread = city.submissions.iter().filter(|submission| submission.outcome.is_err()).count();
    let linked = |kind: LinkKind| city.links.iter().filter(|link| link.kind == kind).count();
    let of = |severity: Severity| open(findings).filter(|finding| finding.severity == severity).count();
    let waived = findings.iter().filter(|finding| finding.waived.is_some()).count();
    let words = lang.pick(
        [
            "통합 문서",
            "읽지 못한 통합 문서",
            "계획",
            "성과지표",
            "시 전략목표",
            "다른 목표에 합쳐 센 시 전략목표",
            "시 핵심성과지표",
            "직접 연계",
            "공통지표 연계",
            "기여 연계",
            "상위로 연계되지 않은 지표",
            "아래에서 인용하지 않은 지표",
            "공통지표",
            "오류",
            "경고",
            "참고",
            "유예됨",
        ],
        [
            "Workbooks",
            "Workbooks not read",
            "Plans",
            "KPI rows",
            "City objectives",
            "City objectives counted with another",
            "City KPIs",
            "Direct links",
            "Links of shared KPIs",
            "Contributory links",
            "Rows without a link upward",
            "Rows that nothing below cites",
            "Common KPIs",
            "Errors",
            "Warnings",
            "Worth knowing",
            "Waived findings",
        ],
    );
    let counts = [
        (city.workbooks().count(), None, CellStyle::Strong),
        (unread, None, CellStyle::Strong),
        (city.plans.len(), organisations, CellStyle::Strong),
        (city.plans.iter().map(|plan| plan.rows.len()).sum(), None, CellStyle::Strong),
        (objectives.counted.len(), chain, CellStyle::Strong),
        (objectives.folded.len(), chain, CellStyle::Strong),
        (city.city_kpis.len(), chain, CellStyle::Strong),
        (linked(LinkKind::Direct), chain, CellStyle::Strong),
        (linked(LinkKind::Shared), chain, CellStyle::Strong),
        (linked(LinkKind::Contributory), chain, CellStyle::Strong),
        (unlinked(city), loose, CellStyle::Strong),
        (uncited(city), loose, CellStyle::Strong),
        (city.common.iter().filter(|matrix| !matrix.rows.is_empty()).count(), common, CellStyle::Strong),
        (of(Severity::Error), found, CellStyle::Severity(Severity::Error)),
        (of(Severity::Warning), found, CellStyle::Severity(Severity::Warning)),
        (of(Severity::Info), found, CellStyle::Severity(Severity::Info)),
        (waived, found, CellStyle::Strong),
    ];
    let mut row = section(sheet, row, lang.pick("한눈에 보기", "At a glance"))?;
    for (word, (count, target, look)) in words.into_iter().zip(counts) {
        sheet.link(row, 0, word, target.map(|target| internal(target, 0)), CellStyle::Body)?;
        sheet.count(row, 1, count, if count == 0 { CellStyle::Muted } else { look })?;
        row += 1;
    }
    Ok(row - 1)
}

/// The findings that are not waived.
fn open(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.waived.is_none())
}

/// One line for each check that found something.
fn by_check(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let lang = input.lang;
    let mut row = section(sheet, row, lang.pick("점검별 지적 사항", "Findings by check"))?;
    let titles = lang
        .pick(["점검", "오류", "경고", "참고", "유예됨"], ["Check", "Errors", "Warnings", "Info", "Waived"]);
    sheet.headings(row, &titles)?;
    let mut tallies: BTreeMap<Code, Tally> = BTreeMap::new();
    for (index, finding) in input.findings.iter().enumerate() {
        tallies.entry(finding.rule).or_default().add(index, finding);
    }
    let target = Tab::Findings.name(lang);
    for (code, tally) in tallies {
        row += 1;
        let link = tally.first.map(|index| internal(target, findings::row_of(index)));
        let name = format!("{code} {}", lang.pick(code.title().ko, code.title().en));
        sheet.link(row, 0, &name, link, CellStyle::Body)?;
        for (col, (severity, count)) in (1..).zip(SEVERITIES.into_iter().zip(tally.counts)) {
            sheet.some(row, col, count, CellStyle::Severity(severity))?;
        }
        sheet.some(row, 4, tally.waived, CellStyle::Muted)?;
    }
    Ok(row)
}

/// Findings counted by severity.
#[derive(Default)]
pub(super) struct Tally {
    /// Those that stand, by severity.
    pub(super) counts: [usize; 3],
    /// Those that are waived.
    pub(super) waived: usize,
    /// The first of them.
    pub(super) first: Option<usize>,
    /// How severe it is that the weights do not add up, if they do not.
    pub(super) weights: Option<Severity>,
}

impl Tally {
    pub(super) fn add(&mut self, index: usize, finding: &Finding) {
        self.first.get_or_insert(index);
        if finding.waived.is_some() {
            self.waived += 1;
        } else {
            self.counts[finding.severity as usize] += 1;
            if finding.rule == Code::W101 {
                self.weights = Some(finding.severity);
            }
        }
    }
}

/// Organisations that should have sent a plan, some rows below `above`. Returns the last row written.
fn missing(input: Input<'_>, sheet: &mut Sheet<'_>, above: u32) -> Result<u32, XlsxError> {
    if input.city.missing.is_empty() {
        return Ok(above);
    }
    let name = input.lang.pick("계획을 내지 않은 조직", "Organisations without a plan");
    let mut row = section(sheet, above + 2, name)?;
    for org in &input.city.missing {
        sheet.text(row, 0, org, CellStyle::Body, CellFormat::Text(0))?;
        row += 1;
    }
    Ok(row - 1)
}
