//! Checks of the reader's remarks.

pub(super) mod error_cell;
pub(super) mod formula;
pub(super) mod hidden;
pub(super) mod kept_column;
pub(super) mod letters;
pub(super) mod missing_column;
pub(super) mod no_plan;
pub(super) mod odd_letters;
pub(super) mod organisation;
pub(super) mod roster;
pub(super) mod scorecard;
pub(super) mod stray_row;
pub(super) mod two_plans;
pub(super) mod unread;
pub(super) mod unread_column;
pub(super) mod unreadable;
pub(super) mod unset;
pub(super) mod unsure_table;
pub(super) mod years;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Draft, Report};
use crate::consolidate::{City, Context, RowId};
use crate::finding::{Code, Message};
use crate::plan::{Field, PlanId};
use crate::read::{Remark, RemarkKind};
use crate::source::{CellRef, Place};

/// A remark of the reader, with its place in the city.
pub(super) struct Noticed<'c> {
    pub(super) remark: &'c Remark,
    /// The index of its plan in [`City::plans`].
    plan: Option<PlanId>,
    at: Place,
}

/// Cells read as empty although they have content: formulas without a stored result (R006) and errors (R012).
/// Those checks report them where they are enabled.
pub(super) fn unread_formulas(context: &Context<'_>) -> BTreeSet<Place> {
    let told = |kind: &RemarkKind| match kind {
        RemarkKind::FormulaWithoutResult => context.config.is_on(Code::R006),
        RemarkKind::ErrorCell(_) => context.config.is_on(Code::R012),
        _ => false,
    };
    noticed(context.city).filter(|notice| told(&notice.remark.kind)).map(|notice| notice.at).collect()
}

/// Every remark of the reader, by workbook.
pub(super) fn noticed(city: &City) -> impl Iterator<Item = Noticed<'_>> {
    city.submissions.iter().enumerate().flat_map(move |(index, submission)| {
        let remarks = submission.outcome.as_ref().map_or(&[][..], |contents| &contents.remarks);
        remarks.iter().map(move |remark| {
            let plan = remark.plan.map(|local| city.plan_of(index, local));
            let at = match remark.cell {
                Some(cell) => Place::cell(&submission.file, &remark.sheet, cell),
                None => Place::sheet(&submission.file, &remark.sheet),
            };
            Noticed { remark, plan, at }
        })
    })
}

impl Noticed<'_> {
    /// A finding about the KPI row of the cell, else about the plan, else about the workbook.
    pub(super) fn draft<'r, 'a>(
        self,
        report: &'r mut Report<'a>,
        cells: &FieldCells<'_>,
        rule: Code,
        field: Field,
        message: Message,
    ) -> Draft<'r, 'a> {
        let Some(plan) = self.plan else {
            return report.file(rule, message, self.at);
        };
        let place = self.remark.cell.map(|cell| (plan, &*self.remark.sheet, cell));
        match place.and_then(|place| cells.get(&place)) {
            Some(&(row, field)) => report.row(rule, row, field, message).at(self.at),
            None => report.plan(rule, plan, field, message, self.at),
        }
    }
}

/// Row and column of a plan's cells; for a merged cell, of its first row.
pub(super) type FieldCells<'c> = BTreeMap<(PlanId, &'c str, CellRef), (RowId, Field)>;

/// The cells of the plans that have remarks of the given kinds.
pub(super) fn cells_of(city: &City, kinds: impl Fn(&RemarkKind) -> bool) -> FieldCells<'_> {
    let plans: BTreeSet<PlanId> =
        noticed(city).filter(|notice| kinds(&notice.remark.kind)).filter_map(|notice| notice.plan).collect();
    let mut cells = FieldCells::new();
    for plan in plans {
        let years = &city.plans[plan].years;
        for (row, indicator) in city.plans[plan].rows.iter().enumerate() {
            for field in Field::of_table(years.iter().map(|column| column.year)) {
                if let Some(cell) = indicator.cell_of(field, years) {
                    cells.entry((plan, &*indicator.sheet, cell)).or_insert((RowId { plan, row }, field));
                }
            }
        }
    }
    cells
}
