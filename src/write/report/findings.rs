//! The findings: as data for the script, as counts by organisation and by check, and the first of them as a
//! table for browsers without scripts.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::input::{ReportInput, SEVERITIES, by_severity, count, count_or_blank, rank};
use super::words;
use crate::consolidate::City;
use crate::finding::{Action, Code, Finding, Related};
use crate::plan::PlanId;
use crate::source::{Place, escape_controls, escape_controls_in_lines};
use crate::write::words as house;

/// The number of findings in the table for browsers without scripts.
const PLAIN: usize = 300;

/// The data for the template.
#[derive(Serialize)]
pub(super) struct FindingsData {
    any: bool,
    /// Filters by severity.
    severities: Vec<SeverityData>,
    orgs: Vec<OrgData>,
    rules: Vec<RuleData>,
    any_waived: bool,
    any_answered: bool,
    plain: Vec<PlainRow>,
    /// The note on findings that are not in the plain table.
    plain_rest: String,
}

#[derive(Serialize)]
struct SeverityData {
    name: &'static str,
    word: &'static str,
    count: String,
}

/// An organisation, or a workbook without one, with its open findings.
#[derive(Serialize)]
struct OrgData {
    name: String,
    all: String,
    counts: Vec<SeverityCount>,
}

#[derive(Serialize)]
struct SeverityCount {
    text: String,
    class: &'static str,
}

/// A check with its open findings.
#[derive(Serialize)]
struct RuleData {
    code: &'static str,
    title: &'static str,
    /// The CSS class of its most severe finding.
    class: &'static str,
    word: &'static str,
    /// The number of all its findings.
    count: String,
    /// The numbers by severity, which may vary within a check and by planbook.toml.
    counts: Vec<SeverityCount>,
}

#[derive(Serialize)]
struct PlainRow {
    class: &'static str,
    word: &'static str,
    code: &'static str,
    org: String,
    place: String,
    message: String,
}

impl FindingsData {
    pub(super) fn new(input: &ReportInput<'_>) -> Self {
        let (lang, owners) = (input.lang, Owners::of(input.context.city));
        let open: Vec<&Finding> = input.findings.iter().filter(|finding| finding.waived.is_none()).collect();
        let counts = by_severity(open.iter().copied());
        let severities = SEVERITIES.iter().zip(counts).map(|(&severity, number)| SeverityData {
            name: severity.name(),
            word: house::severity(severity, lang),
            count: count(number),
        });
        let rest = open.len().saturating_sub(PLAIN);
        Self {
            any: !input.findings.is_empty(),
            severities: severities.collect(),
            orgs: orgs(&owners, &open),
            rules: rules(input, &open),
            any_waived: input.findings.iter().any(|finding| finding.waived.is_some()),
            any_answered: input.findings.iter().any(|finding| finding.answer.is_some()),
            plain: open.iter().take(PLAIN).map(|finding| plain_row(finding, &owners, input)).collect(),
            plain_rest: match rest {
                0 => String::new(),
                _ => lang.pick(
                    format!(
                        "그 밖의 {}건은 스크립트를 허용한 브라우저나 cascade.xlsx에서 볼 수 있습니다.",
                        count(rest)
                    ),
                    format!("{} more: allow this page its script, or see cascade.xlsx.", count(rest)),
                ),
            },
        }
    }
}

/// The owner of each finding: its organisation, or its workbook if that belongs to none or to several.
struct Owners<'a>(BTreeMap<&'a str, Option<(PlanId, &'a Arc<str>)>>);

impl<'a> Owners<'a> {
    /// The organisation of each workbook that has exactly one.
    fn of(city: &'a City) -> Self {
        let mut owners: BTreeMap<&str, Option<(PlanId, &Arc<str>)>> = BTreeMap::new();
        for (number, plan) in city.numbered_plans() {
            owners.entry(&plan.file).and_modify(|owner| *owner = None).or_insert(Some((number, &plan.org)));
        }
        Self(owners)
    }

    /// The owner's name, and its plan's position in the book.
    fn owner(&self, finding: &'a Finding) -> (Option<PlanId>, &'a Arc<str>) {
        match &finding.org {
            Some(org) => (finding.plan, org),
            None => match self.0.get(&*finding.at.file) {
                Some(&Some((plan, org))) => (Some(plan), org),
                _ => (None, &finding.at.file),
            },
        }
    }
}

/// The organisations in book order, after the workbooks without one.
fn orgs(owners: &Owners<'_>, open: &[&Finding]) -> Vec<OrgData> {
    let mut by_name: BTreeMap<&Arc<str>, (Option<PlanId>, [usize; 3])> = BTreeMap::new();
    for finding in open {
        let (its_plan, name) = owners.owner(finding);
        let (plan, counts) = by_name.entry(name).or_insert((its_plan, [0; 3]));
        *plan = (*plan).min(its_plan);
        counts[rank(finding.severity)] += 1;
    }
    let mut all: Vec<_> = by_name.into_iter().collect();
    all.sort_by_key(|(name, (plan, _))| (*plan, *name));
    let data = all.into_iter().map(|(name, (_, counts))| OrgData {
        name: escape_controls(name),
        all: count(counts.iter().sum()),
        counts: in_columns(counts),
    });
    data.collect()
}

/// The checks with findings, the most severe first.
fn rules(input: &ReportInput<'_>, open: &[&Finding]) -> Vec<RuleData> {
    let mut by_code: BTreeMap<Code, [usize; 3]> = BTreeMap::new();
    for finding in open {
        by_code.entry(finding.rule).or_default()[rank(finding.severity)] += 1;
    }
    let worst = |counts: &[usize; 3]| counts.iter().position(|&number| number > 0).unwrap_or(0);
    let mut all: Vec<_> = by_code.into_iter().collect();
    all.sort_by_key(|(code, counts)| (worst(counts), *code));
    let data = all.into_iter().map(|(code, counts)| RuleData {
        code: code.as_str(),
        title: input.lang.pick(code.title().ko, code.title().en),
        class: SEVERITIES[worst(&counts)].name(),
        word: house::severity(SEVERITIES[worst(&counts)], input.lang),
        count: count(counts.iter().sum()),
        counts: in_columns(counts),
    });
    data.collect()
}

/// The number of findings of each severity, blank for 0.
fn in_columns(counts: [usize; 3]) -> Vec<SeverityCount> {
    let columns = SEVERITIES.iter().zip(counts);
    columns
        .map(|(severity, number)| SeverityCount { text: count_or_blank(number), class: severity.name() })
        .collect()
}

fn plain_row(finding: &Finding, owners: &Owners<'_>, input: &ReportInput<'_>) -> PlainRow {
    PlainRow {
        class: finding.severity.name(),
        word: house::severity(finding.severity, input.lang),
        code: finding.rule.as_str(),
        org: escape_controls(owners.owner(finding).1),
        place: finding.at.to_string(),
        message: escape_controls(&finding.message.text(input.lang)),
    }
}

/// The data for the script.
#[derive(Serialize)]
struct Data<'a> {
    words: BTreeMap<&'static str, &'static str>,
    severities: [&'static str; 3],
    rules: BTreeMap<&'static str, &'static str>,
    /// Links to the workbooks with findings, by name.
    links: BTreeMap<String, String>,
    findings: Vec<ScriptFinding<'a>>,
}

/// A finding for the script, which treats absent fields as empty.
#[derive(Serialize)]
struct ScriptFinding<'a> {
    severity: usize,
    rule: &'static str,
    org: String,
    /// The position of the organisation's plan in the book, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<usize>,
    /// The key of the KPI row, as in the cascade.
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<String>,
    field: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    actual: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<String>,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    waived: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// Whether it was answered as fixed but is still there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    still_there: bool,
}

