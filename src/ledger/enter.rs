//! Finds the rounds of a workbook in the ledger, and enters new ones.

use super::file::Ledger;
use super::history::{History, RecordedFinding, ReturnedWorkbook, Round};
use super::run_index::RunIndex;
use crate::check::{FindingIndex, Run};
use crate::finding::Finding;
use crate::read::Submission;

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
