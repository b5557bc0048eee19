//! A finding: its facts, and their wording.

use std::sync::Arc;

use super::answer::Answer;
use super::code::Code;
use super::severity::Severity;
use super::wording::{Lang, Message, Wording};
use crate::plan::{Field, PlanId};
use crate::source::Place;

/// Another location that a finding refers to: the parent's value, the duplicate row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The organisation whose plan it is in.
    pub org: Arc<str>,
    /// Where.
    pub at: Place,
}

impl Finding {
    /// Text for the column "expected": the expected value, or the labelled value it was compared with.
    pub fn expectation(&self, lang: Lang) -> Option<String> {
        let compared = |with: &String| format!("{}: {with}", lang.pick("견준 값", "compared with"));
        self.expected.clone().or_else(|| self.compared_with.as_ref().map(compared))
    }

    /// Text for the column "found": the found value, labelled if it was calculated rather than read from the
    /// cell.
    pub fn found(&self, lang: Lang) -> Option<String> {
        let found = self.found.as_ref()?;
        Some(match self.reckoned {
            Some(what) => format!("{}: {found}", lang.pick(what.ko, what.en)),
            None => found.clone(),
        })
    }
}

/// Something about a plan that its author should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The check that found it.
    pub rule: Code,
    /// The check's severity, or the one planbook.toml gives it.
    pub severity: Severity,
    /// The organisation whose cell is to be changed; none for a workbook that cannot be read.
    pub org: Option<Arc<str>>,
    /// Position of the plan in book order, for sorting; none where no plan is concerned.
    pub plan: Option<PlanId>,
    /// KPI row within the plan, from 0.
    pub row: Option<usize>,
    /// The column concerned.
    pub field: Field,
    /// What is wrong.
    pub message: Message,
    /// The expected value, as text; none if no definite value is expected.
    pub expected: Option<String>,
    /// The value it was compared with, as text, if that value is not binding.
    pub compared_with: Option<String>,
    /// What was found, as text.
    pub found: Option<String>,
    /// What `found` is if it is not the cell's text: a sum, a list of headings.
    pub reckoned: Option<&'static Wording>,
    /// What to do.
    pub hint: Option<Message>,
    /// The cell to change.
    pub at: Place,
    /// Other locations it refers to.
    pub related: Vec<Related>,
    /// Stable id: the same for the same problem in every run, even if its row moves.
    pub id: String,
    /// The reason given in planbook.toml, if the finding is waived.
    pub waived: Option<String>,
    /// The department's answer. An answer does not resolve the finding.
    pub answer: Option<Answer>,
}
