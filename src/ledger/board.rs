//! The submission board: who has sent, which round, what is open and what was answered.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

use super::Ledger;
use super::history::{History, Known};
use crate::consolidate::FileCounts;
use crate::finding::{Action, Answer, Severity};
use crate::pipeline::Run;
use crate::project::Config;
use crate::project::files::Found;
use crate::read::Submission;
use crate::write::files;

/// The board of a plan year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Board {
    /// A line a workbook, by file name.
    pub workbooks: Vec<Line>,
    /// Organisations on the roster that have sent nothing.
    pub missing: Vec<Arc<str>>,
    /// How many files of each kind there are.
    pub files: FileCounts,
    /// Findings that belong to none of the workbooks, stand and are not waived.
    pub elsewhere: Open,
}

/// A workbook on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Relative to the plan-year folder.
    pub file: Arc<str>,
    /// The organisations whose plans it holds, in book order; of a file without one, or that cannot be read, the one that its name tells, if any.
    pub orgs: Vec<Arc<str>>,
    /// Other workbooks with a plan of the same organisation.
    pub others: Vec<Arc<str>>,
    /// Where it stands.
    pub standing: Standing,
    /// The round it is in, from 1.
    pub round: usize,
    /// Findings that stand and are not waived.
    pub open: Open,
    /// Waived findings.
    pub waived: usize,
    /// Answers that came with the workbook, also to findings that are gone.
    pub answered: Answered,
    /// Waived findings to which the department had objected (`이견 있음`, `해당 없음`): what it said was accepted.
    pub accepted: usize,
    /// Findings answered as fixed that still stand and are not waived.
    pub still_there: usize,
    /// Findings of earlier rounds, or answered ones, that are gone.
    pub settled: usize,
}

/// Where a workbook stands between department and office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It cannot be read.
    Unreadable,
    /// There is no plan in it.
    NoPlan,
    /// It came in and was not returned yet.
    Sent,
    /// It was returned and has not come in again.
    Returned,
    /// It came in again since it was returned.
    SentAgain,
}

/// Numbers by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Open {
    /// Errors.
    pub error: usize,
    /// Warnings.
    pub warning: usize,
    /// Infos.
    pub info: usize,
}

impl Open {
    fn add(&mut self, severity: Severity) {
        *match severity {
            Severity::Error => &mut self.error,
            Severity::Warning => &mut self.warning,
            Severity::Info => &mut self.info,
        } += 1;
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.error + self.warning + self.info
    }
}

/// Numbers by answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// `수정함`.
    pub fixed: usize,
    /// `이견 있음`.
    pub disagree: usize,
    /// `해당 없음`.
    pub not_applicable: usize,
    /// Something else, or a mere remark.
    pub other: usize,
}

impl Board {
    /// The board of the plan-year folder that came to `run`.
    pub fn of(run: &Run, ledger: &Ledger) -> Self {
        let known = Known::of(run);
        let workbooks = run.city.workbooks().zip(&run.found);
        let lines = workbooks.map(|(submission, found)| {
            let line = Line::of(submission, found, ledger.history(submission, &known), &known);
            let sender = run.city.senders.get(&submission.file);
            Line { orgs: line.orgs.into_iter().chain(sender.cloned()).collect(), ..line }
        });
        let files: BTreeSet<&str> = run.city.workbooks().map(|submission| &*submission.file).collect();
        let mut elsewhere = Open::default();
        let others = run.findings.iter().filter(|finding| !files.contains(&*finding.at.file));
        others.filter(|finding| finding.waived.is_none()).for_each(|finding| elsewhere.add(finding.severity));
        Self {
            workbooks: lines.collect(),
            missing: run.city.missing.clone(),
            files: run.city.file_counts(),
            elsewhere,
        }
    }

    /// The board of a folder without any workbook: the whole roster is missing.
    pub fn empty(config: &Config) -> Self {
        Self { missing: config.roster.iter().map(|org| Arc::from(org.as_str())).collect(), ..Self::default() }
    }
}

fn is_objection(answer: &Answer) -> bool {
    matches!(answer.action, Action::Disagree | Action::NotApplicable)
}

impl Line {
    fn of(submission: &Submission, found: &Found, history: Option<&History>, known: &Known<'_>) -> Self {
        let file = &submission.file;
        let (mut open, mut waived, mut accepted, mut still_there) = (Open::default(), 0, 0, 0);
        for finding in known.findings(file) {
            if finding.waived.is_some() {
                waived += 1;
                // Once waived it is on no review sheet, so that its answer stands in an earlier round.
                let rounds = history.into_iter().flat_map(|history| &history.rounds);
                let mut answers =
                    rounds.filter_map(|round| round.answers.get(known.id(finding))).chain(&finding.answer);
                accepted += usize::from(answers.any(is_objection));
                continue;
            }
            open.add(finding.severity);
            still_there += usize::from(finding.answer.as_ref().is_some_and(|a| a.action == Action::Fixed));
        }
        let mut answered = Answered::default();
        for (_, answer) in known.answers.with(file) {
            match answer.action {
                Action::Fixed => answered.fixed += 1,
                Action::Disagree => answered.disagree += 1,
                Action::NotApplicable => answered.not_applicable += 1,
                Action::Other(_) => answered.other += 1,
            }
        }
        let answered_ids = known.answers.with(file).map(|(id, _)| id);
        let earlier: BTreeSet<&str> =
            history.into_iter().flat_map(History::ids).chain(answered_ids).collect();
        let rounds = history.map_or(0, |history| history.rounds.len());
        let unchanged = history.is_some_and(|history| {
            let sha256 = files::sha256_of(found);
            sha256.is_ok_and(|sha256| history.is_unchanged(&sha256, known.answers.with(file)))
        });
        let standing = match &submission.outcome {
            Err(_) => Standing::Unreadable,
            Ok(_) if !known.orgs.contains_key(&**file) => Standing::NoPlan,
            Ok(_) if rounds == 0 => Standing::Sent,
            Ok(_) if unchanged => Standing::Returned,
            Ok(_) => Standing::SentAgain,
        };
        Self {
            file: file.clone(),
            orgs: known.orgs.get(&**file).cloned().unwrap_or_default(),
            others: known.companions.get(&**file).into_iter().flatten().map(|&other| other.into()).collect(),
            standing,
            round: rounds + usize::from(!unchanged),
            open,
            waived,
            answered,
            accepted,
            still_there,
            settled: known.settled(file, earlier.into_iter()).len(),
        }
    }
}
