//! Stub.
use super::vocabulary::{Role, Vocabulary};
use crate::plan::Part;
/// A line that heads a level.
pub(super) struct LevelLine<'t> {
    pub name: &'t str,
    pub number: Option<String>,
    pub text: &'t str,
}
impl Vocabulary {
    pub(super) fn level_line<'t>(&self, _t: &'t str) -> Option<LevelLine<'t>> {
        None
    }
    pub(super) fn perspective_line(&self, _t: &str) -> Option<String> {
        None
    }
    pub(super) fn is_sheet_title(&self, text: &str) -> bool {
        self.title(text).is_some()
    }
    pub(super) fn names_organisation(&self, text: &str) -> bool {
        text.split_whitespace()
            .any(|w| matches!(self.label(w).and_then(|l| l.role), Some(Role::Organisation)))
    }
    pub(super) fn kind_in(&self, text: &str) -> Option<crate::plan::ValueKind> {
        use crate::plan::ValueKind;
        match self.label(text)?.role? {
            Role::Actual => Some(ValueKind::Actual),
            Role::Target => Some(ValueKind::Target),
            Role::Baseline => Some(ValueKind::Baseline),
            Role::Forecast => Some(ValueKind::Forecast),
            _ => None,
        }
    }
    pub(super) fn period_in(&self, _t: &str) -> Option<(Option<i32>, Option<Part>)> {
        None
    }
}
