//! The summary: how much changed, organisation by organisation.

use super::input::{SheetInput, colour, real};
use super::{table, words};
use crate::diff::{Change, ChangeKind};
use crate::workbook::link::internal;
use crate::workbook::{self, Cell, CellStyle, Columns, Sheet, Table};

/// The row with the compared sources, and the row of the headings.
const SOURCES: u32 = 2;
const HEADING: u32 = 4;
/// The kinds, one column each.
const KINDS: [ChangeKind; 7] = [
    ChangeKind::Changed,
    ChangeKind::Added,
    ChangeKind::Removed,
    ChangeKind::Renamed,
    ChangeKind::Moved,
    ChangeKind::Notation,
    ChangeKind::Unfilled,
];

/// An organisation.
struct OrganisationChanges<'a> {
    org: &'a str,
    /// The first row of its changes.
    target: Option<String>,
    changes: &'a [Change],
    note: String,
}

fn columns(input: SheetInput<'_>) -> Columns<'_, OrganisationChanges<'_>> {
    let org =
        Columns::<OrganisationChanges<'_>>::new(input.lang)
            .column(("조직", "Organisation"), 34.0, |line| Cell::link(line.org, line.target.clone()));
    let kinds = KINDS.into_iter().fold(org, |columns, kind| {
        let style = if kind.is_change() { CellStyle::Severity(colour(kind)) } else { CellStyle::Muted };
        columns.named(words::kind(kind, input.lang), 13.0, move |line| {
            Cell::count_or_blank(line.changes.iter().filter(|change| change.kind == kind).count(), style)
        })
    });
    kinds.column(("알림", "Note"), 40.0, |line| Cell::text(&line.note))
}

pub(super) fn fill(input: SheetInput<'_>, sheet: &mut Sheet<'_>) -> workbook::Result {
    let SheetInput { diff, lang, .. } = input;
    sheet.title(&input.title(), &words::summary(diff, lang))?;
    let (old, new) = (&input.old.name, &input.new.name);
    sheet.note(
        SOURCES,
        &lang.pick(format!("이전: {old} · 이후: {new}"), format!("Old: {old} · new: {new}")),
    )?;
    let mut table = Table::new(sheet, HEADING, columns(input))?;
    let mut first = table::HEADING + 1;
    for plan in diff.plans.iter().filter(|plan| !plan.changes.is_empty()) {
        let target = plan.is_changed().then(|| internal(table::NAME.pick(lang), first));
        let line =
            OrganisationChanges { org: &plan.org, target, changes: &plan.changes, note: String::new() };
        table.line(sheet, &line)?;
        first += u32::try_from(real(plan).count()).unwrap_or(u32::MAX);
    }
    for plan in &diff.not_compared {
        let note = words::not_compared(plan, lang);
        table.line(sheet, &OrganisationChanges { org: &plan.org, target: None, changes: &[], note })?;
    }
    table.finish(sheet, 1)?;
    Ok(())
}
