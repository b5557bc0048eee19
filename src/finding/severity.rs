//! The three severities of findings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Must be corrected before the plan can be adopted.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// Parses a severity from the settings, in either language.
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
