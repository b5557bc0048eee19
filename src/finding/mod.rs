//! Findings: what is wrong with a plan, where, what was found, what is expected and what to do.
//!
//! A finding knows its facts and the words for them in both languages, and nothing of how it is
//! shown: rendering belongs to `write` and `cli`.

mod answer;
mod code;
mod id;
mod wording;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use answer::{Action, Answer, ReviewForm};
pub use code::{Code, UnknownCode};
pub(crate) use id::twin;
pub use id::{finding_id, local_ids};
pub use wording::{Args, Lang, Message, Reader, Wording, with_particle};

use crate::plan::Field;
use crate::source::Place;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be put right before the plan can be adopted.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The severity that is called `name` in settings, in either language.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "error" | "오류" => Some(Severity::Error),
            "warning" | "경고" => Some(Severity::Warning),
            "info" | "참고" => Some(Severity::Info),
            _ => None,
        }
    }

    /// The fixed name used in `data/*.json` and planbook.toml.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// Another place that belongs to a finding: the parent's value, the twin row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The organisation whose plan it is in.
    pub org: Arc<str>,
    /// Where.
    pub at: Place,
}

impl Finding {
    /// What stands under the heading of what is expected: that, or what the value was compared with, and said to be.
    pub fn expectation(&self, lang: Lang) -> Option<String> {
        let compared = |with: &String| format!("{}: {with}", lang.pick("견준 값", "compared with"));
        self.expected.clone().or_else(|| self.compared_with.as_ref().map(compared))
    }

    /// What stands under the heading of what is written: that, or what it is that was reckoned instead, and its value.
    pub fn found(&self, lang: Lang) -> Option<String> {
        let actual = self.actual.as_ref()?;
        Some(match self.reckoned {
            Some(what) => format!("{}: {actual}", lang.pick(what.ko, what.en)),
            None => actual.clone(),
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
    pub plan: Option<usize>,
    /// KPI row within the plan, from 0.
    pub row: Option<usize>,
    /// The column concerned.
    pub field: Field,
    /// What is wrong.
    pub message: Message,
    /// What was expected, as text; none where nothing definite is.
    pub expected: Option<String>,
    /// What it was compared with, as text, where nothing must be so.
    pub compared_with: Option<String>,
    /// What was found, as text.
    pub actual: Option<String>,
    /// What that is where it does not stand in the cell: a sum, a list of headings.
    pub reckoned: Option<&'static Wording>,
    /// What to do.
    pub hint: Option<Message>,
    /// The cell to change.
    pub at: Place,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The same for the same trouble in every run, wherever its row has moved.
    pub id: String,
    /// The reason given in planbook.toml, if the finding is waived.
    pub waived: Option<String>,
    /// What the department answered to it. Says nothing about whether it stands: it does.
    pub answer: Option<Answer>,
}
