//! From sheets to plans: finds headers by their words, reads the bodies below, joins continued tables.

mod body;
mod card;
mod columns;
mod evidence;
mod fixed;
mod forms;
mod header;
mod join;
mod lines;
mod list;
mod long_form;
mod marked;
mod matrix;
mod numbers;
mod organisation;
mod paths;
mod periods;
mod plan;
mod plan_table;
mod remarks;
mod role;
mod taught;
mod taught_columns;
mod text;
mod title;
mod turned;
mod unread;
mod vocabulary;
mod words;
mod years;

use std::sync::Arc;

use super::grid::Grid;
use super::outcome::{Contents, Remark, RemarkKind};
pub(super) use organisation::in_name as organisation_in_name;
use plan_table::PlanTable;
pub(super) use vocabulary::Vocabulary;

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
        let passed_over = taught_columns::passed_over(grid, words);
        // What planbook.toml calls no plan is not read in another shape either.
        let may_be = passed_over.is_empty();
        contents.forms.extend(passed_over);
        match marked::table(file, grid, words).or_else(|| fixed::table(file, grid, words)) {
            Some(found) => tables.extend(found),
            None if may_be => tables.extend(any_tables(file, grid, words)),
            None => tables.extend(list::tables(file, grid, words)),
        }
    }
    card::align_years(&mut tables);
    contents.forms.extend(tables.iter_mut().filter_map(|table| table.form.take()));
    if tables.iter().all(|table| table.plan.rows.is_empty()) {
        let has_table = |grid: &&Grid| tables.iter().any(|table| table.plan.sheet == grid.name);
        let without = grids.iter().filter(|grid| !grid.hidden && !has_table(grid));
        contents.remarks.extend(without.filter_map(|grid| remarks::near_header(grid, words)));
    }
    join::join(tables, &mut contents);
    contents
}

/// The tables of a sheet in whatever shape: lists, else cards, else lists on the turned sheet,
/// else a row for each organisation.
fn any_tables(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Vec<PlanTable> {
    let lists = list::tables(file, grid, words);
    if lists.iter().any(|table| !table.plan.rows.is_empty()) {
        return lists;
    }
    let cards = card::tables(file, grid, words);
    if !cards.is_empty() {
        return cards;
    }
    let turned = turned::tables(file, grid, words);
    if !turned.is_empty() {
        return turned;
    }
    let matrix = matrix::tables(file, grid, words);
    if matrix.is_empty() { lists } else { matrix }
}
