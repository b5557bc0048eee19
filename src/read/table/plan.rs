//! Builds the plan of a table: names, headings and years around the rows.

use std::sync::Arc;

use super::columns::YearAt;
use super::header::Header;
use super::organisation;
use super::role::Role;
use super::title::{FoundTitle, join_spaced_letters};
use super::vocabulary::Vocabulary;
use crate::plan::{Footnote, Indicator, Labels, Plan, Text, YearColumn};
use crate::read::grid::Grid;
use crate::source::CellRef;

/// The organisation named by the table: in its title, header or a label cell.
pub(super) fn name_of(
    grid: &Grid,
    words: &Vocabulary,
    header: &Header,
    title: Option<&FoundTitle>,
    floor: u32,
) -> Option<String> {
    let own = || header.own.as_ref().map(|(_, text)| text.clone()).filter(|text| !text.is_empty());
    let labelled = |roles: &[Role]| organisation::labelled(grid, words, floor, header.block.top, roles);
    labelled(&[Role::Organisation])
        .or_else(|| title.and_then(|title| title.name.clone()))
        .or_else(own)
        .or_else(|| labelled(&[Role::InCharge]))
}

/// The organisation if the table below row `top` names none: from the sheet's name, else from a line above the
/// table, else from the file's name. The second value is
/// none for the sheet's name, else whether the file's name contains an organisation.
pub(super) fn fallback_name(
    file: &Arc<str>,
    grid: &Grid,
    words: &Vocabulary,
    top: u32,
) -> (Arc<str>, Option<bool>) {
    let by_line = || organisation::above(grid, words, 0, top).map(Arc::from);
    if let Some(name) = organisation::by_sheet(grid, words).or_else(by_line) {
        return (Arc::from(join_spaced_letters(&name)), None);
    }
    match organisation::by_file(file, words) {
        Some(name) => (Arc::from(name), Some(true)),
        None => {
            let base = file.rsplit('/').next().unwrap_or(file);
            (Arc::from(base.rsplit_once('.').map_or(base, |(stem, _)| stem)), Some(false))
        }
    }
}

/// The plan of `rows` below `header`.
pub(super) fn plan(
    file: &Arc<str>,
    grid: &Grid,
    header: &Header,
    org: Arc<str>,
    title: Option<FoundTitle>,
    rows: Vec<Indicator>,
    footnotes: Vec<Footnote>,
) -> Plan {
    let group = |group: &Option<(CellRef, String)>| {
        group.as_ref().map_or_else(Text::absent, |(cell, text)| Text::new(text.as_str(), *cell))
    };
    let own_label = group(&header.own);
    let (title, note) = title.map_or((Text::absent(), String::new()), |title| (title.text, title.note));
    let first = header.columns.left().unwrap_or_default();
    Plan {
        org,
        title,
        note: note.into(),
        parent_label: group(&header.parent),
        parent_in_rows: false,
        own_label,
        labels: labels(header),
        years: header.columns.years.iter().map(year_column).collect(),
        rows,
        footnotes,
        file: file.clone(),
        sheet: grid.name.clone(),
        header: CellRef::new(header.block.top, first),
    }
}

pub(super) fn year_column(year: &YearAt) -> YearColumn {
    YearColumn {
        year: year.year,
        label: year.label.as_str().into(),
        group: year.group.as_str().into(),
        kind: year.kind,
    }
}

fn labels(header: &Header) -> Labels {
    Labels::of(|column| {
        let printed = header.columns.col(column.field).and_then(|col| header.printed.get(&col));
        printed.map_or_else(|| Arc::from(""), |text| Arc::from(text.as_str()))
    })
}
