//! How a check files its findings.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::slice::ParallelSliceMut;

use crate::consolidate::{Context, RowId};
use crate::finding::{
    Code, Finding, Message, Related, Severity, Wording, finding_id, local_ids, numbered_id,
};
use crate::plan::{Field, PlanId};
use crate::source::Place;
use crate::text::NameKey;

/// Collects the findings of a check.
#[derive(Debug)]
pub struct Report<'a> {
    context: Context<'a>,
    findings: Vec<Finding>,
}

/// A finding being built by [`Report::row`], [`Report::cell`], [`Report::plan`], [`Report::absent`] or
/// [`Report::file`]; filed by [`Draft::file`].
#[derive(Debug)]
#[must_use = "a draft that is not filed is lost"]
pub struct Draft<'r, 'a> {
    report: &'r mut Report<'a>,
    finding: Finding,
    identity: Vec<String>,
    /// The name compared with `except` in planbook.toml: the KPI, or the finding's subject.
    subject: Option<NameKey>,
}

impl<'a> Report<'a> {
    /// An empty report for `context`.
    pub fn new(context: Context<'a>) -> Self {
        Self { context, findings: Vec::new() }
    }

    /// A finding about `field` of a KPI row. Its id is a hash of organisation, KPI and field; add
    /// distinguishing parts with [`Draft::identified_by`].
    pub fn row(&mut self, rule: Code, row: RowId, field: Field, message: Message) -> Draft<'_, 'a> {
        let city = self.context.city;
        let org = city.org(row).clone();
        let identity =
            vec![city.org_key(row).to_string(), city.row_keys(row).kpi.to_string(), field.to_string()];
        let at = city.place(row, field);
        self.draft(rule, Some(row.plan), Some(row.row), Some(org), field, message, at, identity)
    }

    /// A finding about a cell that several rows may share, such as a merged citation or code. Its id is a
    /// hash of organisation, field and `subject` (the cited KPI, the code), not of the row's KPI, which
    /// changes when a row is inserted above; `except` in planbook.toml also names the subject.
    pub fn cell(
        &mut self,
        rule: Code,
        row: RowId,
        field: Field,
        subject: &str,
        message: Message,
    ) -> Draft<'_, 'a> {
        let city = self.context.city;
        let subject = city.names.key(subject);
        let mut draft = self.row(rule, row, field, message);
        draft.identity = vec![city.org_key(row).to_string(), field.to_string(), subject.to_string()];
        draft.subject = Some(subject);
        draft
    }

    /// A finding about a plan as a whole, pointing at `at`.
    pub fn plan(
        &mut self,
        rule: Code,
        plan: PlanId,
        field: Field,
        message: Message,
        at: Place,
    ) -> Draft<'_, 'a> {
        let city = self.context.city;
        let org = city.plans[plan].org.clone();
        let identity = vec![city.nodes[plan].org_key.to_string(), field.to_string()];
        self.draft(rule, Some(plan), None, Some(org), field, message, at, identity)
    }

    /// A finding about an organisation without a plan.
    pub fn absent(&mut self, rule: Code, org: Arc<str>, message: Message, at: Place) -> Draft<'_, 'a> {
        let identity = vec![self.context.city.names.key(&org).to_string()];
        self.draft(rule, None, None, Some(org), Field::File, message, at, identity)
    }

    /// A finding about a workbook or a part of it outside any plan. If the file name tells the organisation,
    /// the finding is assigned to it; the id does not depend on that.
    pub fn file(&mut self, rule: Code, message: Message, at: Place) -> Draft<'_, 'a> {
        let identity = vec![at.file.to_string(), at.sheet.as_deref().unwrap_or_default().to_owned()];
        let org = self.context.city.senders.get(&at.file).cloned();
        self.draft(rule, None, None, org, Field::File, message, at, identity)
    }

    #[allow(clippy::too_many_arguments, reason = "the one place where a finding is put together")]
    fn draft(
        &mut self,
        rule: Code,
        plan: Option<PlanId>,
        row: Option<usize>,
        org: Option<Arc<str>>,
        field: Field,
        message: Message,
        at: Place,
        identity: Vec<String>,
    ) -> Draft<'_, 'a> {
        let subject =
            plan.zip(row).map(|(plan, row)| self.context.city.row_keys(RowId { plan, row }).kpi.clone());
        let finding = Finding {
            rule,
            severity: rule.default_severity(),
            org,
            plan,
            row,
            field,
            message,
            expected: None,
            compared_with: None,
            found: None,
            reckoned: None,
            hint: None,
            at,
            related: Vec::new(),
            id: String::new(),
            waived: None,
            answer: None,
        };
        Draft { report: self, finding, identity, subject }
    }

