//! Codes of initiatives (주요사업 코드번호).

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Text;

/// What stands in a code cell or in a footnote of other initiatives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiatives {
    /// The cell as written.
    pub text: Text,
    /// The codes in regular form, in order: `경본-13`, or a bare number where no prefix is written.
    pub codes: Vec<Arc<str>>,
    /// The initiative's name where one is written after its number (`1. 창의서울포럼 운영`).
    pub name: Option<Arc<str>>,
    /// Codes not written in regular form.
    pub malformed: Vec<MalformedCode>,
}

/// A code as written and as it was probably meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MalformedCode {
    /// As written (`여성13`).
    pub written: Arc<str>,
    /// In regular form (`여성-13`).
    pub likely: Arc<str>,
}

impl Initiatives {
    /// Reads a code cell.
    pub fn read(text: Text) -> Self {
        Self { text, ..Self::default() }
    }
    /// Reads a footnote.
    pub fn read_footnote(text: Text) -> Self {
        Self { text, ..Self::default() }
    }
}
