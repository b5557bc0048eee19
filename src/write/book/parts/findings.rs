//! The open findings, by organisation.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::labels;
use super::super::measure::{Lines, Ruler};
use super::super::scope::Selection;
use super::super::sheet::INSET_X;
use super::{PartHead, PartInput};
use crate::consolidate::{City, RowId};
use crate::finding::{Finding, Lang, Reader};
use crate::plan::PlanId;
use crate::project::colour;
use crate::workbook::Style;
use crate::write::words;
use crate::write::words::told::FindingColumn;

/// Type size, in points.
const SIZE: f64 = 7.0;
/// Allowance for rounding between the widths measured here and those of the typesetter, in points.
const SLACK: f64 = 0.5;
/// A finding is not split across pages, so no text in it may be higher than a page.
const MOST_LINES: usize = 20;
/// Relative widths of the columns: severity, code, place, subject, finding, found, expected, what to do.
const SHARES: [f64; 8] = [5.0, 7.0, 8.0, 18.0, 30.0, 9.0, 9.0, 23.0];

/// The open findings. Lengths are in points.
#[derive(Serialize)]
pub(in super::super) struct Findings {
    pub head: PartHead,
    headings: [String; 8],
    /// The text before and after a page number.
    page: [&'static str; 2],
    size: f64,
    inset: f64,
    widths: Vec<f64>,
    groups: Vec<OrganisationFindings>,
}

/// The findings of one organisation.
#[derive(Serialize)]
struct OrganisationFindings {
    org: String,
    /// The plan's workbook and sheet.
    file: String,
    findings: Vec<FindingLine>,
}

/// A finding; texts are broken to the widths of their columns.
#[derive(Serialize)]
struct FindingLine {
    severity: &'static str,
    /// As `#rrggbb`.
    colour: String,
    code: &'static str,
    /// The id that letters and review sheets use; begins with the code.
    id: Lines,
    /// The cell, with its workbook and sheet if they are not the plan's.
    place: Lines,
    /// The label of the row or plan it is about.
    target: Option<String>,
    /// The KPI and the column.
    subject: Lines,
    message: Lines,
    found: Lines,
    expected: Lines,
    hint: Lines,
}

impl Findings {
    /// Takes those of `findings` that are not waived and concern the book of `selection`. The whole city's
    /// book includes findings about no plan, such as a workbook that cannot be read.
    pub(in super::super) fn new(input: &PartInput<'_>, findings: &[Finding], selection: &Selection) -> Self {
        let PartInput { city, sheet, ruler, lang, .. } = *input;
        let total: f64 = SHARES.iter().sum();
        let widths: Vec<f64> = SHARES.iter().map(|share| share / total * sheet.width()).collect();
        let setter = FindingSetter { city, ruler, lang, widths: &widths, style: Style::of(input.config) };
        let mut by_plan: BTreeMap<Option<PlanId>, Vec<&Finding>> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.waived.is_none()) {
            by_plan.entry(finding.plan).or_default().push(finding);
        }
        let plans = selection.plans.iter().map(|&(plan, _)| Some(plan));
        let without_plan = selection.org.is_none().then_some(None);
        let mut groups = Vec::new();
        for plan in plans.chain(without_plan) {
            let Some(findings) = by_plan.remove(&plan) else { continue };
            let plan = plan.map(|plan| &city.plans[plan]);
            let nameless = lang.pick("계획이 없는 통합 문서", "Workbooks without a plan");
            groups.push(OrganisationFindings {
                org: plan.map_or(nameless, |plan| &plan.org).to_owned(),
                file: plan.map(|plan| format!("{}, {}", plan.file, plan.sheet)).unwrap_or_default(),
                findings: findings.into_iter().map(|finding| setter.line(finding)).collect(),
            });
        }
        let count: usize = groups.iter().map(|group| group.findings.len()).sum();
        let lead = lang.pick(
            format!("자동 점검에서 나온 {count}건입니다. 유예한 것은 싣지 않았습니다."),
            format!("{count} findings of the checks. What was waived is left out."),
        );
        Self {
            head: PartHead::new(input, "findings", lang.pick("지적 사항", "Open findings"), &lead),
            headings: FindingColumn::BOOK.map(|these| FindingColumn::joined(these, lang)),
            page: lang.pick(["", "쪽"], ["p. ", ""]),
            size: SIZE,
            inset: INSET_X,
            widths,
            groups,
        }
    }
}

struct FindingSetter<'a> {
    city: &'a City,
    ruler: &'a Ruler<'a>,
    lang: Lang,
    widths: &'a [f64],
    style: Style,
}