    /// The findings in filing order.
    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// Sorts the findings of all checks, makes their ids unique, applies waivers and adds answers.
pub(crate) fn finalize(findings: &mut [Finding], context: &Context<'_>) {
    findings.par_sort_by(|a, b| order(a).cmp(&order(b)));
    disambiguate_ids(findings);
    let reasons: BTreeMap<&str, &str> =
        context.config.waive.iter().map(|w| (w.id.as_str(), w.reason.as_str())).collect();
    let answers = context.city.answers();
    let local = local_ids(findings);
    for (finding, local) in findings.iter_mut().zip(&local) {
        finding.answer = answers.to(&finding.id, local, &finding.at.file).cloned();
        finding.waived = reasons.get(finding.id.as_str()).map(|&reason| reason.to_owned());
        // The hint says how to waive it.
        finding.hint = finding.hint.take().map(|hint| hint.with("id", finding.id.clone()));
    }
}

/// The sort key of findings: severity, then place in the book, findings without a plan last.
fn order(finding: &Finding) -> impl Ord + '_ {
    let Finding { severity, plan, row, rule, field, at, .. } = finding;
    (severity, plan.is_none(), plan, &at.file, row, rule, field, at)
}

/// Numbers findings that share an id, in order: two rows of one plan may have the same KPI with the same
/// error.
fn disambiguate_ids(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let count = seen.entry(finding.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.id = numbered_id(&finding.id, *count);
        }
    }
}

impl Draft<'_, '_> {
    /// The expected and the actual value, as texts.
    pub fn expected(mut self, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        self.finding.expected = Some(expected.into());
        self.finding.found = Some(actual.into());
        self
    }

    /// The actual value and the one compared with, as texts, where neither is required.
    pub fn compared(mut self, with: impl Into<String>, actual: impl Into<String>) -> Self {
        self.finding.compared_with = Some(with.into());
        self.finding.found = Some(actual.into());
        self
    }

    /// The actual value, where no definite one is expected.
    pub fn actual(mut self, actual: impl Into<String>) -> Self {
        self.finding.found = Some(actual.into());
        self
    }

    /// Labels the actual value as calculated instead of read from the cell.
    pub fn calculated_as(mut self, what: &'static Wording) -> Self {
        self.finding.reckoned = Some(what);
        self
    }

    /// What to do.
    pub fn hint(mut self, hint: Message) -> Self {
        self.finding.hint = Some(hint);
        self
    }

    /// Overrides the rule's default severity. planbook.toml takes precedence.
    pub fn severity(mut self, severity: Severity) -> Self {
        self.finding.severity = severity;
        self
    }

    /// Adds a related place.
    pub fn related(mut self, row: RowId, field: Field) -> Self {
        let city = self.report.context.city;
        self.finding.related.push(Related { org: city.org(row).clone(), at: city.place(row, field) });
        self
    }

    /// Adds a related plan.
    pub fn related_plan(mut self, plan: PlanId) -> Self {
        let plan = &self.report.context.city.plans[plan];
        self.finding.related.push(Related { org: plan.org.clone(), at: plan.header_place() });
        self
    }

    /// Adds a related place in the plan of `org`.
    pub fn related_place(mut self, org: &Arc<str>, at: Place) -> Self {
        self.finding.related.push(Related { org: org.clone(), at });
        self
    }

    /// Points at another cell than the field's own.
    pub fn at(mut self, at: Place) -> Self {
        self.finding.at = at;
        self
    }

    /// Adds a part to the id's hash.
    pub fn identified_by(mut self, part: impl Into<String>) -> Self {
        self.identity.push(part.into());
        self
    }

    /// Sets the subject where it is not a row's KPI: it identifies the finding, and `except` names it.
    pub fn about(mut self, subject: &NameKey) -> Self {
        self.identity.push(subject.to_string());
        self.subject = Some(subject.clone());
        self
    }

    /// Files the finding, unless planbook.toml excludes its KPI from the check.
    pub fn file(mut self) {
        let Context { city, config } = self.report.context;
        let rule = self.finding.rule;
        if self.subject.as_ref().is_some_and(|kpi| config.excepts(rule, &city.names, kpi)) {
            return;
        }
        if let Some(severity) = config.severity(rule) {
            self.finding.severity = severity;
        }
        self.finding.id = finding_id(rule, self.identity.iter().map(String::as_str));
        self.report.findings.push(self.finding);
    }
}
