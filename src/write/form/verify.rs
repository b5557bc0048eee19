//! Whether what planbook reads from a form is what the form was meant to say.

use super::layout::Layout;
use super::next::Next;
use crate::plan::{Field, Indicator, Plan, Text};
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
    let texts = |row: &Indicator| {
        [
            row.perspective.text.text.clone(),
            row.parent_goal.text.clone(),
            row.parent_kpi.text.clone(),
            row.parent_target.text.text.clone(),
            row.goal.text.clone(),
            row.kpi.text.clone(),
            row.unit.text.text.clone(),
            row.weight.text.text.clone(),
            row.initiatives.text.text.clone(),
        ]
    };
    let values = |row: &Indicator| row.values.iter().map(|value| value.text.text.clone()).collect::<Vec<_>>();
    texts(read) == texts(meant) && values(read) == values(meant)
}

/// Whether the cells that stand for several rows stand for the same ones.
fn same_cells(read: &[&Indicator], meant: &[&Indicator], layout: &Layout) -> bool {
    let groups = [Field::ParentGoal, Field::ParentKpi, Field::ParentTarget];
    groups.into_iter().filter(|&field| layout.col(field).is_some()).all(|field| {
        read.windows(2).zip(meant.windows(2)).all(|(read, meant)| {
            shared(text_of(read[0], field), text_of(read[1], field))
                == shared(text_of(meant[0], field), text_of(meant[1], field))
        })
    })
}

/// The text of a field whose cells stand for several rows.
pub(super) fn text_of(row: &Indicator, field: Field) -> &Text {
    match field {
        Field::Perspective => &row.perspective.text,
        Field::ParentGoal => &row.parent_goal,
        Field::ParentKpi => &row.parent_kpi,
        Field::ParentTarget => &row.parent_target.text,
        _ => &row.goal,
    }
}

/// Whether two texts of neighbouring rows stand in one cell.
pub(super) fn shared(above: &Text, below: &Text) -> bool {
    above.cell.is_some() && above.cell == below.cell
}
