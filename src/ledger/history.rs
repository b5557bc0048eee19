//! The rounds of a workbook.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::receipt::Receipt;
use crate::finding::{Answer, Severity};
use crate::read::Answers;

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
    /// The workbook, as in [`crate::read::Submission::file`].
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
