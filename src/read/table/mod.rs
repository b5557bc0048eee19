//! From sheets to plans: finds headers by their words, reads the bodies below, joins continued tables.

mod body;
mod fixed;
mod forms;
mod header;
mod join;
mod marked;
mod numbers;
mod organisation;
mod paths;
mod periods;
mod plan;
mod remarks;
mod taught;
mod taught_columns;
mod text;
mod title;
mod unread;
mod vocabulary;
mod words;
mod years;

use std::sync::Arc;

use super::grid::Grid;
use super::outcome::{Contents, Remark, RemarkKind, TableForm};
use crate::plan::Plan;
use body::Extent;
pub(super) use organisation::in_name as organisation_in_name;
pub(super) use vocabulary::Vocabulary;

/// A table that may continue another one.
struct PlanTable {
    plan: Plan,
    remarks: Vec<Remark>,
    /// Whether it has its own title.
    titled: bool,
}

/// Reads all plans of a workbook.
pub(super) fn plans(file: &Arc<str>, grids: &[Grid], words: &Vocabulary) -> Contents {
    let mut contents = Contents::default();
    let mut tables = Vec::new();
    for grid in grids {
        if grid.hidden {
            contents.remarks.push(Remark {
                sheet: grid.name.clone(),
                cell: None,
                plan: None,
                kind: RemarkKind::HiddenSheet,
            });
            continue;
        }
        contents.forms.extend(taught_columns::passed_over(grid, words));
        match marked::table(file, grid, words).or_else(|| fixed::table(file, grid, words)) {
            Some(found) => tables.extend(found),
            None => tables.extend(sheet_tables(file, grid, words, &mut contents.forms)),
        }
    }
    if tables.is_empty() {
        contents.remarks.extend(
            grids.iter().filter(|grid| !grid.hidden).filter_map(|grid| remarks::near_header(grid, words)),
        );
    }
    join::join(tables, &mut contents);
    contents
}

/// Every table of a sheet, from top to bottom. How each was understood is added to `met`.
fn sheet_tables(
    file: &Arc<str>,
    grid: &Grid,
    words: &Vocabulary,
    met: &mut Vec<TableForm>,
) -> Vec<PlanTable> {
    let headers = header::find(grid, words, file);
    let mut tables = Vec::with_capacity(headers.len());
    let mut floor = 0;
    for (index, header) in headers.iter().enumerate() {
        let title = title::above(grid, words, header, floor);
        let end = headers.get(index + 1).map(|next| {
            title::above(grid, words, next, header.block.bottom + 1).map_or(next.block.top, |title| title.row)
        });
        let read = body::read(file, grid, words, header, title, Extent { floor, end });
        let rows = read.iter().map(|table| table.plan.rows.len()).sum();
        met.push(forms::describe(grid, header, rows));
        tables.extend(read);
        floor = header.block.bottom + 1;
    }
    tables
}
