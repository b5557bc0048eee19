//! Tables with a column for each KPI: read as lists on the turned sheet, with their cells turned back.

use std::sync::Arc;

use super::list;
use super::plan_table::PlanTable;
use super::vocabulary::Vocabulary;
use crate::plan::{COLUMNS, Field, Indicator, Plan, Text};
use crate::read::grid::Grid;
use crate::read::grid::turned::turn;
use crate::read::outcome::{TableForm, TableShape};
use crate::source::CellRange;

/// The tables of a sheet whose KPIs stand side by side.
pub(super) fn tables(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Vec<PlanTable> {
    let Some(turned) = grid.turned() else { return Vec::new() };
    let mut tables = list::tables(file, &turned, words);
    tables.retain(|table| !table.plan.rows.is_empty());
    for table in &mut tables {
        turn_plan(&mut table.plan);
        table.form = table.form.take().map(turn_form);
        for remark in &mut table.remarks {
            remark.cell = remark.cell.map(turn);
        }
    }
    tables
}

fn turn_form(form: TableForm) -> TableForm {
    let headings = CellRange::new(turn(form.headings.first), turn(form.headings.last));
    let mut columns = form.columns;
    for column in &mut columns {
        column.cell = turn(column.cell);
    }
    TableForm { shape: TableShape::Transposed, headings, columns, ..form }
}

fn turn_plan(plan: &mut Plan) {
    plan.header = turn(plan.header);
    for text in [&mut plan.title, &mut plan.parent_label, &mut plan.own_label] {
        turn_text(text);
    }
    for footnote in &mut plan.footnotes {
        turn_text(&mut footnote.text);
        turn_text(&mut footnote.initiatives.text);
    }
    plan.rows.iter_mut().for_each(turn_row);
}

fn turn_row(row: &mut Indicator) {
    for column in COLUMNS.iter().filter(|column| column.field != Field::Weight) {
        let mut text = (column.text)(row).clone();
        turn_text(&mut text);
        (column.read)(row, text);
    }
    // A weight shared by several rows must stay so.
    turn_text(&mut row.weight.text);
    row.values.iter_mut().for_each(|value| turn_text(&mut value.text));
    row.periods.iter_mut().for_each(|period| turn_text(&mut period.value.text));
    row.levels.iter_mut().for_each(|level| turn_text(&mut level.text));
    row.extra.iter_mut().for_each(|extra| turn_text(&mut extra.text));
}

fn turn_text(text: &mut Text) {
    text.cell = text.cell.map(turn);
}
