//! Whether what planbook reads from a form is what the form was meant to say.

use super::layout::Layout;
use super::next::{Next, shared};
use crate::plan::{COLUMNS, Field, Group, Indicator, Plan, Text};
use crate::read::Contents;

/// Whether `contents`, read from a form, are the plans it was made of, without anything to remark on.
pub(super) fn reads_back(contents: &Contents, meant: &[(&Next, &Layout)]) -> bool {
    // Plans without a row are not read where the whole workbook has none.
    let nothing =
        contents.plans.is_empty() && meant.iter().all(|(next, _)| !next.plan.rows.iter().any(is_row));
    contents.remarks.is_empty()
        && (nothing
            || contents.plans.len() == meant.len()
                && contents.plans.iter().zip(meant).all(|(read, (next, layout))| same(read, next, layout)))
}

fn same(read: &Plan, next: &Next, layout: &Layout) -> bool {
    let meant = &next.plan;
    let years = read.years.len() == meant.years.len()
        && read.years.iter().zip(&meant.years).all(|(read, meant)| {
            // A kind that no heading tells is settled by the plan year.
            read.year == meant.year && read.kind.is_none_or(|kind| Some(kind) == meant.kind)
        });
    let rows: Vec<&Indicator> = meant.rows.iter().filter(|row| is_row(row)).collect();
    // A header that names nobody is given names; without columns of the parent's there is no place for its name.
    let named = |read: &Text, meant: &Text| meant.is_empty() || read.text == meant.text;
    years
        && read.title.text == meant.title.text
        && (layout.col(Field::ParentKpi).is_none() || named(&read.parent_label, &meant.parent_label))
        && named(&read.own_label, &meant.own_label)
        && read.rows.len() == rows.len()
        && read.rows.iter().zip(&rows).all(|(read, meant)| same_row(read, meant))
        && same_cells(&read.rows.iter().collect::<Vec<_>>(), &rows, layout)
        && read
            .footnotes
            .iter()
            .map(|note| &note.text.text)
            .eq(meant.footnotes.iter().map(|note| &note.text.text))
}

/// Whether a row has enough in it to be read as a KPI's.
fn is_row(row: &Indicator) -> bool {
    !row.kpi.is_empty()
        && (row.values.iter().any(|value| !value.text.is_empty())
            || !row.unit.text.is_empty()
            || !row.weight.text.is_empty())
}

fn same_row(read: &Indicator, meant: &Indicator) -> bool {
    let values = |row: &Indicator| row.values.iter().map(|value| value.text.text.clone()).collect::<Vec<_>>();
    COLUMNS.iter().all(|column| (column.text)(read).text == (column.text)(meant).text)
        && values(read) == values(meant)
}

/// Whether the cells that stand for several rows stand for the same ones.
fn same_cells(read: &[&Indicator], meant: &[&Indicator], layout: &Layout) -> bool {
    Group::Parent.fields().filter(|&field| layout.col(field).is_some()).all(|field| {
        read.windows(2)
            .zip(meant.windows(2))
            .all(|(read, meant)| shared(read[0], read[1], field) == shared(meant[0], meant[1], field))
    })
}
