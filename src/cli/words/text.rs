//! The text of an error, as its parts are printed.

/// The text of an error.
pub struct ErrorWords {
    /// What is wrong.
    pub trouble: String,
    /// Details, one per line.
    pub details: Vec<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl ErrorWords {
    /// What is wrong, and nothing more yet.
    pub fn new(trouble: impl Into<String>) -> Self {
        Self { trouble: trouble.into(), details: Vec::new(), hint: None }
    }

    /// With details.
    pub fn details(mut self, details: Vec<String>) -> Self {
        self.details = details;
        self
    }

    /// With what to do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
