//! A record of `data/returned.json`: what was done to a workbook that went back.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// There was nothing to say: it came back as it is.
    Unchanged,
    /// The remarks stand in it.
    Annotated,
    /// The remarks stand in a review workbook beside it.
    Substituted,
}

/// What was done to a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Its path relative to the plan-year folder.
    pub file: Arc<str>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it went, relative to the output folder; none for one that cannot be opened.
    pub returned: Option<String>,
    /// Where the review workbook went.
    pub review: Option<String>,
    /// Why there is one.
    pub reason: Option<String>,
    /// Where the covering message is to go, or went; none where it could not be written.
    pub letter: Option<String>,
    /// How many findings it was told.
    pub findings: usize,
    /// Hash of the file as it came in.
    pub sha256: Option<String>,
    /// Hash of the file that holds the remarks, or of the unchanged one.
    pub returned_sha256: Option<String>,
    /// Cells with a note.
    #[serde(default)]
    pub notes: Vec<NotedCell>,
    /// Cells that were marked only, because a threaded comment stands there.
    #[serde(default)]
    pub marked_only: Vec<NotedCell>,
    /// Parts of the package that changed.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Parts that are new.
    #[serde(default)]
    pub added: Vec<String>,
    /// The review workbook of an earlier run, which is no longer wanted.
    pub outdated: Option<Outdated>,
    /// Files of an earlier run that somebody has worked on since, under their new names, relative to the output folder.
    #[serde(default)]
    pub aside: Vec<String>,
}

/// A review workbook where there is to be none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outdated {
    /// Where it lay, relative to the output folder.
    pub file: String,
    /// Whether it was removed; one without our sign stays.
    pub removed: bool,
}

/// A cell that carries a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotedCell {
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: String,
    /// The findings told there.
    pub ids: Vec<String>,
}
