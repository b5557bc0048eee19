//! The description of a sheet of the city-wide workbook, and what all sheets are made from.

use rust_xlsxwriter::Color;

use crate::check::FindingIndex;
use crate::consolidate::City;
use crate::finding::{Lang, Severity, Wording};
use crate::ledger::Rounds;
use crate::plan::{Field, RowId};
use crate::project::Config;
use crate::source::{CellRange, Place};
use crate::workbook::link::{external, internal, shown};
use crate::workbook::{self, Cell, Sheet, Style, color};
use crate::write::words;

/// A sheet.
pub(super) struct Tab {
    /// Its name: at most 31 characters, all valid in a sheet name.
    pub name: Wording,
    /// Its content, for the list of contents.
    pub about: Wording,
    /// Its purpose.
    pub purpose: Purpose,
    /// Fills it. Returns the cells of its table if it has exactly one: formulas may refer to it by the
    /// sheet's name.
    pub fill: Fill,
}

/// Fills a sheet.
type Fill = fn(CascadeInput<'_>, &mut Sheet<'_>) -> FilledTab;

/// The cells of a sheet's table, if it has exactly one.
pub(super) type FilledTab = workbook::Result<Option<CellRange>>;

impl Tab {
    pub(super) const fn new(name: Wording, about: Wording, purpose: Purpose, fill: Fill) -> Self {
        Self { name, about, purpose, fill }
    }
}

/// The purpose of a sheet, shown by the colour of its tab.
pub(super) enum Purpose {
    /// To be read.
    Reading,
    /// Work to do.
    ToDo,
    /// Data to process further.
    Data,
}

impl Purpose {
    pub(super) fn colour(&self, style: &Style) -> Color {
        color(match self {
            Self::Reading => style.accent,
            Self::ToDo => style.severity(Severity::Warning).mark,
            Self::Data => style.line,
        })
    }
}

/// The row of a sheet's heading, below title, explanation and the link back.
pub(super) const HEADING: u32 = 3;

/// The shared input of all sheets.
#[derive(Clone, Copy)]
pub(super) struct CascadeInput<'a> {
    pub city: &'a City,
    pub config: &'a Config,
    pub findings: &'a FindingIndex<'a>,
    pub rounds: &'a Rounds,
    pub lang: Lang,
    pub links_base: Option<&'a str>,
    pub tabs: &'a [Tab],
}

impl CascadeInput<'_> {
    /// A link to a row of another sheet.
    pub(super) fn way_to(&self, sheet: Wording, row: u32) -> String {
        internal(sheet.pick(self.lang), row)
    }

    /// The link to a place in a plan's workbook.
    pub(super) fn link(&self, place: &Place) -> Option<String> {
        external(self.links_base?, place)
    }

    /// The location of a row's KPI, as a link.
    pub(super) fn source(&self, row: RowId) -> Cell {
        self.place(&self.city.place(row, Field::Kpi))
    }

    /// A place in a plan's workbook, as a link.
    pub(super) fn place(&self, place: &Place) -> Cell {
        Cell::link(&shown(place), self.link(place))
    }

    /// The heading over the targets of the plan year.
    pub(super) fn target_heading(&self) -> String {
        let year = words::plan_year(self.city.year, Lang::En);
        format!("{year} {}", self.lang.pick("목표치", "Target")).trim().to_owned()
    }

    /// The title of the workbook.
    pub(super) fn title(&self) -> String {
        let name = &self.city.name;
        let year = words::plan_year(self.city.year, self.lang);
        self.lang.pick(format!("{name} {year}성과관리계획"), format!("{name}: performance plans{year}"))
    }
}
