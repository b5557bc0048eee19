//! A record of `data/returned.json`: how a workbook was returned.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a workbook was returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReturnOutcome {
    /// Unchanged: there are no findings.
    Unchanged,
    /// The remarks are in it.
    Annotated,
    /// The remarks are in a review workbook beside it.
    Substituted,
}

/// How one workbook was returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// Its path relative to the plan-year folder.
    pub file: Arc<str>,
    /// How it was returned.
    pub outcome: ReturnOutcome,
    /// The returned file, relative to the output folder; none for a workbook that cannot be opened.
    pub returned: Option<String>,
    /// The review workbook.
    pub review: Option<String>,
    /// Why there is a review workbook.
    pub reason: Option<String>,
    /// The covering message's file; none where it could not be written.
    pub letter: Option<String>,
    /// How many findings it reports.
    pub findings: usize,
    /// Hash of the file as submitted.
    pub sha256: Option<String>,
    /// Hash of the file with the remarks, or of the unchanged one.
    pub returned_sha256: Option<String>,
    /// Cells with a note.
    #[serde(default)]
    pub notes: Vec<NotedCell>,
    /// Cells marked without a note, because they have a threaded comment.
    #[serde(default)]
    pub marked_only: Vec<NotedCell>,
    /// Parts of the package that changed.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Parts that are new.
    #[serde(default)]
    pub added: Vec<String>,
    /// The review workbook of an earlier run that is no longer needed.
    pub outdated: Option<Outdated>,
    /// Files of an earlier run that somebody edited since, under their new names, relative to the output
    /// folder.
    #[serde(default)]
    pub aside: Vec<String>,
}

/// A review workbook that is no longer needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outdated {
    /// Its path, relative to the output folder.
    pub file: String,
    /// Whether it was removed; one without planbook's signature stays.
    pub removed: bool,
}

/// A cell with a remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotedCell {
    /// The sheet.
    pub sheet: Arc<str>,
    /// The cell.
    pub cell: String,
    /// The findings reported there.
    pub ids: Vec<String>,
}
