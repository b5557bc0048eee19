//! The submission board: who submitted, in which round, open findings and answers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::file::Ledger;
use super::history::History;
use super::run_index::RunIndex;
use crate::check::{FindingIndex, Run};
use crate::consolidate::FileCounts;
use crate::files;
use crate::finding::{Action, Answer, Lang, Severity, Wording};
use crate::project::Config;
use crate::read::Submission;

/// The board of a plan year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Board {
    /// One line per workbook, by file name.
    pub workbooks: Vec<BoardLine>,
    /// Organisations on the roster that have not submitted.
    pub missing: Vec<Arc<str>>,
    /// How many files of each kind there are.
    pub files: FileCounts,
    /// Open findings that belong to no workbook.
    pub elsewhere: Open,
}

/// A workbook on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BoardLine {
    /// Relative to the plan-year folder.
    pub file: Arc<str>,
    /// The organisations whose plans it holds, in book order. For a file without a plan, or an unreadable
    /// one, the organisation in its name, if any.
    pub orgs: Vec<Arc<str>>,
    /// Other workbooks with a plan of the same organisation.
    pub others: Vec<Arc<str>>,
    /// Its status.
    pub standing: SubmissionStatus,
    /// The round it is in, from 1.
    pub round: usize,
    /// Open findings: not waived.
    pub open: Open,
    /// Waived findings.
    pub waived: usize,
    /// Answers that came with the workbook, including those to resolved findings.
    pub answered: Answered,
    /// Waived findings the department had objected to (`이견 있음`, `해당 없음`): the objection was accepted.
    pub accepted: usize,
    /// Findings answered as fixed that are still open.
    pub still_there: usize,
    /// Findings of earlier rounds, or answered ones, that are resolved.
    pub settled: usize,
}

/// A workbook's status between department and office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionStatus {
    /// It cannot be read.
    Unreadable,
    /// There is no plan in it.
    NoPlan,
    /// Submitted, not yet returned.
    Sent,
    /// Returned, not resubmitted.
    Returned,
    /// Resubmitted since it was returned.
    SentAgain,
}

impl SubmissionStatus {
    /// Its name.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            SubmissionStatus::Unreadable => lang.pick("읽지 못함", "not readable"),
            SubmissionStatus::NoPlan => lang.pick("계획표 없음", "no plan"),
            SubmissionStatus::Sent => lang.pick("제출", "sent"),
            SubmissionStatus::Returned => lang.pick("돌려보냄", "returned"),
            SubmissionStatus::SentAgain => lang.pick("다시 제출", "sent again"),
        }
    }

    /// The status of an organisation that has not submitted.
    pub fn missing(lang: Lang) -> &'static str {
        lang.pick("미제출", "not sent")
    }
}

/// A count on each line of the board.
pub struct BoardCount {
    /// Its heading.
    pub heading: Wording,
    /// What it means, where the heading does not say it.
    pub meaning: Option<Wording>,
    /// The severity to show it in, if any.
    pub severity: Option<Severity>,
    /// The number.
    pub of: fn(&BoardLine) -> usize,
}

const ANSWER: Wording = Wording { ko: "부서의 답", en: "the department's answer" };

