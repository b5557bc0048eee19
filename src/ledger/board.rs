//! The submission board: who has sent, which round, what is open and what was answered.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;

use super::Ledger;
use super::history::{History, Known};
use crate::check::{FindingIndex, Run};
use crate::consolidate::FileCounts;
use crate::files;
use crate::finding::{Action, Answer, Lang, Severity, Wording};
use crate::project::Config;
use crate::read::Submission;

/// The board of a plan year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
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

impl Standing {
    /// What it is called.
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Standing::Unreadable => lang.pick("읽지 못함", "not readable"),
            Standing::NoPlan => lang.pick("계획표 없음", "no plan"),
            Standing::Sent => lang.pick("제출", "sent"),
            Standing::Returned => lang.pick("돌려보냄", "returned"),
            Standing::SentAgain => lang.pick("다시 제출", "sent again"),
        }
    }

    /// What an organisation is told as that has sent nothing.
    pub fn missing(lang: Lang) -> &'static str {
        lang.pick("미제출", "not sent")
    }
}

/// A number that each line of the board has.
pub struct Count {
    /// Its heading.
    pub heading: Wording,
    /// What it means, where the heading does not say it.
    pub meaning: Option<Wording>,
    /// How severe what it counts is, where that is to be seen.
    pub severity: Option<Severity>,
    /// The number.
    pub of: fn(&Line) -> usize,
}

const ANSWER: Wording = Wording { ko: "부서의 답", en: "the department's answer" };

/// The numbers of a line, from left to right.
pub static COUNTS: [Count; 12] = [
    Count {
        heading: Wording { ko: "차수", en: "Round" },
        meaning: Some(Wording { ko: "몇 번째로 받은 것인지", en: "how many times it has come in" }),
        severity: None,
        of: |line| line.round,
    },
    Count {
        heading: Wording { ko: "오류", en: "Errors" },
        meaning: None,
        severity: Some(Severity::Error),
        of: |line| line.open.error,
    },
    Count {
        heading: Wording { ko: "경고", en: "Warnings" },
        meaning: None,
        severity: Some(Severity::Warning),
        of: |line| line.open.warning,
    },
    Count {
        heading: Wording { ko: "참고", en: "Infos" },
        meaning: None,
        severity: Some(Severity::Info),
        of: |line| line.open.info,
    },
    Count {
        heading: Wording { ko: "유예", en: "Waived" },
        meaning: Some(Wording {
            ko: "planbook.toml에서 사유를 적고 넘긴 것",
            en: "settled with a reason in planbook.toml",
        }),
        severity: None,
        of: |line| line.waived,
    },
    Count {
        heading: Wording { ko: "수정함", en: "Fixed" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.fixed,
    },
    Count {
        heading: Wording { ko: "이견", en: "Disagree" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.disagree,
    },
    Count {
        heading: Wording { ko: "해당 없음", en: "N/A" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.not_applicable,
    },
    Count {
        heading: Wording { ko: "기타", en: "Other" },
        meaning: Some(ANSWER),
        severity: None,
        of: |line| line.answered.other,
    },
    Count {
        heading: Wording { ko: "받아들임", en: "Accepted" },
        meaning: Some(Wording {
            ko: "유예한 것 가운데 부서가 이견이나 해당 없음으로 답한 것",
            en: "waived where the department had answered that it disagrees or is not concerned",
        }),
        severity: None,
        of: |line| line.accepted,
    },
    Count {
        heading: Wording { ko: "그대로", en: "Still there" },
        meaning: Some(Wording {
            ko: "수정했다고 답했으나 남은 것",
            en: "answered as fixed, yet found again",
        }),
        severity: Some(Severity::Warning),
        of: |line| line.still_there,
    },
    Count {
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
    /// Something else, or a mere remark.
    pub other: usize,
}

impl Board {
    /// The board of the plan-year folder that came to `run`.
    pub fn of(run: &Run, ledger: &Ledger) -> Self {
        Self::with(run, &FindingIndex::of(&run.findings), ledger)
    }

    /// The same where the `findings` of `run` are in order already.
    pub fn with(run: &Run, findings: &FindingIndex<'_>, ledger: &Ledger) -> Self {
        let known = Known::of(run, findings);
        let workbooks = run.city.workbooks();
        let lines = workbooks.map(|submission| {
            let line = Line::of(submission, ledger.history(submission, &known), &known);
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

impl Line {
    fn of(submission: &Submission, history: Option<&History>, known: &Known<'_>) -> Self {
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
            let sha256 = files::sha256_of(&submission.found);
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
