//! What a run says of each workbook: findings, organisations and answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::{FindingIndex, Run};
use crate::consolidate::{CityAnswers, Companions};
use crate::finding::{Finding, local_ids};

/// Findings, organisations and answers of `run`, by workbook.
pub(super) struct RunIndex<'a> {
    /// Every workbook present.
    pub files: BTreeSet<&'a str>,
    /// The organisations of each workbook that holds plans.
    pub orgs: BTreeMap<&'a str, Vec<Arc<str>>>,
    pub answers: CityAnswers<'a>,
    /// Other workbooks with a plan of the same organisation.
    pub companions: Companions<'a>,
    findings: &'a FindingIndex<'a>,
    /// Each finding's id within its workbook.
    local: BTreeMap<&'a str, String>,
    /// The workbook of each finding.
    ids: BTreeMap<&'a str, &'a str>,
}

impl<'a> RunIndex<'a> {
    pub fn of(run: &'a Run, findings: &'a FindingIndex<'a>) -> Self {
        let city = &run.city;
        let mut orgs: BTreeMap<&str, Vec<Arc<str>>> = BTreeMap::new();
        for plan in &city.plans {
            orgs.entry(&plan.file).or_default().push(plan.org.clone());
        }
        Self {
            files: city.submissions.iter().map(|submission| &*submission.file).collect(),
            orgs,
            answers: city.answers(),
            findings,
            companions: city.companions(),
            local: run.findings.iter().map(|finding| &*finding.id).zip(local_ids(&run.findings)).collect(),
            ids: run.findings.iter().map(|finding| (finding.id.as_str(), &*finding.at.file)).collect(),
        }
    }

    /// The findings in the workbook `file`.
    pub fn findings(&self, file: &str) -> &[&'a Finding] {
        self.findings.of_workbook(file)
    }

    /// A finding's id in the ledger: where another file holds a plan of the same organisation, without the
    /// number that depends on that file.
    pub fn id<'s>(&'s self, finding: &'s Finding) -> &'s str {
        let local = self.local.get(finding.id.as_str());
        local.filter(|_| self.companions.contains_key(&*finding.at.file)).map_or(&finding.id, |id| id)
    }

    /// Those of `ids` that are no longer found in this workbook, even if they are in another copy of it.
    /// Empty for a workbook without a plan, which cannot be checked.
    pub fn resolved<'i>(&self, file: &str, ids: impl Iterator<Item = &'i str>) -> BTreeSet<&'i str> {
        if self.orgs.contains_key(file) {
            let own: BTreeSet<&str> = self.findings(file).iter().map(|finding| self.id(finding)).collect();
            let Some(copies) = self.companions.get(file) else {
                return ids.filter(|id| !self.ids.contains_key(id)).collect();
            };
            let is_elsewhere =
                |id: &str| self.ids.get(id).is_some_and(|other| *other != file && !copies.contains(other));
            ids.filter(|id| !own.contains(id) && !is_elsewhere(id)).collect()
        } else {
            BTreeSet::new()
        }
    }
}
