//! Tables at fixed positions, configured in planbook.toml for forms whose headings cannot be recognised.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::body::{self, Extent};
use super::columns::{TableColumns, YearAt};
use super::header::Header;
use super::paths::HeaderRows;
use super::plan_table::PlanTable;
use super::vocabulary::Vocabulary;
use crate::plan::YearKind;
use crate::project::config::FixedTable;
use crate::read::grid::Grid;
use crate::source::CellRef;

/// The table configured for this sheet, if any.
pub(super) fn table(file: &Arc<str>, grid: &Grid, words: &Vocabulary) -> Option<Vec<PlanTable>> {
    let fixed = words.fixed.iter().find(|fixed| fixed.sheet.is_empty() || *fixed.sheet == *grid.name)?;
    let first = fixed.first_row.checked_sub(1)?;
    let header = Header {
        block: HeaderRows { top: first.saturating_sub(1), bottom: first.saturating_sub(1) },
        body: first,
        columns: columns(fixed),
        parent: name(grid, fixed.parent),
        own: name(grid, fixed.org).map(|(cell, text)| {
            let bare = words.title(&text).map(|(name, _)| name.to_owned());
            (cell, bare.unwrap_or(text))
        }),
        perspective: None,
        confidence: BTreeMap::new(),
        sure: 1.0,
        headings: BTreeMap::new(),
        printed: BTreeMap::new(),
        taught: None,
        unknown: Vec::new(),
        misspelt: Vec::new(),
        unread: Vec::new(),
    };
    let end = (fixed.last_row > 0).then_some(fixed.last_row);
    Some(body::read(file, grid, words, &header, None, Extent { end, ..Extent::default() }))
}

fn name(grid: &Grid, cell: Option<CellRef>) -> Option<(CellRef, String)> {
    let (at, shown) = grid.shown(cell?)?;
    Some((at, shown.text.to_string()))
}

fn columns(fixed: &FixedTable) -> TableColumns {
    let mut years: Vec<YearAt> = [(&fixed.actuals, YearKind::Actual), (&fixed.targets, YearKind::Target)]
        .into_iter()
        .flat_map(|(columns, kind)| columns.iter().map(move |(year, col)| (*year, *col, kind)))
        .map(|(year, col, kind)| YearAt {
            col,
            year,
            label: year.to_string(),
            group: String::new(),
            kind: Some(kind),
        })
        .collect();
    years.sort_by_key(|year| year.col);
    TableColumns { single: fixed.columns, years, ..TableColumns::default() }
}
