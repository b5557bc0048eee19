//! A change: what it is about, what stood there and what stands there now.

use crate::plan::{Field, YearKind};
use crate::source::Place;

/// A row before and after; one of the two is missing where the KPI was added or removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPair {
    /// Row of the old plan, from 0.
    pub old: Option<usize>,
    /// Row of the new plan, from 0.
    pub new: Option<usize>,
}

/// The kinds of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It bears another name.
    Renamed,
    /// It stands at another place: under another objective, in another perspective, in another order.
    Moved,
    /// It says something else.
    Changed,
    /// It says the same, written otherwise. No change.
    Notation,
    /// One side is not filled in yet, as a form that was handed out. No change.
    Unfilled,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 7] = [
        Kind::Changed,
        Kind::Added,
        Kind::Removed,
        Kind::Renamed,
        Kind::Moved,
        Kind::Notation,
        Kind::Unfilled,
    ];

    /// Whether something changed.
    pub fn is_change(self) -> bool {
        !matches!(self, Kind::Notation | Kind::Unfilled)
    }

    /// The fixed name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Renamed => "renamed",
            Kind::Moved => "moved",
            Kind::Changed => "changed",
            Kind::Notation => "notation",
            Kind::Unfilled => "unfilled",
        }
    }
}

/// What a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The plan as a whole; renamed, it is the organisation.
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
    /// The place of a row among the others.
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
}

/// What one side says, and where.
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
    /// Of what kind.
    pub kind: Kind,
    /// What it is about.
    pub item: Item,
    /// The rows concerned: several where one objective or citation stands over several, none where it is about the plan.
    pub rows: Vec<RowPair>,
    /// What stood there; none where something is new.
    pub old: Option<Side>,
    /// What stands there; none where something is gone.
    pub new: Option<Side>,
}
