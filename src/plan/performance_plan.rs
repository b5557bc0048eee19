//! One organisation's performance plan.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Field, Indicator, Initiatives, Labels, Text, YearColumn};
use crate::source::{CellRef, Place};

/// A line below the table, such as `※ 기타주요사업 : 경본-5, 6`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// Its sheet.
    pub sheet: Arc<str>,
    /// The line as written.
    pub text: Text,
    /// The codes of other initiatives it lists.
    pub initiatives: Initiatives,
}

/// One organisation's performance plan: a balanced scorecard for some years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The organisation: the name in the title, else the header's own name, else the sheet's. Consolidation
    /// replaces it by its name in planbook.toml.
    pub org: Arc<str>,
    /// The title above the table, as written; empty if there is none.
    pub title: Text,
    /// The text in brackets after the title (`5담당관`), empty if there is none.
    pub note: Arc<str>,
    /// The header's left group: the parent as printed (`경영기획실장`, `본 부 장`).
    pub parent_label: Text,
    /// Whether the parent is named in the rows, as in a list of many organisations. A parent without a plan of its
    /// own is then no omission.
    pub parent_in_rows: bool,
    /// The header's right group: the organisation as printed.
    pub own_label: Text,
    /// Headings as printed.
    pub labels: Labels,
    /// The years, in the order of their columns.
    pub years: Vec<YearColumn>,
    /// KPI rows, in order.
    pub rows: Vec<Indicator>,
    /// Lines below the table.
    pub footnotes: Vec<Footnote>,
    /// Path of the workbook relative to the plan-year folder.
    pub file: Arc<str>,
    /// The sheet on which the plan begins.
    pub sheet: Arc<str>,
    /// The top left cell of the table's header.
    pub header: CellRef,
}

impl Plan {
    /// The location of `field` in row `row`; for a missing column, the row's KPI.
    pub fn place(&self, row: usize, field: Field) -> Place {
        match self.rows.get(row) {
            Some(indicator) => Place::cell(&self.file, &indicator.sheet, indicator.cell(field, &self.years)),
            None => self.header_place(),
        }
    }

    /// Whether the table has a column of `field`.
    pub fn has(&self, field: Field) -> bool {
        self.rows.iter().any(|row| row.cell_of(field, &self.years).is_some())
    }

    /// The location of the table's header.
    pub fn header_place(&self) -> Place {
        Place::cell(&self.file, &self.sheet, self.header)
    }

    /// The column of `year` among [`Plan::years`].
    pub fn year_index(&self, year: i32) -> Option<usize> {
        self.years.iter().position(|column| column.year == year)
    }
}