/// All data for the script, as JSON that cannot end its HTML element or a line of script.
pub(super) fn json(input: &ReportInput<'_>) -> String {
    let owners = Owners::of(input.context.city);
    let files = input.findings.iter().map(|finding| &finding.at.file);
    let links = files.filter_map(|file| Some((escape_controls(file), input.href(file)?)));
    let data = Data {
        words: words::of_script(input.lang),
        severities: SEVERITIES.map(|severity| house::severity(severity, input.lang)),
        rules: Code::ALL
            .iter()
            .map(|code| (code.as_str(), input.lang.pick(code.title().ko, code.title().en)))
            .collect(),
        links: links.collect(),
        findings: input.findings.iter().map(|finding| record(finding, &owners, input)).collect(),
    };
    // Serialisation fails only for maps with keys that are not text, and for NaN. The data has neither.
    let json = serde_json::to_string(&data).unwrap_or_default();
    for_html(&json)
}

/// `json` with the characters escaped that are special in HTML or in older JavaScript. In JSON they occur
/// only in strings.
fn for_html(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + json.len() / 64);
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out
}

fn record<'a>(finding: &'a Finding, owners: &Owners<'_>, input: &ReportInput<'_>) -> ScriptFinding<'a> {
    let (plan, owner) = owners.owner(finding);
    let lang = input.lang;
    // An empty value is described as empty.
    let value = |text: &Option<String>| {
        text.as_ref().map(|text| match text.as_str() {
            "" => lang.pick("(비어 있음)", "(empty)").to_owned(),
            text => escape_controls(text),
        })
    };
    let answer = finding.answer.as_ref();
    ScriptFinding {
        severity: rank(finding.severity),
        rule: finding.rule.as_str(),
        org: escape_controls(owner),
        plan: plan.map(PlanId::number),
        row: finding.plan.zip(finding.row).map(|(plan, row)| row_key(plan, row)),
        file: escape_controls(&finding.at.file),
        sheet: finding.at.sheet.as_deref().map(escape_controls),
        cell: finding.at.cell.map(|cell| cell.to_string()),
        field: escape_controls(&house::field(finding.field, lang)),
        message: escape_controls(&finding.message.text(lang)),
        actual: value(&finding.found(lang)),
        expected: value(&finding.expectation(lang)),
        hint: finding.hint.as_ref().map(|hint| escape_controls_in_lines(&hint.text(lang))),
        related: finding.related.iter().map(|related| other_place(related, &finding.at)).collect(),
        id: &finding.id,
        waived: finding.waived.as_deref().map(escape_controls),
        answer: answer.map(|answer| escape_controls(&house::answer(answer, lang))),
        still_there: finding.waived.is_none() && answer.is_some_and(|answer| answer.action == Action::Fixed),
    }
}

/// The key of a KPI row, shared by the sections of the page.
pub(super) fn row_key(plan: PlanId, row: usize) -> String {
    format!("{}-{row}", plan.number())
}

/// A related place of a finding at `at`, with its file only if that differs.
fn other_place(related: &Related, at: &Place) -> String {
    let org = escape_controls(&related.org);
    if related.at.file != at.file {
        return format!("{org} ({})", related.at);
    }
    let inside = related.at.to_string();
    let inside = inside.strip_prefix(&escape_controls(&at.file)).unwrap_or(&inside).trim_start();
    if inside.is_empty() { org } else { format!("{org} ({inside})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_the_element_it_stands_in() {
        let json = serde_json::to_string("</script><!--\u{2028}&amp;").unwrap();
        let safe = for_html(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}']));
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), "</script><!--\u{2028}&amp;");
    }
}