impl FindingSetter<'_> {
    fn line(&self, finding: &Finding) -> FindingLine {
        let broken = |column: usize, text: &str| {
            let width = (self.widths[column] - 2.0 * INSET_X - SLACK) / SIZE;
            self.ruler.at_most(self.ruler.measure(text).broken(width), MOST_LINES, width)
        };
        let at = &finding.at;
        let cell = at.cell.map(|cell| cell.to_string());
        let plan = finding.plan.map(|plan| &self.city.plans[plan]);
        let known = plan.is_some_and(|plan| at.file == plan.file && at.sheet.as_ref() == Some(&plan.sheet));
        let file = (!known).then_some(&*at.file);
        let sheet = at.sheet.as_deref().filter(|_| !known);
        let place: Vec<&str> = [file, sheet, cell.as_deref()].into_iter().flatten().collect();
        let row = finding.plan.zip(finding.row).map(|(plan, row)| RowId { plan, row });
        let row = row.filter(|id| id.row < self.city.plans[id.plan].rows.len());
        let kpi = row.map_or("", |row| &self.city.row(row).kpi.text);
        let field = words::field(finding.field, self.lang);
        let subject = if kpi.is_empty() { field } else { format!("{kpi}\n{field}") };
        // The departments whose plans the book holds read it: a hint sends them to their review sheet, not to
        // planbook.toml.
        let told = |told: FindingColumn| told.text(finding, Reader::Department, self.lang);
        FindingLine {
            severity: words::severity(finding.severity, self.lang),
            colour: colour::hex(self.style.severity(finding.severity).ink),
            code: finding.rule.as_str(),
            id: broken(1, &finding.id),
            place: broken(2, &place.join("\n")),
            target: row.map(labels::row).or_else(|| finding.plan.map(labels::plan)),
            subject: broken(3, &subject),
            message: broken(4, &told(FindingColumn::Message)),
            found: broken(5, &told(FindingColumn::Found)),
            expected: broken(6, &told(FindingColumn::Expected)),
            hint: broken(7, &told(FindingColumn::ToDo)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;
    use crate::project::{BookSettings, Config};
    use crate::testing::{city, config, consistent_city, findings, plan};
    use crate::write::book::Scope;
    use crate::write::book::sheet::PaperSheet;

    fn row(kpi: &str, weight: &str) -> String {
        format!("관점 (100) | 시의 목표 | 시 지표 | 1 | 목표 | {kpi} | 1 | 2 | 3 | 4 | 건 | {weight} | ")
    }

    fn printed(city: &City, findings: &[Finding], scope: &Scope) -> serde_json::Value {
        let selection = Selection::new(scope, city, &BookSettings::default()).unwrap();
        let sheet = PaperSheet::a4_landscape();
        let (ruler, config) = (Ruler::new(|_| 0.5), Config::default());
        let input = PartInput { city, config: &config, sheet: &sheet, ruler: &ruler, lang: Lang::Ko };
        serde_json::to_value(Findings::new(&input, findings, &selection)).unwrap()
    }

    #[test]
    fn a_finding_leads_to_its_row_and_names_its_cell() {
        let plans = || [plan("교통국", "가나시").row(&row("버스", "60")).row(&row("도로", "60"))];
        let config = Config::default();
        let found = findings(Code::W101, plans(), &config);
        let printed = printed(&city(plans(), &config), &found, &Scope::City);
        let group = &printed["groups"][0];
        assert_eq!(
            (&group["org"], &group["file"]),
            (&"교통국".into(), &"workbooks/01_교통국.xlsx, 교통국".into())
        );
        let sum = group["findings"].as_array().unwrap().iter().next().unwrap();
        assert_eq!((&sum["severity"], &sum["colour"]), (&"오류".into(), &"#9c1c1c".into()));
        assert!(sum["target"].as_str().unwrap().starts_with("plan-1"), "{sum}");
        assert!(
            sum["id"]
                .as_array()
                .unwrap()
                .iter()
                .map(|part| part.as_str().unwrap())
                .collect::<String>()
                .contains("W101")
        );
        assert!(
            !printed.to_string().contains("planbook.toml"),
            "the city is not sent to the office's settings"
        );
        assert_eq!(sum["place"].as_array().unwrap().len(), 1, "the cell alone: {sum}");
    }

    #[test]
    fn what_is_waived_and_what_lies_outside_the_booklet_is_left_out() {
        let plans =
            || consistent_city().into_iter().chain([plan("수도국", "가나시").row(&row("하천", "60"))]);
        let found = findings(Code::W101, plans(), &Config::default());
        let sum = found.first().unwrap();
        let city = city(plans(), &Config::default());
        let codes =
            |found: &[Finding], scope: &Scope| printed(&city, found, scope).to_string().contains("W101");
        let water = Scope::Bureau("수도국".to_owned());
        assert!(codes(&found, &Scope::City) && codes(&found, &water));
        assert!(!codes(&found, &Scope::Bureau(city.plans[0].org.to_string())));
        let waived = config(&format!("[[waive]]\nid = '{}'\nreason = '조직 개편'", sum.id));
        assert!(!codes(&findings(Code::W101, plans(), &waived), &Scope::City));
    }
}
