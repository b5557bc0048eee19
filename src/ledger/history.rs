//! The rounds of a workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ledger, Receipt};
use crate::check::{FindingIndex, Run};
use crate::consolidate::{CityAnswers, Companions};
use crate::finding::{Answer, Finding, Severity, local_ids};
use crate::read::{Answers, Submission};

/// The rounds of one workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct History {
    /// The workbook's name in the last round, relative to the plan-year folder.
    pub file: String,
    /// The organisations whose plans it holds. They identify a workbook resubmitted under another name.
    pub orgs: Vec<Arc<str>>,
    /// From the first to the last.
    pub rounds: Vec<Round>,
}

/// One submission of a workbook and its return.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Round {
    /// Its number, from 1.
    pub round: usize,
    /// The date of return, as the user gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The workbook's name in this round.
    pub file: String,
    /// SHA-256 of the workbook as submitted.
    pub received: String,
    /// The returned file.
    pub returned: Option<ReturnedFile>,
    /// The answers that came with it, to the findings of the rounds before.
    pub answers: Answers,
    /// Ids of the round before that are resolved.
    pub settled: Vec<String>,
    /// Its findings.
    pub findings: Vec<RecordedFinding>,
}

/// A file returned to a department.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReturnedFile {
    /// Its name, relative to the output folder.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
}

/// A finding of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordedFinding {
    /// Its id.
    pub id: String,
    /// The code of the check.
    pub code: String,
    /// Its severity.
    pub severity: Severity,
    /// The reason in planbook.toml, if it was waived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
}

/// A workbook returned in this run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedWorkbook {
    /// The workbook, as in [`Submission::file`].
    pub file: String,
    /// SHA-256 of the workbook as submitted.
    pub received: String,
    /// The returned file; none where nothing could be written.
    pub returned: Option<ReturnedFile>,
}

impl ReturnedWorkbook {
    /// From its receipt; none where the workbook could not be opened, so that it cannot be recognised later.
    pub fn of(receipt: &Receipt) -> Option<Self> {
        let went = receipt.review.as_ref().or(receipt.returned.as_ref());
        let returned = went.zip(receipt.returned_sha256.as_ref());
        let returned =
            returned.map(|(file, sha256)| ReturnedFile { file: file.clone(), sha256: sha256.clone() });
        Some(Self { file: receipt.file.to_string(), received: receipt.sha256.clone()?, returned })
    }
}

impl History {
    /// Whether a workbook with this hash and these `answers` is still in the last round: it equals what was
    /// returned, or what was last submitted. For a workbook that cannot hold remarks the answers come in a
    /// separate one.
    pub(super) fn is_unchanged<'a>(
        &self,
        sha256: &str,
        mut answers: impl Iterator<Item = (&'a str, &'a Answer)>,
    ) -> bool {
        let Some(last) = self.rounds.last() else { return false };
        last.returned.as_ref().is_some_and(|returned| returned.sha256 == sha256)
            || (last.received == sha256 && answers.all(|(id, answer)| last.answers.get(id) == Some(answer)))
    }

    /// Ids of all rounds.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.rounds.iter().flat_map(|round| &round.findings).map(|recorded| recorded.id.as_str())
    }
}

impl Ledger {
    /// The rounds of the workbook `submission`: those under its name, or those of a workbook that is gone and
    /// held plans of the same organisations.
    pub(super) fn history<'a>(
        &'a self,
        submission: &Submission,
        known: &RunIndex<'_>,
    ) -> Option<&'a History> {
        let at = self.position(&submission.file, known);
        at.map(|at| &self.workbooks[at]).or_else(|| self.original(&submission.file, known))
    }

    /// The rounds of the workbook that `file` is a corrected copy of, where both are present: it holds a plan
    /// of the same organisation, and answers to the original's findings.
    fn original(&self, file: &str, known: &RunIndex<'_>) -> Option<&History> {
        let others = known.companions.get(file)?;
        let answers = |history: &History| {
            let mut answered = known.answers.with(file);
            answered.any(|(id, _)| history.ids().any(|recorded| recorded == id))
        };
        self.workbooks.iter().find(|history| others.contains(history.file.as_str()) && answers(history))
    }

    fn position(&self, file: &str, known: &RunIndex<'_>) -> Option<usize> {
        let named = self.workbooks.iter().position(|history| history.file == file);
        named.or_else(|| {
            let orgs = known.orgs.get(file)?;
            self.workbooks.iter().position(|history| {
                !known.files.contains(history.file.as_str())
                    && history.orgs.iter().any(|org| orgs.contains(org))
            })
        })
    }

    /// Records the returned workbooks of `run`.
    pub(super) fn enter(&mut self, run: &Run, sent: &[ReturnedWorkbook], date: Option<&str>) {
        let findings = FindingIndex::of(&run.findings);
        let known = RunIndex::of(run, &findings);
        for sent in sent {
            let at = self.position(&sent.file, &known).unwrap_or_else(|| {
                let before = self.original(&sent.file, &known).cloned();
                self.workbooks.push(before.unwrap_or_default());
                self.workbooks.len() - 1
            });
            let history = &mut self.workbooks[at];
            // A continued round is rewritten with its first submission: the office may have replaced the
            // workbook by the returned one.
            let unchanged = history.is_unchanged(&sent.received, known.answers.with(&sent.file));
            let replaced = if unchanged { history.rounds.pop() } else { None };
            let before = history.rounds.last().map_or(&[][..], |round| &round.findings);
            let settled = known.resolved(&sent.file, before.iter().map(|recorded| recorded.id.as_str()));
            let answers = known.answers.with(&sent.file).map(|(id, answer)| (id.to_owned(), answer.clone()));
            let round = Round {
                round: history.rounds.len() + 1,
                date: date.map(str::to_owned),
                file: sent.file.clone(),
                received: sent.received.clone(),
                returned: sent.returned.clone(),
                answers: answers.collect(),
                settled: settled.into_iter().map(str::to_owned).collect(),
                findings: known
                    .findings(&sent.file)
                    .iter()
                    .map(|finding| recorded(finding, &known))
                    .collect(),
            };
            history.rounds.push(match replaced {
                Some(last) => Round {
                    date: round.date.or(last.date),
                    received: last.received,
                    answers: last.answers,
                    ..round
                },
                None => round,
            });
            history.file.clone_from(&sent.file);
            // An unreadable workbook still belongs to the same department.
            if let Some(orgs) = known.orgs.get(sent.file.as_str()) {
                history.orgs.clone_from(orgs);
            }
        }
        self.workbooks.sort_by(|a, b| a.file.cmp(&b.file));
    }
}

fn recorded(finding: &Finding, known: &RunIndex<'_>) -> RecordedFinding {
    RecordedFinding {
        id: known.id(finding).to_owned(),
        code: finding.rule.as_str().to_owned(),
        severity: finding.severity,
        waived: finding.waived.clone(),
    }
}

/// Findings, organisations and answers of `run`, by workbook.
pub(super) struct RunIndex<'a> {
    /// Every workbook present.
    files: BTreeSet<&'a str>,
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
