//! The first sheet: what the city's plans come to, findings by check, and each organisation at a glance.

use std::collections::BTreeMap;

use rust_xlsxwriter::XlsxError;

use super::{Input, findings, title};
use crate::consolidate::LinkKind;
use crate::finding::{Code, Finding, Severity};
use crate::plan::value::show_number;
use crate::write::sheet::{Column, Sheet, internal};
use crate::write::style::{Look, Set};

const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
const WIDTHS: [f64; 8] = [44.0, 11.0, 11.0, 11.0, 11.0, 11.0, 26.0, 38.0];

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
    let row = counts(input, sheet, 3)?;
    let row = by_check(input, sheet, row + 2)?;
    let row = by_organisation(input, sheet, row + 2)?;
    missing(input, sheet, row + 2)
}

fn section(sheet: &mut Sheet<'_>, row: u32, name: &str) -> Result<u32, XlsxError> {
    sheet.worksheet.write_string_with_format(row, 0, name, &sheet.formats.section)?;
    Ok(row + 1)
}

/// What was read and how it hangs together. Returns the last row written.
fn counts(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let Input { city, lang, findings, .. } = input;
    let [_, chain, common, found, loose] = input.sheets();
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
            "시 핵심성과지표",
            "직접 연계",
            "공통지표 연계",
            "기여 연계",
            "연계되지 않은 지표",
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
            "City KPIs",
            "Direct links",
            "Links of shared KPIs",
            "Contributory links",
            "Rows that hang loose",
            "Common KPIs",
            "Errors",
            "Warnings",
            "Worth knowing",
            "Waived findings",
        ],
    );
    let counts = [
        (city.workbooks().count(), None, Look::Strong),
        (unread, None, Look::Strong),
        (city.plans.len(), None, Look::Strong),
        (city.plans.iter().map(|plan| plan.rows.len()).sum(), None, Look::Strong),
        (city.city_goals.len(), Some(chain), Look::Strong),
        (city.city_kpis.len(), Some(chain), Look::Strong),
        (linked(LinkKind::Direct), Some(chain), Look::Strong),
        (linked(LinkKind::Shared), Some(chain), Look::Strong),
        (linked(LinkKind::Contributory), Some(chain), Look::Strong),
        (city.loose.len(), Some(loose), Look::Strong),
        (city.common.iter().filter(|matrix| !matrix.rows.is_empty()).count(), Some(common), Look::Strong),
        (of(Severity::Error), Some(found), Look::Severity(Severity::Error)),
        (of(Severity::Warning), Some(found), Look::Severity(Severity::Warning)),
        (of(Severity::Info), Some(found), Look::Severity(Severity::Info)),
        (waived, Some(found), Look::Strong),
    ];
    let mut row = section(sheet, row, lang.pick("한눈에 보기", "At a glance"))?;
    for (word, (count, target, look)) in words.into_iter().zip(counts) {
        sheet.link(row, 0, word, target.map(|target| internal(target, 0)), Look::Body)?;
        sheet.count(row, 1, count, if count == 0 { Look::Muted } else { look })?;
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
    let target = input.sheets()[3];
    for (code, tally) in tallies {
        row += 1;
        let link = tally.first.map(|index| internal(target, findings::row_of(index)));
        let name = format!("{code} {}", lang.pick(code.title().ko, code.title().en));
        sheet.link(row, 0, &name, link, Look::Body)?;
        for (col, (severity, count)) in (1..).zip(SEVERITIES.into_iter().zip(tally.counts)) {
            number(sheet, row, col, count, Look::Severity(severity))?;
        }
        number(sheet, row, 4, tally.waived, Look::Muted)?;
    }
    Ok(row)
}

/// A count, nothing for none.
fn number(sheet: &mut Sheet<'_>, row: u32, col: u16, count: usize, look: Look) -> Result<(), XlsxError> {
    if count == 0 {
        sheet.text(row, col, "", Look::Body, Set::Centre)
    } else {
        sheet.count(row, col, count, look)
    }
}

/// Findings counted by severity.
#[derive(Default)]
struct Tally {
    counts: [usize; 3],
    waived: usize,
    /// The first of them.
    first: Option<usize>,
    /// How severe it is that the weights do not add up, if they do not.
    weights: Option<Severity>,
}

impl Tally {
    fn add(&mut self, index: usize, finding: &Finding) {
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

/// One line for each plan.
fn by_organisation(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<u32, XlsxError> {
    let Input { city, lang, .. } = input;
    let mut row = section(sheet, row, lang.pick("조직별 현황", "Organisations"))?;
    let titles = lang.pick(
        ["조직", "지표 수", "비중 합계", "오류", "경고", "참고", "상위 조직", "통합 문서"],
        ["Organisation", "KPIs", "Weights", "Errors", "Warnings", "Info", "Parent", "Workbook"],
    );
    sheet.headings(row, &titles)?;
    let mut tallies: Vec<Tally> = city.plans.iter().map(|_| Tally::default()).collect();
    for (index, finding) in input.findings.iter().enumerate() {
        if let Some(tally) = finding.plan.and_then(|plan| tallies.get_mut(plan)) {
            tally.add(index, finding);
        }
    }
    let target = input.sheets()[3];
    for (index, (plan, tally)) in city.plans.iter().zip(tallies).enumerate() {
        row += 1;
        let sum: f64 = plan.rows.iter().filter_map(|own| own.weight.percent).sum();
        let sum_look = tally.weights.map_or(Look::Body, Look::Severity);
        let link = tally.first.map(|first| internal(target, findings::row_of(first)));
        sheet.link(row, 0, &plan.org, link, Look::Strong)?;
        sheet.count(row, 1, plan.rows.len(), Look::Body)?;
        sheet.value(row, 2, &show_number(sum), sum_look)?;
        for (col, (severity, count)) in (3..).zip(SEVERITIES.into_iter().zip(tally.counts)) {
            number(sheet, row, col, count, Look::Severity(severity))?;
        }
        sheet.text(row, 6, city.parent_name(index), Look::Muted, Set::Text(0))?;
        sheet.link(row, 7, &plan.file, input.link(&plan.header_place()), Look::Body)?;
    }
    Ok(row)
}

/// Organisations that should have sent a plan.
fn missing(input: Input<'_>, sheet: &mut Sheet<'_>, row: u32) -> Result<(), XlsxError> {
    if input.city.missing.is_empty() {
        return Ok(());
    }
    let name = input.lang.pick("계획을 내지 않은 조직", "Organisations without a plan");
    let first = section(sheet, row, name)?;
    for (row, org) in (first..).zip(&input.city.missing) {
        sheet.text(row, 0, org, Look::Body, Set::Text(0))?;
    }
    Ok(())
}
