//! A change: its subject, the old and the new text.

use crate::plan::{Beside, Field, YearKind};
use crate::source::Place;

/// A row before and after; one is missing if the KPI was added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPair {
    /// Row of the old plan, from 0.
    pub old: Option<usize>,
    /// Row of the new plan, from 0.
    pub new: Option<usize>,
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another name.
    Renamed,
    /// Its position changed: another objective, perspective or order.
    Moved,
    /// Its content changed.
    Changed,
    /// Same content in another notation. Not a change.
    Notation,
    /// One side is not filled in yet, as in a blank form. Not a change.
    Unfilled,
}

impl ChangeKind {
    /// All kinds.
    pub const ALL: [ChangeKind; 7] = [
        ChangeKind::Changed,
        ChangeKind::Added,
        ChangeKind::Removed,
        ChangeKind::Renamed,
        ChangeKind::Moved,
        ChangeKind::Notation,
        ChangeKind::Unfilled,
    ];

    /// Whether the content changed.
    pub fn is_change(self) -> bool {
        !matches!(self, ChangeKind::Notation | ChangeKind::Unfilled)
    }

    /// The fixed name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Moved => "moved",
            ChangeKind::Changed => "changed",
            ChangeKind::Notation => "notation",
            ChangeKind::Unfilled => "unfilled",
        }
    }
}

/// The subject of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// The plan as a whole; if renamed, the organisation.
    Plan,
    /// The title above the table.
    Title,
    /// The organisation above.
    Parent,
    /// The years of the table.
    Years,
    /// A line below the table.
    Footnote,
    /// The KPI, a row of the plan.
    Kpi,
    /// The position of a row among the others.
    Order,
    /// The weight printed under a perspective.
    PerspectiveWeight,
    /// The value of a year, and whether it is an actual or a target on either side.
    Value {
        /// The year.
        year: i32,
        /// Before.
        old: Option<YearKind>,
        /// After.
        new: Option<YearKind>,
    },
    /// A cell of the row. Never the KPI, a year or the file.
    Field(Field),
    /// A cell in a column that only some forms have.
    Beside(Beside),
}

/// The text of one side, and its location.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// As written.
    pub text: String,
    /// The cell, if there is one.
    pub place: Option<Place>,
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its kind.
    pub kind: ChangeKind,
    /// Its subject.
    pub item: Item,
    /// The rows concerned: several for an objective or citation that spans rows, none for the plan as a
    /// whole.
    pub rows: Vec<RowPair>,
    /// The old text; none if something is new.
    pub old: Option<Side>,
    /// The new text; none if something is gone.
    pub new: Option<Side>,
}
