//! Checks of KPI rows and of the codes of initiatives.

pub(super) mod code_gap;
pub(super) mod code_in_footnote;
pub(super) mod malformed_code;
pub(super) mod shared_code;
pub(super) mod twin_kpi;

use crate::plan::{Footnote, Plan};
use crate::source::Place;

/// The cell of a footnote; the table's header where the footnote has none.
fn footnote_place(plan: &Plan, footnote: &Footnote) -> Place {
    match footnote.text.cell {
        Some(cell) => Place::cell(&plan.file, &footnote.sheet, cell),
        None => plan.header_place(),
    }
}
