//! The open findings, organisation by organisation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::labels;
use super::super::measure::Ruler;
use super::super::scope::Selection;
use super::super::sheet::{INSET_X, Sheet};
use crate::consolidate::{City, RowId};
use crate::finding::{Finding, Lang};
use crate::write::{style, words};

/// Type size, in points.
const SIZE: f64 = 7.0;
/// Rounding between the widths measured here and those of the typesetter, in points.
const SLACK: f64 = 0.5;
/// How wide the columns are: severity, code, place, subject, finding, found, expected, what to do.
const SHARES: [f64; 8] = [5.0, 5.0, 17.0, 16.0, 25.0, 9.0, 9.0, 20.0];

/// The open findings. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Findings {
    title: &'static str,
    remark: String,
    headings: [&'static str; 8],
    page: &'static str,
    size: f64,
    inset: f64,
    widths: Vec<f64>,
    groups: Vec<Group>,
}

/// The findings of one organisation.
#[derive(Serialize)]
struct Group {
    org: String,
    findings: Vec<Line>,
}

/// A finding; texts are broken to the widths of their columns.
#[derive(Serialize)]
struct Line {
    severity: &'static str,
    /// As `#rrggbb`.
    colour: String,
    code: &'static str,
    place: Vec<String>,
    /// The label of the row or plan it is about.
    target: Option<String>,
    /// The KPI and the column.
    subject: Vec<String>,
    message: Vec<String>,
    found: Vec<String>,
    expected: Vec<String>,
    hint: Vec<String>,
}

impl Findings {
    /// Those of `findings` that nobody has waived and that concern the book of `selection`: the whole city's
    /// include what is about no plan, as a workbook that cannot be read.
    pub(in super::super) fn new(
        city: &City,
        findings: &[Finding],
        selection: &Selection,
        sheet: &Sheet,
        ruler: &Ruler,
        lang: Lang,
    ) -> Self {
        let total: f64 = SHARES.iter().sum();
        let widths: Vec<f64> = SHARES.iter().map(|share| share / total * sheet.width()).collect();
        let setter = Setter { city, ruler, lang, widths: &widths };
        let mut by_plan: BTreeMap<Option<usize>, Vec<&Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            by_plan.entry(finding.plan).or_default().push(finding);
        }
        let plans = selection.plans.iter().map(|&(plan, _)| Some(plan));
        let without_plan = selection.org.is_none().then_some(None);
        let mut groups = Vec::new();
        for plan in plans.chain(without_plan) {
            let Some(findings) = by_plan.remove(&plan) else { continue };
            let org = plan
                .map_or(lang.pick("계획이 없는 통합 문서", "Workbooks without a plan"), |plan| {
                    &city.plans[plan].org
                });
            let findings = findings.into_iter().map(|finding| setter.line(finding)).collect();
            groups.push(Group { org: org.to_owned(), findings });
        }
        let count: usize = groups.iter().map(|group| group.findings.len()).sum();
        Self {
            title: lang.pick("지적 사항", "Open findings"),
            remark: lang.pick(
                format!("자동 점검에서 나온 {count}건입니다. 유예한 것은 싣지 않았습니다."),
                format!("{count} findings of the checks. What was waived is left out."),
            ),
            headings: lang.pick(
                ["구분", "코드", "자리", "지표·항목", "내용", "적힌 값", "있어야 할 값", "조치 방법"],
                ["Severity", "Code", "Place", "KPI, column", "Finding", "Found", "Expected", "What to do"],
            ),
            page: lang.pick("쪽", "page"),
            size: SIZE,
            inset: INSET_X,
            widths,
            groups,
        }
    }
}

struct Setter<'a> {
    city: &'a City,
    ruler: &'a Ruler,
    lang: Lang,
    widths: &'a [f64],
}

impl Setter<'_> {
    fn line(&self, finding: &Finding) -> Line {
        let broken = |column: usize, text: &str| {
            self.ruler.measure(text).broken((self.widths[column] - 2.0 * INSET_X - SLACK) / SIZE)
        };
        let at = &finding.at;
        let cell = at.cell.map(|cell| cell.to_string());
        let place: Vec<&str> =
            [Some(&*at.file), at.sheet.as_deref(), cell.as_deref()].into_iter().flatten().collect();
        let row = finding.plan.zip(finding.row).map(|(plan, row)| RowId { plan, row });
        let row = row.filter(|id| id.row < self.city.plans[id.plan].rows.len());
        let kpi = row.map_or("", |row| &self.city.row(row).kpi.text);
        let field = words::field(finding.field, self.lang);
        let subject = if kpi.is_empty() { field } else { format!("{kpi}\n{field}") };
        let hint = finding.hint.as_ref().map(|hint| hint.text(self.lang)).unwrap_or_default();
        Line {
            severity: words::severity(finding.severity, self.lang),
            colour: format!("#{:06x}", style::severity_colours(finding.severity).0),
            code: finding.rule.as_str(),
            place: broken(2, &place.join("\n")),
            target: row.map(labels::row).or_else(|| finding.plan.map(labels::plan)),
            subject: broken(3, &subject),
            message: broken(4, &finding.message.text(self.lang)),
            found: broken(5, finding.actual.as_deref().unwrap_or_default()),
            expected: broken(6, finding.expected.as_deref().unwrap_or_default()),
            hint: broken(7, &hint),
        }
    }
}