/// The numbers of a line, from left to right.
pub static COUNTS: [BoardCount; 12] = [
    BoardCount {
        heading: Wording { ko: "차수", en: "Round" },
        meaning: Some(Wording { ko: "몇 번째로 받은 것인지", en: "how many times it has come in" }),
        severity: None,
        of: |line| line.round,
    },
    BoardCount {
        heading: Wording { ko: "오류", en: "Errors" },
        meaning: None,
        severity: Some(Severity::Error),
        of: |line| line.open.error,
    },
    BoardCount {
        heading: Wording { ko: "경고", en: "Warnings" },
        meaning: None,
        severity: Some(Severity::Warning),
        of: |line| line.open.warning,
    },
    BoardCount {
        heading: Wording { ko: "참고", en: "Infos" },
        meaning: None,
        severity: Some(Severity::Info),
        of: |line| line.open.info,
    },
    BoardCount {
        heading: Wording { ko: "유예", en: "Waived" },
        meaning: Some(Wording {
            ko: "planbook.toml에서 사유를 적고 넘긴 것",
            en: "waived with a reason in planbook.toml",
        }),
        severity: None,
        of: |line| line.waived,
    },
    BoardCount {
        heading: Wording { ko: "수정함", en: "Fixed" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.fixed,
    },
    BoardCount {
        heading: Wording { ko: "이견", en: "Disagree" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.disagree,
    },
    BoardCount {
        heading: Wording { ko: "해당 없음", en: "N/A" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.not_applicable,
    },
    BoardCount {
        heading: Wording { ko: "기타", en: "Other" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.other,
    },
    BoardCount {
        heading: Wording { ko: "받아들임", en: "Accepted" },
        meaning: Some(Wording {
            ko: "유예한 것 가운데 부서가 이견이나 해당 없음으로 답한 것",
            en: "waived where the department had answered that it disagrees or is not concerned",
        }),
        severity: None,
        of: |line| line.accepted,
    },
    BoardCount {
        heading: Wording { ko: "그대로", en: "Still there" },
        meaning: Some(Wording {
            ko: "수정했다고 답했으나 남은 것",
            en: "answered as fixed, yet found again",
        }),
        severity: Some(Severity::Warning),
        of: |line| line.still_there,
    },
    BoardCount {
        heading: Wording { ko: "해결", en: "Settled" },
        meaning: Some(Wording { ko: "지난 지적 가운데 없어진 것", en: "found before and gone" }),
        severity: None,
        of: |line| line.settled,
    },
];

/// The round each workbook is in, from 1, by file.
pub type Rounds = BTreeMap<Arc<str>, usize>;

/// Numbers by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Answered {
    /// `수정함`.
    pub fixed: usize,
    /// `이견 있음`.
    pub disagree: usize,
    /// `해당 없음`.
    pub not_applicable: usize,
    /// Another answer, or only a remark.
    pub other: usize,
}

impl Board {
    /// The board of the plan-year folder that `run` processed.
    pub fn of(run: &Run, ledger: &Ledger) -> Self {
        Self::with(run, &FindingIndex::of(&run.findings), ledger)
    }

    /// The same where the `findings` of `run` are in order already.
    pub fn with(run: &Run, findings: &FindingIndex<'_>, ledger: &Ledger) -> Self {
        let known = RunIndex::of(run, findings);
        let workbooks = run.city.workbooks();
        let lines = workbooks.map(|submission| {
            let line = BoardLine::of(submission, ledger.history(submission, &known), &known);
            let sender = run.city.senders.get(&submission.file);
            BoardLine { orgs: line.orgs.into_iter().chain(sender.cloned()).collect(), ..line }
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

    /// The round each workbook is in.
    pub fn rounds(&self) -> Rounds {
        self.workbooks.iter().map(|line| (line.file.clone(), line.round)).collect()
    }

    /// The board of a folder without any workbook: the whole roster is missing.
    pub fn empty(config: &Config) -> Self {
        Self { missing: config.roster.iter().map(|org| Arc::from(org.as_str())).collect(), ..Self::default() }
    }
}

fn is_objection(answer: &Answer) -> bool {
    matches!(answer.action, Action::Disagree | Action::NotApplicable)
}

impl BoardLine {
    fn of(submission: &Submission, history: Option<&History>, known: &RunIndex<'_>) -> Self {
        let file = &submission.file;
        let (mut open, mut waived, mut accepted, mut still_there) = (Open::default(), 0, 0, 0);
        for finding in known.findings(file) {
            if finding.waived.is_some() {
                waived += 1;
                // A waived finding is on no review sheet, so its answer is in an earlier round.
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
            let sha256 = files::sha256_of(&submission.found);
            sha256.is_ok_and(|sha256| history.is_unchanged(&sha256, known.answers.with(file)))
        });
        let standing = match &submission.outcome {
            Err(_) => SubmissionStatus::Unreadable,
            Ok(_) if !known.orgs.contains_key(&**file) => SubmissionStatus::NoPlan,
            Ok(_) if rounds == 0 => SubmissionStatus::Sent,
            Ok(_) if unchanged => SubmissionStatus::Returned,
            Ok(_) => SubmissionStatus::SentAgain,
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
            settled: known.resolved(file, earlier.into_iter()).len(),
        }
    }
}
