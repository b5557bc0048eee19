//! Values as the checks compare them.

use crate::plan::{Meaning, Unit, Value};

/// The number a value stands for, if it stands for one.
pub(super) fn amount(value: &Value) -> Option<f64> {
    number(&value.meaning)
}

fn number(meaning: &Meaning) -> Option<f64> {
    match meaning {
        Meaning::Number(n)
        | Meaning::Bound(_, n)
        | Meaning::Pair(Some(n), _)
        | Meaning::State(_, Some(n)) => Some(n.amount),
        Meaning::Rank(rank) => Some(*rank),
        Meaning::Grade(_, Some(points)) => number(points),
        _ => None,
    }
}

/// Whether nothing is written, or a `-`.
pub(super) fn is_missing(value: &Value) -> bool {
    matches!(value.meaning, Meaning::Empty | Meaning::Dash)
}

/// Whether two values, each with the unit of its row, mean the same; numbers may differ by `tolerance`.
pub(super) fn agree(a: (&Value, &Unit), b: (&Value, &Unit), tolerance: f64) -> bool {
    let _ = (a.1, b.1, tolerance);
    (is_missing(a.0) && is_missing(b.0)) || a.0.meaning == b.0.meaning
}
