//! What departments submitted: workbooks, documents in their place, and other files beside them.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::City;
use crate::read::Submission;
use crate::text::NameKey;

/// The number of files of each kind, review workbooks excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FileCounts {
    /// Workbooks.
    pub workbooks: usize,
    /// Workbooks that cannot be read.
    pub unread: usize,
    /// Documents of other kinds, which cannot be read.
    pub documents: usize,
}

/// For each file, the other files with a plan of the same organisation (R005).
pub type Companions<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

impl City {
    /// The files that share an organisation with other files, with those files.
    pub fn companions(&self) -> Companions<'_> {
        let mut of_org: BTreeMap<&NameKey, BTreeSet<&str>> = BTreeMap::new();
        for (plan, org) in self.plans.iter().zip(self.org_keys()).filter(|(_, org)| !org.is_empty()) {
            of_org.entry(org).or_default().insert(&plan.file);
        }
        let mut companions = Companions::new();
        for files in of_org.values().filter(|files| files.len() > 1) {
            for file in files {
                companions.entry(file).or_default().extend(files.iter().filter(|other| *other != file));
            }
        }
        companions
    }

    /// What departments submitted, by file name: their own workbooks, and documents in place of one. Review
    /// workbooks and documents that belong to no organisation are excluded.
    pub fn workbooks(&self) -> impl Iterator<Item = &Submission> {
        self.submissions.iter().filter(|submission| self.is_handed_in(submission))
    }

    /// Whether a department submitted it as its plan.
    pub fn is_handed_in(&self, submission: &Submission) -> bool {
        let is_strange = submission.is_document() && !self.senders.contains_key(&submission.file);
        submission.review_of().is_none() && !is_strange
    }

    /// The number of files of each kind.
    pub fn file_counts(&self) -> FileCounts {
        let own = self.submissions.iter().filter(|submission| submission.review_of().is_none());
        let (documents, workbooks): (Vec<_>, Vec<_>) = own.partition(|submission| submission.is_document());
        FileCounts {
            workbooks: workbooks.len(),
            unread: workbooks.iter().filter(|submission| submission.outcome.is_err()).count(),
            documents: documents.len(),
        }
    }
}
