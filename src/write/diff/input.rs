//! What the workbook of changes is made from.

use crate::diff::{Change, ChangeKind, Diff, PlanDiff};
use crate::finding::{Lang, Severity};

/// One side of the comparison: its name and link base in the workbook.
#[derive(Clone, Debug)]
pub struct DiffSource {
    /// The folder or workbook as it was typed.
    pub name: String,
    /// The base folder of its files, relative to the workbook.
    pub links_base: Option<String>,
}

/// The input of every sheet.
#[derive(Clone, Copy)]
pub(super) struct SheetInput<'a> {
    pub diff: &'a Diff<'a>,
    pub old: &'a DiffSource,
    pub new: &'a DiffSource,
    pub lang: Lang,
}

impl SheetInput<'_> {
    /// The workbook's title.
    pub(super) fn title(&self) -> String {
        let name = &self.diff.new.name;
        let en = format!("{name}: performance plans, old and new");
        self.lang.pick(format!("{name} 성과관리계획 신·구 대비"), en)
    }
}

/// The changes of a plan, without notation-only changes and unfilled values.
pub(super) fn real(plan: &PlanDiff) -> impl Iterator<Item = &Change> {
    plan.changes.iter().filter(|change| change.kind.is_change())
}

/// The colour of a kind: added, removed or changed.
pub fn colour(kind: ChangeKind) -> Severity {
    match kind {
        ChangeKind::Added => Severity::Info,
        ChangeKind::Removed => Severity::Error,
        ChangeKind::Renamed
        | ChangeKind::Moved
        | ChangeKind::Changed
        | ChangeKind::Notation
        | ChangeKind::Unfilled => Severity::Warning,
    }
}
